// SPDX-License-Identifier: BSL-1.0
// What a transaction costs in shared memory, counted by the counting policy: one RMW for each variable
// written and, if the clock is TL2's, one for the clock; reading needs none and writes nothing shared.
#include <gilt/detail/atomics_counting.hpp>
#include <gilt/gilt.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace {

using gilt::detail::counting_atomics;
// A line of its own each, so that distinct lines are distinct variables.
template <class Domain>
struct alignas(gilt::detail::cache_line_bytes) padded {
  gilt::var<long, Domain> x{0};
};

// Where announcements are made by RMW (no membarrier, ThreadSanitizer) each attempt pays one more.
std::size_t announcing() { return counting_atomics::asymmetric() ? 0 : 1; }

using gilt::detail::clock_policy;
using clocks = ::testing::Types<gilt::detail::basic_domain<counting_atomics, clock_policy::gv1>,
                                gilt::detail::basic_domain<counting_atomics, clock_policy::deferred>>;

template <class Domain>
class counting : public ::testing::Test {
 protected:
  using domain = Domain;
  using token = gilt::basic_tx<domain>;
  template <class T>
  using variable = gilt::var<T, domain>;
  static constexpr std::size_t tick = Domain::clock == clock_policy::gv1 ? 1 : 0;

  counting() {
    for (int i = 0; i < 100; ++i) vars.push_back(std::make_unique<padded<Domain>>());
    gilt::atomically<domain>([&](token& t) { t[vars[0]->x] = 1; });   // slot and logs are warm
  }
  template <class F>
  gilt::detail::operation_counts of(const F& body) {
    counting_atomics::reset();
    gilt::atomically<domain>(body);
    return counting_atomics::counts();
  }
  std::vector<std::unique_ptr<padded<Domain>>> vars;
};
TYPED_TEST_SUITE(counting, clocks);

TYPED_TEST(counting, update_of_n_variables_takes_n_rmws_and_a_tick) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{10}, std::size_t{100}}) {
    const auto c = this->of([&](token& t) {
      for (std::size_t i = 0; i < n; ++i) t[vars[i]->x] += 1;
    });
    EXPECT_EQ(c.rmws, n + this->tick + announcing());
    // Lock, value and unlock for each variable, and TL2's clock.
    EXPECT_EQ(c.shared_writes, 3 * n + this->tick);
    EXPECT_EQ(c.shared_lines, n + this->tick);
  }
}

TYPED_TEST(counting, read_only_takes_none) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  const auto c = this->of([&](token& t) {
    long sum = 0;
    for (auto& v : vars) sum += t(v->x);
    static_cast<void>(sum);
  });
  EXPECT_EQ(c.rmws, announcing());
  EXPECT_EQ(c.shared_writes, 0u);
}

TYPED_TEST(counting, fields_of_one_record_share_one_lock) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  struct node : gilt::basic_record<domain> {
    gilt::field<long, domain> a{0}, b{0}, c{0};
  };
  node n;
  const auto c = this->of([&](token& t) {
    t.at(n, &node::a) = 1;
    t.at(n, &node::b) = 2;
    t.at(n, &node::c) = 3;
  });
  EXPECT_EQ(c.rmws, 1u + this->tick + announcing());
  EXPECT_EQ(c.shared_writes, 1u + 3u + 1u + this->tick);
}

TYPED_TEST(counting, write_through_costs_the_same) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  using namespace gilt::detail;
  transaction<counting_atomics> t(domain_shared<domain>);
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
  EXPECT_EQ(counting_atomics::counts().rmws, 3u + this->tick + announcing());
  EXPECT_EQ(counting_atomics::counts().shared_writes, 9u + this->tick);
}

TYPED_TEST(counting, clean_abort_of_a_redo_attempt_writes_nothing_shared) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  counting_atomics::reset();
  EXPECT_THROW(gilt::atomically<domain>([&](token& t) {
                 t[vars[0]->x] += 1;
                 throw 1;
               }),
               int);
  EXPECT_EQ(counting_atomics::counts().shared_writes, 0u);
}

TYPED_TEST(counting, sleepers_on_other_variables_cost_the_committer_nothing) {
  using domain = TypeParam;
  using token [[maybe_unused]] = gilt::basic_tx<domain>;
  auto& vars = this->vars;
  static_cast<void>(vars);
  typename TestFixture::template variable<int> gate{0};
  const auto before = gilt::stats<domain>().waits;
  const auto update = [&](token& t) { t[vars[0]->x] += 1; };
  const auto alone = this->of(update);
  std::thread sleeper([&] {
    gilt::atomically<domain>([&](token& t) { t.check(t(gate) == 1); });
  });
  while (gilt::stats<domain>().waits == before) counting_atomics::yield();
  const auto beside = this->of(update);
  gate.store_now(1);
  sleeper.join();
  EXPECT_EQ(beside.rmws, alone.rmws);
  EXPECT_EQ(beside.shared_writes, alone.shared_writes);
}

}  // namespace
