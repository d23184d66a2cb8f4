// SPDX-License-Identifier: BSL-1.0
#pragma once
// The core as the scenarios see it: gilt over the simulated policy, in a domain of its own.

#include "sim_atomics.hpp"

#include <gilt/gilt.hpp>

namespace gilt_sim {

using domain = gilt::detail::basic_domain<sim_atomics>;
using tx = gilt::basic_tx<domain>;
using engine = gilt::detail::transaction<sim_atomics>;
using gilt::detail::word;
template <class T>
using var = gilt::var<T, domain>;

inline gilt::detail::shared<sim_atomics>& shared() { return gilt::detail::domain_shared<domain>; }
inline engine& this_engine() { return gilt::detail::this_context<domain>().tx(); }

template <class F>
auto atomically(const F& f) {
  return gilt::atomically<domain>(f);
}

}  // namespace gilt_sim

namespace gilt::detail {
extern template class limbo<gilt_sim::sim_atomics>;
extern template class transaction<gilt_sim::sim_atomics>;
extern template class context<gilt_sim::sim_atomics>;
extern template void wait_for_attempts(shared<gilt_sim::sim_atomics>&) noexcept;
}  // namespace gilt::detail
