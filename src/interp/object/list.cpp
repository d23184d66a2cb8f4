// SPDX-License-Identifier: BSL-1.0
#include "interp/object/list.hpp"

#include "interp/object/iterator.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/special.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

constexpr std::size_t largest = std::size_t{1} << 40;

// Copies raw items; the caller owns the source or is inside a section.
void copy_raw(storage_object* to, std::size_t at, storage_object* from, std::size_t begin, std::size_t end) {
  for (; begin < end; ++begin, ++at) to->items()[at].store(load(from->items()[begin]).bits, std::memory_order_relaxed);
}

value index_type_error(thread_state& t, const char* what, value key) {
  return raise(t, t.interp->errors.TypeError, "%s indices must be integers or slices, not %s", what,
               type_name(t, key).c_str());
}

}  // namespace

storage_object* make_storage(thread_state& t, std::size_t capacity) {
  if (capacity > largest) {
    raise_memory_error(t);
    return nullptr;
  }
  auto* s = t.alloc.make<storage_object>(t, t.interp->storage_shape, capacity * sizeof(slot));
  if (s) s->capacity = capacity;
  return s;
}

static list_object* allocate_list(thread_state& t, type_object* cls, storage_object* body, std::size_t n) {
  auto* l = t.alloc.make<list_object>(t, cls->root);
  if (!l) return nullptr;
  l->length.store(value::small_int(static_cast<std::int64_t>(n)).bits, std::memory_order_relaxed);
  l->body.store(reinterpret_cast<std::uint64_t>(body), std::memory_order_relaxed);
  return l;
}

value make_list(thread_state& t, std::size_t capacity) {
  storage_object* body = nullptr;
  if (capacity > 0 && !(body = make_storage(t, capacity))) return {};
  list_object* l = allocate_list(t, t.interp->types.list, body, 0);
  return l ? value::of(l) : value{};
}

value make_list(thread_state& t, const value* items, std::size_t n) {
  storage_object* body = nullptr;
  if (n > 0 && !(body = make_storage(t, n))) return {};
  for (std::size_t i = 0; i < n; ++i) body->items()[i].store(items[i].bits, std::memory_order_relaxed);
  list_object* l = allocate_list(t, t.interp->types.list, body, n);
  return l ? value::of(l) : value{};
}

static value list_from(thread_state& t, storage_object* body, std::int64_t n) {
  list_object* l = allocate_list(t, t.interp->types.list, body, static_cast<std::size_t>(n));
  return l ? value::of(l) : value{};
}

bool list_grow(thread_state& t, list_object* l, std::size_t at_least) {
  const auto n = static_cast<std::size_t>(raw_length(l));
  const std::size_t capacity = std::max<std::size_t>(at_least + (at_least >> 1), 4);
  storage_object* body = make_storage(t, capacity);
  if (!body) return false;
  if (storage_object* old = body_of(l)) copy_raw(body, 0, old, 0, n);
  any_access::store(t, l, l->body, value{reinterpret_cast<std::uint64_t>(body)});
  return true;
}

bool list_copy_out(thread_state& t, list_object* l, std::int64_t at, value* out, std::size_t& n) {
  const std::size_t wanted = n;
  return any_access::section(t, l, [&] {
    n = 0;
    storage_object* body = body_of(l);
    if (!body) return;
    const auto end = std::min(raw_length(l), static_cast<std::int64_t>(body->capacity));
    for (std::int64_t i = at; i < end && n < wanted; ++i) out[n++] = load(body->items()[i]);
  });
}

storage_object* list_snapshot(thread_state& t, list_object* l, std::int64_t& n) {
  for (;;) {
    std::int64_t expected = 0;
    if (!list_length<any_access>(t, l, expected)) return nullptr;
    storage_object* copy = make_storage(t, static_cast<std::size_t>(expected));
    if (!copy) return nullptr;
    bool fits = true;
    if (!any_access::section(t, l, [&] {
          storage_object* body = body_of(l);
          n = body ? std::min(raw_length(l), static_cast<std::int64_t>(body->capacity)) : 0;
          fits = n <= expected;
          if (fits && n > 0) copy_raw(copy, 0, body, 0, static_cast<std::size_t>(n));
        })) {
      return nullptr;
    }
    if (fits) {
      for (std::int64_t i = n; i < expected; ++i) copy->items()[i].store(0, std::memory_order_relaxed);
      return copy;
    }
  }
}

