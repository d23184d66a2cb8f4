// SPDX-License-Identifier: BSL-1.0
// The core's slow paths for the delaying policies, the lying ones included.
#include "delaying_atomics.hpp"

#include "stm/transaction_slow.hpp"

#define GILT_HISTORY_HERE(bug) \
  template class gilt::detail::transaction<gilt_history::delaying_atomics<bug>>;
GILT_HISTORY_CORES(GILT_HISTORY_HERE)
