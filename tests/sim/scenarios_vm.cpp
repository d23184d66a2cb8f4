// SPDX-License-Identifier: BSL-1.0
// The interpreter's protocols under a small VM: slices, safepoints, the solo switch, stops, waiting.
#include "vm_driver.hpp"

namespace gilt_sim {

namespace {

using order = std::memory_order;
using effect = flaw::effect;

constexpr flaw forgetful{.what = effect::forgetful_parker, .shows = "deadlock"};
constexpr flaw blind{.what = effect::blind, .where = "orec x", .on = operation::rmw, .shows = "instruction"};
constexpr flaw lost_store{.what = effect::drop,
                          .where = "orec x+24",
                          .on = operation::store,
                          .from = order::release,
                          .shows = "instruction"};
constexpr flaw lost_plain_store{.what = effect::drop,
                                .where = "orec x+24",
                                .on = operation::store,
                                .from = order::relaxed,
                                .shows = "instruction"};

// x and y change together, in one instruction.
struct pair : vm_scenario {
  explicit pair(int at_start = 2) : vm_scenario(at_start) {}
  static constexpr word sum = 100;
  vm_object x, y{sum};
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  bool transfer(vm_thread& t) { return add(t, x, 1) && add(t, y, word{0} - 1); }
  bool look(vm_thread& t) {
    word a = 0, b = 0;
    if (!read(t, x, a) || !read(t, y, b)) return false;
    expect(a + b == sum, "an instruction saw half of another");
    return true;
  }
  static word now(const vm_object& o) { return o.content.load(std::memory_order_relaxed); }
  void transfers_were(word n) {
    expect(now(x) == n, "an instruction's effect was lost");
    expect(now(x) + now(y) == sum, "half of an instruction's effect was lost");
  }
  void collected() override { expect(now(x) + now(y) == sum, "the stopper sees half of an instruction"); }
};

struct vm_add : pair {
  bool execute(vm_thread& t) override { return t.now.pc == 1 ? look(t) : transfer(t); }
  std::size_t length(int) override { return 4; }
  void after() override { transfers_were(6); }
};
const bool added_add = add_one<vm_add>("vm_add", {.warm = false, .proof = blind});

// One global lock: the same, without barriers.
struct vm_gil : vm_add {
  vm_gil() {
    the_world.one_at_a_time = true;
    longest = 1;
  }
  void after() override {
    vm_add::after();
    expect(gilt::detail::version_of(x.lock.load_relaxed()) == 0, "the one that holds the lock used barriers");
  }
};
const bool added_gil = add_one<vm_gil>("vm_gil", {.warm = false, .proof = forgetful});

// The first thread is solo, in the middle of what it does, when the second starts.
struct vm_solo : pair {
  vm_solo() : pair(1) {}
  bool execute(vm_thread& t) override {
    if (t.index == 0 && t.now.pc == 1) return start_on_commit(t, 1), true;
    return transfer(t);
  }
  std::size_t length(int i) override { return i == 0 ? 4 : 2; }
  void after() override { transfers_were(5); }
};
const bool added_solo = add_one<vm_solo>("vm_solo", {.warm = false, .proof = forgetful});

// It waits for the second in a loop: it has to make room.
struct vm_solo_spin : pair {
  vm_object flag;
  vm_solo_spin() : pair(1) {}
  void names() override {
    pair::names();
    call(flag, "orec of the flag");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 1) return t.now.pc == 0 ? transfer(t) : write(t, flag, 1);
    if (t.now.pc == 0) return start_on_commit(t, 1), true;
    if (t.now.pc == 1) return read(t, flag, t.now.a);
    if (t.now.a != 0) return transfer(t);
    wants_collection = true;                       // who stood still for it has to go on
    sim_atomics::yield();
    t.now.pc = 1;
    return true;
  }
  std::size_t length(int i) override { return i == 0 ? 3 : 2; }
  void after() override { transfers_were(2); }
};
const bool added_solo_spin = add_one<vm_solo_spin>("vm_solo_spin", {.warm = false, .proof = lost_store});

// The same with one global lock, which has to be handed over.
struct vm_gil_spin : vm_solo_spin {
  vm_gil_spin() {
    the_world.one_at_a_time = true;
    longest = 1;
  }
};
const bool added_gil_spin = add_one<vm_gil_spin>("vm_gil_spin", {.warm = false, .proof = lost_plain_store});

// The others end, and who is left goes solo again, while the last one may still write back.
struct vm_alone_again : pair {
  bool execute(vm_thread& t) override { return transfer(t); }
  std::size_t length(int i) override { return i == 0 ? 5 : 1; }
  void after() override { transfers_were(6); }
};
const bool added_alone = add_one<vm_alone_again>("vm_alone_again", {.warm = false, .proof = blind});

// A collection while another runs, ends, or stands in the middle of an atomic block with its locks.
struct vm_collect : pair {
  using pair::pair;
  bool execute(vm_thread& t) override {
    if (t.index == 0 && t.now.pc == 0) return wants_collection = true;
    if (t.index == 1 && t.now.pc == 0) return ++t.atomic_depth, transfer(t);
    if (t.index == 1 && t.now.pc == 2) return --t.atomic_depth, transfer(t);
    if (t.index == 2) return irrevocable(t, [] {}) && transfer(t);
    return transfer(t);
  }
  std::size_t length(int i) override { return i == 2 ? 1 : 4; }
  void after() override {
    transfers_were(at_start == 3 ? 8 : 7);
    expect(!wants_collection || at_start == 3, "no collection took place");   // of two stops one may come too late
  }
};
struct vm_collect_three : vm_collect {
  vm_collect_three() : vm_collect(3) { longest = 1; }
};
const bool added_collect = add_one<vm_collect>("vm_collect", {.warm = false, .proof = forgetful});
const bool added_collect_three =
    add_one<vm_collect_three>("vm_collect_three", {.threads = 3, .warm = false, .proof = forgetful});

// Effects that cannot be undone: each takes place once, with nobody inside a slice.
struct vm_irrevocable : pair {
  using pair::pair;
  word effects = 0;
  bool execute(vm_thread& t) override {
    if (t.now.pc != 0) return transfer(t);
    word v = 0;
    if (!read(t, x, v)) return false;
    return irrevocable(t, [&] {
      expect(!t.barriers || now(x) == v, "what was read has changed");
      ++effects;
      wants_collection = true;                     // as gc.collect()
      vm_slices::collect_if_wanted(t);
      look_alone(t);
    }) && transfer(t);
  }
  std::size_t length(int) override { return 3; }
  void after() override {
    transfers_were(6);
    expect(effects == 2, "an irrevocable effect took place twice, or never");
  }
};
const bool added_irrevocable = add_one<vm_irrevocable>("vm_irrevocable", {.warm = false, .proof = forgetful});

// While another is in the middle of an atomic block, with its locks.
struct vm_irrevocable_and_atomic : vm_irrevocable {
  vm_irrevocable_and_atomic() { longest = 1; }
  bool execute(vm_thread& t) override {
    if (t.index == 0) return vm_irrevocable::execute(t);
    t.atomic_depth += t.now.pc == 0 ? 1u : 0u;
    t.atomic_depth -= t.now.pc == 3 ? 1u : 0u;
    return transfer(t);
  }
  std::size_t length(int i) override { return i == 0 ? 1 : 4; }
  void after() override {
    transfers_were(5);
    expect(effects == 1, "an irrevocable effect took place twice, or never");
  }
};
const bool added_irrevocable_and_atomic =
    add_one<vm_irrevocable_and_atomic>("vm_irrevocable_and_atomic", {.warm = false, .proof = lost_store});

// One wants a collection, one an irrevocable effect, a third runs.
struct vm_two_stoppers : vm_irrevocable {
  vm_two_stoppers() : vm_irrevocable(3) {}
  bool execute(vm_thread& t) override {
    if (t.now.pc == 0 && t.index == 0) return vm_irrevocable::execute(t);
    if (t.now.pc == 1 && t.index == 1) wants_collection = true;
    return transfer(t);
  }
  std::size_t length(int i) override { return i == 2 ? 2 : 4; }
  void after() override {
    transfers_were(10);
    expect(effects == 1, "an irrevocable effect took place twice, or never");
    expect(!wants_collection, "no collection took place");
  }
};
const bool added_two_stoppers =
    add_one<vm_two_stoppers>("vm_two_stoppers", {.threads = 3, .warm = false, .proof = forgetful});

// A lock held over several slices.
struct vm_lock : pair {
  using pair::pair;
  vm_object held;
  void names() override {
    pair::names();
    call(held, "orec of the lock");
  }
  bool execute(vm_thread& t) override {
    switch (t.now.pc) {
      case 0: {
        word v = 0;
        if (!read(t, held, v)) return false;
        return v == 0 ? write(t, held, 1) : wait_for(t, held);
      }
      case 1: return read(t, x, t.now.a);
      case 2: return write(t, x, t.now.a + 1);         // perhaps in another slice
      default:
        if (!write(t, held, 0)) return false;
        wake_on_commit(t, held);
        return true;
    }
  }
  std::size_t length(int) override { return 4; }
  void after() override { expect(now(x) == static_cast<word>(at_start), "an update under the lock was lost"); }
};
struct vm_lock_gil : vm_lock {
  vm_lock_gil() {
    the_world.one_at_a_time = true;
    longest = 1;
  }
};
struct vm_lock_three : vm_lock {
  vm_lock_three() : vm_lock(3) {}
};
const bool added_lock = add_one<vm_lock>("vm_lock", {.warm = false, .proof = forgetful});
const bool added_lock_gil = add_one<vm_lock_gil>("vm_lock_gil", {.warm = false, .proof = forgetful});
const bool added_lock_three = add_one<vm_lock_three>("vm_lock_three", {.threads = 3, .warm = false, .proof = forgetful});

// The main thread sets a flag and then needs the lock whose holder spins on the flag.
struct vm_flag_and_lock : vm_lock {
  vm_object flag;
  void names() override {
    vm_lock::names();
    call(flag, "orec of the flag");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 0) {
      if (t.now.pc == 0) return write(t, flag, 1);
      --t.now.pc;
      const bool done = vm_lock::execute(t);
      t.now.pc += done ? 2 : 1;
      return done;
    }
    if (t.now.pc == 0) return vm_lock::execute(t);
    if (t.now.pc == 1) return read(t, flag, t.now.a);
    if (t.now.pc == 2) {
      if (t.now.a != 0) return true;
      sim_atomics::yield();
      t.now.pc = 1;
      return true;
    }
    t.now.pc -= 2;
    const bool done = vm_lock::execute(t);
    t.now.pc += done ? 3 : 2;
    return done;
  }
  std::size_t length(int i) override { return i == 0 ? 5 : 6; }
};
const bool added_flag_and_lock = add_one<vm_flag_and_lock>("vm_flag_and_lock", {.warm = false, .proof = forgetful});

