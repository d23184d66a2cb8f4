// SPDX-License-Identifier: BSL-1.0
#include "interp/object/dict.hpp"

#include <vector>

#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/quick_equal.hpp"

namespace gilt::interp {

namespace {

constexpr std::uint64_t largest_index = std::uint64_t{1} << 31;

std::uint64_t capacity_of(std::uint64_t positions) { return positions * 2 / 3; }
std::uint64_t positions_for(std::uint64_t entries) {
  std::uint64_t n = 8;
  while (capacity_of(n) < entries) n *= 2;
  return n;
}

void raw_set_index(dict_body* b, std::uint64_t i, std::uint32_t to) {
  slot& s = b->index()[i >> 1];
  const unsigned shift = (i & 1) * 32;
  const std::uint64_t kept = s.load(std::memory_order_relaxed) & ~(std::uint64_t{0xFFFFFFFF} << shift);
  s.store(kept | std::uint64_t{to} << shift, std::memory_order_relaxed);
}
template <class P>
void set_index(thread_state& t, dict_object* d, dict_body* b, std::uint64_t i, std::uint32_t to) {
  slot& s = b->index()[i >> 1];
  const unsigned shift = (i & 1) * 32;
  const std::uint64_t kept = s.load(std::memory_order_relaxed) & ~(std::uint64_t{0xFFFFFFFF} << shift);
  P::store(t, d, s, value{kept | std::uint64_t{to} << shift});
}

dict_body* make_body(thread_state& t, std::uint64_t entries) {
  const std::uint64_t n = positions_for(entries);
  if (n > largest_index) {
    raise_memory_error(t);
    return nullptr;
  }
  const std::uint64_t capacity = capacity_of(n);
  auto* b = t.alloc.make<dict_body>(t, t.interp->dict_body_shape, capacity * sizeof(dict_entry) + n * 4);
  if (!b) return nullptr;
  b->index_mask = static_cast<std::uint32_t>(n - 1);
  b->capacity = static_cast<std::uint32_t>(capacity);
  return b;
}

std::uint64_t used_of(const dict_body* b) { return b->used.load(std::memory_order_acquire); }

// Where a key with this hash goes that is not there. Only by the owner, or in a fresh body.
std::uint64_t free_position(dict_body* b, std::uint64_t hash) {
  const std::uint64_t mask = b->index_mask;
  std::uint64_t perturb = hash, i = hash & mask;
  for (;;) {
    const std::uint32_t at = index_at(b, i);
    if (at == 0 || load(b->entries()[at - 1].key).empty()) return i;
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

void append_fresh(dict_body* b, value hash, value key, value item) {
  const std::uint64_t n = used_of(b);
  dict_entry& e = b->entries()[n];
  e.hash.store(hash.bits, std::memory_order_relaxed);
  e.key.store(key.bits, std::memory_order_relaxed);
  e.value_.store(item.bits, std::memory_order_relaxed);
  raw_set_index(b, free_position(b, hash.bits), static_cast<std::uint32_t>(n + 1));
  b->used.store(n + 1, std::memory_order_relaxed);
}

// A body with room for more; the dict is owned.
template <class P>
dict_body* regrow(thread_state& t, dict_object* d) {
  dict_body* old = body_of(d);
  const auto live = static_cast<std::uint64_t>(load(d->length).as_int());
  dict_body* b = make_body(t, live * 2 + 1);
  if (!b) return nullptr;
  if (old) {
    const std::uint64_t n = used_of(old);
    for (std::uint64_t i = 0; i < n; ++i) {
      dict_entry& e = old->entries()[i];
      if (!load(e.key).empty()) append_fresh(b, load(e.hash), load(e.key), load(e.value_));
    }
  }
  P::store(t, d, d->body, value{reinterpret_cast<std::uint64_t>(b)});
  return b;
}

bool hash_key(thread_state& t, value key, std::uint64_t& h) {
  if (key.is_int()) {
    h = static_cast<std::uint64_t>(key.as_int() == -1 ? -2 : key.as_int());
    return true;
  }
  return hash(t, key, h);
}

// Comparisons that script code has answered during one look-up. Entries of a body never get
// another key, so (entry, key) names a question for good.
struct answers {
  struct unequal { std::int64_t entry; value key; };
  dict_body* body = nullptr;
  std::vector<unequal> no;
  std::int64_t yes = -1;
  value yes_key;

  void note(dict_body* b, std::int64_t entry, value key, bool eq) {
    if (b != body) {
      no.clear();
      yes = -1;
      body = b;
    }
    if (eq) {
      yes = entry;
      yes_key = key;
    } else {
      no.push_back({entry, key});
    }
  }
  quick_answer known(const dict_body* b, std::int64_t entry, value key) const {
    if (b != body) return quick_answer::ask;
    if (entry == yes && key == yes_key) return quick_answer::yes;
    for (const unequal& u : no) {
      if (u.entry == entry && u.key == key) return quick_answer::no;
    }
    return quick_answer::ask;
  }
};

}  // namespace

value make_dict(thread_state& t, std::size_t expected) {
  auto* d = t.alloc.make<dict_object>(t, t.interp->types.dict->root);
  if (!d) return {};
  d->length.store(value::small_int(0).bits, std::memory_order_relaxed);
  if (expected > 0) {
    dict_body* b = make_body(t, expected);
    if (!b) return {};
    d->body.store(reinterpret_cast<std::uint64_t>(b), std::memory_order_relaxed);
  }
  return value::of(d);
}

template <class P>
bool dict_find(thread_state& t, dict_object* d, value key, std::uint64_t hash, dict_place& out) {
  answers told;
  for (;;) {
    value other;
    std::int64_t other_entry = -1;
    const bool fine = P::section(t, d, [&] {
      out = {};
      other_entry = -1;
      dict_body* b = body_of(d);
      out.body = b;
      if (!b) return;
      const std::uint64_t mask = b->index_mask;
      std::uint64_t perturb = hash, i = hash & mask;
      bool reuse = false;
      for (std::uint64_t step = 0; step <= mask + 16; ++step) {
        const std::uint32_t at = index_at(b, i);
        if (at == 0) {
          if (!reuse) out.position = i;
          return;
        }
        if (at > b->capacity) return;                      // torn
        const std::int64_t entry = static_cast<std::int64_t>(at) - 1;
        dict_entry& e = b->entries()[entry];
        const value there = load(e.key);
        if (there.empty()) {
          if (!reuse) out.position = i;
          reuse = true;
        } else if (there == key || load(e.hash).bits == hash) {
          quick_answer a = quick_equal(t, there, key);
          if (a == quick_answer::ask) a = told.known(b, entry, there);
          if (a == quick_answer::ask) {
            other = there;
            other_entry = entry;
            return;
          }
          if (a == quick_answer::yes) {
            out.position = i;
            out.entry = entry;
            out.item = load(e.value_);
            return;
          }
        }
        perturb >>= 5;
        i = (i * 5 + perturb + 1) & mask;
      }
    });
    if (!fine) return false;
    if (other_entry < 0) return true;
    dict_body* b = out.body;
    bool eq = false;
    if (!equal(t, other, key, eq)) return false;
    told.note(b, other_entry, other, eq);
  }
}

template <class P>
bool dict_get_hashed(thread_state& t, dict_object* d, value key, std::uint64_t hash, value& out) {
  dict_place p;
  if (!dict_find<P>(t, d, key, hash, p)) return false;
  out = p.entry >= 0 ? p.item : value{};
  return true;
}

template <class P>
bool dict_get_slow(thread_state& t, dict_object* d, value key, value& out) {
  std::uint64_t h;
  return hash_key(t, key, h) && dict_get_hashed<P>(t, d, key, h, out);
}

namespace {

// The dict is owned, `p` tells that the key is not there.
template <class P>
bool insert(thread_state& t, dict_object* d, value key, std::uint64_t hash, value item, const dict_place& p) {
  dict_body* b = p.body;
  std::uint64_t position = p.position;
  if (GILT_UNLIKELY(!b || used_of(b) >= b->capacity)) {
    b = regrow<P>(t, d);
    if (!b) return false;
    position = free_position(b, hash);
  }
  const std::uint64_t n = used_of(b);
  // The entry is out of reach until the index names it, which is undone: it needs no undo itself.
  dict_entry& e = b->entries()[n];
  raw_store(e.hash, value{hash});
  raw_store(e.key, key);
  raw_store(e.value_, item);
  set_index<P>(t, d, b, position, static_cast<std::uint32_t>(n + 1));
  P::store(t, d, b->used, value{n + 1});
  P::store(t, d, d->length, value::small_int(load(d->length).as_int() + 1));
  return true;
}

}  // namespace

template <class P>
bool dict_set_hashed(thread_state& t, dict_object* d, value key, std::uint64_t hash, value item) {
  dict_place p;
  // Script code run by a comparison may have ended the slice: the second own() takes it again.
  if (!P::own(t, d) || !dict_find<P>(t, d, key, hash, p) || !P::own(t, d)) return false;
  if (p.entry < 0) return insert<P>(t, d, key, hash, item, p);
  P::store(t, d, p.body->entries()[p.entry].value_, item);
  return true;
}

namespace {

// For a simple key and the owner of the dict: overwrites the item in place. False: the long way.
template <class P>
bool overwrite(thread_state& t, dict_object* d, value key, std::uint64_t hash, value item) {
  dict_body* b = body_of(d);
  if (!b) return false;
  const std::uint64_t mask = b->index_mask;
  std::uint64_t perturb = hash, i = hash & mask;
  for (;;) {
    const std::uint32_t at = index_at(b, i);
    if (at == 0) return false;
    dict_entry& e = b->entries()[at - 1];
    if (load(e.hash).bits == hash) {
      const int same = simple_equal(t, load(e.key), key);
      if (same > 0) P::store(t, d, e.value_, item);
      if (same != 0) return same > 0;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

}  // namespace

template <class P>
bool dict_set(thread_state& t, dict_object* d, value key, value item) {
  std::uint64_t h;
  if (GILT_LIKELY(is_simple_key(t, key))) {
    h = simple_hash(key);
    if (!P::own(t, d)) return false;
    return overwrite<P>(t, d, key, h, item) || dict_set_hashed<P>(t, d, key, h, item);
  }
  return hash_key(t, key, h) && dict_set_hashed<P>(t, d, key, h, item);
}

namespace {

template <class P>
void remove(thread_state& t, dict_object* d, const dict_place& p) {
  dict_entry& e = p.body->entries()[p.entry];
  P::store(t, d, e.key, {});
  P::store(t, d, e.value_, {});
  P::store(t, d, d->length, value::small_int(load(d->length).as_int() - 1));
}

}  // namespace

template <class P>
bool dict_delete(thread_state& t, dict_object* d, value key, bool& found) {
  std::uint64_t h;
  dict_place p;
  if (!hash_key(t, key, h) || !dict_find<P>(t, d, key, h, p)) return false;
  found = p.entry >= 0;
  if (!found) return true;
  if (!P::own(t, d) || !dict_find<P>(t, d, key, h, p) || !P::own(t, d)) return false;
  found = p.entry >= 0;
  if (found) remove<P>(t, d, p);
  return true;
}

template <class P>
bool dict_next(thread_state& t, dict_object* d, std::int64_t& at, value& key, value& item) {
  std::int64_t next = at;
  const bool fine = P::section(t, d, [&] {
    key = {};
    dict_body* b = body_of(d);
    if (!b) return;
    const auto n = static_cast<std::int64_t>(std::min<std::uint64_t>(used_of(b), b->capacity));
    for (std::int64_t i = at; i < n; ++i) {
      dict_entry& e = b->entries()[i];
      key = load(e.key);
      if (key.empty()) continue;
      item = load(e.value_);
      next = i + 1;
      return;
    }
  });
  at = next;
  return fine;
}

bool dict_next_hashed(thread_state& t, dict_object* d, std::int64_t& at, value& key, std::uint64_t& hash) {
  std::int64_t next = at;
  const bool fine = any_access::section(t, d, [&] {
    key = {};
    dict_body* b = body_of(d);
    const auto n = b ? static_cast<std::int64_t>(std::min<std::uint64_t>(used_of(b), b->capacity)) : 0;
    for (std::int64_t i = at; i < n && key.empty(); ++i) {
      key = load(b->entries()[i].key);
      hash = b->entries()[i].hash.load(std::memory_order_acquire);
      next = i + 1;
    }
  });
  at = next;
  return fine;
}

bool dict_previous(thread_state& t, dict_object* d, std::int64_t& at, value& key, value& item) {
  std::int64_t next = at;
  const bool fine = any_access::section(t, d, [&] {
    key = {};
    dict_body* b = body_of(d);
    if (!b) return;
    const auto n = static_cast<std::int64_t>(std::min<std::uint64_t>(used_of(b), b->capacity));
    for (std::int64_t i = std::min(at, n) - 1; i >= 0; --i) {
      dict_entry& e = b->entries()[i];
      key = load(e.key);
      if (key.empty()) continue;
      item = load(e.value_);
      next = i;
      return;
    }
  });
  at = next;
  return fine;
}

bool dict_compact(thread_state& t, dict_object* d) {
  const dict_body* b = body_of(d);
  const auto live = static_cast<std::uint64_t>(load(d->length).as_int());
  return !b || used_of(b) <= 2 * live + 32 || regrow<any_access>(t, d) != nullptr;
}

bool dict_set_default(thread_state& t, dict_object* d, value key, value item, value& out) {
  std::uint64_t h;
  dict_place p;
  if (!hash_key(t, key, h)) return false;
  // A look at a simple key costs nothing; __eq__ of a script runs once, under the lock.
  if (is_simple_key(t, key) && !dict_find<any_access>(t, d, key, h, p)) return false;
  if (p.entry >= 0) {
    out = p.item;
    return true;
  }
  if (!any_access::own(t, d) || !dict_find<any_access>(t, d, key, h, p) || !any_access::own(t, d)) return false;
  out = p.entry >= 0 ? p.item : item;
  return p.entry >= 0 || insert<any_access>(t, d, key, h, item, p);
}

bool dict_pop(thread_state& t, dict_object* d, value key, value& out) {
  std::uint64_t h;
  dict_place p;
  out = {};
  if (!hash_key(t, key, h) || !dict_find<any_access>(t, d, key, h, p)) return false;
  if (p.entry < 0) return true;
  if (!any_access::own(t, d) || !dict_find<any_access>(t, d, key, h, p) || !any_access::own(t, d)) return false;
  if (p.entry < 0) return true;
  out = p.item;
  remove<any_access>(t, d, p);
  return true;
}

bool dict_clear(thread_state& t, dict_object* d) {
  if (!any_access::own(t, d)) return false;
  any_access::store(t, d, d->body, {});
  any_access::store(t, d, d->length, value::small_int(0));
  return true;
}

value dict_copy(thread_state& t, dict_object* d) {
  const value copy = make_dict(t);
  if (copy.empty()) return {};
  auto* to = copy.as<dict_object>();
  std::int64_t n = 0;
  if (!dict_length<any_access>(t, d, n)) return {};
  dict_body* b = n > 0 ? make_body(t, static_cast<std::uint64_t>(n)) : nullptr;
  if (n > 0 && !b) return {};
  std::int64_t at = 0;
  bool grew = false;
  // One section for all, so that the copy is of one moment; it may run again.
  if (!any_access::section(t, d, [&] {
        at = 0;
        grew = false;
        if (!b) return;
        std::memset(static_cast<void*>(b->entries()), 0, b->capacity * sizeof(dict_entry) + (std::size_t{b->index_mask} + 1) * 4);
        b->used.store(0, std::memory_order_relaxed);
        dict_body* from = body_of(d);
        if (!from) return;
        const std::uint64_t used = std::min<std::uint64_t>(used_of(from), from->capacity);
        for (std::uint64_t i = 0; i < used; ++i) {
          dict_entry& e = from->entries()[i];
          const value key = load(e.key);
          if (key.empty()) continue;
          if (at == n || used_of(b) >= b->capacity) {
            grew = true;
            return;
          }
          append_fresh(b, load(e.hash), key, load(e.value_));
          ++at;
        }
      })) {
    return {};
  }
  if (grew || at != n) {                                   // torn between the two looks, or changed: item by item
    std::int64_t next = 0;
    for (value key, item;;) {
      if (!dict_next(t, d, next, key, item)) return {};
      if (key.empty()) return copy;
      if (!dict_set(t, to, key, item)) return {};
    }
  }
  to->body.store(reinterpret_cast<std::uint64_t>(b), std::memory_order_relaxed);
  to->length.store(value::small_int(n).bits, std::memory_order_relaxed);
  return copy;
}

#define GILT_INSTANTIATE(P)                                                                    \
  template bool dict_find<P>(thread_state&, dict_object*, value, std::uint64_t, dict_place&);  \
  template bool dict_get_slow<P>(thread_state&, dict_object*, value, value&);                  \
  template bool dict_get_hashed<P>(thread_state&, dict_object*, value, std::uint64_t, value&); \
  template bool dict_set<P>(thread_state&, dict_object*, value, value);                        \
  template bool dict_set_hashed<P>(thread_state&, dict_object*, value, std::uint64_t, value);  \
  template bool dict_delete<P>(thread_state&, dict_object*, value, bool&);                     \
  template bool dict_next<P>(thread_state&, dict_object*, std::int64_t&, value&, value&);
GILT_INSTANTIATE(plain_access)
GILT_INSTANTIATE(stm_access)
GILT_INSTANTIATE(any_access)
#undef GILT_INSTANTIATE

}  // namespace gilt::interp
