// SPDX-License-Identifier: BSL-1.0
// The checkers on histories made by hand: one for each anomaly, and the good ones beside them.
#include "history.hpp"

#include <gtest/gtest.h>

namespace {
using namespace gilt_history;

// Attempts are added with their times; thread t's must come in order. x and y are variables 0, 1.
class made {
 public:
  explicit made(std::size_t threads, std::size_t variables = 2) {
    h.round = 5;
    h.threads.resize(threads);
    for (std::size_t v = 0; v < variables; ++v) h.before.push_back(name_value(1, 0, v, 0));
    h.after = h.before;
  }
  made& begin(std::size_t thread, std::int64_t from, std::int64_t to) {
    thread_ = thread;
    auto& t = h.threads[thread];
    t.attempts.push_back({from, to, 0, static_cast<std::uint32_t>(t.operations.size()), 0,
                          ending::committed, false});
    return *this;
  }
  made& read(std::uint32_t variable, value_id v) { return add({v, variable, action::read}); }
  made& write(std::uint32_t variable, action what = action::write) {
    auto& t = h.threads[thread_];
    const value_id v = name_value(h.round, thread_, t.attempts.size() - 1, t.attempts.back().count);
    return add({v, variable, what});
  }
  made& updated(std::uint64_t version) {
    last().version = version;
    last().has_place = true;
    const std::size_t mine = h.threads[thread_].attempts.size() - 1;
    for (const auto& o : h.threads[thread_].operations) {
      if (o.what == action::write && attempt_of(o.value) == mine) {
        h.after[o.variable] = o.value;
      }
    }
    return *this;
  }
  made& looked(std::uint64_t version) {
    last().version = version;
    return *this;
  }
  made& aborted(std::uint64_t version) {
    last().how = ending::aborted;
    return looked(version);
  }
  made& ends_with(std::uint32_t variable, value_id v) {
    h.after[variable] = v;
    return *this;
  }
  value_id first(std::uint32_t variable) const { return h.before[variable]; }
  static value_id of(std::size_t thread, std::size_t attempt, std::size_t operation) {
    return name_value(5, thread, attempt, operation);
  }
  history h;

