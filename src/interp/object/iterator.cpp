// SPDX-License-Identifier: BSL-1.0
#include "interp/object/iterator.hpp"

#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

value make_iterator(thread_state& t, iterator_kind which, type_object* cls, value a, value b, value c, value d) {
  auto* it = t.alloc.make<iterator_object>(t, cls->root);
  if (!it) return {};
  it->which = which;
  it->a.store(a.bits, std::memory_order_relaxed);
  it->b.store(b.bits, std::memory_order_relaxed);
  it->c.store(c.bits, std::memory_order_relaxed);
  it->d.store(d.bits, std::memory_order_relaxed);
  return value::of(it);
}

value make_call_iterator(thread_state& t, value function, value sentinel) {
  return make_iterator(t, iterator_kind::callable, t.interp->types.callable_iterator, function, sentinel);
}

value make_view(thread_state& t, iterator_kind which, value dict) {
  const builtin_types& k = t.interp->types;
  return make_iterator(t, which,
                       which == iterator_kind::keys_view     ? k.dict_keys
                       : which == iterator_kind::values_view ? k.dict_values
                                                             : k.dict_items,
                       dict);
}

namespace {

value dict_iterator(thread_state& t, iterator_kind which, value dict) {
  std::int64_t n = 0;
  if (!dict_length<any_access>(t, dict.as<dict_object>(), n)) return {};
  const builtin_types& k = t.interp->types;
  type_object* cls = which == iterator_kind::dict_keys     ? k.dict_key_iterator
                     : which == iterator_kind::dict_values ? k.dict_value_iterator
                                                           : k.dict_item_iterator;
  return make_iterator(t, which, cls, dict, value::small_int(0), value::small_int(n), value::small_int(n));
}

struct state { value a, b, c, d; };
bool load_state(thread_state& t, iterator_object* it, state& s) {
  return any_access::section(t, it, [&] {
    s.a = load(it->a);
    s.b = load(it->b);
    s.c = load(it->c);
    s.d = load(it->d);
  });
}

bool finish(thread_state& t, iterator_object* it) { return any_access::write(t, it, it->a, value::none()); }

}  // namespace

value builtin_iter(thread_state& t, value v) {
  if (!v.is_object()) return {};
  const builtin_types& k = t.interp->types;
  const value zero = value::small_int(0);
  switch (v.as_object()->what()) {
    case kind::list: return make_iterator(t, iterator_kind::list, k.list_iterator, v, zero);
    case kind::tuple: return make_iterator(t, iterator_kind::tuple, k.tuple_iterator, v, zero);
    case kind::str: return make_iterator(t, iterator_kind::str, k.str_iterator, v, zero);
    case kind::bytes:
    case kind::bytearray: return make_iterator(t, iterator_kind::bytes, k.bytes_iterator, v, zero);
    case kind::dict: return dict_iterator(t, iterator_kind::dict_keys, v);
    case kind::set:
    case kind::frozenset: {
      std::int64_t n = 0;
      if (!set_length(t, v.as<dict_object>(), n)) return {};
      return make_iterator(t, iterator_kind::set, k.set_iterator, v, zero, value::small_int(n), value::small_int(n));
    }
    case kind::range: {
      auto* r = v.as<range_object>();
      return make_iterator(t, iterator_kind::range, k.range_iterator, r->start, r->step, r->length, r->start);
    }
    case kind::iterator: {
      auto* it = v.as<iterator_object>();
      if (!is_view(v)) return v;
      value d;
      if (!any_access::read(t, it, it->a, d)) return {};
      return dict_iterator(t,
                           it->which == iterator_kind::keys_view     ? iterator_kind::dict_keys
                           : it->which == iterator_kind::values_view ? iterator_kind::dict_values
                                                                     : iterator_kind::dict_items,
                           d);
    }
    default: return {};
  }
}

