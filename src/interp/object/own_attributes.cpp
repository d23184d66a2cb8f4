// SPDX-License-Identifier: BSL-1.0
// own_attributes: the attributes an object itself has: in slots its shape names, or in a dict.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/exception.hpp"
#include "interp/object/list.hpp"

namespace gilt::interp {

slot& trailing_slot(object* o, const shape* s) {
  std::size_t bytes = 0;
  switch (s->what) {
    case kind::str: {
      auto* p = static_cast<string_object*>(o);
      bytes = sizeof(string_object) + std::size_t{p->length} * p->width;
      break;
    }
    case kind::bytes: bytes = sizeof(bytes_object) + static_cast<bytes_object*>(o)->length; break;
    case kind::big_int: bytes = sizeof(big_int_object) + std::size_t{static_cast<big_int_object*>(o)->limbs} * 8; break;
    default: bytes = sizeof(complex_object);
  }
  return object_word(o, (bytes + 7) / 8);
}

namespace {

dict_object* dict_of(object* o, const shape* s) {
  return reinterpret_cast<dict_object*>(overflow_of(o, s).load(std::memory_order_acquire));
}

// Room for attribute `index` past the inline slots. The object is owned.
bool make_room(thread_state& t, object* o, const shape* s, std::uint32_t index) {
  if (index < s->inline_slots) return true;
  slot& overflow = overflow_of(o, s);
  auto* old = reinterpret_cast<storage_object*>(overflow.load(std::memory_order_relaxed));
  const std::size_t wanted = index - s->inline_slots;
  if (old && wanted < old->capacity) return true;
  storage_object* body = make_storage(t, old ? old->capacity * 2 : 4);
  if (!body) return false;
  for (std::size_t i = 0; old && i < old->capacity; ++i) raw_store(body->items()[i], load(old->items()[i]));
  any_access::store(t, o, overflow, value{reinterpret_cast<std::uint64_t>(body)});
  return true;
}

// The object is owned and gets a dict in place of its slots.
dict_object* become_dictionary(thread_state& t, object* o, dict_object* given) {
  shape* s = o->shape_relaxed();
  if (s->dictionary) {
    dict_object* d = given ? given : dict_of(o, s);
    if (!d) {
      const value fresh = make_dict(t);
      if (fresh.empty()) return nullptr;
      d = fresh.as<dict_object>();
    }
    any_access::store(t, o, overflow_of(o, s), value::of(d));
    return d;
  }
  dict_object* d = given;
  if (!d) {
    const value fresh = make_dict(t, s->count);
    if (fresh.empty()) return nullptr;
    d = fresh.as<dict_object>();
    for (std::uint32_t i = 0; i < s->count; ++i) {
      if (!dict_set(t, d, value::of(s->names[i]), load(*attribute_slot(o, s, i)))) return nullptr;
    }
  }
  for (std::uint32_t i = 0; i < std::min<std::uint32_t>(s->count, s->inline_slots); ++i) {
    any_access::store(t, o, object_word(o, s->first_slot + i), {});
  }
  any_access::store(t, o, overflow_of(o, s), value::of(d));
  any_access::store(t, o, o->shape_word, value{reinterpret_cast<std::uint64_t>(s->as_dictionary())});
  return d;
}

}  // namespace

value own_attribute(thread_state& t, object* o, string_object* name, shape*& found_in, int& index) {
  value out;
  shape* s = nullptr;
  dict_object* d = nullptr;
  if (!any_access::section(t, o, [&] {
        out = {};
        d = nullptr;
        index = -1;
        s = reinterpret_cast<shape*>(o->shape_word.load(std::memory_order_acquire));
        if (s->dictionary) {
          d = dict_of(o, s);
          return;
        }
        index = s->find(name);
        if (index < 0) return;
        if (const slot* at = attribute_slot(o, s, static_cast<std::uint32_t>(index))) out = load(*at);
      })) {
    return {};
  }
  found_in = s;
  if (d && !dict_get(t, d, value::of(name), out)) return {};
  return out;
}

bool set_own_attribute(thread_state& t, object* o, string_object* name, value v, std::uint64_t& word) {
  word = 0;
  if (!any_access::own(t, o)) return false;
  shape* s = o->shape_relaxed();
  if (s->dictionary) {
    dict_object* d = become_dictionary(t, o, dict_of(o, s));
    return d && dict_set(t, d, value::of(name), v);
  }
  int index = s->find(name);
  if (index >= 0) {
    if (static_cast<std::uint32_t>(index) < cache_add) word = cache_word(s, static_cast<std::uint32_t>(index));
    any_access::store(t, o, *attribute_slot(o, s, static_cast<std::uint32_t>(index)), v);
    return true;
  }
  if (s->count >= 1000) {                                  // used as a table: shapes would only pile up
    dict_object* d = become_dictionary(t, o, nullptr);
    return d && dict_set(t, d, value::of(name), v);
  }
  const std::uint32_t at = s->count;
  shape* next = s->with(name);
  if (!make_room(t, o, next, at)) return false;
  any_access::store(t, o, *attribute_slot(o, next, at), v);
  any_access::store(t, o, o->shape_word, value{reinterpret_cast<std::uint64_t>(next)});
  if (at < s->inline_slots) word = cache_word(next, cache_add + at);
  return true;
}

bool delete_own_attribute(thread_state& t, object* o, string_object* name, bool& found) {
  found = false;
  if (!any_access::own(t, o)) return false;
  shape* s = o->shape_relaxed();
  if (s->dictionary) {
    dict_object* d = dict_of(o, s);
    return !d || dict_delete(t, d, value::of(name), found);
  }
  const int index = s->find(name);
  if (index < 0) return true;
  found = true;
  for (auto i = static_cast<std::uint32_t>(index); i + 1 < s->count; ++i) {
    any_access::store(t, o, *attribute_slot(o, s, i), load(*attribute_slot(o, s, i + 1)));
  }
  any_access::store(t, o, *attribute_slot(o, s, s->count - 1), {});
  any_access::store(t, o, o->shape_word, value{reinterpret_cast<std::uint64_t>(s->without(index))});
  return true;
}

bool set_attribute_slot(thread_state& t, object* o, string_object* name, value v) {
  std::uint64_t word;
  return set_own_attribute(t, o, name, v, word);
}

value attribute_dict(thread_state& t, object* o) {
  shape* s = nullptr;
  dict_object* d = nullptr;
  if (!any_access::section(t, o, [&] {
        s = reinterpret_cast<shape*>(o->shape_word.load(std::memory_order_acquire));
        d = s->dictionary ? dict_of(o, s) : nullptr;
      })) {
    return {};
  }
  if (d) return value::of(d);
  if (!any_access::own(t, o)) return {};
  d = become_dictionary(t, o, nullptr);
  return d ? value::of(d) : value{};
}

bool replace_attribute_dict(thread_state& t, object* o, value dict) {
  return any_access::own(t, o) && become_dictionary(t, o, dict.as<dict_object>()) != nullptr;
}

}  // namespace gilt::interp
