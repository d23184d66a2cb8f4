// SPDX-License-Identifier: BSL-1.0
// Memory: boxes and nodes that others still read, publication, privatization.
#include "words.hpp"

namespace gilt_sim::memory_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

// Too large for a word; tells poison from a value.
struct pair_value {
  word a = 0, not_a = ~word{0};
  pair_value() = default;
  explicit pair_value(word v) : a(v), not_a(~v) {}
  bool sound() const { return a == ~not_a; }
};

// Readers keep a reference while the box is replaced and the writer's thread ends, which destroys
// what nobody can reach.
struct box_reader : scenario {
  var<pair_value> x{pair_value{1}};
  void names() override { call(x, "orec x"); }
  void body(int i) override {
    if (i == 0) {
      atomically([&](tx& t) { t[x] = pair_value{2}; });
      return;
    }
    atomically([&](tx& t) {
      const pair_value& v = t(x);
      expect(v.sound(), "a box was read after it had been destroyed");
      machine::get().step("holds the box");
      expect(v.sound(), "a box was destroyed under a reader");
    });
  }
};
constexpr flaw no_barrier{.what = effect::no_barrier, .shows = "box"};
constexpr flaw unannounced{.what = effect::drop,
                           .where = "announcement",
                           .on = operation::store,
                           .from = order::release,
                           .shows = "box"};
const bool added_box_reader =
    add<box_reader>("box_reader", {.exits = true, .proof = unannounced});
const bool added_box_reader_barrier =
    add<box_reader>("box_reader_barrier", {.exits = true, .proof = no_barrier, .weight = 2});
constexpr flaw relaxed_announcement{.what = effect::weaken,
                                    .where = "announcement",
                                    .on = operation::load,
                                    .from = order::seq_cst,
                                    .to = order::relaxed};
const bool added_box_reader_rmw = add<box_reader>(
    "box_reader_announced_by_rmw",
    {.exits = true, .has_heavy_barrier = false, .proof = relaxed_announcement});

// The reader's slot is new: the reclaimer must find it.
constexpr flaw low_mark{.what = effect::weaken,
                        .where = "slots",
                        .on = operation::load,
                        .from = order::seq_cst,
                        .to = order::relaxed};
const bool added_box_reader_new_slot = add<box_reader>(
    "box_reader_new_slot",
    {.warm = false, .exits = true, .has_heavy_barrier = false, .proof = low_mark, .weight = 2});

// A list of nodes; one is unlinked and retired while another thread walks over it.
struct node : gilt::basic_record<domain> {
  gilt::field<node*, domain> next;
  gilt::field<word, domain> value;
  node(node* n, word v) : next(n), value(v) {}
};

struct list_walk : scenario {
  var<node*> head{sim_atomics::create<node>(sim_atomics::create<node>(nullptr, 2u), 1u)};
  void names() override { call(head, "orec head"); }
  void body(int i) override {
    if (i == 0) {
      atomically([&](tx& t) {
        node* const first = t(head);
        t[head] = t(*first, &node::next);
        t.retire(first);
      });
      return;
    }
    word sum = 0;
    atomically([&](tx& t) {
      sum = 0;
      for (node* n = t(head); n != nullptr; n = t(*n, &node::next)) sum += t(*n, &node::value);
    });
    expect(sum == 3 || sum == 2, "a walk saw a list that never was");
  }
  void after() override {
    atomically([&](tx& t) {
      for (node* n = t(head); n != nullptr; n = t(*n, &node::next)) t.retire(n);
      t[head] = nullptr;
    });
  }
};
constexpr flaw unannounced_walk{.what = effect::drop,
                                .where = "announcement",
                                .on = operation::store,
                                .from = order::release,
                                .shows = "freed"};
const bool added_list_walk =
    add<list_walk>("list_walk", {.exits = true, .proof = unannounced_walk, .weight = 2});
// The end of the announcement tells the reclaimer that the reads are over.
constexpr flaw relaxed_end{.what = effect::weaken,
                           .where = "announcement",
                           .on = operation::store,
                           .from = order::release,
                           .to = order::relaxed,
                           .shows = "race: memory is freed"};
