// SPDX-License-Identifier: BSL-1.0
// One thread: searching a list, a hash table and a tree inside a read-only transaction, beside the
// same code over plain pointers.
#include <gilt/gilt.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace {

using gilt::tx;

// How one reads a pointer: through a transaction, or not.
struct transactional {
  template <class T>
  using link = gilt::var<T*>;
  template <class F>
  static auto run(const F& f) {
    return gilt::atomically([&](tx& t) { return f([&](const auto& x) { return t(x); }); });
  }
  template <class T>
  static void set(link<T>& at, T* p) { at.store_now(p); }
};
struct bare {
  template <class T>
  using link = T*;
  template <class F>
  static auto run(const F& f) {
    return f([](const auto& x) { return x; });
  }
  template <class T>
  static void set(link<T>& at, T* p) { at = p; }
};

std::uint64_t next_random(std::uint64_t& s) {
  s ^= s << 13;
  s ^= s >> 7;
  return s ^= s << 17;
}

// A sorted list of 256 keys: a search passes half of them.
template <class B>
void list_search(benchmark::State& state) {
  struct node {
    explicit node(long k) : key(k) {}
    const long key;
    typename B::template link<node> next{nullptr};
  };
  std::vector<std::unique_ptr<node>> all;
  for (long i = 0; i < 256; ++i) all.push_back(std::make_unique<node>(2 * i));
  for (std::size_t i = 0; i + 1 < all.size(); ++i) B::set(all[i]->next, all[i + 1].get());
  std::uint64_t seed = 1;
  for (auto _ : state) {
    const long key = static_cast<long>(next_random(seed) % 512);
    benchmark::DoNotOptimize(B::run([&](auto read) {
      const node* n = all[0].get();
      while (n != nullptr && n->key < key) n = read(n->next);
      return n != nullptr && n->key == key;
    }));
  }
}
BENCHMARK(list_search<transactional>);
BENCHMARK(list_search<bare>);

// 4096 buckets, 8192 of 16384 keys present.
template <class B>
void hash_search(benchmark::State& state) {
  struct node {
    explicit node(std::uint64_t k) : key(k) {}
    const std::uint64_t key;
    typename B::template link<node> next{nullptr};
  };
  struct bucket {
    typename B::template link<node> head{nullptr};
  };
  const auto place = [](std::uint64_t key) {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ull >> 52);
  };
  std::vector<bucket> buckets(4096);
  std::vector<std::unique_ptr<node>> all;
  for (std::uint64_t key = 0; key < 16384; key += 2) {
    all.push_back(std::make_unique<node>(key));
    auto& head = buckets[place(key)].head;
    B::set(all.back()->next, B::run([&](auto read) { return read(head); }));
    B::set(head, all.back().get());
  }
  std::uint64_t seed = 1;
  for (auto _ : state) {
    const std::uint64_t key = next_random(seed) % 16384;
    benchmark::DoNotOptimize(B::run([&](auto read) {
      const node* n = read(buckets[place(key)].head);
      while (n != nullptr && n->key != key) n = read(n->next);
      return n != nullptr;
    }));
  }
}
BENCHMARK(hash_search<transactional>);
BENCHMARK(hash_search<bare>);

// An unbalanced search tree of 16384 random keys: about 30 reads a search.
template <class B>
void tree_search(benchmark::State& state) {
  struct node {
    explicit node(std::uint64_t k) : key(k) {}
    const std::uint64_t key;
    typename B::template link<node> child[2]{typename B::template link<node>(nullptr),
                                             typename B::template link<node>(nullptr)};
  };
  std::vector<std::unique_ptr<node>> all;
  std::uint64_t seed = 1;
  for (int i = 0; i < 16384; ++i) {
    all.push_back(std::make_unique<node>(next_random(seed) % 1000000));
    node* n = all[0].get();
    while (n != all.back().get()) {
      auto& at = n->child[n->key < all.back()->key];
      node* const below = B::run([&](auto read) { return read(at); });
      if (below == nullptr) B::set(at, all.back().get());
      n = below == nullptr ? all.back().get() : below;
    }
  }
  for (auto _ : state) {
    const std::uint64_t key = next_random(seed) % 1000000;
    benchmark::DoNotOptimize(B::run([&](auto read) {
      const node* n = all[0].get();
      while (n != nullptr && n->key != key) n = read(n->child[n->key < key]);
      return n != nullptr;
    }));
  }
}
BENCHMARK(tree_search<transactional>);
BENCHMARK(tree_search<bare>);

}  // namespace