bool list_replace(thread_state& t, list_object* l, storage_object* body, std::int64_t n) {
  if (!any_access::own(t, l)) return false;
  any_access::store(t, l, l->body, value{reinterpret_cast<std::uint64_t>(body)});
  any_access::store(t, l, l->length, value::small_int(n));
  return true;
}

value list_getitem(thread_state& t, list_object* l, value key) {
  if (is(key, kind::slice)) {
    std::int64_t n = 0, start = 0, stop = 0, step = 0, count = 0;
    if (!list_length<any_access>(t, l, n) || !slice_bounds(t, key.as<slice_object>(), n, start, stop, step, count)) return {};
    if (count == 0) return make_list(t);
    storage_object* body = make_storage(t, static_cast<std::size_t>(count));
    if (!body) return {};
    std::int64_t got = 0;
    if (!any_access::section(t, l, [&] {
          got = 0;
          storage_object* from = body_of(l);
          if (!from) return;
          const std::int64_t end = std::min(raw_length(l), static_cast<std::int64_t>(from->capacity));
          for (std::int64_t i = start; got < count && i >= 0 && i < end; i += step) {
            body->items()[got++].store(load(from->items()[i]).bits, std::memory_order_relaxed);
          }
        })) {
      return {};
    }
    for (std::int64_t i = got; i < count; ++i) body->items()[i].store(0, std::memory_order_relaxed);
    return list_from(t, body, got);
  }
  std::int64_t i = 0;
  if (key.is_int()) {
    i = key.as_int();
  } else if (has_index(t, key)) {
    if (!to_index(t, key, i)) return {};
  } else {
    return index_type_error(t, "list", key);
  }
  value out;
  if (!list_get<any_access>(t, l, i, out)) return {};
  if (out.empty()) return raise(t, t.interp->errors.IndexError, "list index out of range");
  return out;
}

// l[start : start+removed] = items, all at once. The list is owned.
static bool splice(thread_state& t, list_object* l, std::int64_t start, std::int64_t removed, storage_object* items,
                   std::int64_t added) {
  const std::int64_t n = raw_length(l);
  start = std::min(start, n);
  removed = std::min(removed, n - start);
  const std::int64_t after = n - removed + added;
  storage_object* body = make_storage(t, static_cast<std::size_t>(after + (after >> 3)));
  if (!body) return false;
  storage_object* old = body_of(l);
  const auto s = static_cast<std::size_t>(start), a = static_cast<std::size_t>(added);
  if (old) copy_raw(body, 0, old, 0, s);
  if (added > 0) copy_raw(body, s, items, 0, a);
  if (old) copy_raw(body, s + a, old, s + static_cast<std::size_t>(removed), static_cast<std::size_t>(n));
  return list_replace(t, l, body, after);
}

bool list_setitem(thread_state& t, list_object* l, value key, value item) {
  if (is(key, kind::slice)) {
    const value source = make_list(t);
    if (source.empty()) return false;
    if (!is(item, kind::list) && !is(item, kind::tuple)) {
      const value it = get_iter(t, item);
      if (it.empty()) {
        if (t.why == signal::exception && clear_exception(t, t.interp->errors.TypeError)) {
          raise(t, t.interp->errors.TypeError, "can only assign an iterable");
        }
        return false;
      }
      if (!list_extend(t, source.as<list_object>(), it)) return false;
    } else if (!list_extend(t, source.as<list_object>(), item)) {
      return false;
    }
    std::int64_t n = 0, start = 0, stop = 0, step = 0, count = 0;
    if (!list_length<any_access>(t, l, n) || !slice_bounds(t, key.as<slice_object>(), n, start, stop, step, count)) return false;
    storage_object* from = body_of(source.as<list_object>());
    const std::int64_t added = raw_length(source.as<list_object>());
    if (!any_access::own(t, l)) return false;
    if (step == 1) return splice(t, l, start, count, from, added);
    if (added != count) {
      raise(t, t.interp->errors.ValueError,
            "attempt to assign sequence of size %lld to extended slice of size %lld", static_cast<long long>(added),
            static_cast<long long>(count));
      return false;
    }
    const std::int64_t now = raw_length(l);
    for (std::int64_t k = 0, i = start; k < count && i < now; ++k, i += step) {
      any_access::store(t, l, body_of(l)->items()[i], load(from->items()[k]));
    }
    return true;
  }
  std::int64_t i = 0;
  if (key.is_int()) {
    i = key.as_int();
  } else if (has_index(t, key)) {
    if (!to_index(t, key, i)) return false;
  } else {
    return !index_type_error(t, "list", key).empty();
  }
  bool found = false;
  if (!list_set<any_access>(t, l, i, item, found)) return false;
  if (!found) raise(t, t.interp->errors.IndexError, "list assignment index out of range");
  return found;
}

