// SPDX-License-Identifier: BSL-1.0
#include "interp/object/tuple.hpp"

#include "interp/object/list.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/string.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

constexpr std::size_t largest = std::size_t{1} << 40;

tuple_object* allocate(thread_state& t, type_object* cls, std::size_t n) {
  if (n > largest) {
    raise_memory_error(t);
    return nullptr;
  }
  auto* r = t.alloc.make<tuple_object>(t, cls->root, n * sizeof(value));
  if (r) r->length = n;
  return r;
}

}  // namespace

tuple_object* allocate_tuple(thread_state& t, std::size_t n) { return allocate(t, t.interp->types.tuple, n); }

value make_tuple(thread_state& t, const value* items, std::size_t n) {
  if (n == 0 && !t.interp->empty_tuple.empty()) return t.interp->empty_tuple;
  tuple_object* r = allocate_tuple(t, n);
  if (!r) return {};
  std::copy(items, items + n, r->items());
  return value::of(r);
}

value tuple_of(thread_state& t, value iterable) {
  if (is(iterable, kind::tuple)) {
    if (is_exact(iterable.as_object(), t.interp->types.tuple)) return iterable;
  }
  if (is(iterable, kind::list) && is_exact(iterable.as_object(), t.interp->types.list)) {
    return list_to_tuple(t, iterable.as<list_object>());
  }
  const value list = make_list(t);
  if (list.empty() || !list_extend(t, list.as<list_object>(), iterable)) return {};
  return list_to_tuple(t, list.as<list_object>());
}

value tuple_getitem(thread_state& t, tuple_object* o, value key) {
  const auto n = static_cast<std::int64_t>(o->length);
  if (is(key, kind::slice)) {
    std::int64_t start = 0, stop = 0, step = 0, count = 0;
    if (!slice_bounds(t, key.as<slice_object>(), n, start, stop, step, count)) return {};
    if (count == n && step == 1 && is_exact(o, t.interp->types.tuple)) return value::of(o);
    if (count == 0) return t.interp->empty_tuple;
    tuple_object* r = allocate_tuple(t, static_cast<std::size_t>(count));
    if (!r) return {};
    for (std::int64_t k = 0, i = start; k < count; ++k, i += step) r->items()[k] = o->items()[i];
    return value::of(r);
  }
  std::int64_t i = 0;
  if (key.is_int()) {
    i = key.as_int();
  } else if (has_index(t, key)) {
    if (!to_index(t, key, i)) return {};
  } else {
    return raise(t, t.interp->errors.TypeError, "tuple indices must be integers or slices, not %s", type_name(t, key).c_str());
  }
  if (i < 0) i += n;
  if (i < 0 || i >= n) return raise(t, t.interp->errors.IndexError, "tuple index out of range");
  return o->items()[i];
}

value tuple_concat(thread_state& t, tuple_object* a, tuple_object* b) {
  if (b->length == 0 && is_exact(a, t.interp->types.tuple)) return value::of(a);
  if (a->length == 0 && is_exact(b, t.interp->types.tuple)) return value::of(b);
  tuple_object* r = allocate_tuple(t, a->length + b->length);
  if (!r) return {};
  std::copy(a->items(), a->items() + a->length, r->items());
  std::copy(b->items(), b->items() + b->length, r->items() + a->length);
  return value::of(r);
}

value tuple_repeat(thread_state& t, tuple_object* o, std::int64_t times) {
  if (times <= 0 || o->length == 0) return t.interp->empty_tuple;
  if (times == 1 && is_exact(o, t.interp->types.tuple)) return value::of(o);
  if (o->length > largest / static_cast<std::size_t>(times)) {
    raise_memory_error(t);
    return {};
  }
  tuple_object* r = allocate_tuple(t, o->length * static_cast<std::size_t>(times));
  if (!r) return {};
  for (std::size_t k = 0; k < r->length; k += o->length) std::copy(o->items(), o->items() + o->length, r->items() + k);
  return value::of(r);
}

