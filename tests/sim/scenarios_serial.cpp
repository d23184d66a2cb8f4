// SPDX-License-Identifier: BSL-1.0
// Serial: the one attempt that cannot abort, against writers and against its like.
#include "words.hpp"

namespace gilt_sim::serial_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

constexpr flaw unseen_flag{
    .what = effect::read_as, .where = "serial flag", .on = operation::load, .keep = 0};
constexpr flaw acquire_flag{.what = effect::weaken,
                            .where = "serial flag",
                            .on = operation::load,
                            .from = order::seq_cst,
                            .to = order::acquire};

// Becomes serial after a read; from then on nothing changes for it, and it commits.
template <mode M>
struct serial_reader : scenario {
  shared_word x, y;
  int entered = 0, committed = 0;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i != 0) {
      run<M>([&](auto& t) { return t.add(x, 1) && t.add(y, 1); });
      return;
    }
    run<M>([&](auto& t) {
      word a = 0, b = 0, c = 0;
      if (!t.read(x, a) || !t.tx().become_serial()) return false;
      ++entered;
      const bool all = t.read(y, b) && t.read(x, c);
      expect(all, "the holder of the serial flag failed to read");
      expect(a == b && a == c, "something changed under the holder of the serial flag");
      return true;
    });
    ++committed;
  }
  void after() override {
    expect(entered == 1 && committed == 1, "the holder of the serial flag was aborted");
    expect(x.now() == y.now() && x.now() == 1, "an update was lost");
  }
};
const bool added_serial_reader = add_modes<serial_reader>(
    "serial_reader", {.proof = unseen_flag}, {.proof = unseen_flag});
const bool added_serial_reader_weak =
    add_modes<serial_reader>("serial_reader_store_buffering", {.proof = acquire_flag, .weight = 2});

// Takes the flag before it begins, and writes.
template <mode M>
struct serial_writer : scenario {
  shared_word x, y;
  int attempts = 0;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i != 0) {
      run<M>([&](auto& t) { return i == 1 ? t.add(x, 1) && t.add(y, 1) : t.add(y, 1) && t.add(x, 1); });
      return;
    }
    engine& e = this_engine();
    e.begin_serial();
    attempt<M> t(e);
    ++attempts;
    const bool all = t.add(y, 1) && t.add(x, 1) && e.commit();
    expect(all, "the holder of the serial flag was aborted");
  }
  void after() override { expect(x.now() == 3 && y.now() == 3, "an update was lost"); }
};
const bool added_serial_writer =
    add_modes<serial_writer>("serial_writer", {.threads = 3, .proof = unseen_flag});

// One writer is past its look at the flag and commits y; another one comes later, and lets go of x
// again. The holder, who has read x and meets the new y, waits instead of giving up.
template <mode M>
struct serial_between_writers : scenario {
  shared_word x, y;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    if (i != 0) {
      run<M>([&](auto& t) { return t.add(i == 1 ? y : x, 1); });
      return;
    }
    engine& e = this_engine();
    e.begin_serial();
    attempt<M> t(e);
    word a = 0, b = 0, c = 0;
    const bool all = t.read(x, a) && t.read(y, b) && t.read(x, c) && e.commit();
    expect(all, "the holder of the serial flag was aborted");
    expect(a == c, "something changed under the holder of the serial flag");
  }
};
const bool added_serial_between = add_modes<serial_between_writers>(
    "serial_between_writers", {.threads = 3, .proof = unseen_flag, .weight = 2});

// Effects outside memory happen once each, one after the other.
struct irrevocable : scenario {
  var<word> x{0}, y{0};
  int effects[3] = {};
  int inside = 0;
  void body(int i) override {
    atomically([&](tx& t) {
      const word a = t(x);
      t.irrevocable();
      expect(inside == 0, "two irrevocable transactions at once");
      ++inside;
      ++effects[i];
      machine::get().step("effect");
      expect(t(y) == a && t(x) == a, "something changed under an irrevocable transaction");
      t[x] = a + 1;
      t[y] = a + 1;
      --inside;
    });
  }
  void after() override {
    for (int i = 0; i < 2; ++i) expect(effects[i] == 1, "an effect did not happen exactly once");
    expect(x.load_now() == 2 && y.load_now() == 2, "an update was lost");
  }
};
constexpr flaw blind_flag{.what = effect::blind, .where = "serial flag", .on = operation::rmw};
const bool added_irrevocable = add<irrevocable>("irrevocable", {.proof = blind_flag});

struct irrevocable_and_writer : irrevocable {
  void body(int i) override {
    if (i == 0) return irrevocable::body(i);
    atomically([&](tx& t) {
      t[x] += 1u;
      t[y] += 1u;
    });
    ++effects[i];
  }
};
const bool added_irrevocable_and_writer =
    add<irrevocable_and_writer>("irrevocable_and_writer", {.proof = unseen_flag});

// A commit that takes a place in the order, whether it wrote or not.
template <mode M>
struct ticked : scenario {
  shared_word x;
  word ticket[2] = {};
  word seen = 0;
  void names() override { x.call("orec x", "value x"); }
  void body(int i) override {
    engine& e = this_engine();
    for (;;) {
      e.begin();
      attempt<M> t(e);
      if ((i == 0 ? t.read(x, seen) : t.add(x, 1)) && e.commit(gilt::detail::commit_mode::ticked)) {
        break;
      }
      e.rollback();
      sim_atomics::pause();
    }
    ticket[i] = e.write_version();
  }
  void after() override {
    expect((ticket[0] < ticket[1]) == (seen == 0), "a ticket contradicts what was seen");
  }
};
constexpr flaw no_versions{.what = effect::read_as,
                           .where = "orec",
                           .on = operation::load,
                           .keep = gilt::detail::orec_locked | gilt::detail::orec_slot_mask};
const bool added_ticked = add_modes<ticked>("ticked", {.proof = no_versions});

// The write versions of the holder and of a rival that got past the flag before it was taken tell
// which of them came first. The holder looks at no flag after its lock: its tick alone speaks for it.
template <mode M>
struct serial_ticket : scenario {
  shared_word x, y;
  word version[2] = {};
  word seen = 0;
  void names() override {
    x.call("orec x", "value x");
    y.call("orec y", "value y");
  }
  void body(int i) override {
    engine& e = this_engine();
    if (i == 0) {
      e.begin_serial();
      attempt<M> t(e);
      const bool all = t.write(y, 1) && e.commit();
      expect(all, "the holder of the serial flag was aborted");
    } else {
      run<M>([&](auto& t) { return t.read(y, seen) && t.write(x, 1); });
    }
    version[i] = e.write_version();
  }
  void after() override {
    expect((version[0] < version[1]) == (seen == 1), "a write version contradicts what was seen");
  }
};
const bool added_serial_ticket = add_modes<serial_ticket>("serial_ticket", {.proof = no_versions});

}  // namespace
}  // namespace gilt_sim::serial_scenarios
