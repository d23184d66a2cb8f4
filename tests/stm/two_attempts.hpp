// SPDX-License-Identifier: BSL-1.0
#pragma once
// Two transaction objects stepped by one thread: interleavings without threads.

#include <gilt/detail/transaction.hpp>

#include <memory>

#include <gtest/gtest.h>

namespace gilt_test {

template <class A>
struct place {                               // one word with its lock, as an object has it
  gilt::detail::orec<A> lock;
  gilt::detail::word_cell<A> value{0};
};

template <class A>
struct two_attempts : ::testing::Test {
  using word = gilt::detail::word;
  using engine = gilt::detail::transaction<A>;
  using location = place<A>;

  // A domain of the test's own: its clock starts at 0.
  std::unique_ptr<gilt::detail::shared<A>> domain = std::make_unique<gilt::detail::shared<A>>();
  engine a{*domain}, b{*domain};
  location x, y, z;

  static bool read(engine& t, location& l, word& out) { return t.read(l.lock, l.value, out); }
  static bool write(engine& t, location& l, word v) { return t.write(l.lock, l.value, v); }
  static bool read_redo(engine& t, location& l, word& out) {
    return t.read_redo(l.lock, l.value, out);
  }
  static bool write_redo(engine& t, location& l, word v) {
    return t.write_redo(l.lock, l.value, v);
  }
  static word now(location& l) { return l.value.load(std::memory_order_acquire); }

  ~two_attempts() override {
    if (a.active()) a.rollback();
    if (b.active()) b.rollback();
  }
};

}  // namespace gilt_test
