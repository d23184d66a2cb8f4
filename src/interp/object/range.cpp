// SPDX-License-Identifier: BSL-1.0
// range and slice: immutable triples of ints of any size.
#include "interp/object/iterator.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

value arithmetic(thread_state& t, opcode op, value a, value b) {
  return a.empty() || b.empty() ? value{} : number_binary(t, op, a, b);
}

// max(0, ceil((stop - start) / step))
value count_steps(thread_state& t, value start, value stop, value step) {
  if (start.is_int() && stop.is_int() && step.is_int()) {
    const std::int64_t s = step.as_int();
    const std::int64_t span = s > 0 ? stop.as_int() - start.as_int() : start.as_int() - stop.as_int();
    const std::int64_t size = s > 0 ? s : -s;
    return int_from_int64(t, span <= 0 ? 0 : (span - 1) / size + 1);
  }
  bool down = false, empty = false;
  if (!is_negative(t, step, down)) return {};
  const value span = down ? arithmetic(t, opcode::SUB, start, stop) : arithmetic(t, opcode::SUB, stop, start);
  const value size = down ? number_unary(t, opcode::NEG, step) : step;
  if (span.empty() || size.empty() || !is_negative(t, span, empty)) return {};
  if (empty || span == value::small_int(0)) return value::small_int(0);
  const value one = value::small_int(1);
  return arithmetic(t, opcode::ADD, arithmetic(t, opcode::FLOORDIV, arithmetic(t, opcode::SUB, span, one), size), one);
}

value nth(thread_state& t, range_object* r, value i) {
  return arithmetic(t, opcode::ADD, r->start, arithmetic(t, opcode::MUL, i, r->step));
}

}  // namespace

value make_range(thread_state& t, value start, value stop, value step) {
  if (step == value::small_int(0)) return raise(t, t.interp->errors.ValueError, "range() arg 3 must not be zero");
  const value length = count_steps(t, start, stop, step);
  if (length.empty()) return {};
  auto* r = t.alloc.make<range_object>(t, t.interp->types.range->root);
  if (!r) return {};
  r->start = start;
  r->stop = stop;
  r->step = step;
  r->length = length;
  return value::of(r);
}

value make_slice(thread_state& t, value start, value stop, value step) {
  auto* s = t.alloc.make<slice_object>(t, t.interp->types.slice->root);
  if (!s) return {};
  s->start = start;
  s->stop = stop;
  s->step = step;
  return value::of(s);
}

bool range_length(thread_state& t, range_object* r, std::int64_t& out) {
  if (int_fits_int64(r->length, out)) return true;
  raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C ssize_t");
  return false;
}

bool range_fields(const range_object* r, std::int64_t& start, std::int64_t& stop, std::int64_t& step) {
  if (!r->start.is_int() || !r->stop.is_int() || !r->step.is_int()) return false;
  start = r->start.as_int();
  stop = r->stop.as_int();
  step = r->step.as_int();
  return true;
}

value range_getitem(thread_state& t, range_object* r, value key) {
  if (is(key, kind::slice)) {
    value start, stop, step;
    if (!long_slice(t, key.as<slice_object>(), r->length, start, stop, step)) return {};
    const value first = nth(t, r, start), last = first.empty() ? first : nth(t, r, stop);
    const value by = arithmetic(t, opcode::MUL, r->step, step);
    return last.empty() || by.empty() ? value{} : make_range(t, first, last, by);
  }
  if (!has_index(t, key)) {
    return raise(t, t.interp->errors.TypeError, "range indices must be integers or slices, not %s", type_name(t, key).c_str());
  }
  value i = index_of(t, key);
  bool outside = false, negative = false;
  if (i.empty() || !is_negative(t, i, negative)) return {};
  if (negative) i = arithmetic(t, opcode::ADD, i, r->length);
  if (i.empty() || !is_negative(t, i, outside)) return {};
  if (!outside && !compare_bool(t, opcode::GE, i, r->length, outside)) return {};
  return outside ? raise(t, t.interp->errors.IndexError, "range object index out of range") : nth(t, r, i);
}

