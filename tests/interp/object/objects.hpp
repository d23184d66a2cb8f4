// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <pthread.h>

#include <algorithm>
// objects: an interpreter without a running script, and slices stepped by hand.
#include <gtest/gtest.h>

#include <string>

#include "interp/heap/native_stack.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

struct objects : testing::Test {
  interpreter i{std::size_t{256} << 20};
  thread_state& t = add_thread(i);

  objects() { EXPECT_TRUE(bootstrap(i, t)); }

  value str(const std::string& s) { return make_string(t, s); }
  static value num(std::int64_t n) { return value::small_int(n); }
  std::string repr(value v) {
    std::string s;
    if (v.empty()) return "raised " + error();
    return append_repr(t, v, s) ? s : "raised " + error();
  }
  // The pending exception as "Type: text"; it is gone afterwards.
  std::string error() {
    if (t.why != signal::exception) return t.why == signal::conflict ? "conflict" : "nothing";
    const value e = t.exception;
    t.why = signal::none;
    t.exception = {};
    std::string text;
    append_str(t, e, text);
    return type_name(t, e) + ": " + text;
  }
  // A class as a class statement makes it.
  type_object* make(const char* name, std::initializer_list<value> bases, value names = {}) {
    const value tuple = make_tuple(t, bases);
    if (names.empty()) names = make_dict(t);
    const value c = make_class(t, i.types.type, intern(i, name), tuple.as<tuple_object>(), names.as<dict_object>(), nullptr, nullptr);
    return c.empty() ? nullptr : c.as<type_object>();
  }
  void collect() {
    const char* here = static_cast<const char*>(__builtin_frame_address(0));
    // The test's own frame, but not past the end of the stack.
    pthread_attr_t a;
    void* low = nullptr;
    std::size_t bytes = 0;
    pthread_getattr_np(pthread_self(), &a);
    pthread_attr_getstack(&a, &low, &bytes);
    pthread_attr_destroy(&a);
    t.stack_high = std::min<const char*>(here + 4096, static_cast<const char*>(low) + bytes);
    heap::with_scannable_stack(t.stack_low, [&] { i.heap.collect(i); });
  }

  // Barriers on: what follows until commit() is one slice of `by`.
  static void begin(thread_state& by) {
    by.tx.begin();
    by.barriers = true;
    by.born = gilt::detail::free_word(by.tx.read_version(), by.tx.slot() | 2048);
  }
  static bool commit(thread_state& by) {
    const bool done = by.tx.commit();
    if (!done) by.tx.rollback();
    by.barriers = false;
    by.born = 0;
    by.why = signal::none;
    return done;
  }
  static void abort(thread_state& by) {
    by.tx.doom(gilt::detail::abort_cause::explicit_abort);
    by.tx.rollback();
    by.barriers = false;
    by.born = 0;
    by.why = signal::none;
  }
};

}  // namespace gilt::interp
