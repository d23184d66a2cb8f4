// SPDX-License-Identifier: BSL-1.0
#pragma once
// sequence: what list and tuple do alike, and the guard of recursive repr.
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"

namespace gilt::interp {

// Compares item by item; at(i, x, y) loads both, empty past the end.
template <class At>
value compare_sequences(thread_state& t, opcode op, At&& at) {
  for (std::int64_t i = 0;; ++i) {
    value x, y;
    if (!at(i, x, y)) return {};
    if (x.empty() || y.empty()) {
      const int order = x.empty() ? (y.empty() ? 0 : -1) : 1;
      switch (op) {
        case opcode::EQ: return value::boolean(order == 0);
        case opcode::NE: return value::boolean(order != 0);
        case opcode::LT: return value::boolean(order < 0);
        case opcode::LE: return value::boolean(order <= 0);
        case opcode::GT: return value::boolean(order > 0);
        default: return value::boolean(order >= 0);
      }
    }
    bool same = false;
    if (!equal(t, x, y, same)) return {};
    if (same) continue;
    // __eq__ may have shortened a list: the lengths decide then, as at the end.
    value x_now, y_now;
    if (!at(i, x_now, y_now)) return {};
    if (x_now.empty() || y_now.empty()) {
      --i;
      continue;
    }
    if (op == opcode::EQ) return value::false_();
    if (op == opcode::NE) return value::true_();
    return compare(t, op, x, y);
  }
}

// An index as int64; one that does not fit is an IndexError.
inline bool to_index(thread_state& t, value key, std::int64_t& out) {
  if (key.is_int()) {
    out = key.as_int();
    return true;
  }
  const value i = index_of(t, key);
  if (i.empty()) return false;
  if (int_fits_int64(i, out)) return true;
  raise(t, t.interp->errors.IndexError, "cannot fit '%s' into an index-sized integer", type_name(t, key).c_str());
  return false;
}

// Containers whose repr is being made by this thread, innermost first: one that contains itself
// shows as [...].
class being_shown {
 public:
  being_shown(thread_state& t, value v) : t_(t), v_(v), outer_(static_cast<being_shown*>(t.shown)) {
    for (const being_shown* s = outer_; s && !already_; s = s->outer_) already_ = s->v_ == v;
    t.shown = this;
  }
  being_shown(const being_shown&) = delete;
  being_shown& operator=(const being_shown&) = delete;
  ~being_shown() { t_.shown = outer_; }
  bool already() const { return already_; }

 private:
  thread_state& t_;
  value v_;
  being_shown* outer_;
  bool already_ = false;
};

}  // namespace gilt::interp
