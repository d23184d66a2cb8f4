// SPDX-License-Identifier: BSL-1.0
#include "interp/object/weak_table.hpp"

namespace gilt::interp {

void weak_table::forget_dead(heap::marker& m) {
  for (auto at = references.begin(); at != references.end();) {
    auto& [target, all] = *at;
    std::erase_if(all, [&](const weak_reference_object* r) { return !m.is_marked(r); });
    const bool dead = !m.is_marked(target);
    if (dead) {
      for (weak_reference_object* r : all) {
        r->target.store(0, std::memory_order_relaxed);
        if (value{r->callback.load(std::memory_order_relaxed)}.empty()) continue;
        waiting.push_back(value::of(r));
      }
    }
    at = dead || all.empty() ? references.erase(at) : std::next(at);
  }
}

}  // namespace gilt::interp