// One change wakes all that wait for it.
struct vm_wake_two : pair {
  vm_object ready;
  vm_wake_two() : pair(3) {}
  void names() override {
    pair::names();
    call(ready, "orec ready");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 0) {
      if (!write(t, ready, 1)) return false;
      wake_on_commit(t, ready);
      return true;
    }
    word v = 0;
    return read(t, ready, v) && (v != 0 ? transfer(t) : wait_for(t, ready));
  }
  std::size_t length(int) override { return 1; }
  void after() override { transfers_were(2); }
};
const bool added_wake_two =
    add_one<vm_wake_two>("vm_wake_two", {.threads = 3, .warm = false, .proof = forgetful});

// Waiting inside an atomic block undoes it: what it has written before is not seen until it goes on.
struct vm_wait_in_atomic : pair {
  vm_object ready;
  void names() override {
    pair::names();
    call(ready, "orec ready");
  }
  bool execute(vm_thread& t) override {
    word v = 0;
    if (t.index == 0) {
      if (t.now.pc == 0) return ++t.atomic_depth, transfer(t);
      if (t.now.pc == 1) return read(t, ready, v) && (v != 0 || wait_for(t, ready));
      return --t.atomic_depth, transfer(t);
    }
    if (t.now.pc == 0) {
      if (!read(t, x, v)) return false;
      expect(v == 0 || !t.barriers, "an atomic block that waits has let its writes be seen");
      return true;
    }
    if (!write(t, ready, 1)) return false;
    wake_on_commit(t, ready);
    return true;
  }
  std::size_t length(int i) override { return i == 0 ? 3 : 2; }
  void after() override { transfers_were(2); }
};
const bool added_wait_in_atomic =
    add_one<vm_wait_in_atomic>("vm_wait_in_atomic", {.warm = false, .proof = forgetful});

