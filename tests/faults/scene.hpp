// SPDX-License-Identifier: BSL-1.0
#pragma once
// scene: variables with invariants, random transactions that keep them, and the checks that must
// hold after each transaction, however it ended and whatever went wrong in it.
//
//   words      their sum is 0; `done` counts the committed transactions
//   box        a value on the heap, equal to `box_writes`; its objects are counted
//   head       a node that is replaced and retired; a reader that finds a destroyed one is noted
//   pair       two fields of a record, their sum is 0
//
// A transaction is given by its seed: it does the same each time it runs again.

#include "fault_atomics.hpp"

#include <string>

namespace gilt_faults {

struct chance {
  std::uint64_t state;
  explicit chance(std::uint64_t seed) : state((seed + 1) * 0x9E3779B97F4A7C15ull | 1) {
    next();
    next();
  }
  std::uint64_t next() noexcept {       // xorshift64 (Marsaglia, "Xorshift RNGs", 2003)
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
  std::size_t below(std::size_t n) noexcept { return (next() >> 11) % n; }
};

// A value that does not fit a word, whose copying may throw.
struct counted {
  long value, twice;
  explicit counted(long v) : value(v), twice(2 * v) { born(); }
  counted(const counted& o) : value(o.value), twice(o.twice) { born(); }
  counted& operator=(const counted&) = default;
  ~counted() { --live; }
  static inline long live = 0;

 private:
  void born() const {
    point();
    ++live;
  }
};

struct node {
  explicit node(long v) : value(v) { ++live; }
  node(const node&) = delete;
  node& operator=(const node&) = delete;
  ~node() {
    value = destroyed;
    --live;
  }
  long value;
  static constexpr long destroyed = -77;
  static inline long live = 0;
};

struct pair : gilt::basic_record<domain> {
  gilt::field<long, domain> a{0}, b{0};
};

enum class outcome : std::uint8_t { committed, rolled_back };

class scene {
 public:
  static constexpr std::size_t words = 5;

  scene() : head_(new node(1)) { change_clock(); }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;
  ~scene() { delete head_.load_now(); }

  // The whole transaction, run again as often as the library wants.
  outcome run(std::uint64_t seed) {
    const outcome o = run_once(seed);
    if (o == outcome::committed) ++expected_done_;
    return o;
  }

  // One attempt on the current virtual thread; whether it committed.
  bool attempt(std::uint64_t seed) {
    context& c = gilt::detail::this_context<domain>();
    c.begin(std::source_location::current());
    tx t = gilt::detail::access::token<domain>(c);
    try {
      body(t, seed, false);
      if (!c.commit()) {
        c.abort();
        return false;
      }
    } catch (const gilt::detail::abort_signal&) {
      c.abort();
      return false;
    } catch (const gilt::detail::retry_signal&) {
      c.abort();
      return false;
    }
    c.after_commit();
    ++expected_done_;
    return true;
  }

  // may_wait: for other attempts, which must then not be those of the thread that is interrupted.
  void body(tx& t, std::uint64_t seed, bool may_wait = true) {
    chance r(seed);
    irrevocable_ = false;
    check_snapshot(t);
    t[done_] += 1;
    const std::size_t operations = 1 + r.below(5);
    for (std::size_t i = 0; i < operations; ++i) {
      operation(t, r);
      point();
    }
    if (r.below(4) == 0) check_snapshot(t);
    if (may_wait && r.below(8) == 0) t.privatize();
    if (may_wait && r.below(8) == 0) {
      t.irrevocable();
      irrevocable_ = true;
      transfer(t, r.next(), true);
      point();
    }
  }

  // Blocks until `done` has changed since the call began.
  void wait_for_another() {
    const long before = done_.load_now();
    gilt::atomically<domain>([&](tx& t) {
      check_snapshot(t);
      t.check(t(done_) != before);
    });
  }

