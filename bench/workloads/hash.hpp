// SPDX-License-Identifier: BSL-1.0
#pragma once
// hash: a chained hash set of 4096 buckets and keys below 16384, half full at the start.
#include <vector>

#include "bench/harness/workload.hpp"

namespace gilt::bench {

template <class B>
class hash_workload final : public workload {
  struct node;
  using link = typename B::template var<node*>;
  struct node {
    node(long k, node* n) : key(k), next(n) {}
    const long key;
    link next;
  };
  struct bucket { link head{nullptr}; };

 public:
  explicit hash_workload(std::uint64_t) : buckets_(bucket_count) {
    for (long key = 0; key < static_cast<long>(keys); key += 2) {
      domain_.update([&](auto& t) { insert(t, key); });
    }
  }
  ~hash_workload() override {
    for (auto& b : buckets_) {
      for (node* n = B::final_value(b.head); n != nullptr;) {
        node* next = B::final_value(n->next);
        delete n;
        n = next;
      }
    }
  }
  void run(thread_context& c) override {
    long net = 0;
    c.loop([&] {
      const long key = static_cast<long>(c.random.below(keys));
      const std::uint64_t choice = c.random.below(10);
      if (choice == 0) net += domain_.update([&](auto& t) { return insert(t, key); });
      else if (choice == 1) net -= domain_.update([&](auto& t) { return remove(t, key); });
      else domain_.read([&](auto& t) { return contains(t, key); });
    });
    net_.fetch_add(net);
  }
  std::string check(std::uint64_t) override {
    long size = 0;
    for (std::size_t i = 0; i < bucket_count; ++i) {
      for (node* n = B::final_value(buckets_[i].head); n != nullptr; n = B::final_value(n->next)) {
        if (place(n->key) != i) return "a key stands in a wrong bucket";
        ++size;
      }
    }
    const long expected = static_cast<long>(keys / 2) + net_.load();
    if (size == expected) return {};
    return "the set has " + std::to_string(size) + " keys, not " + std::to_string(expected);
  }

 private:
  static constexpr std::size_t bucket_count = 4096;
  static constexpr std::uint64_t keys = 16384;

  static std::size_t place(long key) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ull >> 52);
  }
  template <class T>
  bool contains(T& t, long key) {
    for (node* n = B::get(t, buckets_[place(key)].head); n != nullptr; n = B::get(t, n->next)) {
      if (n->key == key) return true;
    }
    return false;
  }
  template <class T>
  bool insert(T& t, long key) {
    if (contains(t, key)) return false;
    link& head = buckets_[place(key)].head;
    B::set(t, head, B::template make<node>(t, key, B::get(t, head)));
    return true;
  }
  template <class T>
  bool remove(T& t, long key) {
    link* at = &buckets_[place(key)].head;
    for (node* n = B::get(t, *at); n != nullptr; at = &n->next, n = B::get(t, *at)) {
      if (n->key != key) continue;
      B::set(t, *at, B::get(t, n->next));
      B::retire(t, n);
      return true;
    }
    return false;
  }

  typename B::domain domain_;
  std::vector<bucket> buckets_;
  std::atomic<long> net_{0};
};

}  // namespace gilt::bench
