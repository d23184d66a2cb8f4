// SPDX-License-Identifier: BSL-1.0
#pragma once
// vm_driver: a small virtual machine in place of the interpreter's, over the protocols that ship
// (src/interp/concurrency): the world, the wait queue and the slices.
//
// A thread runs a program: a list of instructions, each of which either is done, or returns false
// with t.why saying why not, as the natives of the interpreter do. Its registers are saved when a
// slice begins and restored when one is undone. What the real VM does at a safepoint, after a
// conflict, around a native and at a thread's end, run() does in the same order.
//
// Oracles of the driver itself, in every scenario: while the world is stopped, nobody is inside an
// instruction and none begins one; who is solo or exclusive is alone; a slice's born word is not
// another's.

#include "core.hpp"
#include "scenario.hpp"

#include "interp/concurrency/mutator.hpp"

#include <mutex>

namespace gilt_sim {

// Of the machine's mutex. A thread sleeps on a parker of its own, which the planted bug
// forgetful_parker makes lose a notification that comes before the sleep.
class condition {
 public:
  using guard = std::unique_lock<sim_atomics::mutex>;

  void wait(guard& lock) { static_cast<void>(sleep(lock, false)); }
  template <class P>
  void wait(guard& lock, const P& until) {
    while (!until()) wait(lock);
  }
  template <class D, class P>
  bool wait_for(guard& lock, const D&, const P& until) {
    if (until()) return true;
    static_cast<void>(sleep(lock, true));          // woken in vain: and that took all the time
    return until();
  }
  // Without a time it returns by itself only if `signals` may come.
  bool nap(guard& lock, const std::chrono::steady_clock::time_point* until) {
    const bool woken = sleep(lock, until != nullptr || signals);
    return woken || until == nullptr;
  }
  void notify_one() {
    for (std::size_t i = 0; i < waits_.size(); ++i) {
      if (!waits_[i]) continue;
      waits_[i] = false;
      return permits_[i].unpark();
    }
  }
  void notify_all() {
    for (std::size_t i = 0; i < waits_.size(); ++i) {
      if (!waits_[i]) continue;
      waits_[i] = false;
      permits_[i].unpark();
    }
  }
  static inline bool signals = false;

 private:
  static inline std::array<sim_atomics::parker, thread_limit> permits_;
  bool sleep(guard& lock, bool timed) {
    const auto i = static_cast<std::size_t>(machine::get().current());
    permits_[i].forget();
    waits_[i] = true;
    lock.unlock();
    bool woken = true;
    if (!timed) {
      permits_[i].park();
    } else if (!permits_[i].park_until({})) {
      woken = false;
      sim_atomics::pause();                        // time has gone by: for others too
    }
    lock.lock();
    waits_[i] = false;
    return woken;
  }
  std::array<bool, thread_limit> waits_{};         // under the mutex that goes with it
};

}  // namespace gilt_sim

template <>
struct gilt::interp::condition_of<gilt_sim::sim_atomics> {
  using type = gilt_sim::condition;
};

#include "interp/concurrency/slice_protocol.hpp"

namespace gilt_sim {

using gilt::interp::signal;
using gilt::interp::step;
class vm_scenario;

// A Python object of one word.
struct vm_object {
  explicit vm_object(word v = 0) : content(v) {}
  gilt::detail::orec<sim_atomics> lock;
  gilt::detail::word_cell<sim_atomics> content;
};

struct vm_thread : gilt::interp::mutator<sim_atomics> {
  vm_thread(vm_scenario& s, int i) : of(&s), index(i) {}
  vm_scenario* of;
  int index;
  struct state {
    std::size_t pc = 0;
    word a = 0, b = 0;                             // registers
    int interrupts = 0;                            // handled
    signal why = signal::none;
  } now, saved;
  bool inside = false;                             // an instruction
  // Deferred to the commit.
  std::array<const void*, 4> wakes{};
  std::size_t wake_count = 0;
  std::array<int, 2> starts{};
  std::size_t start_count = 0;
};

struct vm {
  using thread = vm_thread;
  using atomics = sim_atomics;

