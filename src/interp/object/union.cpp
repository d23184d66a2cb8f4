// SPDX-License-Identifier: BSL-1.0
#include "interp/object/union.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

std::span<value> parts_of(value u) { return items_of(load(u.as<union_object>()->parts).as<tuple_object>()); }

// False: v may not stand in a union.
bool add(const thread_state& t, std::vector<value>& parts, value v) {
  if (is_union(t, v)) {
    for (const value part : parts_of(v)) add(t, parts, part);
    return true;
  }
  if (!v.is_none() && !is(v, kind::type)) return false;
  if (v == value::of(t.interp->types.none_type)) v = value::none();
  if (std::find(parts.begin(), parts.end(), v) == parts.end()) parts.push_back(v);
  return true;
}

}  // namespace

value unite_types(thread_state& t, value a, value b) {
  std::vector<value> parts;
  if (!add(t, parts, a) || !add(t, parts, b)) return value::not_implemented();
  if (parts.size() == 1) return parts[0];
  const value tuple = make_tuple(t, parts.data(), parts.size());
  auto* u = tuple.empty() ? nullptr : t.alloc.make<union_object>(t, t.interp->types.union_type->root);
  if (!u) return {};
  u->parts.store(tuple.bits, std::memory_order_relaxed);
  return value::of(u);
}

value compare_unions(thread_state&, opcode op, value a, value b) {
  const auto x = parts_of(a), y = parts_of(b);
  const bool same = x.size() == y.size() && std::is_permutation(x.begin(), x.end(), y.begin());
  return value::boolean(same == (op == opcode::EQ));
}

value union_classes(thread_state& t, value u) {
  const auto parts = parts_of(u);
  tuple_object* r = allocate_tuple(t, parts.size());
  if (!r) return {};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    r->items()[i] = parts[i].is_none() ? value::of(t.interp->types.none_type) : parts[i];
  }
  return value::of(r);
}

value union_repr(thread_state& t, value u) {
  std::string s;
  for (const value part : parts_of(u)) {
    s += s.empty() ? "" : " | ";
    s += part.is_none() ? "None" : qualified_name(t, part.as<type_object>());
  }
  return make_string(t, s);
}

}  // namespace gilt::interp