// Ctrl-C, also in the middle of a slice that aborts, also while it sleeps: taken once.
struct vm_interrupt : pair {
  vm_object never;
  word taken = 0;
  bool sent = false;
  vm_interrupt() : pair(1) { condition::signals = true; }
  bool execute(vm_thread& t) override {
    if (t.index == 1) {
      if (t.now.pc == 1 && !sent) sent = true, interrupt(0);
      return transfer(t);
    }
    if (t.now.pc == 0) return start_on_commit(t, 1), true;
    if (t.now.pc < 3) return transfer(t);
    if (t.now.interrupts == 0) return wait_for(t, never);
    taken = static_cast<word>(t.now.interrupts);
    return true;
  }
  std::size_t length(int i) override { return i == 0 ? 4 : 3; }
  void after() override {
    expect(taken == 1, "an interrupt was taken twice");
    transfers_were(5);
  }
};
const bool added_interrupt = add_one<vm_interrupt>("vm_interrupt", {.warm = false, .proof = blind});

// In the middle of an atomic block, which goes on and may be undone.
struct vm_interrupt_in_atomic : vm_interrupt {
  vm_object z;
  vm_interrupt_in_atomic() { longest = 0; }
  void names() override {
    vm_interrupt::names();
    call(z, "orec z");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 1) {
      if (t.now.pc == 1 && !sent) sent = true, interrupt(0);
      return add(t, z, 1);
    }
    if (t.now.pc == 1) ++t.atomic_depth;
    if (t.now.pc != 2) return vm_interrupt::execute(t);
    --t.atomic_depth;
    return add(t, z, 1);
  }
  void after() override {
    expect(taken == 1, "an interrupt was taken twice");
    expect(now(z) == 4 && now(x) == 1, "an instruction's effect was lost");
  }
};
constexpr flaw blind_z{.what = effect::blind, .where = "orec z", .on = operation::rmw, .shows = "instruction"};
const bool added_interrupt_in_atomic =
    add_one<vm_interrupt_in_atomic>("vm_interrupt_in_atomic", {.warm = false, .proof = blind_z});