value tuple_compare(thread_state& t, opcode op, tuple_object* a, tuple_object* b) {
  nesting deep(t);
  if (!deep.fine(" in comparison")) return {};
  return compare_sequences(t, op, [&](std::int64_t i, value& x, value& y) {
    const auto k = static_cast<std::size_t>(i);
    x = k < a->length ? a->items()[k] : value{};
    y = k < b->length ? b->items()[k] : value{};
    return true;
  });
}

// CPython's, after Yann Collet's xxHash, so that sets of tuples have CPython's order.
bool tuple_hash(thread_state& t, tuple_object* o, std::uint64_t& out) {
  nesting deep(t);
  if (!deep.fine(" in hash")) return false;
  constexpr std::uint64_t p1 = 11400714785074694791ull, p2 = 14029467366897019727ull, p5 = 2870177450012600261ull;
  std::uint64_t acc = p5;
  for (const value v : items_of(o)) {
    std::uint64_t lane;
    if (!hash(t, v, lane)) return false;
    acc += lane * p2;
    acc = acc << 31 | acc >> 33;
    acc *= p1;
  }
  acc += o->length ^ (p5 ^ 3527539ull);
  out = acc == ~std::uint64_t{0} ? 1546275796ull : acc;
  return true;
}

value tuple_repr(thread_state& t, tuple_object* o) {
  nesting deep(t);
  if (!deep.fine(" while getting the repr of an object")) return {};
  const being_shown guard(t, value::of(o));
  if (guard.already()) return make_string(t, "(...)");
  std::string s = "(";
  for (std::size_t i = 0; i < o->length; ++i) {
    if (i > 0) s += ", ";
    if (!append_repr(t, o->items()[i], s)) return {};
  }
  return make_string(t, s + (o->length == 1 ? ",)" : ")"));
}

value new_tuple(thread_state& t, type_object* cls, const call_args& a) {
  if (a.nkw > 0 && (cls->flags & flag_custom_init) == 0) return raise(t, t.interp->errors.TypeError, "tuple() takes no keyword arguments");
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "tuple expected at most 1 argument, got %u", a.npos);
  const value plain = a.npos == 0 ? t.interp->empty_tuple : tuple_of(t, a[0]);
  if (plain.empty() || cls == t.interp->types.tuple) return plain;
  auto* from = plain.as<tuple_object>();
  tuple_object* r = allocate(t, cls, from->length);
  if (!r) return {};
  std::copy(from->items(), from->items() + from->length, r->items());
  return value::of(r);
}

namespace {

value count(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  for (const value v : items_of(a[0].as<tuple_object>())) {
    bool same = false;
    if (!equal(t, v, a[1], same)) return {};
    n += same ? 1 : 0;
  }
  return value::small_int(n);
}

value index(thread_state& t, const call_args& a) {
  auto* o = a[0].as<tuple_object>();
  const auto n = static_cast<std::int64_t>(o->length);
  std::int64_t from = 0, to = n;
  if (a.npos > 2 && !to_int64_clamped(t, a[2], from)) return {};
  if (a.npos > 3 && !to_int64_clamped(t, a[3], to)) return {};
  if (from < 0) from = std::max<std::int64_t>(from + n, 0);
  if (to < 0) to += n;
  for (std::int64_t i = from; i < std::min(to, n); ++i) {
    bool same = false;
    if (!equal(t, o->items()[i], a[1], same)) return {};
    if (same) return value::small_int(i);
  }
  return raise(t, t.interp->errors.ValueError, "tuple.index(x): x not in tuple");
}

value get_new_args(thread_state& t, const call_args& a) {
  auto* o = a[0].as<tuple_object>();
  const value plain = make_tuple(t, o->items(), o->length);
  return plain.empty() ? plain : make_tuple(t, {plain});
}

constexpr native_definition table[] = {
    {"count", count, 2, 2, false},
    {"index", index, 2, 4, false},
    {"__getnewargs__", get_new_args, 1, 1, false},
};

}  // namespace

std::span<const native_definition> tuple_methods() { return table; }

}  // namespace gilt::interp
