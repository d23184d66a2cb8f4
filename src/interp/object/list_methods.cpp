// SPDX-License-Identifier: BSL-1.0
// list_methods: among them sort, a stable merge sort over keys extracted first. It works on fresh
// storages and replaces the list's content at the end, so an abort in the middle leaves nothing
// behind; while it runs the list is empty, as under CPython.
//
// Source: Knuth, TAOCP vol. 3, 5.2.4 (natural merge); runs shorter than 16 are extended by binary
// insertion (Peters, "listsort.txt", CPython).
#include "interp/object/list_methods.hpp"

#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

list_object* self(const call_args& a) { return a[0].as<list_object>(); }
value done(bool fine) { return fine ? value::none() : value{}; }

value append(thread_state& t, const call_args& a) { return done(list_append<any_access>(t, self(a), a[1])); }
value extend(thread_state& t, const call_args& a) { return done(list_extend(t, self(a), a[1])); }
value insert(thread_state& t, const call_args& a) {
  std::int64_t at = 0;
  return to_int64_clamped(t, a[1], at) ? done(list_insert(t, self(a), at, a[2])) : value{};
}
value pop(thread_state& t, const call_args& a) {
  std::int64_t at = -1;
  if (a.npos > 1 && !to_index(t, a[1], at)) return {};
  return list_pop(t, self(a), at);
}
value clear(thread_state& t, const call_args& a) { return done(list_replace(t, self(a), nullptr, 0)); }
value copy(thread_state& t, const call_args& a) {
  const value r = make_list(t);
  return !r.empty() && list_extend(t, r.as<list_object>(), a[0]) ? r : value{};
}

value remove(thread_state& t, const call_args& a) {
  list_object* l = self(a);
  for (std::int64_t i = 0;; ++i) {
    value there;
    bool same = false;
    if (!list_get<any_access>(t, l, i, there)) return {};
    if (there.empty()) return raise(t, t.interp->errors.ValueError, "list.remove(x): x not in list");
    if (!equal(t, there, a[1], same)) return {};
    if (same) return list_pop(t, l, i).empty() ? value{} : value::none();
  }
}

value index(thread_state& t, const call_args& a) {
  list_object* l = self(a);
  std::int64_t from = 0, to = INT64_MAX, n = 0;
  for (std::uint32_t k = 2; k < a.npos; ++k) {
    if (!is_integer(a[k]) && !has_index(t, a[k]))
      return raise(t, t.interp->errors.TypeError, "slice indices must be integers or have an __index__ method");
    if (!to_int64_clamped(t, a[k], k == 2 ? from : to)) return {};
  }
  if (!list_length<any_access>(t, l, n)) return {};
  if (from < 0) from = std::max<std::int64_t>(from + n, 0);
  if (to < 0) to += n;
  for (std::int64_t i = from; i < to; ++i) {
    value there;
    bool same = false;
    if (!list_get<any_access>(t, l, i, there)) return {};
    if (there.empty()) break;
    if (!equal(t, there, a[1], same)) return {};
    if (same) return value::small_int(i);
  }
  std::string shown;
  if (!append_repr(t, a[1], shown)) return {};
  return raise(t, t.interp->errors.ValueError, shown + " is not in list");
}

value count(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  for (std::int64_t i = 0;; ++i) {
    value there;
    bool same = false;
    if (!list_get<any_access>(t, self(a), i, there)) return {};
    if (there.empty()) return value::small_int(n);
    if (!equal(t, there, a[1], same)) return {};
    n += same ? 1 : 0;
  }
}

void turn_around(storage_object* s, std::int64_t n) {
  for (std::int64_t i = 0, k = n - 1; i < k; ++i, --k) {
    const value x = load(s->items()[i]);
    raw_store(s->items()[i], load(s->items()[k]));
    raw_store(s->items()[k], x);
  }
}

value reverse(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  if (!any_access::own(t, self(a))) return {};
  storage_object* s = list_snapshot(t, self(a), n);
  if (!s) return {};
  turn_around(s, n);
  return done(list_replace(t, self(a), s, n));
}

// ---- sorting ----

enum class key_kind : std::uint8_t { ints, reals, strings, any };

// Items and keys move together; keys == items where there is no key function. Both are fresh
// storages, so plain stores do.
class sorter {
 public:
  sorter(thread_state& t, storage_object* items, storage_object* keys, std::int64_t n)
      : t_(t), items_(items), keys_(keys), n_(n), what_(classify()) {}

