// SPDX-License-Identifier: BSL-1.0
// Threads that end in the middle of a transaction: pthread_exit at every place of a body and of its
// hooks. Real threads and the policy that ships. The forced unwinding is no C++ exception of ours:
// it must go on, and what the attempt did must be undone.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <pthread.h>

#include <atomic>
#include <string>
#include <thread>

namespace {

struct place {
  int at = 0, now = 0;
  void pass() {
    if (++now == at) pthread_exit(nullptr);
  }
};

struct world {
  gilt::var<long> x{0}, y{0};
  gilt::var<std::string> name{"none"};
  gilt::var<long> wake{0};
};

struct request {
  world* w;
  place p;
  bool came_through = false;
  bool after_commit = false;           // it ended in a hook after the commit
};

void transact(request& r) {
  world& w = *r.w;
  r.p.now = 0;
  gilt::atomically([&](gilt::tx& t) {
    t[w.x] -= 1;
    r.p.pass();
    t[w.name] = std::string("a name that does not fit into the string itself");
    r.p.pass();
    t.nested([&](gilt::tx& u) {
      u[w.y] += 1;
      r.p.pass();
    });
    t.or_else(
        [&](gilt::tx& u) {
          u[w.y] += 7;
          r.p.pass();
          u.retry();
        },
        [&](gilt::tx& u) { static_cast<void>(u(w.wake)); });
    long* const made = t.make<long>(3);
    t.retire(made);
    r.p.pass();
    t.on_abort([]() noexcept {});
    t.before_commit([&](gilt::tx&) { r.p.pass(); });
  });
  r.came_through = true;
}

void* run(void* argument) {
  transact(*static_cast<request*>(argument));
  return nullptr;
}

TEST(thread_exit, in_the_middle_of_a_transaction) {
  world w;
  constexpr int places = 6;
  int came_through = 0;
  for (int round = 0; round < 200; ++round) {
    for (int at = 1; at <= places + 1; ++at) {
      request r{&w, {at, 0}};
      pthread_t thread{};
      ASSERT_EQ(pthread_create(&thread, nullptr, run, &r), 0);
      ASSERT_EQ(pthread_join(thread, nullptr), 0);
      EXPECT_EQ(r.came_through, at > places) << "place " << at;
      came_through += r.came_through;
      ASSERT_EQ(w.x.load_now(), -came_through);
      ASSERT_EQ(w.y.load_now(), came_through);
      w.name.store_now(std::string("again"));      // its lock is free
    }
  }
  EXPECT_EQ(came_through, 200);
  gilt::quiesce();                                  // no announcement is left
  const auto count = gilt::detail::domain_shared<gilt::default_domain>.line.serial.load(
      std::memory_order_seq_cst);
  EXPECT_EQ(count, 0u);
}

// While others are at work on the same variables.
TEST(thread_exit, beside_others) {
  world w;
  std::atomic<bool> stop{false};
  std::atomic<long> through{0};
  std::thread other([&] {
    while (!stop.load()) {
      request r{&w, {0, 0}};
      transact(r);
      ++through;
    }
  });
  for (int i = 0; i < 1000; ++i) {
    request r{&w, {1 + i % 7, 0}};
    pthread_t thread{};
    ASSERT_EQ(pthread_create(&thread, nullptr, run, &r), 0);
    ASSERT_EQ(pthread_join(thread, nullptr), 0);
    through += r.came_through;
  }
  stop = true;
  other.join();
  EXPECT_EQ(w.y.load_now(), through.load());
  EXPECT_EQ(w.x.load_now(), -through.load());
}

// A thread's thread_local objects run transactions while it ends.
TEST(thread_exit, a_transaction_in_the_destructor_of_a_thread_local) {
  static world w;
  struct at_end {
    ~at_end() {
      gilt::atomically([](gilt::tx& t) { t[w.x] += 1; });
    }
    int touched = 0;
  };
  for (int i = 0; i < 100; ++i) {
    std::thread([] {
      static thread_local at_end mine;
      mine.touched = 1;
      gilt::atomically([](gilt::tx& t) { t[w.y] += 1; });
    }).join();
  }
  EXPECT_EQ(w.x.load_now(), 100);
  EXPECT_EQ(w.y.load_now(), 100);
}

// The commit stays, the hooks that are left do not run, and the thread ends.
void* end_in_hook(void* argument) {
  auto& r = *static_cast<request*>(argument);
  gilt::atomically([&](gilt::tx& t) {
    t[r.w->x] += 1;
    t.on_commit([&] {
      r.after_commit = true;
      pthread_exit(nullptr);
    });
  });
  r.came_through = true;
  return nullptr;
}
TEST(thread_exit, in_a_hook_after_the_commit) {
  world w;
  for (int i = 1; i <= 50; ++i) {
    request r{&w, {}};
    pthread_t thread{};
    ASSERT_EQ(pthread_create(&thread, nullptr, end_in_hook, &r), 0);
    ASSERT_EQ(pthread_join(thread, nullptr), 0);
    EXPECT_TRUE(r.after_commit);
    EXPECT_FALSE(r.came_through);
    ASSERT_EQ(w.x.load_now(), i);
  }
  gilt::quiesce();
}

}  // namespace
