// SPDX-License-Identifier: BSL-1.0
// all: every workload under every backend that can run it.
#include "bench/baselines/gilt.hpp"
#include "bench/baselines/libitm.hpp"
#include "bench/baselines/locks.hpp"
#include "bench/baselines/tbb_hash.hpp"
#include "bench/workloads/bank.hpp"
#include "bench/workloads/hash.hpp"
#include "bench/workloads/workloads.hpp"

#include <algorithm>
#include <map>

namespace gilt::bench {
namespace {

template <class W>
benchmark entry(const char* name, const char* backend, unsigned max_threads, statistics (*counts)() = nullptr) {
  return {name, backend, max_threads,
          [](std::uint64_t seed) -> std::unique_ptr<workload> { return std::make_unique<W>(seed); }, counts};
}
template <template <class> class W>
void add(std::vector<benchmark>& all, const char* name, bool own_tbb = false) {
  const auto one = [&]<class B>(B*) {
    statistics (*counts)() = nullptr;
    if constexpr (requires { B::counts(); }) counts = B::counts;
    all.push_back(entry<W<B>>(name, B::name, B::max_threads, counts));
  };
  one(static_cast<gilt_backend*>(nullptr));
  one(static_cast<tl2_backend*>(nullptr));
  one(static_cast<mutex_backend*>(nullptr));
  one(static_cast<shared_mutex_backend*>(nullptr));
  if (own_tbb) all.push_back(entry<tbb_hash_workload>(name, "tbb", 1024));
  else one(static_cast<tbb_backend*>(nullptr));
  one(static_cast<seq_backend*>(nullptr));
}

}  // namespace

std::vector<benchmark> all_benchmarks() {
  std::vector<benchmark> all;
  add<counter_workload>(all, "counter");
  add<array_workload>(all, "array/words:65536");
  add<hash_workload>(all, "hash/updates:20", true);
  add<bank_workload>(all, "bank/audits:1");
  add_libitm(all);
  // Backends of a workload stand together.
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < all.size(); ++i) first.try_emplace(all[i].name, i);
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return first.at(a.name) < first.at(b.name); });
  return all;
}

}  // namespace gilt::bench