  // False: a comparison failed. The items are then in some order, none lost.
  bool run() {
    constexpr std::int64_t shortest_run = 16;
    std::vector<std::int64_t> starts;
    for (std::int64_t at = 0; at < n_;) {
      starts.push_back(at);
      std::int64_t end = 0;
      if (!natural_run(at, end)) return false;
      const std::int64_t wanted = std::min(n_, at + shortest_run);
      for (; end < wanted; ++end) {
        if (!insert_into(at, end)) return false;
      }
      at = end;
    }
    starts.push_back(n_);
    if (starts.size() <= 2) return true;
    spare_items_ = make_storage(t_, static_cast<std::size_t>(n_));
    spare_keys_ = keys_ == items_ ? spare_items_ : spare_items_ ? make_storage(t_, static_cast<std::size_t>(n_)) : nullptr;
    if (!spare_keys_) return false;
    while (starts.size() > 2) {
      std::vector<std::int64_t> next;
      for (std::size_t i = 0; i + 1 < starts.size(); i += 2) {
        next.push_back(starts[i]);
        if (i + 2 < starts.size() && !merge(starts[i], starts[i + 1], starts[i + 2])) return false;
      }
      next.push_back(n_);
      starts = std::move(next);
    }
    return true;
  }

 private:
  value key(std::int64_t i) const { return {keys_->items()[i].load(std::memory_order_relaxed)}; }
  value item(std::int64_t i) const { return {items_->items()[i].load(std::memory_order_relaxed)}; }
  static void put(storage_object* s, std::int64_t i, value v) { s->items()[i].store(v.bits, std::memory_order_relaxed); }

  key_kind classify() const {
    bool ints = true, reals = true, strings = true;
    for (std::int64_t i = 0; i < n_ && (ints || reals || strings); ++i) {
      const value k = key(i);
      ints = ints && k.is_int();
      reals = reals && k.is_double();
      strings = strings && k.is_object() && k.as_object()->shape_relaxed() == t_.interp->string_shape;
    }
    return ints ? key_kind::ints : reals ? key_kind::reals : strings ? key_kind::strings : key_kind::any;
  }

  bool less(value a, value b, bool& out) {
    switch (what_) {
      case key_kind::ints: out = a.as_int() < b.as_int(); return true;
      case key_kind::reals: out = a.as_double() < b.as_double(); return true;
      case key_kind::strings: out = compare(a.as<string_object>(), b.as<string_object>()) < 0; return true;
      default: return compare_bool(t_, opcode::LT, a, b, out);
    }
  }

  // The longest run from `at`, ascending, or strictly descending and then turned around.
  bool natural_run(std::int64_t at, std::int64_t& end) {
    end = at + 1;
    if (end == n_) return true;
    bool down = false, x = false;
    if (!less(key(end), key(at), down)) return false;
    for (++end; end < n_; ++end) {
      if (!less(key(end), key(end - 1), x)) return false;
      if (x != down) break;
    }
    if (down) {
      for (std::int64_t i = at, k = end - 1; i < k; ++i, --k) swap(i, k);
    }
    return true;
  }
  void swap(std::int64_t i, std::int64_t k) {
    const value a = item(i), x = key(i), b = item(k), y = key(k);
    put(items_, i, b);
    put(items_, k, a);
    if (keys_ != items_) {
      put(keys_, i, y);
      put(keys_, k, x);
    }
  }
  // [begin, at) is sorted: puts item `at` in its place, after its equals.
  bool insert_into(std::int64_t begin, std::int64_t at) {
    const value k = key(at), v = item(at);
    std::int64_t low = begin, high = at;
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      bool before = false;
      if (!less(k, key(middle), before)) return false;
      (before ? high : low) = before ? middle : middle + 1;
    }
    for (std::int64_t i = at; i > low; --i) {
      put(items_, i, item(i - 1));
      if (keys_ != items_) put(keys_, i, key(i - 1));
    }
    put(items_, low, v);
    if (keys_ != items_) put(keys_, low, k);
    return true;
  }
  bool merge(std::int64_t begin, std::int64_t middle, std::int64_t end) {
    bool out_of_order = false;
    if (!less(key(middle), key(middle - 1), out_of_order)) return false;
    if (!out_of_order) return true;
    // The left half moves aside; the merged front never overtakes the right half's.
    const std::int64_t left = middle - begin;
    for (std::int64_t i = 0; i < left; ++i) {
      put(spare_items_, i, item(begin + i));
      if (keys_ != items_) put(spare_keys_, i, key(begin + i));
    }
    std::int64_t i = 0, k = middle, to = begin;
    bool fine = true;
    while (i < left && k < end) {
      bool right_first = false;
      const value x{spare_keys_->items()[i].load(std::memory_order_relaxed)};
      if (!(fine = less(key(k), x, right_first))) break;
      if (right_first) {
        const value v = item(k), w = key(k);
        put(items_, to, v);
        if (keys_ != items_) put(keys_, to, w);
        ++k;
      } else {
        put_spare(i++, to);
      }
      ++to;
    }
    while (i < left) put_spare(i++, to++);
    return fine;
  }
  void put_spare(std::int64_t i, std::int64_t to) {
    put(items_, to, {spare_items_->items()[i].load(std::memory_order_relaxed)});
    if (keys_ != items_) put(keys_, to, {spare_keys_->items()[i].load(std::memory_order_relaxed)});
  }

  thread_state& t_;
  storage_object* items_;
  storage_object* keys_;
  storage_object* spare_items_ = nullptr;
  storage_object* spare_keys_ = nullptr;
  std::int64_t n_;
  key_kind what_;
};