const bool added_list_walk_end =
    add<list_walk>("list_walk_end", {.exits = true, .proof = relaxed_end});

// Two threads take from the front: what an aborted attempt made and retired is as before.
struct two_takers : scenario {
  var<node*> head{sim_atomics::create<node>(
      sim_atomics::create<node>(sim_atomics::create<node>(nullptr, 4u), 2u), 1u)};
  word taken[2] = {};
  void names() override { call(head, "orec head"); }
  void body(int i) override {
    for (int n = 0; n < 2; ++n) {
      taken[i] += atomically([&](tx& t) -> word {
        node* const first = t(head);
        if (first == nullptr) return 0;
        const word v = t(*first, &node::value);
        t.retire(t.make<node>(nullptr, v));
        t[head] = t(*first, &node::next);
        t.retire(first);
        return v;
      });
    }
  }
  void after() override {
    expect(taken[0] + taken[1] == 7, "an element was taken twice or not at all");
  }
};
constexpr flaw blind_locks{.what = effect::blind, .where = "orec", .on = operation::rmw};
const bool added_two_takers = add<two_takers>("two_takers", {.exits = true, .proof = blind_locks});

// Two threads replace the same box, twice each in one attempt. No bug is planted: a box freed twice
// ends the process. The mutants "superseded boxes are kept", "replaced boxes are not retired" prove it.
struct box_writers : scenario {
  var<pair_value> x{pair_value{1}};
  void names() override { call(x, "orec x"); }
  void body(int) override {
    atomically([&](tx& t) {
      t[x] = pair_value{t(x).a + 1};
      t[x] = pair_value{t(x).a + 1};
    });
  }
  void after() override {
    const pair_value v = x.load_now();
    expect(v.sound() && v.a == 5, "an update of a box was lost");
  }
};
const bool added_box_writers = add<box_writers>("box_writers", {.exits = true});

// A third thread adopts what a thread that ended had to leave behind.
struct orphans : list_walk {
  void body(int i) override {
    if (i < 2) return list_walk::body(i);
    gilt::quiesce<domain>();
  }
};
const bool added_orphans =
    add<orphans>("orphans", {.threads = 3, .exits = true, .proof = unannounced_walk});

// A node made outside any transaction is reached through one: everything in it is seen.
struct publication : scenario {
  struct item {
    sim_atomics::atomic<word> payload{0};
  };
  var<item*> slot{nullptr};
  void names() override { call(slot, "orec slot"); }
  void body(int i) override {
    if (i == 0) {
      auto* const fresh = sim_atomics::create<item>();
      fresh->payload.store(5, order::relaxed);
      atomically([&](tx& t) { t[slot] = fresh; });
      return;
    }
    item* const p = i == 1 ? atomically([&](tx& t) { return t(slot); }) : slot.load_now();
    if (p != nullptr) {
      expect(p->payload.load(order::relaxed) == 5, "a published node was seen half made");
    }
  }
  void after() override { sim_atomics::destroy(slot.load_now()); }
};
// The value and its lock are one object here, so both stores are weakened.
constexpr flaw relaxed_stores{.what = effect::weaken,
                              .where = "orec slot",
                              .on = operation::store,
                              .from = order::release,
                              .to = order::relaxed};
const bool added_publication = add<publication>("publication", {.threads = 3, .proof = relaxed_stores});

// One thread takes x out of the shared state and then uses it without transactions.
template <mode M, bool Quiesce>
struct privatization_with : scenario {
  shared_word flag, x;
  void names() override {
    flag.call("orec flag", "value flag");
    x.call("orec x", "value x");
  }
  void body(int i) override {
    if (i == 0) {
      run<M>([&](auto& t) { return t.write(flag, 1); });
      if (Quiesce) gilt::quiesce<domain>();
      const word a = x.now();
      machine::get().step("x is private");
      expect(x.now() == a, "a private variable changed: late write-back");
      x.value.store(a + 1, order::relaxed);
      expect(x.now() == a + 1, "a private variable was overwritten");
      return;
    }
    run<M>([&](auto& t) {
      word f = 0, v = 0;
      if (!t.read(flag, f)) return false;
      if (f != 0) return true;
      if (!t.read(x, v)) return false;
      expect(v == 0, "a doomed attempt read a private variable");
      return t.write(x, 42);
    });
  }
};
template <mode M>
using privatization = privatization_with<M, true>;
template <mode M>
using privatization_without = privatization_with<M, false>;

