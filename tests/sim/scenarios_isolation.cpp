// SPDX-License-Identifier: BSL-1.0
// Isolation: lost update, write skew, zombies, snapshots, order of commits.
#include "words.hpp"

namespace gilt_sim::isolation_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

// What the oracles are proved with.
constexpr flaw with(flaw f, const char* shows) {
  f.shows = shows;
  return f;
}
constexpr flaw blind_locks{.what = effect::blind, .where = "orec", .on = operation::rmw};
constexpr flaw no_versions{
    .what = effect::read_as, .where = "orec", .on = operation::load, .keep = gilt::detail::orec_locked | gilt::detail::orec_slot_mask};
constexpr flaw no_second_look{.what = effect::stale,
                              .where = "orec",
                              .on = operation::load,
                              .from = order::relaxed};
constexpr flaw relaxed_write_back{.what = effect::weaken,
                                  .where = "value",
                                  .on = operation::store,
                                  .from = order::release,
                                  .to = order::relaxed};
constexpr flaw relaxed_unlock{.what = effect::weaken,
                              .where = "orec",
                              .on = operation::store,
                              .from = order::release,
                              .to = order::relaxed};
// The clock's seq_cst loads and the orecs' each make up for the other's absence here.
constexpr flaw relaxed_loads{.what = effect::weaken,
                             .where = "",
                             .on = operation::load,
                             .from = order::seq_cst,
                             .to = order::relaxed};

template <mode M>
struct lost_update : scenario {
  shared_word x;
  void names() override { x.call("orec x", "value x"); }
  void body(int) override {
    for (int i = 0; i < 2; ++i) run<M>([&](auto& t) { return t.add(x, 1); });
  }
  void after() override { expect(x.now() == 4, "an update was lost"); }
};
const bool added_lost_update = add_modes<lost_update>("lost_update", {.proof = with(blind_locks, "update was lost")});

template <mode M>
struct write_skew : scenario {
  shared_word x{1}, y{1};
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    run<M>([&](auto& t) {
      word a = 0, b = 0;
      if (!t.read(x, a) || !t.read(y, b)) return false;
      return a + b < 2 || t.write(i == 0 ? x : y, 0);
    });
  }
  void after() override { expect(x.now() + y.now() >= 1, "both doctors left: write skew"); }
};
const bool added_write_skew = add_modes<write_skew>("write_skew", {.proof = with(no_versions, "write skew")});

// Every attempt, also one that aborts later, sees x == y.
template <mode M>
struct zombie : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    run<M>([&](auto& t) {
      word a = 0, b = 0;
      if (i == 2) {
        if (!t.read(y, b) || !t.read(x, a)) return false;
      } else {
        if (!t.read(x, a) || !t.read(y, b)) return false;
      }
      expect(a == b, "a running attempt saw half of a commit");
      return i == 2 || (t.write(x, a + 1) && t.write(y, b + 1));
    });
  }
  void after() override { expect(x.now() == 2 && y.now() == 2, "an update was lost"); }
};
const bool added_zombie =
    add_modes<zombie>("zombie", {.threads = 3, .proof = no_versions, .weight = 2});
const bool added_zombie_2 =
    add_modes<zombie>("zombie_write_back", {.threads = 3, .proof = with(relaxed_write_back, "half of a commit")});

// Twice each: the second time a thread finds what it committed itself, while the other one commits.
template <mode M>
struct zombie_again : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int) override {
    for (int n = 0; n < 2; ++n) {
      run<M>([&](auto& t) {
        word a = 0, b = 0;
        if (!t.read(x, a) || !t.read(y, b)) return false;
        expect(a == b, "a running attempt saw half of a commit");
        return t.write(x, a + 1) && t.write(y, b + 1);
      });
    }
  }
  void after() override { expect(x.now() == 4 && y.now() == 4, "an update was lost"); }
};
const bool added_zombie_again = add_modes<zombie_again>("zombie_again", {.proof = no_versions});

// What a thread committed it reads again, without writing it, and commits something else.
template <mode M>
struct own_read : scenario {
  shared_word mine[2], x;
  void names() override {
    mine[0].call("orec a", "value a");
    mine[1].call("orec b", "value b");
    x.call("orec x", "value x");
  }
  void body(int i) override {
    run<M>([&](auto& t) { return t.write(mine[i], 5); });
    run<M>([&](auto& t) {
      word a = 0;
      return t.read(mine[i], a) && t.add(x, a);
    });
  }
  void after() override { expect(x.now() == 10, "an update was lost"); }
};
const bool added_own_read = add_modes<own_read>("own_read", {.proof = no_versions});

