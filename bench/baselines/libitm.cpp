// SPDX-License-Identifier: BSL-1.0
// libitm: GCC's transactional memory (-fgnu-tm) under the same workloads, written out by hand since
// its blocks are a language construct. Plain data; the compiler puts the barriers. Each block is a function of its
// own, so that no variable of the measuring loop lives across the point a block restarts from.
#include "bench/baselines/libitm.hpp"

#ifdef GILT_HAVE_LIBITM

#include <array>

namespace gilt::bench {
namespace {

class itm_counter final : public workload {
 public:
  void run(thread_context& c) override {
    c.loop([&] { increment(); });
  }
  std::string check(std::uint64_t transactions) override {
    return count_ == static_cast<long>(transactions) ? std::string() : "the counter is wrong";
  }

 private:
  __attribute__((noinline)) void increment() {
    __transaction_atomic { ++count_; }
  }
  alignas(128) long count_ = 0;
};

class itm_array final : public workload {
 public:
  itm_array() : words_(1 << 16) {}
  void run(thread_context& c) override {
    long* w = words_.data();
    c.loop([&] {
      std::array<std::uint32_t, 12> at;
      for (auto& i : at) i = static_cast<std::uint32_t>(c.random.below(1 << 16));
      step(w, at.data());
    });
  }
  std::string check(std::uint64_t) override {
    long sum = 0;
    for (const long x : words_) sum += x;
    return sum == 0 ? std::string() : "the words sum to " + std::to_string(sum) + ", not 0";
  }

 private:
  __attribute__((noinline)) static void step(long* w, const std::uint32_t* a) {
    __transaction_atomic {
      long sum = 0;
      for (int i = 0; i < 10; ++i) sum += w[a[i]];
      const long moved = (sum & 7) + 1;
      w[a[10]] -= moved;
      w[a[11]] += moved;
    }
  }
  std::vector<long> words_;
};

class itm_hash final : public workload {
  struct node {
    long key;
    node* next;
  };

 public:
  itm_hash() : buckets_(4096) {
    for (long key = 0; key < keys; key += 2) insert(buckets_.data(), key);
  }
  ~itm_hash() override {
    for (node* n : buckets_) {
      while (n != nullptr) {
        node* next = n->next;
        ::operator delete(n);
        n = next;
      }
    }
  }
  void run(thread_context& c) override {
    node** b = buckets_.data();
    long net = 0;
    c.loop([&] {
      const long key = static_cast<long>(c.random.below(keys));
      const std::uint64_t choice = c.random.below(10);
      if (choice == 0) net += insert(b, key);
      else if (choice == 1) net -= remove(b, key);
      else contains(b, key);
    });
    net_.fetch_add(net);
  }
  std::string check(std::uint64_t) override {
    long size = 0;
    for (node* n : buckets_) {
      for (; n != nullptr; n = n->next) ++size;
    }
    const long expected = keys / 2 + net_.load();
    if (size == expected) return {};
    return "the set has " + std::to_string(size) + " keys, not " + std::to_string(expected);
  }

 private:
  static constexpr long keys = 16384;
  static std::size_t place(long key) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ull >> 52);
  }
  __attribute__((noinline)) static bool contains(node** b, long key) {
    const std::size_t at = place(key);
    bool found = false;
    __transaction_atomic {
      for (node* n = b[at]; n != nullptr; n = n->next) {
        if (n->key == key) {
          found = true;
          break;
        }
      }
    }
    return found;
  }
  __attribute__((noinline)) static bool insert(node** b, long key) {
    const std::size_t at = place(key);
    bool done = true;
    __transaction_atomic {
      for (node* n = b[at]; n != nullptr; n = n->next) {
        if (n->key == key) {
          done = false;
          break;
        }
      }
      if (done) {
        node* n = static_cast<node*>(::operator new(sizeof(node)));
        n->key = key;
        n->next = b[at];
        b[at] = n;
      }
    }
    return done;
  }
  __attribute__((noinline)) static bool remove(node** b, long key) {
    const std::size_t at = place(key);
    bool done = false;
    __transaction_atomic {
      for (node** link = &b[at]; *link != nullptr; link = &(*link)->next) {
        node* n = *link;
        if (n->key != key) continue;
        *link = n->next;
        ::operator delete(n);
        done = true;
        break;
      }
    }
    return done;
  }

  std::vector<node*> buckets_;
  std::atomic<long> net_{0};
};

class itm_bank final : public workload {
 public:
  itm_bank() : accounts_(count, opening) {}
  void run(thread_context& c) override {
    long* a = accounts_.data();
    c.loop([&] {
      if (c.random.below(100) == 0) {
        const long sum = audit(a);
        if (sum != static_cast<long>(count) * opening) wrong_.fetch_add(1);
        return;
      }
      const std::size_t from = c.random.below(count), to = c.random.below(count);
      const long amount = static_cast<long>(c.random.below(100));
      transfer(a, from, to, amount);
    });
  }
  std::string check(std::uint64_t) override {
    long sum = 0;
    for (const long x : accounts_) sum += x;
    if (wrong_.load() != 0) return "an audit saw money appear or vanish";
    return sum == static_cast<long>(count) * opening ? std::string() : "the accounts' sum is wrong";
  }

 private:
  static constexpr std::size_t count = 1024;
  static constexpr long opening = 1000;

  __attribute__((noinline)) static long audit(const long* a) {
    long sum = 0;
    __transaction_atomic {
      for (std::size_t i = 0; i < count; ++i) sum += a[i];
    }
    return sum;
  }
  __attribute__((noinline)) static void transfer(long* a, std::size_t from, std::size_t to, long n) {
    __transaction_atomic {
      a[from] -= n;
      a[to] += n;
    }
  }
  std::vector<long> accounts_;
  std::atomic<long> wrong_{0};
};

template <class W>
benchmark entry(const char* name) {
  return {name, "libitm", 1024, [](std::uint64_t) { return std::make_unique<W>(); }};
}

}  // namespace

void add_libitm(std::vector<benchmark>& all) {
  all.push_back(entry<itm_counter>("counter"));
  all.push_back(entry<itm_array>("array/words:65536"));
  all.push_back(entry<itm_hash>("hash/updates:20"));
  all.push_back(entry<itm_bank>("bank/audits:1"));
}

}  // namespace gilt::bench

#else

namespace gilt::bench {
void add_libitm(std::vector<benchmark>&) {}
}  // namespace gilt::bench

#endif
