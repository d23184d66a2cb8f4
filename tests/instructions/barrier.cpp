// SPDX-License-Identifier: BSL-1.0
// The read barrier alone, for barrier.py to look at its machine code; and two functions in which it
// must find what it looks for.
#include <gilt/gilt.hpp>

extern "C" long read_barrier(gilt::tx& t, const gilt::var<long>& x) { return t(x); }
extern "C" long read_barrier_of_double(gilt::tx& t, const gilt::var<double>& x) {
  return static_cast<long>(t(x));
}

extern "C" void planted_call();
extern "C" long planted_with_call(gilt::tx& t, const gilt::var<long>& x) {
  planted_call();
  return t(x);
}
extern "C" long planted_with_lock(gilt::tx& t, const gilt::var<long>& x, long* n) {
  __atomic_fetch_add(n, 1, __ATOMIC_SEQ_CST);
  return t(x);
}
