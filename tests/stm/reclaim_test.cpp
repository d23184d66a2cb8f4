// SPDX-License-Identifier: BSL-1.0
// Memory: what a committed attempt retires lives as long as any attempt may hold it; what an
// aborted attempt made is freed, what it retired is not.
#include "scripted_atomics.hpp"

#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

using gilt::tx;

struct counted {
  static inline gilt::detail::real_atomics::atomic<int> alive{0};
  long value;
  explicit counted(long v = 0) : value(v) { alive.fetch_add(1); }
  counted(const counted& o) : value(o.value) { alive.fetch_add(1); }
  ~counted() {
    value = -1;
    alive.fetch_sub(1);
  }
};

TEST(reclaim, retired_node_outlives_every_attempt_that_can_hold_it) {
  const int before = counted::alive;
  gilt::var<counted*> head{nullptr};
  gilt::atomically([&](tx& t) { t[head] = t.make<counted>(7); });
  gilt::atomically([&](tx& t) {
    counted* const held = t(head);
    // Another thread unlinks and retires it, and does its best to destroy it.
    std::thread([&] {
      gilt::atomically([&](tx& u) {
        u.retire(u(head));
        u[head] = nullptr;
      });
      for (int i = 0; i < 200; ++i) {
        gilt::atomically([&](tx& u) { u.retire(u.make<counted>(i)); });
      }
    }).join();
    EXPECT_EQ(held->value, 7);
  });
  gilt::quiesce();
  EXPECT_EQ(counted::alive, before);
}

// Nobody meets a newer version here, so commits alone would leave a deferred clock where it is, and
// every attempt would seem to have begun before everything that was retired.
TEST(reclaim, attempts_that_overlap_for_ever_do_not_hold_back_everything) {
  const int before = counted::alive;
  gilt::detail::transaction<gilt::detail::real_atomics> other(gilt::detail::domain_shared<gilt::default_domain>);
  other.begin();
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 128; ++i) gilt::atomically([&](tx& t) { t.retire(t.make<counted>(i)); });
    ASSERT_TRUE(other.commit());
    other.begin();
    EXPECT_LT(counted::alive, before + 600) << round;
  }
  ASSERT_TRUE(other.commit());
  gilt::quiesce();
  EXPECT_EQ(counted::alive, before);
}

TEST(reclaim, boxes_are_freed_once_all_who_read_them_are_gone) {
  const int before = counted::alive;
  {
    gilt::var<counted> x{counted(1)};
    for (int i = 0; i < 500; ++i) gilt::atomically([&](tx& t) { t[x] = counted(i); });
    EXPECT_LT(counted::alive, before + 200);
  }
  gilt::quiesce();
  EXPECT_EQ(counted::alive, before);
}

TEST(reclaim, made_in_an_aborted_attempt_is_freed_once) {
  const int before = counted::alive;
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 t.make<counted>(1);
                 t.nested([](tx& u) { u.make<counted>(2); });
                 throw 1;
               }),
               int);
  EXPECT_EQ(counted::alive, before);
}

TEST(reclaim, made_in_an_undone_branch_is_freed_when_the_attempt_ends) {
  const int before = counted::alive;
  counted* kept = nullptr;
  gilt::atomically([&](tx& t) {
    kept = t.make<counted>(1);
    t.or_else(
        [&](tx& u) {
          u.make<counted>(2);
          u.retry();
        },
        [](tx&) {});
  });
  EXPECT_EQ(counted::alive, before + 1);
  EXPECT_EQ(kept->value, 1);
  delete kept;
}

TEST(reclaim, retired_in_an_aborted_attempt_stays_alive) {
  auto node = std::make_unique<counted>(5);
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 t.retire(node.get());
                 throw 1;
               }),
               int);
  gilt::atomically([&](tx& t) {
    t.or_else(
        [&](tx& u) {
          u.retire(node.get());
          u.retry();
        },
        [](tx&) {});
  });
  gilt::quiesce();
  EXPECT_EQ(node->value, 5);
}