// With forced aborts every access takes the slow paths.
const bool added_zombie_forced = add_modes<zombie>(
    "zombie_forced", {.threads = 3, .force_abort = 6, .proof = relaxed_write_back, .proof_schedules = 100'000},
    {.threads = 3, .force_abort = 6, .proof = no_second_look});

// A reader that looks twice, in two attempts and in one.
template <mode M>
struct repeatable_read : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i == 0) {
      for (word n = 1; n <= 2; ++n) {
        run<M>([&](auto& t) { return t.write(x, n) && t.write(y, n); });
      }
      return;
    }
    word last = 0;
    for (int n = 0; n < 2; ++n) {
      word a = 0, b = 0, c = 0;
      run<M>([&](auto& t) {
        if (!t.read(x, a) || !t.read(y, b) || !t.read(x, c)) return false;
        expect(a == c, "a value changed under an attempt");
        expect(a == b, "a running attempt saw half of a commit");
        return true;
      });
      expect(a >= last, "time went backwards for a reader");
      last = a;
    }
  }
};
const bool added_repeatable_read =
    add_modes<repeatable_read>("repeatable_read", {.proof = no_second_look});

// Values that only an aborted attempt wrote are seen by nobody.
template <mode M>
struct dirty_read : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i == 0) {
      engine& e = this_engine();
      for (int n = 0; n < 2; ++n) {
        e.begin();
        attempt<M> t(e);
        static_cast<void>(t.write(x, 42) && t.write(x, 44) && t.write(y, 43));
        e.rollback();
      }
      return;
    }
    for (int n = 0; n < 2; ++n) {
      run<M>([&](auto& t) {
        word a = 0, b = 0;
        if (!t.read(x, a) || !t.read(y, b)) return false;
        expect(a == 0 && b == 0, "a value of an aborted attempt was read");
        return true;
      });
    }
  }
  void after() override { expect(x.now() == 0 && y.now() == 0, "an abort left its value behind"); }
};
const bool added_dirty_read = add<dirty_read<mode::write_through>>(
    "dirty_read/write_through", {.proof = with(no_second_look, "aborted attempt was read")});

const bool added_dirty_read_forced = add<dirty_read<mode::write_through>>(
    "dirty_read_forced/write_through",
    {.force_abort = 4, .proof = with(no_second_look, "aborted attempt was read")});

// Two words under one lock, read together.
struct section : scenario {
  gilt::detail::orec<sim_atomics> lock;
  gilt::detail::word_cell<sim_atomics> left{0}, right{0};
  void names() override {
    call(lock, "orec");
    call(left, "value left");
    call(right, "value right");
  }
  void body(int i) override {
    engine& e = this_engine();
    for (;;) {
      e.begin();
      bool done = false;
      if (i == 0) {
        word a = 0;
        done = e.read(lock, left, a) && e.lock(lock);
        if (done) {
          e.store_locked(left, a + 1);
          e.store_locked(right, a + 1);
        }
      } else {
        word a = 0, b = 0;
        done = e.read_section(lock, [&] {
          a = left.load(order::acquire);
          b = right.load(order::acquire);
        });
        expect(!done || a == b, "words of one record were read torn");
      }
      if (done && e.commit()) return;
      e.rollback();
      sim_atomics::pause();
    }
  }
};
const bool added_section =
    add<section>("section/write_through", {.threads = 3, .proof = with(no_second_look, "torn")});

// A record's lock is taken by a blind write to one word; its other word is then read as an owner.
struct half_written_record : scenario {
  gilt::detail::orec<sim_atomics> lock;
  gilt::detail::word_cell<sim_atomics> left{0}, right{0};
  shared_word y;
  void names() override {
    call(lock, "orec record");
    call(left, "value left");
    call(right, "value right");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    engine& e = this_engine();
    for (;;) {
      e.begin();
      word a = 0, b = 0;
      bool done = e.read(y.lock, y.value, a);
      if (i == 0) {
        done = done && e.write(y.lock, y.value, a + 1) && e.write(lock, right, a + 1);
      } else if (done && e.write(lock, left, 5) && e.read(lock, right, b)) {
        expect(a == b, "an owner read a newer state than the rest of its attempt");
      } else {
        done = false;
      }
      if (done && e.commit()) return;
      e.rollback();
      sim_atomics::pause();
    }
  }
  void after() override { expect(y.now() == 1 && left.load(order::relaxed) == 5, "a lost update"); }
};
const bool added_half_written_record = add<half_written_record>(
    "half_written_record/write_through", {.proof = with(no_versions, "newer state")});

