// SPDX-License-Identifier: BSL-1.0
// The slow paths of the core for the simulated policy; and its checks, which fail the run.
#include "core.hpp"

#include "stm/context_slow.hpp"
#include "stm/transaction_slow.hpp"

#include <cstdio>
#include <cstdlib>

namespace gilt::detail {

template class limbo<gilt_sim::sim_atomics>;
template class transaction<gilt_sim::sim_atomics>;
template class context<gilt_sim::sim_atomics>;
template void wait_for_attempts(shared<gilt_sim::sim_atomics>&) noexcept;

// In place of src/base/check.cpp.
void check_failed(const char* sentence, const char* file, int line) noexcept {
  if (gilt_sim::machine::get().running()) gilt_sim::machine::get().fail(sentence);
  std::fprintf(stderr, "%s:%d: %s\n", file, line, sentence);
  std::abort();
}

}  // namespace gilt::detail