namespace {

bool next_indexed(thread_state& t, iterator_object* it, const state& s, value& out) {
  const std::int64_t i = s.b.as_int();
  switch (it->which) {
    case iterator_kind::list:
      if (!list_get<any_access>(t, s.a.as<list_object>(), i, out)) return false;
      break;
    case iterator_kind::tuple: {
      auto* o = s.a.as<tuple_object>();
      out = static_cast<std::uint64_t>(i) < o->length ? o->items()[i] : value{};
      break;
    }
    case iterator_kind::str: {
      auto* o = s.a.as<string_object>();
      if (i < o->length && (out = string_of_code_point(t, code_point(o, static_cast<std::size_t>(i)))).empty()) return false;
      break;
    }
    default: {
      std::int64_t n = 0;
      if (!bytes_length(t, s.a, n)) return false;
      if (i < n && (out = bytes_getitem(t, s.a, s.b)).empty()) return false;
      break;
    }
  }
  return out.empty() ? finish(t, it) : any_access::write(t, it, it->b, value::small_int(i + 1));
}

// Counts down over a list or anything with __getitem__.
bool next_reverse(thread_state& t, iterator_object* it, const state& s, value& out) {
  const std::int64_t i = s.b.as_int();
  if (i < 0) return finish(t, it);
  if (is(s.a, kind::list) && !scripted(t, s.a)) {
    if (!list_get<any_access>(t, s.a.as<list_object>(), i, out)) return false;
  } else {
    out = getitem(t, s.a, s.b);
    if (out.empty() && !clear_exception(t, t.interp->errors.IndexError) && !clear_exception(t, t.interp->errors.StopIteration)) return false;
  }
  return any_access::write(t, it, it->b, value::small_int(out.empty() ? -1 : i - 1));
}

bool changed_size(thread_state& t, const char* what, value seen, std::int64_t now) {
  if (seen.as_int() == now) return false;
  raise(t, t.interp->errors.RuntimeError, "%s changed size during iteration", what);
  return true;
}

bool advance(thread_state& t, iterator_object* it, std::int64_t at, std::int64_t left) {
  if (!any_access::own(t, it)) return false;
  any_access::store(t, it, it->b, value::small_int(at));
  any_access::store(t, it, it->d, value::small_int(left < 0 ? 0 : left));
  return true;
}

bool next_dict(thread_state& t, iterator_object* it, const state& s, value& out) {
  auto* d = s.a.as<dict_object>();
  std::int64_t at = s.b.as_int(), n = 0;
  if (!dict_length<any_access>(t, d, n)) return false;
  if (changed_size(t, "dictionary", s.c, n)) return false;
  const bool reverse = it->which >= iterator_kind::dict_reverse_keys && it->which <= iterator_kind::dict_reverse_items;
  value key, item;
  if (!(reverse ? dict_previous(t, d, at, key, item) : dict_next(t, d, at, key, item))) return false;
  if (key.empty()) return finish(t, it);
  const std::int64_t left = s.d.as_int() - 1;
  if (left < 0 && !reverse) {
    raise(t, t.interp->errors.RuntimeError, "dictionary keys changed during iteration");
    return false;
  }
  switch (it->which) {
    case iterator_kind::dict_keys:
    case iterator_kind::dict_reverse_keys: out = key; break;
    case iterator_kind::dict_values:
    case iterator_kind::dict_reverse_values: out = item; break;
    default:
      out = make_tuple(t, {key, item});
      if (out.empty()) return false;
  }
  return advance(t, it, at, left);
}

bool next_set(thread_state& t, iterator_object* it, const state& s, value& out) {
  auto* d = s.a.as<dict_object>();
  std::int64_t at = s.b.as_int(), n = 0;
  if (!set_length(t, d, n)) return false;
  if (changed_size(t, "Set", s.c, n)) return false;
  if (!set_next(t, d, at, out)) return false;
  return out.empty() ? finish(t, it) : advance(t, it, at, s.d.as_int() - 1);
}

bool next_range(thread_state& t, iterator_object* it, const state& s, value& out) {
  if (s.c == value::small_int(0)) return true;
  out = s.a;
  const value next = binary(t, opcode::ADD, s.a, s.b), left = next.empty() ? next : binary(t, opcode::SUB, s.c, value::small_int(1));
  if (left.empty() || !any_access::own(t, it)) return false;
  any_access::store(t, it, it->a, next);
  any_access::store(t, it, it->c, left);
  return true;
}

bool next_zip(thread_state& t, iterator_object* it, const state& s, value& out) {
  auto* list = s.a.as<list_object>();
  std::int64_t n = 0;
  if (!list_length<any_access>(t, list, n)) return false;
  if (n == 0) return finish(t, it);
  tuple_object* r = allocate_tuple(t, static_cast<std::size_t>(n));
  if (!r) return false;
  for (std::int64_t i = 0; i < n; ++i) {
    value source, item;
    if (!list_get<any_access>(t, list, i, source) || !iter_next(t, source, item)) return false;
    if (!item.empty()) {
      r->items()[i] = item;
      continue;
    }
    if (!finish(t, it)) return false;
    if (!s.b.is_true()) return true;
    if (i > 0) {
      raise(t, t.interp->errors.ValueError, i == 1 ? "zip() argument %lld is shorter than argument 1" : "zip() argument %lld is shorter than arguments 1-%lld",
            static_cast<long long>(i + 1), static_cast<long long>(i));
      return false;
    }
    for (std::int64_t k = 1; k < n; ++k) {
      if (!list_get<any_access>(t, list, k, source) || !iter_next(t, source, item)) return false;
      if (item.empty()) continue;
      raise(t, t.interp->errors.ValueError, k == 1 ? "zip() argument %lld is longer than argument 1" : "zip() argument %lld is longer than arguments 1-%lld",
            static_cast<long long>(k + 1), static_cast<long long>(k));
      return false;
    }
    return true;
  }
  out = value::of(r);
  return true;
}

bool next_map(thread_state& t, const state& s, value& out) {
  auto* list = s.b.as<list_object>();
  std::int64_t n = 0;
  if (!list_length<any_access>(t, list, n)) return false;
  value few[8];
  const value more = n > 8 ? make_list(t, static_cast<std::size_t>(n)) : value{};
  if (n > 8 && more.empty()) return false;
  for (std::int64_t i = 0; i < n; ++i) {
    value source, item;
    if (!list_get<any_access>(t, list, i, source) || !iter_next(t, source, item)) return false;
    if (item.empty()) return true;
    if (n <= 8) {
      few[i] = item;
    } else if (!list_append<any_access>(t, more.as<list_object>(), item)) {
      return false;
    }
  }
  if (n <= 8) {
    out = call(t, s.a, few, static_cast<std::size_t>(n));
  } else {
    const value args = list_to_tuple(t, more.as<list_object>());
    if (args.empty()) return false;
    out = call(t, s.a, args.as<tuple_object>()->items(), static_cast<std::size_t>(n));
  }
  return !out.empty();
}

bool next_filter(thread_state& t, const state& s, value& out) {
  for (value item;;) {
    if (!iter_next(t, s.b, item)) return false;
    if (item.empty()) return true;
    bool keep = false;
    const value verdict = s.a.is_none() ? item : call(t, s.a, &item, 1);
    if (verdict.empty() || !truth(t, verdict, keep)) return false;
    if (keep) {
      out = item;
      return true;
    }
  }
}

bool next_sequence(thread_state& t, iterator_object* it, const state& s, value& out) {
  out = getitem(t, s.a, s.b);
  if (!out.empty()) {
    const value after = binary(t, opcode::ADD, s.b, value::small_int(1));
    return !after.empty() && any_access::write(t, it, it->b, after);
  }
  if (!clear_exception(t, t.interp->errors.IndexError) && !clear_exception(t, t.interp->errors.StopIteration)) return false;
  return finish(t, it);
}

bool next_call(thread_state& t, iterator_object* it, const state& s, value& out) {
  const value r = call(t, s.a, nullptr, 0);
  if (r.empty()) return clear_exception(t, t.interp->errors.StopIteration) && finish(t, it);
  bool end = false;
  if (!equal(t, s.b, r, end)) return false;
  if (end) return finish(t, it);
  out = r;
  return true;
}

bool next_enumerate(thread_state& t, iterator_object* it, const state& s, value& out) {
  value item;
  if (!iter_next(t, s.a, item)) return false;
  if (item.empty()) return true;
  const value after = binary(t, opcode::ADD, s.b, value::small_int(1));
  if (after.empty() || !any_access::write(t, it, it->b, after)) return false;
  out = make_tuple(t, {s.b, item});
  return !out.empty();
}

}  // namespace