  // Empty: all is as it must be. `others`: those whose contexts may still hold retired memory.
  std::string check(std::initializer_list<virtual_thread*> others) {
    auto& s = shared();
    if (broken_) return "an attempt saw an inconsistent state or a destroyed node";
    if (plan::now().lost_wakeup) return "somebody sleeps for ever";
    if (s.line.serial.load(std::memory_order_seq_cst) != 0) return "the serial flag is set";
    for (word i = 1; i <= s.slots.high(); ++i) {
      if (s.slots.announcement(i).load(std::memory_order_seq_cst) != 0) {
        return "an attempt is still announced";
      }
    }
    if (!s.waiters.empty()) return "somebody is still in the wait table";
    bool held = false;
    // Reading any word tells whether its lock is held: an attempt of ours gives up on it.
    context& c = gilt::detail::this_context<domain>();
    if (c.active()) return "the attempt is still active";
    long sum = 0, done = 0, box = 0, writes = 0, a = 0, b = 0;
    c.begin(std::source_location::current());
    tx t = gilt::detail::access::token<domain>(c);
    try {
      for (auto& w : words_) sum += t(w);
      done = t(done_);
      const counted& in_box = t(box_);
      box = in_box.value;
      if (in_box.twice != 2 * box) return "a box is torn";
      writes = t(box_writes_);
      a = t(pair_, &pair::a);
      b = t(pair_, &pair::b);
      held = !c.commit();
    } catch (const gilt::detail::abort_signal&) {
      held = true;
    }
    if (held) {
      c.abort();
      return "a lock is still held";
    }
    if (sum != 0) return "the words' sum is " + std::to_string(sum);
    if (a + b != 0) return "the record's sum is " + std::to_string(a + b);
    if (done != expected_done_) {
      return std::to_string(done) + " transactions took effect, " +
             std::to_string(expected_done_) + " said so";
    }
    if (box != writes) return "the box and its count differ";
    gilt::quiesce<domain>();
    for (virtual_thread* v : others) {
      const virtual_thread::running as(*v);
      gilt::quiesce<domain>();
    }
    if (counted::live != 1) return std::to_string(counted::live) + " boxes are alive";
    if (node::live != 1) return std::to_string(node::live) + " nodes are alive";
    return {};
  }

  var<long>& done() { return done_; }
  void expect_one_more() { ++expected_done_; }

 private:
  outcome run_once(std::uint64_t seed) {
    try {
      gilt::atomically<domain>([&](tx& t) { body(t, seed); });
      return outcome::committed;
    } catch (const planned_fault& f) {
      return f.after_commit ? outcome::committed : outcome::rolled_back;
    } catch (const std::bad_alloc&) {
      // Out of it once in, it stays; there may be no memory left even for the usage_error.
      return irrevocable_ ? outcome::committed : outcome::rolled_back;
    } catch (const gilt::usage_error&) {
      return outcome::committed;         // it left an irrevocable transaction
    }
  }

  void check_snapshot(tx& t) {
    long sum = 0;
    for (auto& w : words_) sum += t(w);
    const counted& in_box = t(box_);
    if (sum != 0 || in_box.twice != 2 * in_box.value || in_box.value != t(box_writes_) ||
        t(pair_, &pair::a) + t(pair_, &pair::b) != 0 || t(head_)->value == node::destroyed) {
      broken_ = true;
    }
  }

  // whole: nothing is thrown half way, where what was done would stay (irrevocable).
  void transfer(tx& t, std::uint64_t dice, bool whole = false) {
    auto& from = words_[dice % words];
    auto& to = words_[dice / words % words];
    t[from] -= 1;
    if (!whole) point();
    t[to] += 1;
  }

  void operation(tx& t, chance& r) {
    struct inner {};
    const std::uint64_t dice = r.next() >> 16;
    switch (r.below(8)) {
      case 0:
        transfer(t, dice);
        break;
      case 1:
        t[box_] = counted(t(box_).value + 1);
        point();
        t[box_writes_] += 1;
        break;
      case 2: {
        node* const old = t(head_);
        if (old->value == node::destroyed) broken_ = true;
        t[head_] = t.make<node>(old->value + 1);
        point();
        t.retire(old);
        break;
      }
      case 3:
        try {
          t.nested([&](tx& u) {
            transfer(u, dice);
            u[box_] = counted(7);
            static_cast<void>(u.make<node>(3));
            throw inner{};
          });
        } catch (const inner&) {
        }
        break;
      case 4:
        t.or_else(
            [&](tx& u) {
              u[words_[dice % words]] += 100;
              u[box_] = counted(9);
              point();
              u.retry();
            },
            [&](tx& u) { transfer(u, dice); });
        break;
      case 5:
        t.before_commit([this, dice](tx& u) {
          transfer(u, dice, true);
          point();
        });
        t.on_abort([]() noexcept {});
        break;
      case 6:
        t.on_commit([] { point(true); });
        break;
      default:
        t.at(pair_, &pair::a) += 1;
        point();
        t.at(pair_, &pair::b) -= 1;
        break;
    }
  }

  var<long> words_[words] = {};
  var<long> done_{0};
  var<counted> box_{counted(0)};
  var<long> box_writes_{0};
  var<node*> head_;
  pair pair_;
  long expected_done_ = 0;
  bool irrevocable_ = false;             // the last attempt was
  bool broken_ = false;
};

}  // namespace gilt_faults
