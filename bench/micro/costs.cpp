// SPDX-License-Identifier: BSL-1.0
// One thread: what a transaction costs beside an atomic fetch_add, a mutex and bare code. table.py
// puts these figures beside the goals.
#include <gilt/gilt.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace {

using gilt::tx;

// glibc's mutex takes no atomic operation while a process has never had a second thread.
const bool had_second_thread = [] {
  std::thread([] {}).join();
  return true;
}();

struct alignas(128) word {
  gilt::var<long> x{0};
};
struct alignas(128) plain_word {
  long x = 0;
};
std::array<word, 128> words;
std::array<plain_word, 128> plain_words;
alignas(128) std::atomic<long> atomic_word{0};
alignas(128) std::mutex one_mutex;

void fetch_add(benchmark::State& s) {
  for (auto _ : s) benchmark::DoNotOptimize(atomic_word.fetch_add(1));
}
BENCHMARK(fetch_add);

void mutex_add(benchmark::State& s) {
  for (auto _ : s) {
    const std::lock_guard hold(one_mutex);
    benchmark::DoNotOptimize(++plain_words[0].x);
  }
}
BENCHMARK(mutex_add);

void update_now(benchmark::State& s) {
  for (auto _ : s) benchmark::DoNotOptimize(words[0].x.update_now([](long v) { return v + 1; }));
}
BENCHMARK(update_now);

void read_and_write(benchmark::State& s) {
  for (auto _ : s) gilt::atomically([](tx& t) { t[words[0].x] += 1; });
}
BENCHMARK(read_and_write);

void read_only_nothing(benchmark::State& s) {
  for (auto _ : s) gilt::atomically([](tx&) { benchmark::ClobberMemory(); });
}
BENCHMARK(read_only_nothing);

// 100 reads of words that stay in the first cache; bare: the same loads.
void read_100(benchmark::State& s) {
  for (auto _ : s) {
    benchmark::DoNotOptimize(gilt::atomically([](tx& t) {
      long sum = 0;
      for (std::size_t i = 0; i < 100; ++i) sum += t(words[i].x);
      return sum;
    }));
  }
}
BENCHMARK(read_100);
void bare_read_100(benchmark::State& s) {
  for (auto _ : s) {
    long sum = 0;
    for (std::size_t i = 0; i < 100; ++i) {
      benchmark::DoNotOptimize(plain_words[i].x);
      sum += plain_words[i].x;
    }
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(bare_read_100);

void write_n(benchmark::State& s) {
  const auto n = static_cast<std::size_t>(s.range(0));
  for (auto _ : s) {
    gilt::atomically([&](tx& t) {
      for (std::size_t i = 0; i < n; ++i) t[words[i].x] = static_cast<long>(i);
    });
  }
}
BENCHMARK(write_n)->Arg(10)->Arg(100);

// A forced abort and the rerun, beside the same transaction without one: the difference is the cost.
struct give_up {};
void abort_and_rerun(benchmark::State& s) {
  for (auto _ : s) {
    bool first = true;
    gilt::atomically([&](tx& t) {
      benchmark::DoNotOptimize(t(words[0].x));
      if (std::exchange(first, false)) {
        t.or_else([](tx& u) { u.retry(); }, [](tx&) {});
      }
    });
  }
}
BENCHMARK(abort_and_rerun);

void user_exception(benchmark::State& s) {
  for (auto _ : s) {
    try {
      gilt::atomically([&](tx& t) {
        t[words[0].x] += 1;
        throw give_up{};
      });
    } catch (const give_up&) {
    }
  }
}
BENCHMARK(user_exception);

}  // namespace