bool builtin_next(thread_state& t, iterator_object* it, value& out) {
  out = {};
  state s;
  if (!load_state(t, it, s)) return false;
  if (s.a.is_none() && it->which != iterator_kind::filter) return true;      // exhausted
  switch (it->which) {
    case iterator_kind::list:
    case iterator_kind::tuple:
    case iterator_kind::str:
    case iterator_kind::bytes: return next_indexed(t, it, s, out);
    case iterator_kind::list_reverse:
    case iterator_kind::reversed: return next_reverse(t, it, s, out);
    case iterator_kind::range: return next_range(t, it, s, out);
    case iterator_kind::dict_keys:
    case iterator_kind::dict_values:
    case iterator_kind::dict_items:
    case iterator_kind::dict_reverse_keys:
    case iterator_kind::dict_reverse_values:
    case iterator_kind::dict_reverse_items: return next_dict(t, it, s, out);
    case iterator_kind::set: return next_set(t, it, s, out);
    case iterator_kind::sequence: return next_sequence(t, it, s, out);
    case iterator_kind::callable: return next_call(t, it, s, out);
    case iterator_kind::enumerate: return next_enumerate(t, it, s, out);
    case iterator_kind::zip: return next_zip(t, it, s, out);
    case iterator_kind::map: return next_map(t, s, out);
    case iterator_kind::filter: return next_filter(t, s, out);
    case iterator_kind::async_send:
    case iterator_kind::async_throw:
    case iterator_kind::async_close:
    case iterator_kind::async_default: {
      value result;
      if (!resume_awaitable(t, it, value::none(), out, result)) return false;
      if (out.empty() && !result.is_none()) raise_stop_iteration(t, result);
      return t.why == signal::none;
    }
    default: break;
  }
  raise(t, t.interp->errors.TypeError, "'%s' object is not an iterator", type_name(t, value::of(it)).c_str());
  return false;
}

