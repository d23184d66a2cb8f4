// SPDX-License-Identifier: BSL-1.0
#include <gilt/gilt.hpp>
#include <cstdio>
#include <thread>

gilt::var<long> a{100}, b{0};

int main() {
  std::thread payer([] {
    for (int i = 0; i < 10; ++i) {
      gilt::atomically([](gilt::tx& t) {
        t[a] -= 10;
        t[b] += 10;
      });
    }
  });
  gilt::atomically([](gilt::tx& t) { t.check(t(b) == 100); });   // blocks until it is true
  payer.join();
  std::printf("%ld %ld\n", a.load_now(), b.load_now());
}
