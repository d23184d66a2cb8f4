// SPDX-License-Identifier: BSL-1.0
// The core's hot paths, each run `rounds` times between two of callgrind's marks, so that run.py
// gets the number of instructions one execution takes: a figure that does not depend on how busy
// the machine is. One thread, everything warm.
#include <gilt/gilt.hpp>

#include <valgrind/callgrind.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>

namespace {

using gilt::tx;

constexpr int rounds = 1000;
constexpr std::size_t most = 100;

struct alignas(128) padded {
  gilt::var<long> x{0};
};
struct state {
  std::array<padded, most> vars;
  gilt::var<std::string> boxed{std::string(100, 'x')};
  std::atomic<long> word{0};
  std::mutex mutex;
  long plain = 0;
};

template <class T>
void keep(T&& v) {
  asm volatile("" : : "g"(&v) : "memory");
}

// `name` becomes the trigger of the dump that holds the cost of `rounds` executions.
template <class F>
void path(const char* name, const F& f) {
  for (int i = 0; i < 20; ++i) f();
  CALLGRIND_ZERO_STATS;
  for (int i = 0; i < rounds; ++i) f();
  CALLGRIND_DUMP_STATS_AT(name);
}

template <std::size_t N>
void reading(state& s) {
  const long sum = gilt::atomically([&](tx& t) {
    long total = 0;
    for (std::size_t i = 0; i < N; ++i) total += t(s.vars[i].x);
    return total;
  });
  keep(sum);
}
template <std::size_t N>
void writing(state& s) {
  gilt::atomically([&](tx& t) {
    for (std::size_t i = 0; i < N; ++i) t[s.vars[i].x] = static_cast<long>(i);
  });
}
template <std::size_t N>
void adding(state& s) {
  gilt::atomically([&](tx& t) {
    for (std::size_t i = 0; i < N; ++i) t[s.vars[i].x] += 1;
  });
}

}  // namespace

int main() {
  static state s;
  path("empty loop", [&] { keep(s); });
  path("peer: atomic fetch_add", [&] { s.word.fetch_add(1); });
  path("peer: mutex, one addition", [&] {
    const std::lock_guard hold(s.mutex);
    ++s.plain;
  });
  path("read-only, nothing read", [&] { gilt::atomically([](tx&) {}); });
  path("read 1", [&] { reading<1>(s); });
  path("read 100", [&] { reading<100>(s); });
  path("write 1", [&] { writing<1>(s); });
  path("add 1", [&] { adding<1>(s); });
  path("add 2", [&] { adding<2>(s); });
  path("add 10", [&] { adding<10>(s); });
  path("add 100", [&] { adding<100>(s); });
  path("load_now", [&] { keep(s.vars[0].x.load_now()); });
  path("store_now", [&] { s.vars[0].x.store_now(1); });
  path("update_now", [&] { s.vars[0].x.update_now([](long v) { return v + 1; }); });
  path("read a box", [&] {
    keep(gilt::atomically([](tx& t) { return t(s.boxed).size(); }));
  });
  path("write a box", [&] { gilt::atomically([](tx& t) { t[s.boxed] = std::string(100, 'y'); }); });
  path("or_else, first branch", [&] {
    gilt::atomically([](tx& t) {
      return t.or_else([](tx& u) { return u(s.vars[0].x); }, [](tx&) { return 0L; });
    });
  });
  path("nested, one addition", [&] {
    gilt::atomically([](tx& t) { t.nested([](tx& u) { u[s.vars[0].x] += 1; }); });
  });
  path("on_commit hook", [&] {
    gilt::atomically([](tx& t) { t.on_commit([] { keep(s.plain); }); });
  });
  path("make and retire", [&] {
    gilt::atomically([](tx& t) { t.retire(t.make<long>(1)); });
  });
  std::printf("%d rounds\n", rounds);
}