// A thread started by a slice that is undone is not started.
struct vm_start_in_slice : pair {
  bool execute(vm_thread& t) override {
    if (t.index == 0 && t.now.pc == 0) start_on_commit(t, 2);
    return transfer(t);
  }
  std::size_t length(int) override { return 2; }
  void after() override { transfers_were(6); }
};
const bool added_start_in_slice =
    add_one<vm_start_in_slice>("vm_start_in_slice", {.threads = 3, .warm = false, .proof = blind});

// The deadline of a wait against its wake-up.
struct vm_timed : pair {
  vm_object ready;
  word verdict = 0;                                // 1: ready, 2: the time was up
  bool execute(vm_thread& t) override {
    if (t.index == 1) {
      if (t.now.pc == 0) return transfer(t);
      if (!write(t, ready, 1)) return false;
      wake_on_commit(t, ready);
      return true;
    }
    word v = 0;
    if (!read(t, ready, v)) return false;
    if (v != 0) return verdict = 1, transfer(t);
    if (t.wait.registered && t.wait.expired) return verdict = 2, transfer(t);
    return wait_for(t, ready, true);
  }
  std::size_t length(int i) override { return i == 0 ? 1 : 2; }
  void after() override {
    expect(verdict != 0, "the wait has no end");
    transfers_were(2);
  }
};
const bool added_timed = add_one<vm_timed>("vm_timed", {.warm = false, .proof = blind});