bool list_delitem(thread_state& t, list_object* l, value key) {
  if (is(key, kind::slice)) {
    std::int64_t n = 0, start = 0, stop = 0, step = 0, count = 0;
    if (!list_length<any_access>(t, l, n) || !slice_bounds(t, key.as<slice_object>(), n, start, stop, step, count)) return false;
    if (count == 0) return true;
    if (!any_access::own(t, l)) return false;
    if (step == 1) return splice(t, l, start, count, nullptr, 0);
    if (step < 0) {                                        // the same places in rising order
      start += (count - 1) * step;
      step = -step;
    }
    n = raw_length(l);
    storage_object* old = body_of(l);
    storage_object* body = make_storage(t, static_cast<std::size_t>(n));
    if (!body) return false;
    std::int64_t kept = 0, next = start, left = count;
    for (std::int64_t i = 0; i < n; ++i) {
      if (left > 0 && i == next) {
        next += step;
        --left;
      } else {
        body->items()[kept++].store(load(old->items()[i]).bits, std::memory_order_relaxed);
      }
    }
    return list_replace(t, l, body, kept);
  }
  std::int64_t i = 0;
  if (key.is_int()) {
    i = key.as_int();
  } else if (has_index(t, key)) {
    if (!to_index(t, key, i)) return false;
  } else {
    return !index_type_error(t, "list", key).empty();
  }
  if (!any_access::own(t, l)) return false;
  const std::int64_t n = raw_length(l);
  if (i < 0) i += n;
  if (i < 0 || i >= n) {
    raise(t, t.interp->errors.IndexError, "list assignment index out of range");
    return false;
  }
  return !list_pop(t, l, i).empty();
}

bool list_extend(thread_state& t, list_object* l, value iterable) {
  if ((is(iterable, kind::list) || is(iterable, kind::tuple)) && !scripted(t, iterable)) {
    std::int64_t n = 0;
    storage_object* copy = nullptr;
    value* direct = nullptr;
    if (is(iterable, kind::tuple)) {
      direct = iterable.as<tuple_object>()->items();
      n = static_cast<std::int64_t>(iterable.as<tuple_object>()->length);
    } else if (!(copy = list_snapshot(t, iterable.as<list_object>(), n))) {
      return false;
    }
    if (n == 0) return true;
    if (!any_access::own(t, l)) return false;
    const std::int64_t at = raw_length(l);
    storage_object* body = body_of(l);
    if (!body || static_cast<std::uint64_t>(at + n) > body->capacity) {
      if (!list_grow(t, l, static_cast<std::size_t>(at + n))) return false;
      body = body_of(l);
    }
    for (std::int64_t i = 0; i < n; ++i) {
      any_access::store(t, l, body->items()[at + i], direct ? direct[i] : load(copy->items()[i]));
    }
    any_access::store(t, l, l->length, value::small_int(at + n));
    return true;
  }
  const value it = get_iter(t, iterable);
  if (it.empty()) return false;
  for (value item;;) {
    if (!iter_next(t, it, item)) return false;
    if (item.empty()) return true;
    if (!list_append<any_access>(t, l, item)) return false;
  }
}

bool list_insert(thread_state& t, list_object* l, std::int64_t at, value item) {
  if (!any_access::own(t, l)) return false;
  const std::int64_t n = raw_length(l);
  if (at < 0) at = std::max<std::int64_t>(at + n, 0);
  at = std::min(at, n);
  storage_object* body = body_of(l);
  if (!body || static_cast<std::uint64_t>(n) >= body->capacity) {
    if (!list_grow(t, l, static_cast<std::size_t>(n) + 1)) return false;
    body = body_of(l);
  }
  for (std::int64_t i = n; i > at; --i) any_access::store(t, l, body->items()[i], load(body->items()[i - 1]));
  any_access::store(t, l, body->items()[at], item);
  any_access::store(t, l, l->length, value::small_int(n + 1));
  return true;
}

