// SPDX-License-Identifier: BSL-1.0
#include "interp/builtins/struct_sequence.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "interp/object/define.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

template <std::size_t I>
value item(thread_state&, const call_args& a) { return a[0].as<tuple_object>()->items()[I]; }

template <std::size_t... I>
constexpr auto getters_of(std::index_sequence<I...>) { return std::array<native_function, sizeof...(I)>{item<I>...}; }
constexpr auto getters = getters_of(std::make_index_sequence<18>());

// sys.version_info(major=3, ...): the names stand in __match_args__.
value repr(thread_state& t, const call_args& a) {
  type_object* cls = class_of(t, a[0]);
  const value names = type_attribute(t, cls, t.interp->names.__match_args__);
  if (!is(names, kind::tuple)) return {};
  std::string s = qualified_name(t, cls) + "(";
  auto* o = a[0].as<tuple_object>();
  for (std::size_t i = 0; i < o->length; ++i) {
    s += (i == 0 ? "" : ", ") + to_utf8(items_of(names.as<tuple_object>())[i].as<string_object>()) + "=";
    if (!append_repr(t, o->items()[i], s)) return {};
  }
  return make_string(t, s + ")");
}
constexpr native_definition methods[] = {{"__repr__", repr, 1, 1, false}};

}  // namespace

type_object* define_struct_sequence(thread_state& t, const char* module, const char* name,
                                    std::initializer_list<const char*> fields,
                                    value (*make)(thread_state&, type_object*, const call_args&)) {
  interpreter& i = *t.interp;
  type_object* cls = define_type(i, name, kind::tuple, i.types.tuple, methods, make);
  raw_store(cls->module, value::of(intern(i, module)));
  std::vector<value> names;
  for (const char* field : fields) {
    define_property(i, cls, field, getters[names.size()], nullptr);
    names.push_back(value::of(intern(i, field)));
  }
  bind_class_name(t, cls, i.names.__match_args__, make_tuple(t, names.data(), names.size()));
  cls->flags |= flag_final | (make ? 0u : flag_not_callable);
  return cls;
}

value make_struct_sequence(thread_state& t, type_object* cls, const value* items, std::size_t n) {
  auto* r = t.alloc.make<tuple_object>(t, cls->root, n * sizeof(value));
  if (!r) return {};
  r->length = n;
  std::copy(items, items + n, r->items());
  return value::of(r);
}

}  // namespace gilt::interp
