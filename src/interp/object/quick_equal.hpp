// SPDX-License-Identifier: BSL-1.0
#pragma once
// quick_equal: what can be said about the equality of two keys without running script code and
// without reading a mutable word, so that it may stand inside a section.
#include <cstring>

#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

enum class quick_answer : std::uint8_t { no, yes, ask };

inline quick_answer quick_equal(const thread_state& t, value a, value b) {
  if (a == b) return quick_answer::yes;                    // identity counts in containers, a NaN's too
  const auto said = [](bool eq) { return eq ? quick_answer::yes : quick_answer::no; };
  if (both_int(a, b)) return quick_answer::no;
  const bool a_object = a.is_object(), b_object = b.is_object();
  if (a_object && b_object) {
    const shape* x = a.as_object()->shape_relaxed();
    const shape* y = b.as_object()->shape_relaxed();
    const shape* text = t.interp->string_shape;
    if (x == text && y == text) return said(equal(a.as<string_object>(), b.as<string_object>()));
    const builtin_types& k = t.interp->types;
    if (x->cls == k.int_ && y->cls == k.int_) return said(number_equal(a, b));
    if ((x == text && y->cls == k.int_) || (y == text && x->cls == k.int_)) return quick_answer::no;
    return quick_answer::ask;
  }
  if (!a_object && !b_object) {
    const bool numbers = (a.is_int() || a.is_double() || a.is_bool()) && (b.is_int() || b.is_double() || b.is_bool());
    return said(numbers && number_equal(a, b));
  }
  const shape* s = (a_object ? a : b).as_object()->shape_relaxed();
  if (s == t.interp->string_shape) return quick_answer::no;
  return quick_answer::ask;
}

}  // namespace gilt::interp