bool sort_arguments(thread_state& t, const call_args& a, value& key, bool& reverse) {
  if (a.npos > 1) {
    raise(t, t.interp->errors.TypeError, "sort() takes no positional arguments");
    return false;
  }
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    auto* word = const_cast<tuple_object*>(a.names)->items()[k].as<string_object>();
    const value given = a[a.npos + k];
    if (equal(word, "key")) {
      key = given.is_none() ? value{} : given;
    } else if (equal(word, "reverse")) {
      if (!is_integer(given) && !has_index(t, given)) {
        raise(t, t.interp->errors.TypeError, "'%s' object cannot be interpreted as an integer", type_name(t, given).c_str());
        return false;
      }
      if (!truth(t, given, reverse)) return false;
    } else {
      raise(t, t.interp->errors.TypeError, "'%s' is an invalid keyword argument for sort()", to_utf8(word).c_str());
      return false;
    }
  }
  return true;
}

constexpr native_definition table[] = {
    {"append", append, 2, 2, false}, {"extend", extend, 2, 2, false}, {"insert", insert, 3, 3, false},
    {"pop", pop, 1, 2, false},       {"clear", clear, 1, 1, false},   {"copy", copy, 1, 1, false},
    {"remove", remove, 2, 2, false}, {"index", index, 2, 4, false},   {"count", count, 2, 2, false},
    {"reverse", reverse, 1, 1, false}, {"sort", list_sort, 1, -1, true},
};

}  // namespace

value list_sort(thread_state& t, const call_args& a) {
  value key;
  bool reverse = false;
  if (!sort_arguments(t, a, key, reverse)) return {};
  list_object* l = self(a);
  std::int64_t n = 0;
  if (!any_access::own(t, l)) return {};
  storage_object* items = list_snapshot(t, l, n);
  if (!items) return {};
  if (n < 2 && key.empty()) return value::none();
  // Empty while it is being sorted, so that what the functions called do to it can be seen.
  if (!list_replace(t, l, nullptr, 0)) return {};
  storage_object* keys = items;
  bool fine = true;
  if (!key.empty()) {
    keys = make_storage(t, static_cast<std::size_t>(n));
    fine = keys != nullptr;
    for (std::int64_t i = 0; fine && i < n; ++i) {
      const value v = load(items->items()[i]);
      const value k = call(t, key, &v, 1);
      fine = !k.empty();
      if (fine) raw_store(keys->items()[i], k);
    }
  }
  if (fine) {
    // Reversing before and after keeps equal items in their order.
    if (reverse) turn_around(items, n);
    if (reverse && keys != items) turn_around(keys, n);
    fine = sorter(t, items, keys, n).run();
    if (reverse) turn_around(items, n);
  }
  if (!fine && t.why != signal::exception) return {};
  const value raised = fine ? value{} : t.exception;
  if (!any_access::own(t, l)) return {};
  const bool touched = raw_length(l) != 0 || body_of(l) != nullptr;
  if (!list_replace(t, l, items, n)) return {};
  if (!fine) return raise_object(t, raised);
  if (touched) return raise(t, t.interp->errors.ValueError, "list modified during sort");
  return value::none();
}

std::span<const native_definition> list_methods() { return table; }

}  // namespace gilt::interp