// Nobody ever wakes it.
struct vm_timed_alone : vm_timed {
  bool execute(vm_thread& t) override { return t.index == 1 ? transfer(t) : vm_timed::execute(t); }
  void after() override {
    expect(verdict == 2, "the time was never up");
    transfers_were(3);
  }
};
const bool added_timed_alone = add_one<vm_timed_alone>("vm_timed_alone", {.warm = false, .proof = blind});

// A native that began solo goes on without barriers when a second thread comes; at its safepoints
// the other has its turn, also if that one only spins.
struct vm_solo_native : pair {
  vm_object flag;
  vm_solo_native() : pair(1) { longest = 1; }
  void names() override {
    pair::names();
    call(flag, "orec of the flag");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 0) {
      if (t.now.pc == 0) return start_on_commit(t, 1), true;
      if (t.now.pc == 1) return native_times(t, 6, [&] { return transfer(t); });
      return write(t, flag, 1);
    }
    if (t.now.pc == 0) return transfer(t);
    if (t.now.pc == 1) return read(t, flag, t.now.a);
    if (t.now.a != 0) return true;
    sim_atomics::yield();
    t.now.pc = 1;
    return true;
  }
  std::size_t length(int) override { return 3; }
  void after() override { transfers_were(7); }
};
const bool added_solo_native = add_one<vm_solo_native>("vm_solo_native", {.warm = false, .proof = forgetful});

// The native itself waits in a loop for the other.
struct vm_solo_native_spin : vm_solo_native {
  bool execute(vm_thread& t) override {
    if (t.index == 1) return t.now.pc == 1 ? write(t, flag, 1) : transfer(t);
    if (t.now.pc != 1) return vm_solo_native::execute(t);
    t.now.a = 0;
    return native(t, [&] { return t.now.a == 0; }, [&] {
      sim_atomics::yield();
      return transfer(t) && read(t, flag, t.now.a);
    });
  }
  void after() override { expect(now(x) + now(y) == sum, "half of an instruction's effect was lost"); }
};
const bool added_solo_native_spin =
    add_one<vm_solo_native_spin>("vm_solo_native_spin", {.warm = false, .proof = lost_store});

// A native that takes long is let run alone, and shares the world from then on.
struct vm_long_native : pair {
  vm_long_native() { longest = 1; }
  bool execute(vm_thread& t) override {
    if (t.index == 1) return transfer(t);
    if (t.barriers) t.progress.spent = gilt::interp::native_patience - 2;
    return native_times(t, 5, [&] {
      if (t.exclusive) look_alone(t);
      wants_collection = t.exclusive;
      return transfer(t);
    });
  }
  std::size_t length(int i) override { return i == 0 ? 1 : 3; }
  void after() override { transfers_were(8); }
};
const bool added_long_native = add_one<vm_long_native>("vm_long_native", {.warm = false, .proof = blind});

// A native that waits: with barriers it publishes what it did and goes on alone.
struct vm_native_waits : pair {
  vm_object ready;
  void names() override {
    pair::names();
    call(ready, "orec ready");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 0) {
      if (t.now.pc == 1) return transfer(t);
      int done = 0;
      return native_times(t, 3, [&] {
        word v = 0;
        if (done == 1 && !read(t, ready, v)) return false;
        if (done == 1 && v == 0) return wait_for(t, ready);
        ++done;
        return transfer(t);
      });
    }
    if (t.now.pc != 1) return transfer(t);
    if (!write(t, ready, 1)) return false;
    wake_on_commit(t, ready);
    return true;
  }
  std::size_t length(int i) override { return i == 0 ? 2 : 4; }
  void after() override { transfers_were(7); }
};
const bool added_native_waits = add_one<vm_native_waits>("vm_native_waits", {.warm = false, .proof = forgetful});

// As before; it is the only thread when it comes back, and then starts another, for which it waits in
// a loop.
struct vm_native_waits_alone : vm_native_waits {
  bool execute(vm_thread& t) override {
    if (t.index == 2) return write(t, ready, 2);
    if (t.index == 1 || t.now.pc == 0) return vm_native_waits::execute(t);
    if (t.now.pc == 1) return start_on_commit(t, 2), true;
    if (t.now.pc == 2) return read(t, ready, t.now.a);
    if (t.now.a == 2) return transfer(t);
    sim_atomics::yield();
    t.now.pc = 2;
    return true;
  }
  std::size_t length(int i) override { return i == 0 ? 4 : i == 1 ? 4 : 1; }
};
const bool added_native_waits_alone =
    add_one<vm_native_waits_alone>("vm_native_waits_alone", {.threads = 3, .warm = false, .proof = lost_store});

