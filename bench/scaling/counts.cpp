// SPDX-License-Identifier: BSL-1.0
// counts: what a transaction writes that other cores read or write, by workload, clock and number of
// threads. The threads take turns, one transaction each, so the figures are those of as many cores
// that run at the same pace without colliding, and do not depend on this machine.
//
//   gilt_counts [ROUNDS]      a Markdown table (papers/scaling.md)
//
//   RMW/tx         atomic read-modify-writes
//   lines/tx       stores and RMWs on words that other threads may use, lock and value alike
//   clock/tx       writes of the one line that all share
#include "bench/baselines/gilt.hpp"
#include "bench/workloads/bank.hpp"
#include "bench/workloads/hash.hpp"
#include "bench/workloads/workloads.hpp"

#include <gilt/detail/atomics_counting.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

namespace {

using namespace gilt::bench;
using gilt::detail::clock_policy;
using gilt::detail::counting_atomics;

// Round robin; after the last round everybody stops.
class round_robin final : public turn_order {
 public:
  round_robin(unsigned threads, std::uint64_t rounds, std::atomic<bool>& stop)
      : left_(threads * rounds), stop_(stop) {
    for (unsigned i = 0; i < threads; ++i) gates_.push_back(std::make_unique<std::binary_semaphore>(i == 0));
    held_.resize(threads);
  }
  void wait(unsigned i) override {
    pass(i);
    gates_[i]->acquire();
    held_[i] = true;
    if (left_ == 0) stop_.store(true);
    if (left_ != 0) --left_;
    if (stop_.load()) pass(i);
  }

 private:
  void pass(unsigned i) {
    if (!held_[i]) return;
    held_[i] = false;
    gates_[(i + 1) % gates_.size()]->release();
  }
  std::vector<std::unique_ptr<std::binary_semaphore>> gates_;
  std::vector<char> held_;
  std::uint64_t left_;
  std::atomic<bool>& stop_;
};

template <class Domain, template <class> class Workload>
void row(const char* name, unsigned threads, std::uint64_t rounds) {
  using backend = stm_backend<Domain>;
  auto& clock = gilt::detail::domain_shared<Domain>.line.clock;
  Workload<backend> work(1);
  std::atomic<bool> stop{false};
  round_robin turns(threads, rounds, stop);
  std::vector<thread_result> results(threads);
  std::mutex sum;
  std::size_t rmws = 0, writes = 0;
  const auto commits_before = gilt::stats<Domain>().commits;
  const auto clock_before = clock.load(std::memory_order_seq_cst);
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      thread_context context{i, threads, random_source(i + 1), stop, results[i], &turns};
      counting_atomics::reset();
      work.run(context);
      const std::lock_guard guard(sum);
      rmws += counting_atomics::counts().rmws;
      writes += counting_atomics::counts().shared_writes;
    });
  }
  for (auto& w : workers) w.join();
  const auto n = static_cast<double>(gilt::stats<Domain>().commits - commits_before);
  const auto ticks = static_cast<double>(clock.load(std::memory_order_seq_cst) - clock_before);
  std::printf("| %s | %s | %u | %.2f | %.2f | %.4f |\n", name,
              Domain::clock == clock_policy::gv1 ? "TL2" : "deferred", threads, static_cast<double>(rmws) / n,
              static_cast<double>(writes) / n, ticks / n);
  std::fflush(stdout);
}

template <template <class> class Workload>
void rows(const char* name, std::uint64_t transactions) {
  for (const unsigned threads : {1u, 2u, 8u, 64u, 256u}) {
    const std::uint64_t rounds = std::max<std::uint64_t>(transactions / threads, 8);
    row<gilt::detail::basic_domain<counting_atomics, clock_policy::gv1>, Workload>(name, threads, rounds);
    row<gilt::detail::basic_domain<counting_atomics, clock_policy::deferred>, Workload>(name, threads, rounds);
  }
}

}  // namespace

int main(int count, char** argv) {
  const std::uint64_t transactions = count > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  std::puts("| workload | clock | threads | RMW/tx | shared writes/tx | clock writes/tx |\n|---|---|---|---|---|---|");
  rows<counter_workload>("counter", transactions);
  rows<array_workload>("array", transactions);
  rows<hash_workload>("hash", transactions);
  rows<bank_workload>("bank", transactions);
}
