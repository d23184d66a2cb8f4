// SPDX-License-Identifier: BSL-1.0
// Reads that are no ordinary ones: peek (the latest committed value, no snapshot) and ensure (what
// was read still holds at the commit). And attempts that wait by returning.
#include "words.hpp"

#include <gilt/attempt.hpp>

namespace gilt_sim::read_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

constexpr flaw no_second_look{.what = effect::stale,
                              .where = "orec",
                              .on = operation::load,
                              .from = order::relaxed,
                              .shows = "never committed"};
constexpr flaw no_versions{.what = effect::read_as,
                           .where = "orec",
                           .on = operation::load,
                           .keep = gilt::detail::orec_locked | gilt::detail::orec_slot_mask,
                           .shows = "no longer held"};
constexpr flaw forgetful{.what = effect::forgetful_parker, .shows = "deadlock"};

// Odd values are only ever written in place, by attempts that then give up; the last one may leave the
// lock as the commit before it did.
struct peek_in_place : scenario {
  shared_word x;
  void names() override { x.call("orec x", "value x"); }
  void body(int i) override {
    engine& e = this_engine();
    if (i == 0) {
      for (word v = 1; v <= 3; ++v) {
        e.begin();
        const bool even = v == 2;
        if (e.write(x.lock, x.value, v) && even && e.commit()) continue;
        e.rollback();
      }
      return;
    }
    word last = 0;
    for (int n = 0; n < 2; ++n) {
      e.begin();
      word seen = 0;
      if (e.peek(x.lock, x.value, seen)) {
        expect(seen % 2 == 0, "peek saw a value that was never committed");
        expect(seen >= last, "peek went back in time");
        last = seen;
      }
      e.rollback();
    }
  }
};
const bool added_peek = add<peek_in_place>("peek/write_through", {.proof = no_second_look});

// A box that peek has handed out lives until the attempt ends, however often it is replaced.
struct peek_box : scenario {
  struct big {
    word a, b, c;
  };
  var<big> x{big{1, ~word{1}, 1}};
  void names() override { call(x, "orec x"); }
  void body(int i) override {
    if (i == 0) {
      for (word v = 2; v <= 3; ++v) x.store_now(big{v, ~v, v});
      return;
    }
    atomically([&](tx& t) {
      const big& seen = t.peek(x);
      const big& later = t.peek(x);
      expect(seen.a == ~seen.b && seen.a == seen.c, "a box was read after it had been destroyed");
      machine::get().step("holds the box");
      expect(seen.a == ~seen.b && seen.a == seen.c, "a box was destroyed under a reader");
      expect(later.a >= seen.a, "peek went back in time");
    });
  }
};
constexpr flaw unannounced{.what = effect::drop,
                           .where = "announcement",
                           .on = operation::store,
                           .from = order::release};
const bool added_peek_box = add<peek_box>("peek_box", {.exits = true, .proof = unannounced});

// A read-only transaction that has ensured x and has seen, later in its body, that a change of x is
// over, does not commit the old x.
struct ensure_at_commit : scenario {
  var<word> x{0};
  sim_atomics::atomic<word> over{0};
  void names() override {
    call(x, "orec x");
    call(over, "over");
  }
  void body(int i) override {
    if (i == 0) {
      x.store_now(1);
      over.store(1, order::release);
      return;
    }
    word was_over = 0;
    const word seen = atomically([&](tx& t) {
      const word v = t.ensure(x);
      was_over = over.load(order::acquire);
      return v;
    });
    expect(seen == 1 || was_over == 0, "a transaction committed on a value that no longer held");
  }
};
const bool added_ensure = add<ensure_at_commit>("ensure", {.proof = no_versions});

// Waiting by gilt::retry: woken by the change, and nothing of the attempt that waited stays.
struct attempt_hand_over : scenario {
  var<word> full{0}, taken{0};
  void names() override {
    call(full, "orec full");
    call(taken, "orec taken");
  }
  void body(int i) override {
    for (word n = 1; n <= 2; ++n) {
      gilt::attempt<domain>([&](tx& t) -> gilt::outcome<void> {
        t[taken] += 1;
        if ((t(full) == 0) != (i == 0)) return gilt::retry;
        t[full] = i == 0 ? n : 0;
        return {};
      });
    }
  }
  void after() override {
    expect(taken.load_now() == 4, "an attempt that waited has left something");
    expect(full.load_now() == 0, "something was not taken");
  }
};
const bool added_attempt = add<attempt_hand_over>("attempt_hand_over", {.proof = forgetful});

}  // namespace
}  // namespace gilt_sim::read_scenarios