// A call that blocks leaves the world: others collect and have irrevocable effects meanwhile.
struct vm_blocking_call : vm_irrevocable {
  sim_atomics::parker permit;
  bool execute(vm_thread& t) override {
    if (t.index == 0) {
      if (t.now.pc == 1) return blocking_call(t, [&] { permit.park(); }) && transfer(t);
      return transfer(t);
    }
    if (t.now.pc == 0) return vm_irrevocable::execute(t);
    if (t.now.pc == 1) wants_collection = true;
    if (t.now.pc == 2) return irrevocable(t, [&] { permit.unpark(); });
    return transfer(t);
  }
  std::size_t length(int i) override { return i == 0 ? 3 : 4; }
  void after() override {
    transfers_were(6);
    expect(effects == 1, "an irrevocable effect took place twice, or never");
  }
};
const bool added_blocking_call = add_one<vm_blocking_call>("vm_blocking_call", {.warm = false, .proof = forgetful});

// An object born in one slice is an old one to the next: its stores are undone with it.
struct vm_newborn : pair {
  vm_object born, published;
  vm_newborn() { longest = 1; }
  void names() override {
    pair::names();
    call(born, "orec of the newborn");
    call(published, "orec of the reference");
  }
  bool execute(vm_thread& t) override {
    word there = 0, a = 0, b = 0;
    if (t.index == 0) {
      if (t.now.pc == 0) {
        born.lock.store_relaxed(t.born);
        born.content.store(1, std::memory_order_relaxed);
        return write(t, published, 1);
      }
      return write(t, born, t.now.pc + 1) && write(t, x, t.now.pc + 1);
    }
    if (t.now.pc == 2) return add(t, y, 1);
    if (!read(t, published, there)) return false;
    if (there == 0) return true;
    if (!read(t, born, a) || !read(t, x, b) || !write(t, y, a)) return false;
    expect(b == (a == 1 ? 0 : a), "a newborn's stores are seen without the rest of their slice");
    return true;
  }
  std::size_t length(int) override { return 3; }
  void after() override { expect(now(born) == 3 && now(x) == 3, "a store was lost"); }
};
constexpr flaw unborn{.what = effect::read_as, .where = "orec of the newborn+24", .shows = "newborn"};
const bool added_newborn = add_one<vm_newborn>("vm_newborn", {.warm = false, .proof = unborn});

// One made by a thread that has ended is an old one to the thread that has its slot now.
struct vm_newborn_slot : pair {
  vm_object born;
  vm_newborn_slot() { longest = 1; }
  void names() override {
    pair::names();
    call(born, "orec of the newborn");
  }
  bool execute(vm_thread& t) override {
    if (t.index == 1) {
      born.lock.store_relaxed(t.born);
      born.content.store(1, std::memory_order_relaxed);
      start_on_commit(t, 2);
      return write(t, y, 1);
    }
    if (t.index == 2) return write(t, born, t.now.pc + 2) && write(t, x, t.now.pc + 2);
    if (t.now.pc == 0) return read(t, y, t.now.a);
    if (t.now.pc == 1) {
      if (t.now.a == 1) return true;
      sim_atomics::yield();
      t.now.pc = 0;
      return true;
    }
    word a = 0, b = 0;
    if (!read(t, born, a) || !read(t, x, b)) return false;
    expect(b == (a == 1 ? 0 : a), "a newborn's stores are seen without the rest of their slice");
    return true;
  }
  std::size_t length(int i) override { return i == 1 ? 1 : i == 0 ? 5 : 2; }
  void after() override { expect(now(born) == 3 && now(x) == 3, "a store was lost"); }
};
const bool added_newborn_slot =
    add_one<vm_newborn_slot>("vm_newborn_slot", {.threads = 3, .warm = false, .proof = unborn});

}  // namespace

}  // namespace gilt_sim
