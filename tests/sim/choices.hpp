// SPDX-License-Identifier: BSL-1.0
#pragma once
// choices: who runs next and which message a load reads, decided by a strategy and recorded.
//
// A run is the list of its choices, each a small number: 0 is the plainest answer (the running
// thread goes on; the newest message is read), so a list of zeros is the schedule without
// preemption and without weak memory, and a list may end early. Everything else in a run is
// deterministic: the same list gives the same run, bit for bit.
//
//   random      uniform over threads at each step; half the loads that have a choice read old
//   pct         priorities and depth - 1 change points: finds a bug of that depth with a known
//               probability (Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler
//               with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010)
//   exhaustive  depth first over all lists with at most so many preemptions (Musuvathi, Qadeer,
//               "Iterative Context Bounding for Systematic Testing of Multithreaded Programs",
//               PLDI 2007) and so many old messages read
//   replay      a recorded list, zeros behind its end

#include "views.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace gilt_sim {

struct choice {
  std::uint8_t taken = 0;
  std::uint8_t of = 0;                           // how many answers there were
  bool message = false;                          // which message, not which thread
};
using choice_list = std::vector<choice>;

// The threads that may run next. The running one comes first if it may go on.
struct candidates {
  std::array<std::uint8_t, thread_limit> thread{};
  int count = 0;
  bool running_first = false;
};

class strategy {
 public:
  virtual ~strategy() = default;
  virtual void begin(std::uint64_t seed, int threads) = 0;
  virtual int next_thread(const candidates& c, std::uint64_t step) = 0;  // an index into c
  virtual int next_message(int count) = 0;       // 0: the newest, count - 1: the oldest
  virtual int next_number(int count) = 0;        // for a scenario: which of several cases
  virtual int next_letter(int count) = 0;        // for a scenario: a part of a random program
  virtual void yielded(int /*thread*/) {}        // it waits for others in a loop
  // Whether a thread that yielded may run again before another one has written something.
  virtual bool eager() const { return true; }
};

// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016).
class random_bits {
 public:
  void seed(std::uint64_t s) noexcept { state_ = (s + 1) * 0x9E3779B97F4A7C15ull | 1; }
  std::uint32_t next() noexcept {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 0x2545F4914F6CDD1Dull) >> 32);
  }
  int below(int n) noexcept {
    return static_cast<int>((std::uint64_t{next()} * static_cast<std::uint64_t>(n)) >> 32);
  }

 private:
  std::uint64_t state_ = 1;
};

class random_strategy final : public strategy {
 public:
  void begin(std::uint64_t seed, int) override { bits_.seed(seed); }
  int next_thread(const candidates& c, std::uint64_t) override { return bits_.below(c.count); }
  int next_message(int count) override {
    return bits_.next() % 2 == 0 ? 0 : bits_.below(count);
  }
  int next_number(int count) override { return bits_.below(count); }
  int next_letter(int count) override { return bits_.below(count); }

 private:
  random_bits bits_;
};

class pct_strategy final : public strategy {
 public:
  // steps: about how long a run is; the change points fall within it.
  pct_strategy(int depth, int steps) : depth_(depth), steps_(steps) {}
  void begin(std::uint64_t seed, int threads) override {
    bits_.seed(seed);
    for (int i = 0; i < thread_limit; ++i) priority_[at(i)] = depth_ + i;
    for (int i = threads - 1; i > 0; --i) {
      std::swap(priority_[at(i)], priority_[at(bits_.below(i + 1))]);
    }
    change_.clear();
    for (int i = 1; i < depth_; ++i) {
      change_.push_back(static_cast<std::uint64_t>(bits_.below(steps_)) + 1);
    }
    lowest_ = 0;
    stale_ = bits_.below(3);
  }
  int next_thread(const candidates& c, std::uint64_t step) override {
    for (std::size_t i = 0; i < change_.size(); ++i) {
      if (change_[i] == step && c.running_first) {
        priority_[c.thread[0]] = depth_ - 1 - static_cast<int>(i);
      }
    }
    int best = 0;
    for (int i = 1; i < c.count; ++i) {
      if (priority_[c.thread[at(i)]] > priority_[c.thread[at(best)]]) best = i;
    }
    return best;
  }
  // A third of the runs read the newest message always, a third half the time.
  int next_message(int count) override {
    if (stale_ == 0 || (stale_ == 1 && bits_.next() % 2 == 0)) return 0;
    return bits_.below(count);
  }
  int next_number(int count) override { return bits_.below(count); }
  int next_letter(int count) override { return bits_.below(count); }
  void yielded(int thread) override { priority_[at(thread)] = --lowest_; }

 private:
  static std::size_t at(int i) noexcept { return static_cast<std::size_t>(i); }
  int depth_, steps_;
  random_bits bits_;
  std::array<int, thread_limit> priority_{};
  std::vector<std::uint64_t> change_;
  int lowest_ = 0;
  int stale_ = 0;
};

class replay_strategy final : public strategy {
 public:
  explicit replay_strategy(const choice_list& list, bool eager) : list_(list), eager_(eager) {}
  void begin(std::uint64_t, int) override { at_ = 0; }
  int next_thread(const candidates& c, std::uint64_t) override { return next(c.count); }
  int next_message(int count) override { return next(count); }
  int next_number(int count) override { return next(count); }
  int next_letter(int count) override { return next(count); }
  bool eager() const override { return eager_; }

 private:
  int next(int count) {
    if (at_ == list_.size()) return 0;
    const int taken = list_[at_++].taken;
    return taken < count ? taken : 0;
  }
  const choice_list& list_;
  bool eager_;
  std::size_t at_ = 0;
};

class exhaustive_strategy final : public strategy {
 public:
  exhaustive_strategy(int preemptions, int old_reads)
      : preemption_bound_(preemptions), old_read_bound_(old_reads) {}
  void begin(std::uint64_t, int) override {
    at_ = 0;
    preemptions_ = old_reads_ = 0;
    letters_.seed(17);
  }
  int next_thread(const candidates& c, std::uint64_t) override {
    const bool may = !c.running_first || preemptions_ < preemption_bound_;
    const int taken = may ? next(c.count) : 0;
    if (c.running_first && taken != 0) ++preemptions_;
    return taken;
  }
  int next_message(int count) override {
    const int taken = old_reads_ < old_read_bound_ ? next(count) : 0;
    if (taken != 0) ++old_reads_;
    return taken;
  }
  int next_number(int count) override { return next(count); }
  // One program for all schedules.
  int next_letter(int count) override { return letters_.below(count); }
  bool eager() const override { return false; }
  // Moves to the next list; false: all have been run.
  bool advance() {
    path_.resize(at_);
    while (!path_.empty() && path_.back().taken + 1 >= path_.back().of) path_.pop_back();
    if (path_.empty()) return false;
    ++path_.back().taken;
    return true;
  }

 private:
  struct branch {
    int taken, of;
  };
  int next(int count) {
    if (at_ == path_.size()) path_.push_back({0, count});
    return path_[at_++].taken;
  }
  int preemption_bound_, old_read_bound_;
  int preemptions_ = 0, old_reads_ = 0;
  random_bits letters_;
  std::vector<branch> path_;
  std::size_t at_ = 0;
};

}  // namespace gilt_sim
