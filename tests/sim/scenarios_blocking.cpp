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