// Two writers, two readers: all agree on which write came first.
template <mode M>
struct agreed_order : scenario {
  shared_word x, y;
  word seen[2][2] = {};
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i < 2) {
      run<M>([&](auto& t) { return t.write(i == 0 ? x : y, 1); });
      return;
    }
    word* const mine = seen[i - 2];
    run<M>([&](auto& t) { return t.read(i == 2 ? x : y, mine[0]); });
    run<M>([&](auto& t) { return t.read(i == 2 ? y : x, mine[1]); });
  }
  void after() override {
    expect(!(seen[0][0] == 1 && seen[0][1] == 0 && seen[1][0] == 1 && seen[1][1] == 0),
           "two readers saw two commits in opposite orders");
  }
};
const bool added_agreed_order =
    add_modes<agreed_order>("agreed_order", {.threads = 4, .proof = with(relaxed_loads, "opposite orders")});

// A commit that is over before an attempt begins is seen by it. `over` stands for a clock on the
// wall: it orders nothing itself.
template <mode M>
struct real_time : scenario {
  shared_word x, y;
  sim_atomics::atomic<word> over{0};
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
    call(over, "over");
  }
  void body(int i) override {
    if (i == 0) {
      run<M>([&](auto& t) { return t.write(x, 1); });
      over.store(1, order::relaxed);
      return;
    }
    if (i == 1) {
      run<M>([&](auto& t) { return t.add(y, 1); });
      return;
    }
    const bool must = over.load(order::relaxed) == 1;
    word a = 0, b = 0;
    run<M>([&](auto& t) { return t.read(y, b) && t.read(x, a); });
    expect(!must || a == 1, "an attempt missed a commit that was over before it began");
  }
};
const bool added_real_time = add_modes<real_time>("real_time", {.threads = 3, .proof = with(relaxed_loads, "missed a commit")});

// One-variable reads are transactions too: they come in an order.
struct one_variable : scenario {
  var<word> x{0}, y{0};
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int i) override {
    if (i == 0) {
      for (word n = 1; n <= 2; ++n) {
        atomically([&](tx& t) {
          t[x] = n;
          t[y] = n;
        });
      }
      return;
    }
    const word a = x.load_now(), b = y.load_now(), c = x.load_now();
    expect(a <= b && b <= c, "one-variable reads went back in time");
  }
};
constexpr flaw unseen_locks{.what = effect::read_as,
                            .where = "orec",
                            .on = operation::load,
                            .keep = ~gilt::detail::orec_locked};
const bool added_one_variable = add<one_variable>("one_variable", {.proof = with(unseen_locks, "back in time")});

// Money moves between three accounts; an auditor adds them up in the middle of it.
template <mode M>
struct bank : scenario {
  shared_word account[3] = {shared_word{10}, shared_word{10}, shared_word{10}};
  void names() override {
    account[0].call("orec a", "value a");
    account[1].call("orec b", "value b");
    account[2].call("orec c", "value c");
  }
  void body(int i) override {
    if (i == 2) {
      run<M>([&](auto& t) {
        word sum = 0;
        for (auto& a : account) {
          word v = 0;
          if (!t.read(a, v)) return false;
          sum += v;
        }
        expect(sum == 30, "the auditor saw money vanish or appear");
        return true;
      });
      return;
    }
    run<M>([&](auto& t) { return t.add(account[i], word{0} - 5) && t.add(account[i + 1], 5); });
  }
  void after() override {
    expect(account[0].now() + account[1].now() + account[2].now() == 30 && account[0].now() == 5 &&
               account[2].now() == 15,
           "money vanished or appeared");
  }
};
const bool added_bank = add_modes<bank>("bank", {.threads = 3, .proof = with(relaxed_unlock, "")}, {.threads = 3, .proof = with(no_second_look, "auditor")});

}  // namespace
}  // namespace gilt_sim::isolation_scenarios