 private:
  attempt& last() { return h.threads[thread_].attempts.back(); }
  made& add(const operation& o) {
    h.threads[thread_].operations.push_back(o);
    ++last().count;
    return *this;
  }
  std::size_t thread_ = 0;
};

void expect_bad(const made& m, const std::string& cycles_say) {
  EXPECT_NE(check_replay(m.h), "");
  const std::string said = check_cycles(m.h);
  EXPECT_NE(said.find(cycles_say), std::string::npos) << said;
}
void expect_good(const made& m) {
  EXPECT_EQ(check_replay(m.h), "");
  EXPECT_EQ(check_cycles(m.h), "");
}

TEST(anomalies, none) {
  made m(2);
  m.begin(0, 1, 4).read(0, m.first(0)).write(0).updated(10);
  m.begin(1, 2, 5).read(0, m.first(0)).read(1, m.first(1)).looked(9);
  m.begin(0, 6, 7).read(0, made::of(0, 0, 1)).write(1).updated(11);
  m.begin(1, 8, 9).read(1, made::of(0, 1, 1)).read(0, made::of(0, 0, 1)).aborted(11);
  expect_good(m);
}

TEST(anomalies, an_attempt_may_see_the_state_before_a_commit_that_overlaps_it) {
  made m(2);
  m.begin(0, 1, 10).write(0).write(1).updated(10);
  m.begin(1, 2, 3).read(0, m.first(0)).read(1, m.first(1)).looked(9);
  expect_good(m);
}

TEST(anomalies, dirty_write_g0) {
  made m(2);
  m.begin(0, 1, 10).write(0).updated(10);
  m.begin(1, 1, 10).write(0).write(1).updated(11);
  m.begin(0, 11, 12).write(1).updated(9);          // later, and yet an earlier version of y
  m.ends_with(1, made::of(0, 1, 0));
  expect_bad(m, "cycle");
}

TEST(anomalies, aborted_read_g1a) {
  made m(2);
  m.begin(0, 1, 4).write(0).aborted(9);
  m.begin(1, 2, 5).read(0, made::of(0, 0, 0)).looked(9);
  expect_bad(m, "G1a");
}

TEST(anomalies, intermediate_read_g1b) {
  made m(2);
  m.begin(0, 1, 4).write(0, action::overwritten).write(0).updated(10);
  m.begin(1, 2, 5).read(0, made::of(0, 0, 0)).looked(10);
  expect_bad(m, "G1b");
}

TEST(anomalies, circular_information_flow_g1c) {
  made m(2);
  m.begin(0, 1, 9).read(1, made::of(1, 0, 1)).write(0).updated(10);
  m.begin(1, 1, 9).read(0, made::of(0, 0, 1)).write(1).updated(11);
  expect_bad(m, "wr");
}

TEST(anomalies, read_skew) {
  made m(2);
  m.begin(0, 1, 9).write(0).write(1).updated(10);
  m.begin(1, 1, 9).read(0, m.first(0)).read(1, made::of(0, 0, 1)).looked(10);
  expect_bad(m, "rw");
}

TEST(anomalies, read_skew_in_an_aborted_attempt) {
  made m(2);
  m.begin(0, 1, 9).write(0).write(1).updated(10);
  m.begin(1, 1, 9).read(0, m.first(0)).read(1, made::of(0, 0, 1)).aborted(10);
  expect_bad(m, "aborted");
}

TEST(anomalies, write_skew_g2) {
  made m(2);
  m.begin(0, 1, 9).read(0, m.first(0)).read(1, m.first(1)).write(0).updated(10);
  m.begin(1, 1, 9).read(0, m.first(0)).read(1, m.first(1)).write(1).updated(11);
  expect_bad(m, "rw");
}

TEST(anomalies, lost_update) {
  made m(2);
  m.begin(0, 1, 9).read(0, m.first(0)).write(0).updated(10);
  m.begin(1, 1, 9).read(0, m.first(0)).write(0).updated(11);
  expect_bad(m, "cycle");
}

TEST(anomalies, readers_that_disagree_on_the_order) {
  made m(4);
  m.begin(0, 1, 9).write(0).updated(10);
  m.begin(1, 1, 9).write(1).updated(11);
  m.begin(2, 1, 9).read(0, made::of(0, 0, 0)).read(1, m.first(1)).looked(10);
  m.begin(3, 1, 9).read(0, m.first(0)).read(1, made::of(1, 0, 0)).looked(11);
  expect_bad(m, "cycle");
}

TEST(anomalies, stale_read_in_real_time) {
  made m(2);
  m.begin(0, 1, 2).write(0).updated(10);
  m.begin(1, 3, 4).read(0, m.first(0)).looked(9);      // serializable, but not strictly
  expect_bad(m, "time");
}

TEST(anomalies, a_value_of_an_earlier_round) {
  made m(2);
  m.begin(0, 1, 2).read(0, name_value(2, 0, 0, 0)).looked(9);
  expect_bad(m, "earlier round");
}

TEST(anomalies, a_value_out_of_thin_air) {
  made m(2);
  m.begin(0, 1, 2).read(0, made::of(1, 77, 0)).looked(9);
  expect_bad(m, "nobody wrote");
}

TEST(anomalies, one_version_twice) {
  made m(2);
  m.begin(0, 1, 9).write(0).updated(10);
  m.begin(1, 1, 9).write(0).updated(10);
  expect_bad(m, "two versions");
}

TEST(anomalies, updates_that_share_a_version_but_no_variable) {
  made m(2);
  m.begin(0, 1, 9).write(0).updated(10);
  m.begin(1, 1, 9).write(1).updated(10);
  expect_good(m);
}

TEST(anomalies, a_write_that_did_not_arrive) {
  made m(1);
  m.begin(0, 1, 2).write(0).updated(10).ends_with(0, m.first(0));
  EXPECT_NE(check_replay(m.h), "");
}

}  // namespace