// slice.indices() for lengths of any size (CPython, _PySlice_GetLongIndices).
bool long_slice(thread_state& t, slice_object* s, value length, value& start, value& stop, value& step) {
  const auto part = [&](value v, value absent) {
    if (v.is_none()) return absent;
    if (!has_index(t, v)) return raise(t, t.interp->errors.TypeError, "slice indices must be integers or None or have an __index__ method");
    return index_of(t, v);
  };
  bool down = false, low = false, high = false;
  step = part(s->step, value::small_int(1));
  if (step.empty()) return false;
  if (step == value::small_int(0)) {
    raise(t, t.interp->errors.ValueError, "slice step cannot be zero");
    return false;
  }
  if (!is_negative(t, step, down)) return false;
  const value lower = value::small_int(down ? -1 : 0), upper = down ? arithmetic(t, opcode::SUB, length, value::small_int(1)) : length;
  if (upper.empty()) return false;
  const auto clamped = [&](value v) -> value {
    if (v.empty() || !is_negative(t, v, low)) return {};
    if (low && (v = arithmetic(t, opcode::ADD, v, length)).empty()) return {};
    if (!compare_bool(t, opcode::LT, v, lower, low) || !compare_bool(t, opcode::GT, v, upper, high)) return {};
    return low ? lower : high ? upper : v;
  };
  start = s->start.is_none() ? (down ? upper : lower) : clamped(part(s->start, {}));
  if (start.empty()) return false;
  stop = s->stop.is_none() ? (down ? lower : upper) : clamped(part(s->stop, {}));
  return !stop.empty();
}

value range_find(thread_state& t, range_object* r, value item, bool all, std::int64_t& found) {
  const value it = builtin_iter(t, value::of(r));
  found = 0;
  std::int64_t at = 0;
  for (value there; !it.empty(); ++at) {
    bool same = false;
    if (!iter_next(t, it, there) || (!there.empty() && !equal(t, there, item, same))) return {};
    if (there.empty()) return value::none();
    if (!same) continue;
    if (!all) return value::small_int(at);
    ++found;
  }
  return {};
}

value range_contains(thread_state& t, range_object* r, value item) {
  if (!is_exact_integer(t, item)) {                                 // any object that compares equal to an item
    const value it = builtin_iter(t, value::of(r));
    if (it.empty()) return {};
    for (value there;;) {
      bool same = false;
      if (!iter_next(t, it, there)) return {};
      if (there.empty()) return value::false_();
      if (!equal(t, there, item, same)) return {};
      if (same) return value::true_();
    }
  }
  const value offset = arithmetic(t, opcode::SUB, item, r->start);
  const value rest = arithmetic(t, opcode::MOD, offset, r->step);
  if (rest.empty()) return {};
  if (rest != value::small_int(0)) return value::false_();
  const value i = arithmetic(t, opcode::FLOORDIV, offset, r->step);
  bool negative = false, inside = false;
  if (i.empty() || !is_negative(t, i, negative)) return {};
  return negative ? value::false_() : compare_bool(t, opcode::LT, i, r->length, inside) ? value::boolean(inside) : value{};
}

value new_range(thread_state& t, type_object*, const call_args& a) {
  if (a.nkw > 0) return raise(t, t.interp->errors.TypeError, "range() takes no keyword arguments");
  if (a.npos == 0) return raise(t, t.interp->errors.TypeError, "range expected at least 1 argument, got 0");
  if (a.npos > 3) return raise(t, t.interp->errors.TypeError, "range expected at most 3 arguments, got %u", a.npos);
  value v[3] = {value::small_int(0), value::small_int(0), value::small_int(1)};
  for (std::uint32_t i = 0; i < a.npos; ++i) {
    value& to = v[a.npos == 1 ? 1 : i];
    to = a[i].is_int() ? a[i] : index_of(t, a[i]);
    if (to.empty()) return {};
  }
  return make_range(t, v[0], v[1], v[2]);
}

value new_slice(thread_state& t, type_object*, const call_args& a) {
  if (a.nkw > 0) return raise(t, t.interp->errors.TypeError, "slice() takes no keyword arguments");
  if (a.npos == 0) return raise(t, t.interp->errors.TypeError, "slice expected at least 1 argument, got 0");
  if (a.npos > 3) return raise(t, t.interp->errors.TypeError, "slice expected at most 3 arguments, got %u", a.npos);
  const value none = value::none();
  return a.npos == 1 ? make_slice(t, none, a[0], none) : make_slice(t, a[0], a[1], a.npos > 2 ? a[2] : none);
}

}  // namespace gilt::interp
