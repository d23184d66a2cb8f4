// SPDX-License-Identifier: BSL-1.0
// What goes wrong in a program: exceptions, threads that end, memory and slots that run out.
#include "words.hpp"

#include <new>

namespace gilt_sim::failures_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

struct boom {};

// A write-back is lost.
constexpr flaw lost_store{.what = effect::drop,
                          .where = "orec x+",
                          .on = operation::store,
                          .from = order::release};

// An exception undoes the attempt and leaves once; its view was consistent.
struct exception : scenario {
  var<word> x{0}, y{0};
  int left = 0;
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int i) override {
    if (i != 0) {
      atomically([&](tx& t) {
        t[x] += 1u;
        t[y] += 1u;
      });
      return;
    }
    try {
      atomically([&](tx& t) {
        t[x] += 10u;
        if (t(x) - 10 != t(y)) throw boom{};
        t[y] += 10u;
        t.nested([&](tx& u) { u[y] += 10u; });
        throw boom{};
      });
    } catch (const boom&) {
      ++left;
    }
  }
  void after() override {
    expect(left == 1, "an exception did not leave exactly once");
    expect(x.load_now() == 1 && y.load_now() == 1, "an exception left a write behind");
  }
};
const bool added_exception = add<exception>("exception", {.proof = lost_store});

// A part that fails is undone alone; what came before it stays.
struct nested_exception : scenario {
  var<word> x{0}, y{0};
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int) override {
    atomically([&](tx& t) {
      t[x] += 1u;
      try {
        t.nested([&](tx& u) {
          u[x] += 100u;
          u[y] += 100u;
          throw boom{};
        });
      } catch (const boom&) {
      }
      t[y] += 1u;
    });
  }
  void after() override {
    expect(x.load_now() == 2 && y.load_now() == 2, "a part that failed left a write behind");
  }
};
const bool added_nested_exception = add<nested_exception>("nested_exception", {.proof = lost_store});

// Each attempt ends in one hook, each transaction in one on_commit, outside of any attempt.
struct hooks : scenario {
  var<word> x{0}, y{0}, written_after{0};
  int attempts = 0, commits = 0, aborts = 0;
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int) override {
    atomically([&](tx& t) {
      ++attempts;
      t.on_commit([this] {
        ++commits;
        expect(!this_engine().active(), "on_commit ran inside an attempt");
        atomically([&](tx& u) { u[written_after] += 1u; });
      });
      t.on_abort([this]() noexcept { ++aborts; });
      t.before_commit([this](tx& u) { u[y] = u(x); });
      t[x] += 1u;
    });
  }
  void after() override {
    expect(commits == 2 && attempts == commits + aborts, "an attempt ended in no hook, or in two");
    expect(x.load_now() == 2 && y.load_now() == 2, "what before_commit wrote was lost");
    expect(written_after.load_now() == 2, "what on_commit wrote was lost");
  }
};
const bool added_hooks = add<hooks>("hooks", {.proof = lost_store});

// Every lock goes back on every way out: user abort, conflict, commit.
template <mode M>
struct locks_go_back : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    engine& e = this_engine();
    for (int n = 0; n < 2; ++n) {
      e.begin();
      attempt<M> t(e);
      shared_word& first = i == 0 ? x : y;
      shared_word& second = i == 0 ? y : x;
      if (!(t.add(first, 1) && t.add(second, 1) && n == 0 && e.commit())) e.rollback();
    }
  }
  void after() override { expect(x.now() == y.now(), "half of a commit"); }
};
constexpr flaw kept_lock{.what = effect::drop,
                         .where = "orec x",
                         .on = operation::store,
                         .from = order::release,
                         .shows = "a lock is left behind"};
const bool added_locks_go_back = add_modes<locks_go_back>("locks_go_back", {.proof = kept_lock});

// Threads come, run one transaction and end; slots and contexts pass from one to the next.
template <mode M>
struct short_lives : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int) override {
    run<M>([&](auto& t) { return t.add(x, 1) && t.add(y, 1); });
  }
  void after() override { expect(x.now() == 3 && y.now() == 3, "an update was lost"); }
};
constexpr flaw blind_locks{.what = effect::blind, .where = "orec", .on = operation::rmw};
const bool added_short_lives = add_modes<short_lives>(
    "short_lives", {.threads = 3, .warm = false, .exits = true, .proof = blind_locks});