std::int64_t builtin_length_hint(thread_state& t, iterator_object* it) {
  state s;
  if (!load_state(t, it, s)) {
    t.why = signal::none;                                  // only a guess: a conflict shows again soon
    return 0;
  }
  if (!s.a.is_object() && it->which != iterator_kind::range) return 0;
  switch (it->which) {
    case iterator_kind::list:
    case iterator_kind::list_reverse: {
      std::int64_t n = 0;
      if (!is(s.a, kind::list) || !list_length<any_access>(t, s.a.as<list_object>(), n)) {
        t.why = signal::none;
        return 0;
      }
      const std::int64_t at = s.b.as_int();
      return it->which == iterator_kind::list ? std::max<std::int64_t>(n - at, 0) : at < n ? at + 1 : 0;
    }
    case iterator_kind::bytes: {
      std::int64_t n = 0;
      if (!bytes_length(t, s.a, n)) {
        t.why = signal::none;
        return 0;
      }
      return std::max<std::int64_t>(n - s.b.as_int(), 0);
    }
    case iterator_kind::tuple: return static_cast<std::int64_t>(s.a.as<tuple_object>()->length) - s.b.as_int();
    case iterator_kind::str: return s.a.as<string_object>()->length - s.b.as_int();
    case iterator_kind::range: return s.c.is_int() ? s.c.as_int() : 0;
    default: return 0;
  }
}

// ---- constructors ----

namespace {

value no_keywords(thread_state& t, type_object* cls) {
  return raise(t, t.interp->errors.TypeError, "%s() takes no keyword arguments", to_utf8(cls->name).c_str());
}

value iterators_of(thread_state& t, const call_args& a, std::uint32_t from) {
  const value list = make_list(t);
  if (list.empty()) return {};
  for (std::uint32_t i = from; i < a.npos; ++i) {
    const value it = get_iter(t, a[i]);
    if (it.empty() || !list_append<any_access>(t, list.as<list_object>(), it)) return {};
  }
  return list;
}

}  // namespace

value new_enumerate(thread_state& t, type_object* cls, const call_args& a) {
  value iterable = a.npos > 0 ? a[0] : value{}, start = a.npos > 1 ? a[1] : value{};
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    auto* word = const_cast<tuple_object*>(a.names)->items()[k].as<string_object>();
    if (equal(word, "start")) {
      start = a[a.npos + k];
    } else if (equal(word, "iterable")) {
      iterable = a[a.npos + k];
    } else {
      return raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for enumerate()", to_utf8(word).c_str());
    }
  }
  if (iterable.empty()) return raise(t, t.interp->errors.TypeError, "enumerate() missing required argument 'iterable'");
  if (a.npos > 2) return raise(t, t.interp->errors.TypeError, "enumerate() takes at most 2 arguments (%u given)", a.npos);
  if (!start.empty() && (start = index_of(t, start)).empty()) return {};
  const value it = get_iter(t, iterable);
  return it.empty() ? it : make_iterator(t, iterator_kind::enumerate, cls, it, start.empty() ? value::small_int(0) : start);
}

