// SPDX-License-Identifier: BSL-1.0
#pragma once
// number_operands: how the number files look at int values. Internal to them.
#include "interp/object/big_int.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/raise.hpp"

namespace gilt::interp {

// An int, bool or big int as limbs. Holds the limb of a small one, so it must not be copied.
class int_view {
 public:
  explicit int_view(value v) {
    if (v.is_int() || v.is_bool()) {
      const std::int64_t i = v.is_int() ? v.as_int() : v.is_true() ? 1 : 0;
      one_ = static_cast<big::limb>(i < 0 ? -i : i);
      view_ = {&one_, i == 0 ? std::size_t{0} : std::size_t{1}, i < 0};
    } else {
      auto* b = v.as<big_int_object>();
      view_ = {b->data(), b->limbs, b->negative};
    }
  }
  int_view(const int_view&) = delete;
  int_view& operator=(const int_view&) = delete;
  operator big::view() const { return view_; }
  const big::view* operator->() const { return &view_; }

 private:
  big::limb one_ = 0;
  big::view view_;
};

// The value of an int of at most 127 bits.
inline bool to_int128(value v, big::int128& out) {
  if (v.is_int()) {
    out = v.as_int();
    return true;
  }
  if (v.is_bool()) {
    out = v.is_true() ? 1 : 0;
    return true;
  }
  auto* b = v.as<big_int_object>();
  if (b->limbs > 2 || (b->limbs == 2 && b->data()[1] >> 63 != 0)) return false;
  big::uint128 magnitude = 0;
  if (b->limbs > 0) magnitude = b->data()[0];
  if (b->limbs > 1) magnitude |= static_cast<big::uint128>(b->data()[1]) << 64;
  out = b->negative ? -static_cast<big::int128>(magnitude) : static_cast<big::int128>(magnitude);
  return true;
}

value int_from_int128(thread_state&, big::int128);
value int_from_view(thread_state&, big::view);
value out_of_memory(thread_state&);

inline value int_result(thread_state& t, bool done, const big::integer& r) {
  return done ? int_from_view(t, r) : out_of_memory(t);
}

value int_binary(thread_state&, opcode, value a, value b);  // both is_integer
value float_binary(thread_state&, opcode, double a, double b);
value complex_binary(thread_state&, opcode, value a, value b);     // both numbers
double float_floor_divide(double a, double b, double& remainder);  // b != 0
opcode plain_opcode(opcode op);                                    // IADD -> ADD ...

}  // namespace gilt::interp