// A slot's next owner must not take its predecessor's locks for its own: nothing is read before
// it is written.
template <mode M>
struct passed_slot : short_lives<M> {
  void body(int i) override {
    for (int n = 0; n < 2; ++n) {
      const word mine = static_cast<word>(i * 2 + n + 1);
      run<M>([&](auto& t) { return t.write(this->x, mine) && t.write(this->y, mine); });
      const word wv = this_engine().write_version();
      const word now = this->x.lock.load();      // locked by its next writer: says nothing
      expect(wv != 0 && ((now & gilt::detail::orec_locked) != 0 || gilt::detail::version_of(now) >= wv),
             "an attempt wrote without a lock of its own");
      machine::get().run_exit_calls();
    }
  }
  void after() override { expect(this->x.now() == this->y.now(), "half of a commit"); }
};
// Giving a slot back hands nothing over: the next owner sees its predecessor's locks as its own.
constexpr flaw relaxed_give{.what = effect::weaken,
                            .where = "slots",
                            .on = operation::rmw,
                            .from = order::release,
                            .to = order::relaxed};
const bool added_passed_slot = add_modes<passed_slot>(
    "passed_slot", {.warm = false, .exits = true, .proof = relaxed_give, .proof_schedules = 100'000,
                    .weight = 2});

// The nth allocation fails: the transaction throws bad_alloc with nothing done, or succeeds.
struct out_of_memory : scenario {
  var<word> x{0}, y{0};
  word done = 0;
  void names() override {
    call(x, "orec x");
    call(y, "orec y");
  }
  void body(int i) override {
    machine& m = machine::get();
    if (i == 0) m.fail_allocation(m.choose(8));
    try {
      atomically([&](tx& t) {
        t[x] += 1u;
        t.check(i == 0 || t(x) > 0);
        t[y] += 1u;
      });
      ++done;
    } catch (const std::bad_alloc&) {
      expect(i == 0, "bad_alloc in a thread that had memory");
    }
    m.fail_allocation(-1);
  }
  void after() override {
    expect(x.load_now() == done && y.load_now() == done,
           "a transaction that ran out of memory left a write behind");
  }
};
const bool added_out_of_memory =
    add<out_of_memory>("out_of_memory", {.warm = false, .exits = true, .proof = lost_store});

// The same for boxes, nodes and sleeping.
struct out_of_memory_objects : scenario {
  struct big {
    word a = 0, b = 0, c = 0;
  };
  struct node : gilt::basic_record<domain> {
    gilt::field<word, domain> value{1};
  };
  var<big> x{big{}};
  var<node*> n{nullptr};
  var<word> ready{0};
  bool made = false;
  void body(int i) override {
    machine& m = machine::get();
    if (i == 1) {
      atomically([&](tx& t) { t[ready] = 1; });
      return;
    }
    m.fail_allocation(m.choose(8));
    try {
      atomically([&](tx& t) {
        t[x] = big{1, 2, 3};
        t[n] = t.make<node>();
        t.check(t(ready) == 1);
      });
      made = true;
    } catch (const std::bad_alloc&) {
    }
    m.fail_allocation(-1);
  }
  void after() override {
    atomically([&](tx& t) {
      expect((t(n) != nullptr) == made && (t(x).b == 2) == made,
             "a transaction that ran out of memory left a write behind");
      t.retire(t(n));
      t[n] = nullptr;
    });
  }
};
constexpr flaw forgetful{.what = effect::forgetful_parker, .shows = "deadlock"};
const bool added_out_of_memory_objects =
    add<out_of_memory_objects>("out_of_memory_objects", {.proof = forgetful});

// One slot for two threads: attempts take turns, in circulation.
template <mode M>
struct last_slot : short_lives<M> {
  std::array<word, gilt::detail::slot_limit> taken{};
  last_slot() {
    for (word n = 1; n + 1 < gilt::detail::slot_limit; ++n) taken[n] = shared().slots.take();
  }
  void after() override {
    for (word n = 1; n + 1 < gilt::detail::slot_limit; ++n) shared().slots.give(taken[n]);
    expect(this->x.now() == 2 && this->y.now() == 2, "an update was lost");
  }
};
// The slot goes to two attempts at once.
constexpr flaw blind_slots{.what = effect::blind, .where = "slots", .on = operation::rmw};
const bool added_last_slot = add_modes<last_slot>(
    "last_slot", {.warm = false, .exits = true, .proof = blind_slots, .weight = 0.02});

// Forced aborts: every third barrier fails, and still everything holds.
template <mode M>
struct forced : short_lives<M> {
  void body(int) override {
    run<M>([&](auto& t) { return t.add(this->x, 1) && t.add(this->y, 1); });
  }
};
const bool added_forced =
    add_modes<forced>("forced", {.threads = 3, .force_abort = 3, .proof = blind_locks});

}  // namespace
}  // namespace gilt_sim::failures_scenarios
