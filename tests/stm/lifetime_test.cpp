// SPDX-License-Identifier: BSL-1.0
// Transactions at the edges of a thread's and the program's life.
#include "scripted_atomics.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <atomic>
#include <csignal>
#include <pthread.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

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

// The script acts where a signal would come: on the same thread, in the middle of a commit.
TEST(lifetime, a_signal_handler_in_the_middle_of_a_commit_is_refused) {
  using domain = gilt::detail::basic_domain<gilt_test::scripted_atomics>;
  gilt::var<int, domain> x{0}, y{0};
  const auto increment_x = [&] { gilt::atomically<domain>([&](auto& t) { t[x] += 1; }); };
  const auto with_handler_at_the_clock = [&] {
    gilt_test::scripted_atomics::at(&gilt::detail::domain_shared<domain>.line.clock,
                                    gilt_test::scripted_atomics::access::rmw,
                                    [&] { gilt::atomically<domain>([&](auto& t) { t[y] = 1; }); });
    increment_x();
  };
  EXPECT_DEATH(with_handler_at_the_clock(), "a signal handler may not run transactions");
  increment_x();
  EXPECT_EQ(gilt::atomically<domain>([&](auto& t) { return t(x); }), 1);
}

// The exit code of the child, or minus the signal that ended it.
template <class F>
int exit_of_child(const F& f) {
  const pid_t child = fork();
  if (child == 0) _exit(f());
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(fork, a_child_runs_transactions_if_no_other_thread_was_inside_one) {
  gilt::var<int> x{1}, y{0};
  std::thread sleeper([&] { gilt::atomically([&](gilt::tx& t) { t.check(t(x) == 2); }); });
  while (gilt::detail::domain_shared<gilt::default_domain>.waiters.empty() || gilt::stats().active != 0) {
    std::this_thread::yield();
  }
  const int code = exit_of_child([&] {
    gilt::atomically([&](gilt::tx& t) { t[x] += 1; });           // nobody is there to be woken
    return x.load_now();
  });
  EXPECT_EQ(code, 2);
  // Inside its own attempt, too: each of the two processes commits it.
  const int inside = gilt::atomically([&](gilt::tx& t) -> int {
    t[y] = 5;
    const pid_t child = fork();
    if (child == 0) {
      t.on_commit([&] { _exit(y.load_now() + 1); });
      return 0;
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  });
  EXPECT_EQ(inside, 6);
  x.store_now(2);
  sleeper.join();
}

TEST(fork, a_child_whose_parent_was_inside_a_transaction_elsewhere_is_refused) {
  gilt::var<int> x{1}, y{1};
  std::atomic<bool> inside{false}, go_on{false};
  std::thread other([&] {
    gilt::atomically([&](gilt::tx& t) {
      t[x] = 2;
      inside = true;
      while (!go_on) std::this_thread::yield();
    });
  });
  while (!inside) std::this_thread::yield();
  const auto child = [&] {
    std::fclose(stderr);                                        // the sentence is looked for below
    y.store_now(3);
    return 0;
  };
  EXPECT_EQ(exit_of_child(child), -SIGABRT);
  EXPECT_DEATH(y.store_now(3), "fork\\(\\) while other threads were inside transactions");
  y.store_now(2);                                               // the parent is not concerned
  go_on = true;
  other.join();
  EXPECT_EQ(x.load_now() + y.load_now(), 4);
}

}  // namespace