value list_pop(thread_state& t, list_object* l, std::int64_t at) {
  if (!any_access::own(t, l)) return {};
  const std::int64_t n = raw_length(l);
  if (n == 0) return raise(t, t.interp->errors.IndexError, "pop from empty list");
  if (at < 0) at += n;
  if (at < 0 || at >= n) return raise(t, t.interp->errors.IndexError, "pop index out of range");
  storage_object* body = body_of(l);
  const value out = load(body->items()[at]);
  for (std::int64_t i = at; i + 1 < n; ++i) any_access::store(t, l, body->items()[i], load(body->items()[i + 1]));
  any_access::store(t, l, body->items()[n - 1], {});
  any_access::store(t, l, l->length, value::small_int(n - 1));
  return out;
}

value list_concat(thread_state& t, list_object* a, list_object* b) {
  std::int64_t n = 0, m = 0;
  storage_object* x = list_snapshot(t, a, n);
  storage_object* y = x ? list_snapshot(t, b, m) : nullptr;
  storage_object* body = y ? make_storage(t, static_cast<std::size_t>(n + m)) : nullptr;
  if (!body) return {};
  copy_raw(body, 0, x, 0, static_cast<std::size_t>(n));
  copy_raw(body, static_cast<std::size_t>(n), y, 0, static_cast<std::size_t>(m));
  return list_from(t, body, n + m);
}

value list_repeat(thread_state& t, list_object* l, std::int64_t times) {
  std::int64_t n = 0;
  storage_object* once = list_snapshot(t, l, n);
  if (!once) return {};
  if (times <= 0 || n == 0) return make_list(t);
  if (static_cast<std::uint64_t>(n) > largest / static_cast<std::uint64_t>(times)) {
    raise_memory_error(t);
    return {};
  }
  storage_object* body = make_storage(t, static_cast<std::size_t>(n * times));
  if (!body) return {};
  for (std::int64_t k = 0; k < times; ++k) {
    copy_raw(body, static_cast<std::size_t>(k * n), once, 0, static_cast<std::size_t>(n));
  }
  return list_from(t, body, n * times);
}

value list_compare(thread_state& t, opcode op, list_object* a, list_object* b) {
  nesting deep(t);
  if (!deep.fine(" in comparison")) return {};
  std::int64_t n = 0, m = 0;
  if (!list_length<any_access>(t, a, n) || !list_length<any_access>(t, b, m)) return {};
  if (n != m && (op == opcode::EQ || op == opcode::NE)) return value::boolean(op == opcode::NE);
  return compare_sequences(
      t, op,
      [&](std::int64_t i, value& x, value& y) {
        return list_get<any_access>(t, a, i, x) && list_get<any_access>(t, b, i, y);
      });
}

bool list_contains(thread_state& t, list_object* l, value item, bool& out) {
  out = false;
  for (std::int64_t i = 0;; ++i) {
    value there;
    if (!list_get<any_access>(t, l, i, there)) return false;
    if (there.empty()) return true;
    if (!equal(t, there, item, out)) return false;
    if (out) return true;
  }
}

value list_repr(thread_state& t, list_object* l) {
  nesting deep(t);
  if (!deep.fine(" while getting the repr of an object")) return {};
  const being_shown guard(t, value::of(l));
  if (guard.already()) return make_string(t, "[...]");
  std::string s = "[";
  for (std::int64_t i = 0;; ++i) {
    value item;
    if (!list_get<any_access>(t, l, i, item)) return {};
    if (item.empty()) break;
    if (i > 0) s += ", ";
    if (!append_repr(t, item, s)) return {};
  }
  return make_string(t, s + "]");
}

value list_to_tuple(thread_state& t, list_object* l) {
  std::int64_t n = 0;
  storage_object* copy = list_snapshot(t, l, n);
  if (copy && n == 0) return t.interp->empty_tuple;
  tuple_object* r = copy ? allocate_tuple(t, static_cast<std::size_t>(n)) : nullptr;
  if (!r) return {};
  for (std::int64_t i = 0; i < n; ++i) r->items()[i] = load(copy->items()[i]);
  return value::of(r);
}

value new_list(thread_state& t, type_object* cls, const call_args& a) {
  list_object* l = allocate_list(t, cls, nullptr, 0);
  if (!l) return {};
  if (a.nkw > 0 && (cls->flags & (flag_custom_init | flag_custom_new)) == 0) return raise(t, t.interp->errors.TypeError, "list() takes no keyword arguments");
  if ((cls->flags & flag_custom_init) != 0) return value::of(l);    // its __init__ fills it
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "list expected at most 1 argument, got %u", a.npos);
  if (a.npos == 1 && !list_extend(t, l, a[0])) return {};
  return value::of(l);
}

}  // namespace gilt::interp