// By proxy: the first takes x out and tells the second, who uses it without transactions.
template <mode M>
struct proxy_privatization : scenario {
  shared_word flag, x;
  void names() override {
    flag.call("orec flag", "value flag");
    x.call("orec x", "value x");
  }
  void body(int i) override {
    if (i == 0) {
      run<M>([&](auto& t) { return t.write(flag, 1); });
      return;
    }
    word f = 0;
    if (i == 1) {
      run<M>([&](auto& t) { return t.read(flag, f); });
      if (f == 0) return;
      gilt::quiesce<domain>();                   // who uses it, not who took it out
      const word a = x.now();
      machine::get().step("x is private");
      expect(x.now() == a, "a private variable changed: late write-back");
      x.value.store(a + 1, order::relaxed);
      machine::get().step("x is private");
      expect(x.now() == a + 1, "a private variable was overwritten");
      return;
    }
    run<M>([&](auto& t) {
      word v = 0;
      if (!t.read(flag, f)) return false;
      return f != 0 || (t.read(x, v) && t.write(x, 42));
    });
  }
};

constexpr flaw unread_announcement{.what = effect::read_as,
                                   .where = "announcement",
                                   .on = operation::load,
                                   .keep = 0,
                                   .shows = "private"};
// The same by the token: a node is taken out, and freed by hand as soon as atomically() is back.
struct privatize : scenario {
  var<node*> head{sim_atomics::create<node>(nullptr, 1u)};
  void names() override { call(head, "orec head"); }
  void body(int i) override {
    if (i == 0) {
      node* const mine = atomically([&](tx& t) {
        node* const n = t(head);
        t[head] = nullptr;
        t.privatize();
        return n;
      });
      sim_atomics::destroy(mine);
      return;
    }
    atomically([&](tx& t) {
      node* const n = t(head);
      if (n != nullptr) t.at(*n, &node::value) += 1u;
    });
  }
};
constexpr flaw no_barrier_token{.what = effect::no_barrier, .shows = "freed"};
const bool added_privatize = add<privatize>("privatize", {.threads = 3, .proof = no_barrier_token});

// quiesce() itself: whatever attempt ran when it was called has ended when it returns.
struct quiesce_waits : scenario {
  shared_word x;
  int started = 0, ended = 0;                    // seen by all at once, like a clock on the wall
  void names() override { x.call("orec x", "value x"); }
  void body(int i) override {
    if (i == 0) {
      const int running = started;
      gilt::quiesce<domain>();
      expect(ended >= running, "quiesce() returned while an attempt was running");
      return;
    }
    engine& e = this_engine();
    for (int n = 0; n < 2; ++n) {
      e.begin();
      ++started;
      word a = 0;
      static_cast<void>(e.read(x.lock, x.value, a));
      machine::get().step("still running");
      ++ended;
      expect(e.commit(), "a lone reader was aborted");
    }
  }
};
const bool added_quiesce_waits =
    add<quiesce_waits>("quiesce_waits", {.proof = {.what = effect::no_barrier, .shows = "quiesce"}});

constexpr flaw no_barrier_private{.what = effect::no_barrier, .shows = "private"};
const bool added_privatization =
    add_modes<privatization>("privatization", {.proof = no_barrier_private, .weight = 2});
const bool added_proxy = add_modes<proxy_privatization>(
    "proxy_privatization", {.threads = 3, .proof = unread_announcement, .proof_schedules = 300'000, .weight = 2});
const bool added_privatization_rmw = add_modes<privatization>(
    "privatization_announced_by_rmw", {.has_heavy_barrier = false, .proof = unread_announcement});

}  // namespace

}  // namespace gilt_sim::memory_scenarios

gilt_sim::registered_scenario gilt_sim::unsafe_privatization(bool redo) {
  using namespace memory_scenarios;
  const char* const name = "privatization without quiesce";
  if (redo) return make<privatization_without<mode::redo>>(name, {});
  return make<privatization_without<mode::write_through>>(name, {});
}
