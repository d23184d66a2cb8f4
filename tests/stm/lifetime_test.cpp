// SPDX-License-Identifier: BSL-1.0
// Transactions at the edges of a thread's and the program's life.
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <string>
#include <thread>

namespace {

gilt::var<int> from_static_constructor{gilt::atomically([](gilt::tx&) { return 41; })};
gilt::var<std::string> boxed{"still here"};

struct at_thread_end {
  ~at_thread_end() { from_static_constructor.update_now([](int v) { return v + 1; }); }
};

TEST(lifetime, static_constructors_may_run_transactions) {
  EXPECT_GE(from_static_constructor.load_now(), 41);
}

TEST(lifetime, destructors_of_thread_local_objects_may_run_transactions) {
  const int before = from_static_constructor.load_now();
  std::thread([] {
    // Made before the thread's first transaction, so destroyed after a thread_local made by it.
    static thread_local at_thread_end early;
    static_cast<void>(&early);
    gilt::atomically([](gilt::tx& t) { static_cast<void>(t(from_static_constructor)); });
    static thread_local at_thread_end late;
    static_cast<void>(&late);
  }).join();
  EXPECT_EQ(from_static_constructor.load_now(), before + 2);
}

TEST(lifetime, thread_that_ends_inside_a_body_leaves_no_lock_and_no_change) {
  struct job {
    static void* run(void* p) {
      gilt::var<int>& x = *static_cast<gilt::var<int>*>(p);
      gilt::atomically([&](gilt::tx& t) {
        t[x] = 9;
        static_cast<void>(t(x));
        pthread_exit(nullptr);
      });
      return nullptr;
    }
  };
  gilt::var<int> x{1};
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, nullptr, &job::run, &x), 0);
  pthread_join(thread, nullptr);
  EXPECT_EQ(x.update_now([](int v) { return v + 1; }), 2);
  EXPECT_EQ(gilt::stats().active, 0u);
}

// Runs in a process of its own, whose exit code tells whether the static destructor's transaction
// worked.
struct at_program_end {
  bool armed = false;
  ~at_program_end() {
    if (!armed) return;
    gilt::atomically([](gilt::tx& t) { t[boxed] = t(boxed) + "!"; });
    std::_Exit(boxed.load_now() == "still here!" ? 7 : 8);
  }
};
at_program_end last;

TEST(lifetime, static_destructors_may_run_transactions) {
  EXPECT_EXIT(
      {
        last.armed = true;
        std::exit(0);
      },
      ::testing::ExitedWithCode(7), "");
}

TEST(lifetime, misuse_ends_with_a_sentence_that_says_what_to_do) {
  gilt::var<std::string> x{"a"};
  EXPECT_DEATH(gilt::atomically([&](gilt::tx&) { x.store_now("b"); }), "use t\\[x\\] = v");
}

}  // namespace
