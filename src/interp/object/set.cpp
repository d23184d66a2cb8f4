// SPDX-License-Identifier: BSL-1.0
#include "interp/object/set.hpp"

#include <cstring>

#include "interp/object/operations.hpp"
#include "interp/object/quick_equal.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

constexpr std::uint64_t smallest = 8;
constexpr std::uint64_t neighbours = 9;
constexpr std::uint64_t largest_table = std::uint64_t{1} << 31;

set_body* body_of(const dict_object* s) { return reinterpret_cast<set_body*>(s->body.load(std::memory_order_acquire)); }
std::uint64_t fill_of(const set_body* b) { return b->fill.load(std::memory_order_acquire); }
bool live(value key) { return !key.empty() && key != set_removed; }

set_body* make_body(thread_state& t, std::uint64_t positions) {
  if (positions > largest_table) {
    raise_memory_error(t);
    return nullptr;
  }
  auto* b = t.alloc.make<set_body>(t, t.interp->set_body_shape, positions * sizeof(set_entry));
  if (b) b->mask = static_cast<std::uint32_t>(positions - 1);
  return b;
}

// Walks the positions a key with this hash may have; visit(i) returns true to stop. Bounded.
template <class Visit>
void probe(std::uint64_t mask, std::uint64_t hash, Visit&& visit) {
  std::uint64_t perturb = hash, i = hash & mask;
  for (std::uint64_t step = 0; step <= mask + 16; ++step) {
    const std::uint64_t last = i + neighbours <= mask ? i + neighbours : i;
    for (std::uint64_t k = i; k <= last; ++k) {
      if (visit(k)) return;
    }
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

// Into a fresh body without removed marks that does not have the key.
void insert_clean(set_body* b, value hash, value key) {
  probe(b->mask, hash.bits, [&](std::uint64_t i) {
    set_entry& e = b->entries()[i];
    if (e.key.load(std::memory_order_relaxed) != 0) return false;
    e.hash.store(hash.bits, std::memory_order_relaxed);
    e.key.store(key.bits, std::memory_order_relaxed);
    return true;
  });
}

// A table for more than `wanted` keys, with what `s` has. The set is owned.
bool resize(thread_state& t, dict_object* s, std::uint64_t wanted) {
  std::uint64_t n = smallest;
  while (n <= wanted) n *= 2;
  set_body* b = make_body(t, n);
  if (!b) return false;
  if (set_body* old = body_of(s)) {
    for (std::uint64_t i = 0; i <= old->mask; ++i) {
      set_entry& e = old->entries()[i];
      if (live(load(e.key))) insert_clean(b, load(e.hash), load(e.key));
    }
  }
  b->fill.store(static_cast<std::uint64_t>(load(s->length).as_int()), std::memory_order_relaxed);
  any_access::store(t, s, s->body, value{reinterpret_cast<std::uint64_t>(b)});
  return true;
}

struct place {
  set_body* body = nullptr;
  std::int64_t found = -1;
  std::uint64_t unused = 0;                   // where it would go
};

// As dict_find; script code may run.
bool find(thread_state& t, dict_object* s, value key, std::uint64_t hash, place& out) {
  struct answer { set_body* body; std::uint64_t i; value key; bool equal; };
  std::vector<answer> told;
  for (;;) {
    value asked;
    std::uint64_t asked_at = 0;
    if (!any_access::section(t, s, [&] {
          out = {};
          asked = {};
          set_body* b = body_of(s);
          out.body = b;
          if (!b) return;
          probe(b->mask, hash, [&](std::uint64_t i) {
            set_entry& e = b->entries()[i];
            const value there = load(e.key);
            if (there.empty()) {
              out.unused = i;
              return true;
            }
            if (there == set_removed || load(e.hash).bits != hash) return false;
            quick_answer a = quick_equal(t, there, key);
            for (const answer& x : told) {
              if (a == quick_answer::ask && x.body == b && x.i == i && x.key == there) a = x.equal ? quick_answer::yes : quick_answer::no;
            }
            if (a == quick_answer::ask) {
              asked = there;
              asked_at = i;
              return true;
            }
            if (a == quick_answer::yes) out.found = static_cast<std::int64_t>(i);
            return a == quick_answer::yes;
          });
        })) {
      return false;
    }
    if (asked.empty()) return true;
    bool eq = false;
    set_body* b = out.body;
    if (!equal(t, asked, key, eq)) return false;
    told.push_back({b, asked_at, asked, eq});
  }
}

bool add_hashed(thread_state& t, dict_object* s, value key, std::uint64_t hash) {
  place p;
  if (!any_access::own(t, s) || !find(t, s, key, hash, p) || !any_access::own(t, s)) return false;
  if (p.found >= 0) return true;
  if (!p.body) {
    if (!resize(t, s, 0)) return false;
    p.body = body_of(s);
    p.unused = hash & p.body->mask;
  }
  set_body* b = p.body;
  const std::uint64_t fill = fill_of(b) + 1;
  const std::int64_t n = load(s->length).as_int() + 1;
  any_access::store(t, s, b->entries()[p.unused].hash, value{hash});
  any_access::store(t, s, b->entries()[p.unused].key, key);
  any_access::store(t, s, b->fill, value{fill});
  any_access::store(t, s, s->length, value::small_int(n));
  if (fill * 5 < std::uint64_t{b->mask} * 3) return true;
  return resize(t, s, static_cast<std::uint64_t>(n > 50000 ? n * 2 : n * 4));
}

dict_object* allocate(thread_state& t, type_object* cls) {
  auto* s = t.alloc.make<dict_object>(t, cls->root);
  if (s) s->length.store(value::small_int(0).bits, std::memory_order_relaxed);
  return s;
}

type_object* base_class(const thread_state& t, const dict_object* s) {
  return s->what() == kind::set ? t.interp->types.set : t.interp->types.frozenset;
}

// Room for `more` keys, as CPython makes it before a merge.
bool prepare_merge(thread_state& t, dict_object* s, std::int64_t more) {
  if (!any_access::own(t, s)) return false;
  set_body* b = body_of(s);
  const std::uint64_t mask = b ? b->mask : smallest - 1, fill = b ? fill_of(b) : 0;
  if ((fill + static_cast<std::uint64_t>(more)) * 5 < mask * 3) return true;
  return resize(t, s, static_cast<std::uint64_t>(load(s->length).as_int() + more) * 2);
}

// Position by position, as of one moment, into a fresh table of the same size where CPython would.
bool copy_into_fresh(thread_state& t, dict_object* to, dict_object* from) {
  for (;;) {
    std::int64_t expected = 0;
    if (!set_length(t, from, expected)) return false;
    if (expected == 0) return true;
    if (!prepare_merge(t, to, expected)) return false;
    if (!body_of(to) && !resize(t, to, 0)) return false;
    set_body* b = body_of(to);
    bool fits = true;
    std::uint64_t n = 0;
    if (!any_access::section(t, from, [&] {
          n = 0;
          fits = true;
          std::memset(static_cast<void*>(b->entries()), 0, (std::size_t{b->mask} + 1) * sizeof(set_entry));
          set_body* source = body_of(from);
          if (!source) return;
          const bool same = source->mask == b->mask && fill_of(source) == static_cast<std::uint64_t>(load(from->length).as_int());
          for (std::uint64_t i = 0; i <= source->mask; ++i) {
            set_entry& e = source->entries()[i];
            const value key = load(e.key);
            if (!live(key)) continue;
            if (n == static_cast<std::uint64_t>(expected)) {
              fits = false;
              return;
            }
            ++n;
            if (same) {
              b->entries()[i].hash.store(load(e.hash).bits, std::memory_order_relaxed);
              b->entries()[i].key.store(key.bits, std::memory_order_relaxed);
            } else {
              insert_clean(b, load(e.hash), key);
            }
          }
        })) {
      return false;
    }
    if (!fits) continue;
    b->fill.store(n, std::memory_order_relaxed);
    any_access::store(t, to, to->length, value::small_int(static_cast<std::int64_t>(n)));
    return true;
  }
}

}  // namespace

value make_set(thread_state& t) {
  dict_object* s = allocate(t, t.interp->types.set);
  return s ? value::of(s) : value{};
}

value make_frozenset(thread_state& t, value iterable) {
  if (is(iterable, kind::frozenset) && is_exact(iterable.as_object(), t.interp->types.frozenset)) return iterable;
  dict_object* s = allocate(t, t.interp->types.frozenset);
  if (!s || (!iterable.empty() && !set_update(t, s, iterable))) return {};
  return value::of(s);
}

bool set_add(thread_state& t, dict_object* s, value key) {
  std::uint64_t h;
  return hash(t, key, h) && add_hashed(t, s, key, h);
}

bool set_contains(thread_state& t, dict_object* s, value key, bool& out) {
  std::uint64_t h;
  place p;
  if (!hash(t, key, h) || !find(t, s, key, h, p)) return false;
  out = p.found >= 0;
  return true;
}

static bool discard_hashed(thread_state& t, dict_object* s, value key, std::uint64_t h, bool& found) {
  place p;
  if (!find(t, s, key, h, p)) return false;
  found = p.found >= 0;
  if (!found) return true;
  if (!any_access::own(t, s) || !find(t, s, key, h, p) || !any_access::own(t, s)) return false;
  found = p.found >= 0;
  if (!found) return true;
  any_access::store(t, s, p.body->entries()[p.found].key, set_removed);
  any_access::store(t, s, p.body->entries()[p.found].hash, value{~std::uint64_t{0}});
  any_access::store(t, s, s->length, value::small_int(load(s->length).as_int() - 1));
  return true;
}

bool set_discard(thread_state& t, dict_object* s, value key, bool& found) {
  std::uint64_t h;
  return hash(t, key, h) && discard_hashed(t, s, key, h, found);
}

bool set_pop(thread_state& t, dict_object* s, value& key) {
  key = {};
  if (!any_access::own(t, s)) return false;
  set_body* b = body_of(s);
  const std::int64_t n = load(s->length).as_int();
  if (!b || n == 0) return true;
  std::uint64_t i = b->finger.load(std::memory_order_relaxed) & b->mask;
  while (!live(load(b->entries()[i].key))) i = i == b->mask ? 0 : i + 1;
  key = load(b->entries()[i].key);
  any_access::store(t, s, b->entries()[i].key, set_removed);
  any_access::store(t, s, b->entries()[i].hash, value{~std::uint64_t{0}});
  any_access::store(t, s, b->finger, value{i + 1});
  any_access::store(t, s, s->length, value::small_int(n - 1));
  return true;
}

static bool next_hashed(thread_state& t, dict_object* s, std::int64_t& at, value& key, std::uint64_t& hash) {
  std::int64_t next = at;
  const bool fine = any_access::section(t, s, [&] {
    key = {};
    set_body* b = body_of(s);
    if (!b) return;
    for (std::int64_t i = at; i <= static_cast<std::int64_t>(b->mask); ++i) {
      const value there = load(b->entries()[i].key);
      if (!live(there)) continue;
      key = there;
      hash = b->entries()[i].hash.load(std::memory_order_acquire);
      next = i + 1;
      return;
    }
  });
  at = next;
  return fine;
}
bool set_next(thread_state& t, dict_object* s, std::int64_t& at, value& key) {
  std::uint64_t unused;
  return next_hashed(t, s, at, key, unused);
}

bool dict_from_set(thread_state& t, dict_object* d, dict_object* s, value item) {
  std::int64_t at = 0;
  for (std::uint64_t h;;) {
    value key;
    if (!next_hashed(t, s, at, key, h)) return false;
    if (key.empty()) return true;
    if (!dict_set_hashed<any_access>(t, d, key, h, item)) return false;
  }
}

bool set_length(thread_state& t, dict_object* s, std::int64_t& out) {
  value n;
  if (!any_access::read(t, s, s->length, n)) return false;
  out = n.as_int();
  return true;
}

bool set_clear(thread_state& t, dict_object* s) {
  if (!any_access::own(t, s)) return false;
  any_access::store(t, s, s->body, {});
  any_access::store(t, s, s->length, value::small_int(0));
  return true;
}

bool set_update(thread_state& t, dict_object* s, value iterable) {
  if (is_set(iterable) && !scripted(t, iterable)) {
    auto* other = iterable.as<dict_object>();
    if (other == s) return true;
    std::int64_t n = 0, at = 0;
    if (!any_access::own(t, s)) return false;
    // Only a set that nobody else sees may be filled inside a section, which can run again.
    if (load(s->length).as_int() == 0 && !body_of(s) && (!t.barriers || stm_access::newborn(t, s))) return copy_into_fresh(t, s, other);
    if (!set_length(t, other, n) || !prepare_merge(t, s, n)) return false;
    for (value key;;) {
      std::uint64_t h;
      if (!next_hashed(t, other, at, key, h)) return false;
      if (key.empty()) return true;
      if (!add_hashed(t, s, key, h)) return false;
    }
  }
  if (is(iterable, kind::dict) && !scripted(t, iterable)) {
    std::int64_t n = 0;
    value v;
    auto* d = iterable.as<dict_object>();
    if (!any_access::read(t, d, d->length, v)) return false;
    n = v.as_int();
    if (!prepare_merge(t, s, n)) return false;
    std::int64_t at = 0;
    for (std::uint64_t h;;) {                               // the dict knows the hashes
      value key;
      if (!dict_next_hashed(t, d, at, key, h)) return false;
      if (key.empty()) return true;
      if (!add_hashed(t, s, key, h)) return false;
    }
  }
  const value it = get_iter(t, iterable);
  if (it.empty()) return false;
  for (value key;;) {
    if (!iter_next(t, it, key)) return false;
    if (key.empty()) return true;
    if (!set_add(t, s, key)) return false;
  }
}

value set_copy(thread_state& t, dict_object* s, type_object* cls) {
  dict_object* copy = allocate(t, cls);
  return copy && copy_into_fresh(t, copy, s) ? value::of(copy) : value{};
}

bool set_replace(thread_state& t, dict_object* s, value with) {
  auto* w = with.as<dict_object>();
  if (!any_access::own(t, s)) return false;
  any_access::store(t, s, s->body, load(w->body));
  any_access::store(t, s, s->length, load(w->length));
  return true;
}

// ---- algebra ----

static value as_any_set(thread_state& t, value v) {
  if (is_set(v)) return v;
  const value s = make_set(t);
  return !s.empty() && set_update(t, s.as<dict_object>(), v) ? s : value{};
}

// Keys of `from` that are, or are not, in `test`, into a fresh set.
static value select(thread_state& t, dict_object* from, dict_object* test, bool wanted, type_object* cls) {
  dict_object* out = allocate(t, cls);
  if (!out) return {};
  std::int64_t at = 0;
  for (std::uint64_t h;;) {
    value key;
    place p;
    if (!next_hashed(t, from, at, key, h)) return {};
    if (key.empty()) return value::of(out);
    if (!find(t, test, key, h, p)) return {};
    if ((p.found >= 0) == wanted && !add_hashed(t, out, key, h)) return {};
  }
}

value set_difference(thread_state& t, dict_object* a, value other) {
  const value b = as_any_set(t, other);
  if (b.empty()) return {};
  std::int64_t n = 0, m = 0;
  if (!set_length(t, a, n) || !set_length(t, b.as<dict_object>(), m)) return {};
  if (n >> 2 <= m) return select(t, a, b.as<dict_object>(), false, base_class(t, a));
  const value copy = set_copy(t, a, base_class(t, a));                 // few to take away
  std::int64_t at = 0;
  for (value key;;) {
    bool found = false;
    std::uint64_t h;
    if (copy.empty() || !next_hashed(t, b.as<dict_object>(), at, key, h)) return {};
    if (key.empty()) return copy;
    if (!discard_hashed(t, copy.as<dict_object>(), key, h, found)) return {};
  }
}

value set_intersection(thread_state& t, dict_object* a, value other) {
  if (!is_set(other)) {                                                // in the other's order
    dict_object* out = allocate(t, base_class(t, a));
    const value it = out ? get_iter(t, other) : value{};
    if (it.empty()) return {};
    for (value key;;) {
      bool in = false;
      if (!iter_next(t, it, key)) return {};
      if (key.empty()) return value::of(out);
      if (!set_contains(t, a, key, in) || (in && !set_add(t, out, key))) return {};
    }
  }
  auto* b = other.as<dict_object>();
  std::int64_t n = 0, m = 0;
  if (!set_length(t, a, n) || !set_length(t, b, m)) return {};
  return m > n ? select(t, a, b, true, base_class(t, a)) : select(t, b, a, true, base_class(t, a));
}

value set_symmetric_difference(thread_state& t, dict_object* a, value other) {
  const value made = as_any_set(t, other);
  const value out = made.empty() ? made : set_copy(t, made.as<dict_object>(), base_class(t, a));
  std::int64_t at = 0;
  for (value key;;) {
    bool found = false;
    std::uint64_t h;
    if (out.empty() || !next_hashed(t, a, at, key, h)) return {};
    if (key.empty()) return out;
    if (!discard_hashed(t, out.as<dict_object>(), key, h, found)) return {};
    if (!found && !add_hashed(t, out.as<dict_object>(), key, h)) return {};
  }
}

value set_binary(thread_state& t, opcode op, value a, value b) {
  if (!is_set(a) || !is_set(b)) return value::not_implemented();
  auto* s = a.as<dict_object>();
  value r;
  switch (op) {
    case opcode::BITOR:
      r = set_copy(t, s, base_class(t, s));
      return !r.empty() && set_update(t, r.as<dict_object>(), b) ? r : value{};
    case opcode::BITAND: return set_intersection(t, s, b);
    case opcode::SUB: return set_difference(t, s, b);
    case opcode::BITXOR: return set_symmetric_difference(t, s, b);
    case opcode::IBITOR: return set_update(t, s, b) ? a : value{};
    case opcode::IBITAND: r = set_intersection(t, s, b); break;
    case opcode::ISUB: r = set_difference(t, s, b); break;
    case opcode::IBITXOR: r = set_symmetric_difference(t, s, b); break;
    default: return value::not_implemented();
  }
  return !r.empty() && set_replace(t, s, r) ? a : value{};
}

bool set_is_subset(thread_state& t, dict_object* a, dict_object* b, bool& out) {
  std::int64_t n = 0, m = 0, at = 0;
  if (!set_length(t, a, n) || !set_length(t, b, m)) return false;
  out = n <= m;
  for (std::uint64_t h; out;) {
    value key;
    place p;
    if (!next_hashed(t, a, at, key, h)) return false;
    if (key.empty()) return true;
    if (!find(t, b, key, h, p)) return false;
    out = p.found >= 0;
  }
  return true;
}

value set_compare(thread_state& t, opcode op, value a, value b) {
  auto* x = a.as<dict_object>();
  auto* y = b.as<dict_object>();
  std::int64_t n = 0, m = 0;
  bool r = false;
  if (!set_length(t, x, n) || !set_length(t, y, m)) return {};
  switch (op) {
    case opcode::EQ:
    case opcode::NE:
      if (n == m && !set_is_subset(t, x, y, r)) return {};
      return value::boolean((n == m && r) == (op == opcode::EQ));
    case opcode::LT:
      if (n < m && !set_is_subset(t, x, y, r)) return {};
      return value::boolean(n < m && r);
    case opcode::LE: return set_is_subset(t, x, y, r) ? value::boolean(r) : value{};
    case opcode::GT:
      if (n > m && !set_is_subset(t, y, x, r)) return {};
      return value::boolean(n > m && r);
    default: return set_is_subset(t, y, x, r) ? value::boolean(r) : value{};
  }
}

// CPython's, so that sets of frozensets have its order.
bool set_hash(thread_state& t, dict_object* s, std::uint64_t& out) {
  std::uint64_t h = 0, n = 0;
  if (!any_access::section(t, s, [&] {
        h = n = 0;
        set_body* b = body_of(s);
        for (std::uint64_t i = 0; b && i <= b->mask; ++i) {
          set_entry& e = b->entries()[i];
          if (!live(load(e.key))) continue;
          const std::uint64_t x = load(e.hash).bits;
          h ^= ((x ^ 89869747u) ^ (x << 16)) * 3644798167u;
          ++n;
        }
      })) {
    return false;
  }
  h ^= (n + 1) * 1927868237u;
  h ^= (h >> 11) ^ (h >> 25);
  h = h * 69069u + 907133923u;
  out = h == ~std::uint64_t{0} ? 590923713u : h;
  return true;
}

value set_repr(thread_state& t, dict_object* s) {
  const being_shown guard(t, value::of(s));
  const std::string name = type_name(t, value::of(s));
  if (guard.already()) return make_string(t, name + "(...)");
  std::string text;
  std::int64_t at = 0;
  for (value key;;) {
    if (!set_next(t, s, at, key)) return {};
    if (key.empty()) break;
    text += text.empty() ? "" : ", ";
    if (!append_repr(t, key, text)) return {};
  }
  if (text.empty()) return make_string(t, name + "()");
  return make_string(t, name == "set" ? "{" + text + "}" : name + "({" + text + "})");
}

value new_set(thread_state& t, type_object* cls, const call_args& a) {
  if (a.nkw > 0 && (cls->flags & (flag_custom_init | flag_custom_new)) == 0) return raise(t, t.interp->errors.TypeError, "set() takes no keyword arguments");
  dict_object* s = allocate(t, cls);
  if (!s) return {};
  if ((cls->flags & flag_custom_init) != 0) return value::of(s);
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "set expected at most 1 argument, got %u", a.npos);
  return a.npos == 0 || set_update(t, s, a[0]) ? value::of(s) : value{};
}

value new_frozenset(thread_state& t, type_object* cls, const call_args& a) {
  const bool exact = cls == t.interp->types.frozenset;
  if (a.nkw > 0 && (cls->flags & flag_custom_init) == 0) return raise(t, t.interp->errors.TypeError, "frozenset() takes no keyword arguments");
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "frozenset expected at most 1 argument, got %u", a.npos);
  if (exact) return make_frozenset(t, a.npos > 0 ? a[0] : value{});
  dict_object* s = allocate(t, cls);
  return s && (a.npos == 0 || set_update(t, s, a[0])) ? value::of(s) : value{};
}

}  // namespace gilt::interp