value new_zip(thread_state& t, type_object* cls, const call_args& a) {
  bool strict = false;
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    if (!equal(const_cast<tuple_object*>(a.names)->items()[k].as<string_object>(), "strict")) {
      return raise(t, t.interp->errors.TypeError, "zip() got an unexpected keyword argument");
    }
    if (!truth(t, a[a.npos + k], strict)) return {};
  }
  const value list = iterators_of(t, a, 0);
  return list.empty() ? list : make_iterator(t, iterator_kind::zip, cls, list, value::boolean(strict));
}

value new_map(thread_state& t, type_object* cls, const call_args& a) {
  if (a.nkw > 0) return no_keywords(t, cls);
  if (a.npos < 2) return raise(t, t.interp->errors.TypeError, "map() must have at least two arguments.");
  const value list = iterators_of(t, a, 1);
  return list.empty() ? list : make_iterator(t, iterator_kind::map, cls, a[0], list);
}

value new_filter(thread_state& t, type_object* cls, const call_args& a) {
  if (a.nkw > 0) return no_keywords(t, cls);
  if (a.npos != 2) return raise(t, t.interp->errors.TypeError, "filter expected 2 arguments, got %u", a.npos);
  const value it = get_iter(t, a[1]);
  return it.empty() ? it : make_iterator(t, iterator_kind::filter, cls, a[0], it);
}

value new_reversed(thread_state& t, type_object* cls, const call_args& a) {
  if (a.nkw > 0) return no_keywords(t, cls);
  if (a.npos != 1) return raise(t, t.interp->errors.TypeError, "reversed expected 1 argument, got %u", a.npos);
  const value v = a[0];
  const builtin_types& k = t.interp->types;
  bool found = false;
  const value made = call_script_method(t, v, t.interp->names.__reversed__, found);
  if (found) return made;
  const auto reverse_dict = [&](iterator_kind which, type_object* iterator_class, value d) {
    std::int64_t n = 0;
    if (!dict_length<any_access>(t, d.as<dict_object>(), n)) return value{};
    return make_iterator(t, which, iterator_class, d, value::small_int(INT32_MAX), value::small_int(n), value::small_int(n));
  };
  if (is(v, kind::range)) {
    auto* r = v.as<range_object>();
    if (r->length == value::small_int(0)) return make_iterator(t, iterator_kind::range, k.range_iterator, r->start, r->step, r->length, r->start);
    const value last = binary(t, opcode::SUB, r->length, value::small_int(1));
    const value span = last.empty() ? last : binary(t, opcode::MUL, last, r->step);
    const value first = span.empty() ? span : binary(t, opcode::ADD, r->start, span);
    const value step = first.empty() ? first : unary(t, opcode::NEG, r->step);
    return step.empty() ? step : make_iterator(t, iterator_kind::range, k.range_iterator, first, step, r->length, first);
  }
  if (is(v, kind::dict)) return reverse_dict(iterator_kind::dict_reverse_keys, k.dict_reverse_key_iterator, v);
  if (is_view(v)) {
    auto* view = v.as<iterator_object>();
    value d;
    if (!any_access::read(t, view, view->a, d)) return {};
    if (view->which == iterator_kind::keys_view) return reverse_dict(iterator_kind::dict_reverse_keys, k.dict_reverse_key_iterator, d);
    if (view->which == iterator_kind::values_view) return reverse_dict(iterator_kind::dict_reverse_values, k.dict_reverse_value_iterator, d);
    return reverse_dict(iterator_kind::dict_reverse_items, k.dict_reverse_item_iterator, d);
  }
  const bool sequence = is(v, kind::list) || is(v, kind::tuple) || is(v, kind::str) || is(v, kind::bytes) || is(v, kind::bytearray) ||
                        (scripted(t, v) && type_lookup(class_of(t, v), t.interp->names.__getitem__) &&
                         type_lookup(class_of(t, v), t.interp->names.__len__) && !is(v, kind::set) && !is(v, kind::frozenset));
  if (!sequence) return raise(t, t.interp->errors.TypeError, "'%s' object is not reversible", type_name(t, v).c_str());
  std::int64_t n = 0;
  if (!length(t, v, n)) return {};
  const bool list = is(v, kind::list) && !scripted(t, v);
  return make_iterator(t, list ? iterator_kind::list_reverse : iterator_kind::reversed, list ? k.list_reverse_iterator : cls, v,
                       value::small_int(n - 1));
}

}  // namespace gilt::interp
