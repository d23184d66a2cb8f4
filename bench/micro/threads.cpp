// SPDX-License-Identifier: BSL-1.0
// Two threads: writers that share nothing, a long scan beside a writer, a bank that is audited, a
// conflict on one line, and the hand-over from a committer to a sleeper. real_time is per iteration
// of one thread unless said otherwise.
#include <gilt/gilt.hpp>

#include <benchmark/benchmark.h>
#include <tbb/spin_rw_mutex.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using gilt::tx;

struct alignas(128) word {
  gilt::var<long> x{0};
};

// -- line 7: disjoint writers -------------------------------------------------------------------
std::array<word, 64> own_words;
void disjoint_writers(benchmark::State& s) {
  auto& mine = own_words[static_cast<std::size_t>(s.thread_index())].x;
  for (auto _ : s) gilt::atomically([&](tx& t) { t[mine] += 1; });
}
BENCHMARK(disjoint_writers)->Threads(1)->Threads(2)->UseRealTime();

// -- line 9: 100,000 words summed beside a writer -----------------------------------------------
constexpr std::size_t scanned = 100'000;
std::vector<gilt::var<long>>& scan_words() {
  static std::vector<gilt::var<long>> all(scanned);
  return all;
}
// A second thread that does `work` over and over, and how often it did.
template <class F>
class companion {
 public:
  explicit companion(F work)
      : thread_([this, work] {
          while (!stop_.load(std::memory_order_relaxed)) {
            work();
            done_.fetch_add(1, std::memory_order_relaxed);
          }
        }) {}
  ~companion() {
    stop_ = true;
    thread_.join();
  }
  long done() const { return done_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> stop_{false};
  alignas(128) std::atomic<long> done_{0};
  std::thread thread_;
};

long sum_of_all() {
  return gilt::atomically([](tx& t) {
    long sum = 0;
    for (auto& v : scan_words()) sum += t(v);
    return sum;
  });
}
void move_one(std::uint64_t& seed) {
  seed = seed * 6364136223846793005ull + 1442695040888963407ull;
  const std::size_t a = (seed >> 20) % scanned, b = (seed >> 40) % scanned;
  gilt::atomically([&](tx& t) {
    t[scan_words()[a]] -= 1;
    t[scan_words()[b]] += 1;
  });
}
void scan_alone(benchmark::State& s) {
  for (auto _ : s) benchmark::DoNotOptimize(sum_of_all());
}
BENCHMARK(scan_alone)->UseRealTime()->Unit(benchmark::kMicrosecond);
void writer_alone(benchmark::State& s) {
  std::uint64_t seed = 7;
  for (auto _ : s) move_one(seed);
}
BENCHMARK(writer_alone)->UseRealTime();
// Time a scan; counter writes_per_s: the writer beside it.
void scan_beside_writer(benchmark::State& s) {
  companion writer([seed = std::make_shared<std::uint64_t>(7)] { move_one(*seed); });
  const long before = writer.done();
  for (auto _ : s) {
    if (sum_of_all() != 0) s.SkipWithError("a scan saw a half-done move");
  }
  s.counters["writes_per_s"] =
      benchmark::Counter(static_cast<double>(writer.done() - before), benchmark::Counter::kIsRate);
}
BENCHMARK(scan_beside_writer)->UseRealTime()->Unit(benchmark::kMicrosecond);

// -- line 10: 1000 accounts, one transaction in 100 adds all of them up ----------------------------
constexpr std::size_t accounts = 1000;
std::vector<gilt::var<long>>& bank() {
  static std::vector<gilt::var<long>> all(accounts);
  return all;
}
void bank_gilt(benchmark::State& s) {
  std::uint64_t seed = 11 + static_cast<std::uint64_t>(s.thread_index());
  for (auto _ : s) {
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    const std::size_t a = (seed >> 20) % accounts, b = (seed >> 40) % accounts;
    if (seed % 100 == 0) {
      benchmark::DoNotOptimize(gilt::atomically([](tx& t) {
        long sum = 0;
        for (auto& v : bank()) sum += t(v);
        return sum;
      }));
    } else {
      gilt::atomically([&](tx& t) {
        t[bank()[a]] -= 1;
        t[bank()[b]] += 1;
      });
    }
  }
}
BENCHMARK(bank_gilt)->Threads(2)->UseRealTime();
void bank_tbb(benchmark::State& s) {
  static tbb::spin_rw_mutex mutex;
  static std::vector<long> all(accounts);
  std::uint64_t seed = 11 + static_cast<std::uint64_t>(s.thread_index());
  for (auto _ : s) {
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    const std::size_t a = (seed >> 20) % accounts, b = (seed >> 40) % accounts;
    if (seed % 100 == 0) {
      const tbb::spin_rw_mutex::scoped_lock hold(mutex, false);
      long sum = 0;
      for (const long v : all) sum += v;
      benchmark::DoNotOptimize(sum);
    } else {
      const tbb::spin_rw_mutex::scoped_lock hold(mutex, true);
      all[a] -= 1;
      all[b] += 1;
    }
  }
}
BENCHMARK(bank_tbb)->Threads(2)->UseRealTime();

// -- line 11: one contended word, and what moving its line costs -----------------------------------
word shared_word;
void contended_update(benchmark::State& s) {
  for (auto _ : s) gilt::atomically([](tx& t) { t[shared_word.x] += 1; });
}
BENCHMARK(contended_update)->Threads(2)->UseRealTime();
alignas(128) std::atomic<int> turn{0};
// Two hand-overs of one cache line an iteration.
void line_transfer(benchmark::State& s) {
  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop.load(std::memory_order_relaxed)) {
      int one = 1;
      turn.compare_exchange_weak(one, 0);
    }
  });
  for (auto _ : s) {
    turn.store(1);
    while (turn.load(std::memory_order_relaxed) != 0) {}
  }
  stop = true;
  other.join();
}
BENCHMARK(line_transfer)->UseRealTime();

// -- line 12: ping and pong, each thread asleep until the other has moved --------------------------
void wake_by_retry(benchmark::State& s) {
  gilt::var<long> ball{0};
  std::thread other([&] {
    for (bool more = true; more;) {
      more = gilt::atomically([&](tx& t) {
        const long now = t(ball);
        t.check(now != 0);
        if (now == 1) t[ball] = 0;
        return now == 1;
      });
    }
  });
  for (auto _ : s) {
    ball.store_now(1);
    gilt::atomically([&](tx& t) { t.check(t(ball) == 0); });
  }
  ball.store_now(2);
  other.join();
}
BENCHMARK(wake_by_retry)->UseRealTime();

void wake_by_condition_variable(benchmark::State& s) {
  std::mutex mutex;
  std::condition_variable moved;
  long ball = 0;
  std::thread other([&] {
    std::unique_lock hold(mutex);
    for (;;) {
      moved.wait(hold, [&] { return ball != 0; });
      if (ball != 1) return;
      ball = 0;
      moved.notify_one();
    }
  });
  for (auto _ : s) {
    std::unique_lock hold(mutex);
    ball = 1;
    moved.notify_one();
    moved.wait(hold, [&] { return ball == 0; });
  }
  {
    const std::lock_guard hold(mutex);
    ball = 2;
  }
  moved.notify_one();
  other.join();
}
BENCHMARK(wake_by_condition_variable)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
