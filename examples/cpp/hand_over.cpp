// SPDX-License-Identifier: BSL-1.0
// A bounded buffer without condition variables: check() blocks until something it read changes.
#include <gilt/gilt.hpp>

#include <array>
#include <cstdio>
#include <thread>

using gilt::tx;

namespace {

class buffer {
 public:
  void put(tx& t, int item) {
    t.check(t(tail_) - t(head_) < capacity);
    t[items_[t(tail_) % capacity]] = item;
    t[tail_] += 1;
  }
  int take(tx& t) {
    t.check(t(tail_) > t(head_));
    const int item = t(items_[t(head_) % capacity]);
    t[head_] += 1;
    return item;
  }

 private:
  static constexpr std::size_t capacity = 8;
  std::array<gilt::var<int>, capacity> items_{};
  gilt::var<std::size_t> head_{0}, tail_{0};
};

}  // namespace

int main() {
  constexpr int items = 20'000;
  buffer numbers;
  std::thread producer([&numbers] {
    for (int i = 1; i <= items; ++i) gilt::atomically([&](tx& t) { numbers.put(t, i); });
  });
  long sum = 0;
  for (int i = 0; i < items; ++i) sum += gilt::atomically([&](tx& t) { return numbers.take(t); });
  producer.join();
  std::printf("sum of %d items handed over: %ld\n", items, sum);
  return sum == static_cast<long>(items) * (items + 1) / 2 ? 0 : 1;
}
