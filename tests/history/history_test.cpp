// SPDX-License-Identifier: BSL-1.0
// Millions of real transactions, each of whose histories must be opaque and strictly serializable
// by both checks; and policies that lie to the core, which both checks must notice.
//
// GILT_LONG=1: thirty times as many.
#include "workload.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace {
using namespace gilt_history;

bool long_form() {
  const char* const set = std::getenv("GILT_LONG");
  return set != nullptr && set[0] == '1';
}

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t share = 20;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
constexpr std::uint64_t share = 20;
#else
constexpr std::uint64_t share = 1;
#endif
#else
constexpr std::uint64_t share = 1;
#endif

shape random_shape(chance& random, std::uint64_t attempts) {
  constexpr std::uint32_t sizes[] = {2, 4, 8, 32, 256};
  constexpr std::uint32_t delays[] = {16, 64, 256, 1024};
  shape s;
  s.variables = sizes[random.below(5)];
  s.threads = 2 + static_cast<std::uint32_t>(random.below(5));
  s.attempts = static_cast<std::uint32_t>(attempts / s.threads);
  s.mean_delay = delays[random.below(4)];
  s.mode = static_cast<writing>(random.below(3));
  s.serial = random.below(4) == 0;
  s.force_every = random.below(8) == 0 ? 5 + random.below(50) : 0;
  s.deferred = random.below(2) == 0;
  return s;
}

std::string tell(const shape& s, const std::string& wrong) {
  return wrong + " [variables " + std::to_string(s.variables) + ", threads " +
         std::to_string(s.threads) + ", mode " + std::to_string(static_cast<int>(s.mode)) +
         ", serial " + std::to_string(s.serial) + ", forced " + std::to_string(s.force_every) +
         (s.deferred ? ", deferred clock]" : "]");
}

// Rounds go in pairs, so that two cores check as they ran: one round each.
TEST(history, millions_of_transactions_are_opaque_and_strictly_serializable) {
  const std::uint64_t wanted = 10'000'000 / share * (long_form() ? 30 : 1);
  world<planted::nothing> w;
  chance random{20};
  history rounds[2];
  shape shapes[2];
  std::uint64_t done = 0, committed = 0, updates = 0;
  while (done < wanted) {
    for (int i = 0; i < 2; ++i) {
      shapes[i] = random_shape(random, 50'000);
      w.run(shapes[i], random.next(), rounds[i]);
    }
    ASSERT_EQ(w.leftovers(), "");
    std::string wrong[2];
    const auto check = [&](int i) {
      if (!shapes[i].deferred) wrong[i] = check_replay(rounds[i]);   // it needs versions of their own
      if (wrong[i].empty()) wrong[i] = check_cycles(rounds[i]);
    };
    std::thread second([&] { check(1); });
    check(0);
    second.join();
    for (int i = 0; i < 2; ++i) {
      ASSERT_EQ(wrong[i], "") << tell(shapes[i], wrong[i]);
      done += rounds[i].size();
      for (const auto& t : rounds[i].threads) {
        for (const auto& a : t.attempts) {
          committed += a.how == ending::committed;
          updates += a.has_place;
        }
      }
    }
  }
  RecordProperty("transactions", std::to_string(done));
  std::cout << done << " transactions: " << committed << " committed, " << updates
            << " with a place of their own, " << done - committed << " aborted\n";
  EXPECT_GT(committed, done / 4);      // a history in which nothing happens shows nothing
  EXPECT_GT(done - committed, done / 100);
}

// Both checks must find each planted bug; how soon is a matter of luck, the bound is generous.
template <planted Bug>
void must_be_found(writing mode, bool deferred = false) {
  world<Bug> w;
  chance random{7};
  history h;
  bool by_replay = deferred, by_cycles = false;
  for (int round = 0; round < 2000 && !(by_replay && by_cycles); ++round) {
    shape s;
    s.deferred = deferred;
    s.variables = 2 + static_cast<std::uint32_t>(random.below(6));
    s.attempts = 1000;
    s.mean_delay = 8;
    s.mode = mode;
    w.run(s, random.next(), h);
    by_replay = by_replay || !check_replay(h).empty();
    by_cycles = by_cycles || !check_cycles(h).empty();
  }
  EXPECT_TRUE(by_replay) << "the replay is blind";
  EXPECT_TRUE(by_cycles) << "the search for cycles is blind";
}

TEST(history, a_core_that_does_not_validate_is_found) {
  must_be_found<planted::no_validation>(writing::redo);
  must_be_found<planted::no_validation>(writing::redo, true);
}
TEST(history, a_core_that_does_not_look_at_the_orec_again_is_found) {
  must_be_found<planted::no_recheck>(writing::both);
  must_be_found<planted::no_recheck>(writing::both, true);
}
TEST(history, a_core_that_does_not_undo_is_found) {
  must_be_found<planted::no_undo>(writing::through);
  must_be_found<planted::no_undo>(writing::through, true);
}

}  // namespace
