// SPDX-License-Identifier: BSL-1.0
#pragma once
// workload: a round of random attempts on real threads, recorded.
//
// An attempt reads and writes a few of the variables, in the redo log or through locks taken as it
// goes; now and then it takes the serial flag, asks for a tick, validates or gives up. It does not
// run again: what an aborted attempt read is part of the history.

#include "delaying_atomics.hpp"
#include "history.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace gilt_history {

enum class writing : std::uint8_t { redo, through, both };   // both: each attempt chooses

struct shape {
  std::uint32_t variables = 8;
  std::uint32_t threads = 4;
  std::uint32_t attempts = 1000;     // of each thread
  std::uint32_t mean_delay = 32;     // steps
  writing mode = writing::both;
  bool serial = false;               // some take the serial flag
  std::uint64_t force_every = 0;     // every nth barrier aborts
  bool deferred = false;             // the clock; what is written has been read then
};
inline constexpr std::uint32_t most_variables = 256;
inline constexpr std::uint32_t most_operations = 16;

template <planted Bug>
class world {
  using A = delaying_atomics<Bug>;
  using engine = gilt::detail::transaction<A>;

 public:
  // Runs one round and leaves its history in h, whose memory is used again.
  void run(const shape& s, std::uint64_t seed, history& h) {
    auto& domain = gilt::detail::domain_shared<gilt::detail::basic_domain<A>>;
    gilt::detail::force_abort_every(domain, s.force_every);
    domain.deferred = s.deferred;
    h.round = ++round_;
    h.threads.resize(s.threads);
    take(h.before, s.variables);
    ready_ = 0;
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < s.threads; ++t) {
      threads.emplace_back([&, t] { run_thread(s, t, seed, h.threads[t]); });
    }
    for (auto& t : threads) t.join();
    take(h.after, s.variables);
  }

  // After a round nothing may be left held. Empty: all is free.
  std::string leftovers() const {
    auto& domain = gilt::detail::domain_shared<gilt::detail::basic_domain<A>>;
    for (const variable& v : variables_) {
      if ((v.lock.load() & gilt::detail::orec_locked) != 0) return "a lock is still held";
    }
    if (domain.line.serial.load(std::memory_order_seq_cst) != 0) return "the serial flag is set";
    for (word i = 1; i <= domain.slots.high(); ++i) {
      if (domain.slots.announcement(i).load(std::memory_order_seq_cst) != 0) {
        return "an announcement is left";
      }
    }
    return {};
  }

 private:
  struct alignas(16) variable {
    gilt::detail::orec<A> lock;
    gilt::detail::word_cell<A> value{0};
  };

  // One attempt under way.
  struct attempt_state {
    engine& tx;
    thread_history& out;
    attempt& a;
    bool through;
    std::uint64_t round, thread, number;
    std::uint32_t written[most_operations];   // operations, one a variable that is written
    std::uint32_t written_count = 0;

    std::uint32_t* own_write(std::uint32_t v) {
      for (std::uint32_t i = 0; i < written_count; ++i) {
        if (out.operations[a.first + written[i]].variable == v) return &written[i];
      }
      return nullptr;
    }
    void note(std::uint32_t v, value_id value, action what) {
      out.operations.push_back({value, v, what});
      ++a.count;
    }
  };

  void take(std::vector<value_id>& to, std::uint32_t n) const {
    to.resize(n);
    for (std::uint32_t v = 0; v < n; ++v) {
      to[v] = variables_[v].value.load(std::memory_order_acquire);
    }
  }
  static std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

  void run_thread(const shape& s, std::uint32_t t, std::uint64_t seed, thread_history& out) {
    delays& d = delays::mine();
    d.random.state = seed * 0x9E3779B97F4A7C15ull + (t + 1) * 0xD1B54A32D192ED03ull;
    d.random.state |= 1;
    d.mean = s.mean_delay;
    d.left = 1 + t;
    chance random{d.random.next() | 1};
    out.attempts.clear();
    out.operations.clear();
    out.broken.clear();
    out.attempts.reserve(s.attempts);
    out.operations.reserve(std::size_t{s.attempts} * most_operations);
    engine tx;
    ready_.fetch_add(1);
    while (ready_.load() != s.threads) std::this_thread::yield();
    for (std::uint32_t i = 0; i < s.attempts; ++i) run_attempt(s, t, i, tx, random, out);
    d.mean = 0;
  }

  void run_attempt(const shape& s, std::uint32_t t, std::uint32_t number, engine& tx,
                   chance& random, thread_history& out) {
    std::uint64_t dice = random.next() >> 8;
    const auto one_in = [&dice](std::uint64_t n) {
      const bool hit = dice % n == 0;
      dice /= n;
      return hit;
    };
    attempt& a = out.attempts.emplace_back();
    a = {};
    a.first = static_cast<std::uint32_t>(out.operations.size());
    attempt_state state{tx, out, a, s.mode == writing::through, round_, t, number, {}, 0};
    if (s.mode == writing::both) state.through = one_in(2);
    const bool ticked = one_in(32);
    const bool only_reads = one_in(4);
    const bool give_up = one_in(32);
    const bool validates = one_in(16);
    const bool begins_serial = s.serial && one_in(256);
    const bool becomes_serial = s.serial && one_in(64);

    a.begin = now();
    if (begins_serial) tx.begin_serial(); else tx.begin();
    bool alive = true;
    const auto steps = 1 + random.below(6);
    for (std::uint64_t k = 0; k < steps && alive; ++k) {
      const auto v = static_cast<std::uint32_t>(random.below(s.variables));
      const auto kind = random.next() >> 16 & 7;
      if (only_reads || kind < 4) {
        alive = read(state, v);
      } else if (kind < 7 || s.deferred) {
        // Most writes follow a read; through locks, half of those read under the lock.
        if (state.through && kind == 6) alive = tx.lock(variables_[v].lock);
        alive = alive && read(state, v) && write(state, v);
      } else {
        alive = write(state, v);
      }
      if (k == 1 && alive && becomes_serial) alive = tx.become_serial();
    }
    if (alive && validates) alive = tx.validate_now();
    if (give_up && alive && !tx.serial()) {
      tx.doom(gilt::abort_cause::explicit_abort);
      alive = false;
    }
    const bool has_place = ticked || tx.writes() != 0 || tx.locks() != 0;
    alive = alive && tx.commit(ticked ? gilt::detail::commit_mode::ticked
                                      : gilt::detail::commit_mode::plain);
    a.how = alive ? ending::committed : ending::aborted;
    a.has_place = alive && has_place;
    a.version = a.has_place ? tx.write_version() : tx.read_version();
    if (!alive) tx.rollback();
    a.end = now();
  }

  bool read(attempt_state& s, std::uint32_t v) {
    variable& x = variables_[v];
    word value = 0;
    if (!(s.through ? s.tx.read(x.lock, x.value, value) : s.tx.read_redo(x.lock, x.value, value))) {
      return false;
    }
    if (const auto* own = s.own_write(v)) {
      if (s.out.operations[s.a.first + *own].value != value) {
        s.out.broken = "an attempt did not read what it had written";
      }
      return true;
    }
    s.note(v, value, action::read);
    return true;
  }

  bool write(attempt_state& s, std::uint32_t v) {
    variable& x = variables_[v];
    const value_id value = name_value(s.round, s.thread, s.number, s.a.count);
    // Noted before it is stored: an aborted attempt may have stored it.
    auto* const own = s.own_write(v);
    if (own != nullptr) {
      s.out.operations[s.a.first + *own].what = action::overwritten;
      *own = s.a.count;
    } else {
      s.written[s.written_count++] = s.a.count;
    }
    s.note(v, value, action::write);
    return s.through ? s.tx.write(x.lock, x.value, value)
                     : s.tx.write_redo(x.lock, x.value, value);
  }

  std::unique_ptr<variable[]> storage_ = std::make_unique<variable[]>(most_variables);
  struct range {
    variable* first;
    variable& operator[](std::size_t i) const { return first[i]; }
    const variable* begin() const { return first; }
    const variable* end() const { return first + most_variables; }
  };
  range variables_{storage_.get()};
  std::uint64_t round_ = 0;
  std::atomic<std::uint32_t> ready_{0};
};

}  // namespace gilt_history
