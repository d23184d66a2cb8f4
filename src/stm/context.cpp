// SPDX-License-Identifier: BSL-1.0
#include "stm/context_slow.hpp"

#include <gilt/detail/atomics_counting.hpp>

namespace gilt::detail {

template class limbo<real_atomics>;
template class context<real_atomics>;
template void wait_for_attempts(shared<real_atomics>&) noexcept;

template class limbo<counting_atomics>;
template class context<counting_atomics>;
template void wait_for_attempts(shared<counting_atomics>&) noexcept;

}  // namespace gilt::detail
