// SPDX-License-Identifier: BSL-1.0
#include "interp/vm/loop.hpp"

namespace gilt::interp {

template value run_loop<plain_access>(thread_state&, std::uint32_t);

}  // namespace gilt::interp
