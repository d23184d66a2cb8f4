// SPDX-License-Identifier: BSL-1.0
// What a transaction costs in shared memory, counted by the counting policy: TL2 needs one RMW for
// each variable written and one for the clock; reading needs none and writes nothing shared.
#include <gilt/detail/atomics_counting.hpp>
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace {

using gilt::detail::counting_atomics;
using domain = gilt::detail::basic_domain<counting_atomics>;
using token = gilt::basic_tx<domain>;
template <class T>
using variable = gilt::var<T, domain>;

// A line of its own each, so that distinct lines are distinct variables.
struct alignas(gilt::detail::cache_line_bytes) padded {
  variable<long> x{0};
};

// Where announcements are made by RMW (no membarrier, ThreadSanitizer) each attempt pays one more.
std::size_t announcing() { return counting_atomics::asymmetric() ? 0 : 1; }

class counting : public ::testing::Test {
 protected:
  counting() {
    for (int i = 0; i < 100; ++i) vars.push_back(std::make_unique<padded>());
    gilt::atomically<domain>([&](token& t) { t[vars[0]->x] = 1; });   // slot and logs are warm
  }
  template <class F>
  gilt::detail::operation_counts of(const F& body) {
    counting_atomics::reset();
    gilt::atomically<domain>(body);
    return counting_atomics::counts();
  }
  std::vector<std::unique_ptr<padded>> vars;
};

TEST_F(counting, update_of_n_variables_takes_n_plus_one_rmws) {
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{10}, std::size_t{100}}) {
    const auto c = of([&](token& t) {
      for (std::size_t i = 0; i < n; ++i) t[vars[i]->x] += 1;
    });
    EXPECT_EQ(c.rmws, n + 1 + announcing());
    // Lock, value and unlock for each variable, and the clock.
    EXPECT_EQ(c.shared_writes, 3 * n + 1);
    EXPECT_EQ(c.shared_lines, n + 1);
  }
}

TEST_F(counting, read_only_takes_none) {
  const auto c = of([&](token& t) {
    long sum = 0;
    for (auto& v : vars) sum += t(v->x);
    static_cast<void>(sum);
  });
  EXPECT_EQ(c.rmws, announcing());
  EXPECT_EQ(c.shared_writes, 0u);
}

TEST_F(counting, fields_of_one_record_share_one_lock) {
  struct node : gilt::basic_record<domain> {
    gilt::field<long, domain> a{0}, b{0}, c{0};
  };
  node n;
  const auto c = of([&](token& t) {
    t.at(n, &node::a) = 1;
    t.at(n, &node::b) = 2;
    t.at(n, &node::c) = 3;
  });
  EXPECT_EQ(c.rmws, 2u + announcing());
  EXPECT_EQ(c.shared_writes, 1u + 3u + 1u + 1u);
}

TEST_F(counting, write_through_costs_the_same) {
  using namespace gilt::detail;
  transaction<counting_atomics> t;
  orec<counting_atomics> lock[3];
  word_cell<counting_atomics> value[3];
  for (int round = 0; round < 2; ++round) {        // the first takes the slot
    counting_atomics::reset();
    t.begin();
    for (int i = 0; i < 3; ++i) {
      word v = 0;
      ASSERT_TRUE(t.read(lock[i], value[i], v) && t.write(lock[i], value[i], v + 1));
    }
    ASSERT_TRUE(t.commit());
  }
  EXPECT_EQ(counting_atomics::counts().rmws, 4u + announcing());
  EXPECT_EQ(counting_atomics::counts().shared_writes, 10u);
}

TEST_F(counting, clean_abort_of_a_redo_attempt_writes_nothing_shared) {
  counting_atomics::reset();
  EXPECT_THROW(gilt::atomically<domain>([&](token& t) {
                 t[vars[0]->x] += 1;
                 throw 1;
               }),
               int);
  EXPECT_EQ(counting_atomics::counts().shared_writes, 0u);
}

TEST_F(counting, sleepers_on_other_variables_cost_the_committer_nothing) {
  variable<int> gate{0};
  const auto before = gilt::stats<domain>().waits;
  const auto update = [&](token& t) { t[vars[0]->x] += 1; };
  const auto alone = of(update);
  std::thread sleeper([&] {
    gilt::atomically<domain>([&](token& t) { t.check(t(gate) == 1); });
  });
  while (gilt::stats<domain>().waits == before) counting_atomics::yield();
  const auto beside = of(update);
  gate.store_now(1);
  sleeper.join();
  EXPECT_EQ(beside.rmws, alone.rmws);
  EXPECT_EQ(beside.shared_writes, alone.shared_writes);
}

}  // namespace