  static gilt::interp::world_protocol<sim_atomics>& world(thread&);
  static gilt::interp::wait_queue<sim_atomics>& queue(thread&);
  static void save(thread&);
  static void restore(thread&);
  static bool try_commit(thread& t) { return t.tx.commit(); }
  static void carry_out(thread&);
  static void forget_deferred(thread& t) { t.wake_count = t.start_count = 0; }
  static void note_abort(thread&) {}
  static void interrupt(thread& t) { t.why = signal::exception; }
  static bool wants_collection(thread&);
  static void collect(thread&);
  template <class F>
  static void stand_still(thread&, const F& f) { f(); }
  static void note_place(thread&) {}
  static void refuse_to_wait(thread& t) { t.why = signal::exception; }
  static void flush(thread&) {}
  static std::int64_t longest(thread&);
};
using vm_slices = gilt::interp::slice_protocol<vm>;

class vm_scenario : public scenario {
 public:
  explicit vm_scenario(int threads_at_start) : at_start(threads_at_start) {
    condition::signals = false;
    the_world.~world();
    new (&the_world) world;
    for (int i = 0; i < at_start; ++i) the_world.start_counting();
  }
  ~vm_scenario() override {
    if (main_ != nullptr) sim_atomics::destroy(main_);
  }
  void body(int i) final;
  // One instruction, t.now.pc; false: t.why says why not. It may jump by setting pc, but not to itself.
  virtual bool execute(vm_thread& t) = 0;
  virtual std::size_t length(int thread) = 0;      // of its program
  virtual void collected() {}                      // by a collection, the world stopped
  const int at_start;                              // threads above wait to be started

  // -- for the instructions of scenarios; bool: as execute() --
  bool read(vm_thread& t, vm_object& o, word& out);
  bool write(vm_thread& t, vm_object& o, word v);
  bool add(vm_thread& t, vm_object& o, word n);
  bool wait_for(vm_thread& t, vm_object& o, bool timed = false);
  void wake_on_commit(vm_thread& t, vm_object& o);
  void start_on_commit(vm_thread& t, int thread);
  // Calls f while more() says so, with a safepoint after each, as a loop of the VM inside a native.
  template <class P, class F>
  bool native(vm_thread& t, const P& more, const F& f) {
    ++t.native_depth;
    bool fine = true;
    while (fine && more()) {
      const bool done = f();
      t.inside = false;
      fine = done ? safepoint(t) : t.why == signal::block && answer(t, vm_slices::wait_for_it(t));
      t.inside = true;
    }
    --t.native_depth;
    return fine;
  }
  template <class F>
  bool native_times(vm_thread& t, int times, const F& f) {
    return native(t, [&] { return times > 0; }, [&] {
      if (!f()) return false;
      --times;
      return true;
    });
  }
  // f has effects that no abort undoes.
  template <class F>
  bool irrevocable(vm_thread& t, const F& f) {
    if (!vm_slices::become_exclusive(t)) return false;
    look_alone(t);
    f();
    return true;
  }
  template <class F>
  bool blocking_call(vm_thread& t, const F& f) {
    const auto how = vm_slices::begin_blocking(t);
    if (how == gilt::interp::blocking::failed) return false;
    if (how == gilt::interp::blocking::in_place) return look_alone(t), f(), true;
    t.inside = false;
    the_world.leave(t);
    f();
    the_world.enter(t);
    vm_slices::end_blocking(t, how);
    t.inside = true;
    return true;
  }
  // As a signal handler does. The thread has started.
  void interrupt(int thread);
  // Others may run, and none of them executes an instruction.
  void look_alone(const vm_thread& t);

  struct world : gilt::interp::world_protocol<sim_atomics> {
    gilt::interp::wait_queue<sim_atomics> waiters;
  };
  static inline world the_world;                   // static: a mutex of an object's is not simulated
  std::int64_t longest = 2;
  bool wants_collection = false;

 private:
  friend struct vm;
  bool safepoint(vm_thread& t);
  bool answer(vm_thread& t, step s);
  void run(vm_thread& t);

  word executed_ = 0;
  std::array<vm_thread*, thread_limit> threads_{};
  vm_thread* main_ = nullptr;
  std::array<sim_atomics::parker, thread_limit> start_;
  std::array<bool, thread_limit> started_{};
};


}  // namespace gilt_sim
