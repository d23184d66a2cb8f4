// SPDX-License-Identifier: BSL-1.0
#include "scripted_atomics.hpp"

#include "stm/context_slow.hpp"
#include "stm/transaction_slow.hpp"

namespace gilt::detail {
template class limbo<gilt_test::scripted_atomics>;
template class transaction<gilt_test::scripted_atomics>;
template class context<gilt_test::scripted_atomics>;
}  // namespace gilt::detail
