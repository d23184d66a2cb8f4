// SPDX-License-Identifier: BSL-1.0
#pragma once
// words: transactional words used through the engine alone, in either write mode, so that a body
// sees what each attempt saw, aborted ones included.
//
//   run<M>([&](attempt<M>& t) { word a; return t.read(x, a) && t.write(y, a + 1); });
//
// A body returns false when an operation did; run() then rolls back and runs it again.

#include "core.hpp"
#include "scenario.hpp"

namespace gilt_sim {

enum class mode { redo, write_through };
constexpr const char* suffix(mode m) noexcept {
  return m == mode::redo ? "/redo" : "/write_through";
}

// Cache lines are not simulated: lock and value lie side by side.
struct shared_word {
  explicit shared_word(word v = 0) noexcept : value(v) {}
  gilt::detail::orec<sim_atomics> lock;
  gilt::detail::word_cell<sim_atomics> value;

  // Not inside the schedule, or with the word private.
  word now() const noexcept { return value.load(std::memory_order_relaxed); }
  void call(const char* orec_name, const char* value_name) const {
    gilt_sim::call(lock, orec_name);
    gilt_sim::call(value, value_name);
  }
};

template <mode M>
class attempt {
 public:
  explicit attempt(engine& e) noexcept : engine_(e) {}
  bool read(shared_word& x, word& out) noexcept {
    return M == mode::redo ? engine_.read_redo(x.lock, x.value, out)
                           : engine_.read(x.lock, x.value, out);
  }
  bool write(shared_word& x, word v) noexcept {
    return M == mode::redo ? engine_.write_redo(x.lock, x.value, v)
                           : engine_.write(x.lock, x.value, v);
  }
  bool add(shared_word& x, word n) noexcept {
    word v = 0;
    return read(x, v) && write(x, v + n);
  }
  engine& tx() noexcept { return engine_; }

 private:
  engine& engine_;
};

// Returns the number of attempts.
template <mode M, class F>
unsigned run(const F& body) {
  engine& e = this_engine();
  for (unsigned n = 1;; ++n) {
    e.begin();
    attempt<M> t(e);
    if (body(t) && e.commit()) return n;
    e.rollback();
    sim_atomics::pause();
  }
}

// One attempt; whether it committed.
template <mode M, class F>
bool run_once(const F& body) {
  engine& e = this_engine();
  e.begin();
  attempt<M> t(e);
  if (body(t) && e.commit()) return true;
  e.rollback();
  return false;
}

// Both write modes of a scenario.
template <template <mode> class S>
bool add_modes(const std::string& name, const options& redo, const options& write_through) {
  add<S<mode::redo>>(name + suffix(mode::redo), redo);
  return add<S<mode::write_through>>(name + suffix(mode::write_through), write_through);
}
template <template <mode> class S>
bool add_modes(const std::string& name, const options& both) {
  return add_modes<S>(name, both, both);
}

}  // namespace gilt_sim
