// SPDX-License-Identifier: BSL-1.0
// Blocking: retry, or_else and the wake-up that must not be lost. A lost one is a deadlock.
#include "words.hpp"

namespace gilt_sim::blocking_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

constexpr flaw forgetful{.what = effect::forgetful_parker, .shows = "deadlock"};
// A rollback takes the watched bit off.
constexpr flaw dropped_bit{.what = effect::store_as,
                           .where = "orec",
                           .on = operation::store,
                           .keep = ~gilt::detail::orec_watched,
                           .shows = "deadlock"};

struct wake : scenario {
  var<word> x{0};
  word seen = 0;
  void names() override { call(x, "orec x"); }
  void body(int i) override {
    if (i == 0) {
      atomically([&](tx& t) { t[x] = 1; });
    } else {
      atomically([&](tx& t) { t.check(t(x) != 0); });
    }
  }
};
const bool added_wake = add<wake>("wake", {.proof = forgetful, .weight = 2});
const bool added_wake_two = add<wake>("wake_two", {.threads = 3, .proof = forgetful});
// Contexts, slots and the first growth of the logs are part of the schedule.
const bool added_wake_cold = add<wake>("wake_cold", {.warm = false, .exits = true, .proof = forgetful});

// w is taken for another value; y's write-back is lost.
constexpr flaw misread{
    .what = effect::read_as, .where = "orec w+", .keep = 1, .shows = "never held"};
constexpr flaw lost_store{.what = effect::drop,
                          .where = "orec y+",
                          .on = operation::store,
                          .from = order::release,
                          .shows = "left a write behind"};

// Two threads hand a token back and forth.
struct hand_over : scenario {
  var<int> turn{0};
  int order_seen[4] = {};
  int moves = 0;
  void names() override { call(turn, "orec turn"); }
  void body(int i) override {
    for (int round = 0; round < 2; ++round) {
      atomically([&](tx& t) {
        t.check(t(turn) == i);
        t[turn] = 1 - i;
      });
      order_seen[moves++] = i;
    }
  }
};
const bool added_hand_over = add<hand_over>("hand_over", {.proof = forgetful});

// A sleeper's time may be up at any step: before, during and after the wake-up it shares with one
// that waits for good. Who gives up has done nothing. (To the next wake-up, a node
// that it left in the wait table would be freed memory.)
struct expiry : scenario {
  using time = std::chrono::steady_clock::time_point;
  static constexpr time never = time::max(), long_ago = time::min();   // by the real clock
  var<word> x{0}, y{0};
  bool in_time = true;
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int i) override {
    if (i == 0) {
      atomically([&](tx& t) { t[x] = 1; });
    } else if (i == 1) {
      in_time = gilt::atomically_until<domain>(never, [&](tx& t) {
        t[y] = 1;
        t.check(t(x) != 0);
      });
    } else {
      atomically([&](tx& t) { t.check(t(x) != 0); });
    }
  }
  void after() override {
    expect(y.load_now() == (in_time ? 1u : 0u), "who gave up left a write behind");
  }
};
const bool added_expiry = add<expiry>("expiry", {.threads = 3, .proof = forgetful, .weight = 2});

// Nobody ever changes w: only the time ends it.
struct expiry_alone : expiry {
  var<word> w{3};
  void names() override {
    expiry::names();
    call(w, "orec w");
  }
  void body(int i) override {
    if (i == 0) return atomically([&](tx& t) { t[y] = 0; });
    in_time = gilt::atomically_until<domain>(never, [&](tx& t) {
      t[y] = 1;
      t.check(t(w) == 1);
    });
  }
  void after() override {
    expect(!in_time, "a body whose condition never held was committed");
    expiry::after();
  }
};
const bool added_expiry_alone = add<expiry_alone>("expiry_alone", {.proof = misread});

// A time in the past: one verdict, without sleeping.
struct expired_before : expiry {
  const std::uint64_t sleeps_before = machine::get().timed_parks();
  void body(int i) override {
    if (i == 0) return expiry::body(0);
    in_time = gilt::atomically_until<domain>(long_ago, [&](tx& t) {
      t[y] = 1;
      t.check(t(x) != 0);
    });
  }
  void after() override {
    expect(machine::get().timed_parks() == sleeps_before, "slept although the time was up");
    expiry::after();
  }
};
const bool added_expired_before = add<expired_before>("expired_before", {.proof = lost_store});

// Sleeps on two variables; either change wakes it.
struct wait_for_either : scenario {
  var<word> x{0}, y{0};
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int i) override {
    if (i == 0) {
      atomically([&](tx& t) { t.check(t(x) + t(y) == 2); });
    } else {
      atomically([&](tx& t) { t[i == 1 ? x : y] = 1; });
    }
  }
};
const bool added_wait_for_either =
    add<wait_for_either>("wait_for_either", {.threads = 3, .proof = forgetful});

// A branch that retries leaves nothing behind; both are waited for.
struct or_else : scenario {
  var<word> x{0}, y{0}, z{0};
  int branch = 0;
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
    call(z, "orec z");
  }
  void body(int i) override {
    if (i != 0) {
      atomically([&](tx& t) { t[i == 1 ? x : y] = 1; });
      return;
    }
    branch = atomically([&](tx& t) {
      return t.or_else(
          [&](tx& u) {
            u[z] = 1;
            u.check(u(x) == 1);
            return 1;
          },
          [&](tx& u) {
            expect(u(z) == 0, "the second branch saw what the first one wrote");
            u.check(u(y) == 1);
            return 2;
          });
    });
  }
  void after() override {
    expect(z.load_now() == (branch == 1 ? 1u : 0u), "a branch that retried left its write behind");
  }
};
const bool added_or_else = add<or_else>("or_else", {.threads = 3, .proof = forgetful});

// Only the second branch can ever succeed.
struct or_else_second : or_else {
  void body(int i) override {
    if (i == 0) return or_else::body(0);
    atomically([&](tx& t) { t[y] = 1; });
  }
  void after() override {
    expect(branch == 2, "the first branch went through");
    or_else::after();
  }
};
const bool added_or_else_second = add<or_else_second>("or_else_second", {.proof = forgetful});

// The waiter of the engine's own words, for write-through: aborts between watching and the commit
// carry the bit on.
template <mode M>
struct watched_through_aborts : scenario {
  shared_word x;
  void names() override { x.call("orec x", "value x"); }
  void body(int i) override {
    if (i == 1) {
      engine& e = this_engine();
      e.begin();
      attempt<M> t(e);
      static_cast<void>(t.write(x, 7));
      e.rollback();
      return;
    }
    if (i == 2) {
      run<M>([&](auto& t) { return t.write(x, 1); });
      return;
    }
    auto& c = gilt::detail::this_context<domain>();
    for (;;) {
      word seen = 0;
      c.begin(std::source_location::current());
      attempt<M> t(c.tx());
      const bool done = t.read(x, seen);
      expect(!done || seen != 7, "a value of an aborted attempt was read");
      if (done && seen == 1 && c.commit()) return c.after_commit();
      if (done && seen == 0) {
        c.tx().doom(gilt::abort_cause::retry);
        c.wait_for_change();
      } else {
        c.abort();
        sim_atomics::pause();
      }
    }
  }
};
const bool added_watched = add<watched_through_aborts<mode::write_through>>(
    "watched_through_aborts/write_through", {.threads = 3, .proof = dropped_bit, .weight = 2});

}  // namespace
}  // namespace gilt_sim::blocking_scenarios