TEST(reclaim, reference_to_a_box_lives_until_the_attempt_ends) {
  gilt::var<std::vector<int>> x{std::vector<int>{1, 2, 3}};
  gilt::atomically([&](tx& t) {
    const std::vector<int>& first = t(x);
    t[x] = std::vector<int>{4};
    const std::vector<int>& second = t(x);
    t[x] = std::vector<int>{5};
    t.or_else(
        [&](tx& u) {
          u[x] = std::vector<int>{6};
          u.retry();
        },
        [](tx&) {});
    std::thread([&] {
      gilt::var<std::vector<int>> other{std::vector<int>{0}};
      for (int i = 0; i < 300; ++i) other.store_now(std::vector<int>{i});
    }).join();
    EXPECT_EQ(first, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(second, std::vector<int>{4});
  });
  EXPECT_EQ(x.load_now(), std::vector<int>{5});
}

TEST(reclaim, quiesce_waits_for_attempts_that_run_and_not_for_later_ones) {
  gilt::var<int> stage{0};
  gilt::detail::real_atomics::atomic<int> inside{0}, ended{0};
  std::thread reader([&] {
    gilt::atomically([&](tx& t) {
      static_cast<void>(t(stage));
      inside.store(1);
      for (int i = 0; i < 2000; ++i) gilt::detail::real_atomics::yield();
      ended.store(1);
    });
    // Later attempts that read only, one after another: quiesce() must not wait for the stream.
    while (inside.load() != 2) gilt::atomically([&](tx& t) { static_cast<void>(t(stage)); });
  });
  while (inside.load() == 0) gilt::detail::real_atomics::yield();
  gilt::quiesce();
  EXPECT_EQ(ended.load(), 1);
  inside.store(2);
  reader.join();
}

// An attempt that began before the privatizing one still writes to the node, in place or back; after
// atomically() has returned, none does.
TEST(reclaim, privatize_waits_for_attempts_that_began_earlier) {
  gilt::var<int> stage{0}, removed{0};
  gilt::detail::real_atomics::atomic<int> inside{0}, ended{0};
  std::thread reader([&] {
    gilt::atomically([&](tx& t) {
      static_cast<void>(t(stage));
      inside.store(1);
      for (int i = 0; i < 2000; ++i) gilt::detail::real_atomics::yield();
      ended.store(1);
    });
  });
  while (inside.load() == 0) gilt::detail::real_atomics::yield();
  bool ended_before_hook = false;
  gilt::atomically([&](tx& t) {
    t[removed] = 1;
    t.on_commit([&] { ended_before_hook = ended.load() == 1; });
    t.privatize();
  });
  EXPECT_EQ(ended.load(), 1);
  EXPECT_TRUE(ended_before_hook);
  reader.join();
  // An attempt that was rolled back has nothing to wait for, and the next one does not wait for it.
  EXPECT_THROW(gilt::atomically([&](tx& t) {
                 t.privatize();
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
}

TEST(reclaim, quiesce_inside_an_attempt_is_an_error) {
  EXPECT_THROW(gilt::atomically([](tx&) { gilt::quiesce(); }), gilt::usage_error);
}

// From the moment a commit is visible its boxes belong to others: here they are replaced and
// destroyed just before the committer drops its announcement, which it does last.
TEST(reclaim, committer_does_not_touch_what_it_has_published) {
  using namespace gilt_test;
  scripted_var<counted> x{counted(0)};
  gilt::atomically<scripted_domain>([&](scripted_tx& t) { t[x] = counted(1); });
  const auto slot = gilt::detail::this_context<scripted_domain>().tx().slot();
  auto& announcement =
      gilt::detail::domain_shared<scripted_domain>.slots.announcement(slot);
  gilt::atomically<scripted_domain>([&](scripted_tx& t) {
    t[x] = counted(2);
    t[x] = counted(3);
    scripted_atomics::at(&announcement, scripted_atomics::access::store, [&] {
      announcement.store(0, std::memory_order_seq_cst);
      std::thread([&] {
        for (int i = 0; i < 200; ++i) x.store_now(counted(i));
        gilt::quiesce<scripted_domain>();
      }).join();
    });
  });
  EXPECT_TRUE(scripted_atomics::fired());
  EXPECT_EQ(x.load_now().value, 199);
}

// A stack whose nodes are popped and freed while others walk it: AddressSanitizer is the oracle.
TEST(reclaim, walkers_beside_a_thread_that_frees_nodes) {
  struct node : gilt::record {
    const long value;
    gilt::field<node*> next;
    node(long v, node* n) : value(v), next(n) {}
  };
  const int rounds = 3000;
  gilt::var<node*> top{nullptr};
  gilt::var<bool> stop{false};
  std::thread walker([&] {
    for (;;) {
      long last = -1;
      bool sorted = true;
      const bool done = gilt::atomically([&](tx& t) {
        sorted = true;
        last = 1'000'000;
        for (node* n = t(top); n != nullptr; n = t(*n, &node::next)) {
          sorted = sorted && n->value < last;
          last = n->value;
        }
        return t(stop);
      });
      ASSERT_TRUE(sorted);
      if (done) break;
    }
  });
  for (int i = 0; i < rounds; ++i) {
    gilt::atomically([&](tx& t) {
      const long v = t(top) == nullptr ? 0 : t(top)->value + 1;
      if (v < 20) {
        t[top] = t.make<node>(v, t(top));
      } else {
        for (int k = 0; k < 15; ++k) {
          node* const n = t(top);
          t[top] = t(*n, &node::next);
          t.at(*n, &node::next) = nullptr;
          t.retire(n);
        }
      }
    });
  }
  stop.store_now(true);
  walker.join();
  gilt::atomically([&](tx& t) {
    while (node* n = t(top)) {
      t[top] = t(*n, &node::next);
      t.retire(n);
    }
  });
  gilt::quiesce();
}

TEST(reclaim, what_a_thread_leaves_behind_is_freed_by_others) {
  const int before = counted::alive;
  gilt::var<int> x{0};
  gilt::atomically([&](tx& t) {
    static_cast<void>(t(x));               // this attempt holds everything back
    std::thread([&] {
      for (int i = 0; i < 10; ++i) {
        gilt::atomically([](tx& u) { u.retire(u.make<counted>(1)); });
      }
    }).join();
    EXPECT_EQ(counted::alive, before + 10);
  });
  gilt::quiesce();
  EXPECT_EQ(counted::alive, before);
}

}  // namespace
