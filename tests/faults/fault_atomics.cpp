// SPDX-License-Identifier: BSL-1.0
// The core's slow paths for the policy with faults, and the process's operator new: it counts what
// is alive and fails where the plan says.
#include "fault_atomics.hpp"

#include "stm/context_slow.hpp"
#include "stm/transaction_slow.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace gilt::detail {
template class limbo<gilt_faults::fault_atomics>;
template class transaction<gilt_faults::fault_atomics>;
template class context<gilt_faults::fault_atomics>;
template void wait_for_attempts(shared<gilt_faults::fault_atomics>&) noexcept;
}  // namespace gilt::detail

namespace gilt_faults {
namespace {
std::atomic<long> alive{0};

bool fails() noexcept {
  plan& p = plan::now();
  if (!p.counting || p.acting) return false;
  ++p.allocations;
  return p.memory_at != 0 &&
         (p.allocations == p.memory_at || (p.memory_stays_out && p.allocations > p.memory_at));
}

void* take(std::size_t size, std::size_t alignment) {
  if (!fails()) {
    const std::size_t whole = (size + alignment - 1) / alignment * alignment;
    if (void* const p = std::aligned_alloc(alignment, whole == 0 ? alignment : whole)) {
      ++alive;
      return p;
    }
  }
  throw std::bad_alloc();
}
void give(void* p) noexcept {
  if (p == nullptr) return;
  --alive;
  std::free(p);
}
}  // namespace

long live_blocks() noexcept { return alive; }

}  // namespace gilt_faults

void* operator new(std::size_t n) { return gilt_faults::take(n, alignof(std::max_align_t)); }
void* operator new(std::size_t n, std::align_val_t a) {
  return gilt_faults::take(n, static_cast<std::size_t>(a));
}
void* operator new(std::size_t n, const std::nothrow_t&) noexcept {
  try {
    return gilt_faults::take(n, alignof(std::max_align_t));
  } catch (...) {
    return nullptr;
  }
}
void operator delete(void* p) noexcept { gilt_faults::give(p); }
void operator delete(void* p, std::size_t) noexcept { gilt_faults::give(p); }
void operator delete(void* p, std::align_val_t) noexcept { gilt_faults::give(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { gilt_faults::give(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { gilt_faults::give(p); }
