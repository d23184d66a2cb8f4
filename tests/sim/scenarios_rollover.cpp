// SPDX-License-Identifier: BSL-1.0
// The clock starts again in the middle of everything: the last usable version is 1 to 3 here.
#include "words.hpp"

namespace gilt_sim::rollover_scenarios {
namespace {

using effect = flaw::effect;

// The reclaimer's or roller's barrier does nothing: a running attempt is missed.
constexpr flaw no_barrier{.what = effect::no_barrier, .shows = ""};
constexpr flaw blind_locks{.what = effect::blind, .where = "orec", .on = operation::rmw};

// Two add to both words, one reads both.
template <mode M>
struct adders : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i == 2) {
      for (int n = 0; n < 2; ++n) {
        run<M>([&](auto& t) {
          word a = 0, b = 0;
          if (!t.read(x, a) || !t.read(y, b)) return false;
          expect(a == b, "a snapshot across two eras");
          return true;
        });
      }
      return;
    }
    for (int n = 0; n < 3; ++n) run<M>([&](auto& t) { return t.add(x, 1) && t.add(y, 1); });
  }
  void after() override {
    expect(x.now() == 6 && y.now() == 6, "an update was lost");
    // (A deferred clock may not have come to its end.)
    expect(shared().deferred || shared().line.era.load(std::memory_order_seq_cst) >= 2, "the clock did not start again");
  }
};
const bool added_adders = add_modes<adders>("rollover_adders", {.threads = 3, .last_tick = 3, .deferred_last_tick = 2, .proof = blind_locks});
// An attempt whose announcement the roller misses keeps a read version of the old era: it takes new
// versions for old ones.
const bool added_adders_barrier =
    add_modes<adders>("rollover_barrier", {.threads = 3, .last_tick = 3, .deferred_last_tick = 2, .proof = no_barrier, .proof_schedules = 200'000, .weight = 0.5});
const bool added_adders_rmw = add_modes<adders>(
    "rollover_announced_by_rmw", {.threads = 3, .last_tick = 3, .deferred_last_tick = 2, .has_heavy_barrier = false, .proof = blind_locks, .weight = 0.5});

// One writes, so often that nearly each commit starts the clock again; one reads.
template <mode M>
struct pair : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    for (int n = 0; n < (i == 0 ? 4 : 2); ++n) {
      run<M>([&](auto& t) {
        if (i == 0) return t.add(x, 1) && t.add(y, 1);
        word a = 0, b = 0;
        if (!t.read(x, a) || !t.read(y, b)) return false;
        expect(a == b, "a snapshot across two eras");
        return true;
      });
    }
  }
  void after() override { expect(x.now() == 4 && y.now() == 4, "an update was lost"); }
};
const bool added_pair = add_modes<pair>("rollover_pair", {.last_tick = 1, .proof = no_barrier, .proof_schedules = 200'000});

// The reader begins when the clock has started again, between its words' old versions and new ones
// that look the same: x and y are committed at version 2 in either era, by the same slot.
template <mode M>
struct late_reader : scenario {
  shared_word x, y, z;
  sim_atomics::atomic<word> ready{0};
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
    z.call("orec z", "value z");
    call(ready, "ready");
  }
  void body(int i) override {
    if (i == 0) {
      const auto both = [&](word n) { run<M>([&](auto& t) { return t.write(x, n) && t.write(y, n); }); };
      run<M>([&](auto& t) { return t.write(z, 1); });
      both(1);
      run<M>([&](auto& t) { return t.write(z, 2); });            // the clock starts again
      ready.store(1, std::memory_order_release);
      sim_atomics::yield();
      both(2);
      both(3);                                                   // and again
      return;
    }
    while (ready.load(std::memory_order_acquire) == 0) sim_atomics::pause();
    run<M>([&](auto& t) {
      word a = 0, b = 0;
      if (!t.read(x, a)) return false;
      sim_atomics::yield();
      if (!t.read(y, b)) return false;
      expect(a == b, "a snapshot across two eras");
      return true;
    });
  }
};
const bool added_late = add_modes<late_reader>("rollover_late_reader", {.last_tick = 2, .proof = no_barrier, .proof_schedules = 200'000});

// A word that is never written again is read under each new clock; its reader makes it one of it.
template <mode M>
struct old_version : scenario {
  shared_word old, x;
  void names() override {
    old.call("orec old", "value old");
    x.call("orec x", "value x");
  }
  void body(int i) override {
    if (i == 0) {
      run<M>([&](auto& t) { return t.write(x, 1); });
      run<M>([&](auto& t) { return t.write(old, 7); });          // at version 2, which the next era has not yet
      for (word n = 2; n <= 4; ++n) run<M>([&](auto& t) { return t.write(x, n); });
      return;
    }
    word last = 0;
    for (int n = 0; n < 3; ++n) {
      word a = 0, b = 0;
      run<M>([&](auto& t) { return t.read(old, b) && t.read(x, a); });
      expect(a < 2 || b == 7, "an old value under a new clock");
      expect(a >= last, "back in time");
      last = a;
    }
  }
};
constexpr flaw no_versions{.what = effect::read_as,
                           .where = "orec",
                           .on = operation::load,
                           .keep = gilt::detail::orec_locked | gilt::detail::orec_slot_mask};
const bool added_old = add_modes<old_version>("rollover_old_version", {.last_tick = 3, .proof = no_versions});

// A sleeper is woken although the clock has started again since it fell asleep, in the very commit that
// is to wake it: that one's first attempt puts the lock back, watched bit included.
// (A rollback takes the watched bit off.)
constexpr flaw dropped_bit{.what = effect::store_as,
                           .where = "orec",
                           .on = operation::store,
                           .keep = ~gilt::detail::orec_watched,
                           .shows = "deadlock"};
struct sleeper : scenario {
  var<word> x{0}, ready{0};
  sim_atomics::atomic<word> go{0};
  // Commits alone do not move that clock.
  static void tick_if_deferred() {
    if (shared().deferred) gilt::quiesce<domain>();
  }
  void names() override {
    call(x, "orec x");
    call(ready, "orec ready");
    call(go, "go");
  }
  void body(int i) override {
    if (i == 0) {
      while (go.load(std::memory_order_acquire) == 0) sim_atomics::pause();
      tick_if_deferred();
      for (int n = 0; n < 2; ++n) atomically([&](tx& t) { t[x] += 1; });
      atomically([&](tx& t) { t[x] += t(ready); });                  // renews the word slept on
      ready.store_now(1);
      return;
    }
    ready.store_now(0);
    tick_if_deferred();
    ready.store_now(0);
    go.store(1, std::memory_order_release);
    atomically([&](tx& t) {
      t.check(t(ready) == 1);
      t[x] += 10;
    });
  }
  void after() override { expect(x.load_now() == 12, "an update was lost"); }
};
const bool added_sleeper = add<sleeper>("rollover_sleeper", {.last_tick = 2, .proof = dropped_bit});

// Boxes retired before the clock starts again are destroyed after it, and not while they are read.
struct boxes : scenario {
  struct big {
    word a, b, c;
  };
  var<big> x{big{0, ~word{0}, 0}};
  void names() override { call(x, "orec x"); }
  void body(int i) override {
    if (i == 0) {
      for (word n = 1; n <= 3; ++n) {
        x.store_now(big{n, ~n, n});
        gilt::quiesce<domain>();             // destroys what it may
      }
      return;
    }
    word last = 0;
    for (int n = 0; n < 2; ++n) {
      atomically([&](tx& t) {
        const big& seen = t(x);
        expect(seen.a == ~seen.b && seen.a == seen.c, "a box was read after it had been destroyed");
        machine::get().step("holds the box");
        expect(seen.a == ~seen.b && seen.a == seen.c, "a box was destroyed under a reader");
        expect(seen.a >= last, "back in time");
        last = seen.a;
      });
    }
  }
};
// Who scans sees no announcement.
constexpr flaw unannounced{.what = effect::read_as, .where = "announcement", .on = operation::load, .keep = 0};
const bool added_boxes = add<boxes>("rollover_boxes", {.exits = true, .last_tick = 2, .proof = unannounced});

// Irrevocable attempts cannot abort: they may tick beyond the last version, and the clock starts
// again after them.
struct irrevocable : scenario {
  var<word> x{0};
  void names() override { call(x, "orec x"); }
  void body(int) override {
    for (int n = 0; n < 2; ++n) {
      int runs_after = 0;
      atomically([&](tx& t) {
        t[x] += 1;
        t.irrevocable();
        expect(++runs_after == 1, "an irrevocable attempt ran again");
      });
    }
  }
  void after() override { expect(x.load_now() == 4, "an update was lost"); }
};
constexpr flaw blind_flag{.what = effect::blind, .where = "serial flag", .on = operation::rmw};
const bool added_irrevocable = add<irrevocable>("rollover_irrevocable", {.last_tick = 2, .proof = blind_flag});

}  // namespace
}  // namespace gilt_sim::rollover_scenarios
