// SPDX-License-Identifier: BSL-1.0
// reduce_methods: methods of builtin classes that are written in Python: object.__reduce_ex__, __reduce__,
// __getstate__ (lib/_reduce.py), __reduce__ of functions and iterators, __class_getitem__
// (lib/_generic.py), and the methods of exception groups (lib/_exception_groups.py).
#include <algorithm>

#include "interp/builtins/functions.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

value in_python(thread_state& t, const char* module_name, const char* name, const call_args& a) {
  interpreter& i = *t.interp;
  const value module = import_by_name(t, intern(i, module_name), value::none(), 0);
  const value function = module.empty() ? module : getattr(t, module, intern(i, name));
  return function.empty() ? function : call(t, function, a.v, a.npos);
}
template <int Which>
value reducing(thread_state& t, const call_args& a) {
  constexpr const char* names[] = {"reduce_ex", "reduce", "getstate"};
  return in_python(t, "_reduce", names[Which], a);
}
template <int Which>
value of_group(thread_state& t, const call_args& a) {
  constexpr const char* names[] = {"derive", "split", "subgroup"};
  return in_python(t, "_exception_groups", names[Which], a);
}
constexpr native_definition group_table[] = {
    {"derive", of_group<0>, 2, 2, false}, {"split", of_group<1>, 2, 2, false}, {"subgroup", of_group<2>, 2, 2, false}};

constexpr native_definition table[] = {
    {"__reduce_ex__", reducing<0>, 2, 2, false},
    {"__reduce__", reducing<1>, 1, 1, false},
    {"__getstate__", reducing<2>, 1, 1, false},
};

value builtin(thread_state& t, const char* name) { return module_get(t, t.interp->builtins, intern(*t.interp, name)); }

// A function of a module is found by its name; a method through its owner.
value reduce_function(thread_state& t, const call_args& a) {
  auto* f = a[0].as<native_function_object>();
  const value name = make_string(t, f->definition->name);
  if (name.empty() || (f->self.empty() && !f->owner)) return name;
  const value getter = builtin(t, "getattr");
  const value args = getter.empty() ? getter : make_tuple(t, {f->owner ? value::of(f->owner) : f->self, name});
  return args.empty() ? args : make_tuple(t, {getter, args});
}

// Iterators that are a container and an index: iter(container), then __setstate__(index).
bool backwards(const iterator_object* it) {
  return it->which == iterator_kind::list_reverse || it->which == iterator_kind::reversed;
}
value reduce_iterator(thread_state& t, const call_args& a) {
  auto* it = a[0].as<iterator_object>();
  value container, index;
  if (!any_access::read(t, it, it->a, container) || !any_access::read(t, it, it->b, index)) return {};
  const bool done = container.is_none() || container.empty() || !index.is_int();
  if (done) {
    const bool list = it->which == iterator_kind::list || it->which == iterator_kind::list_reverse;
    const value nothing = list ? make_list(t) : it->which == iterator_kind::str ? empty_string(t) : t.interp->empty_tuple;
    const value args = nothing.empty() ? nothing : make_tuple(t, {nothing});
    const value callee = it->which == iterator_kind::reversed ? value::of(t.interp->types.reversed) : builtin(t, "iter");
    return args.empty() || callee.empty() ? value{} : make_tuple(t, {callee, args});
  }
  const value callee = backwards(it) ? value::of(t.interp->types.reversed) : builtin(t, "iter");
  const value args = callee.empty() ? callee : make_tuple(t, {container});
  return args.empty() ? args : make_tuple(t, {callee, args, index});
}
value set_iterator_state(thread_state& t, const call_args& a) {
  auto* it = a[0].as<iterator_object>();
  value container;
  std::int64_t index, n;
  if (!to_int64(t, a[1], index) || !any_access::read(t, it, it->a, container)) return {};
  if (container.is_none() || container.empty()) return value::none();
  if (!length(t, container, n)) {
    if (!clear_exception(t, t.interp->errors.TypeError)) return {};
    n = INT32_MAX;
  }
  index = std::clamp<std::int64_t>(index, backwards(it) ? -1 : 0, backwards(it) ? n - 1 : n);
  return any_access::write(t, it, it->b, value::small_int(index)) ? value::none() : value{};
}
// Iterators that start again from what is left: `callee`(args), or with a state.
value rebuilt(thread_state& t, value callee, std::initializer_list<value> args, value state = {}) {
  const value tuple = callee.empty() ? callee : make_tuple(t, args);
  if (tuple.empty()) return {};
  return state.empty() ? make_tuple(t, {callee, tuple}) : make_tuple(t, {callee, tuple, state});
}
// What a copy of the iterator still yields, as a list; the iterator itself stays where it is.
value rest_of(thread_state& t, iterator_object* it, value a, value b, value c, value d) {
  const value copy = make_iterator(t, it->which, it->shape_relaxed()->cls, a, b, c, d), list = copy.empty() ? copy : make_list(t);
  if (list.empty()) return {};
  for (value item;;) {
    if (!builtin_next(t, copy.as<iterator_object>(), item)) return {};
    if (item.empty()) return list;
    if (!list_append<any_access>(t, list.as<list_object>(), item)) return {};
  }
}
value reduce_rest(thread_state& t, const call_args& args) {
  auto* it = args[0].as<iterator_object>();
  value a, b, c, d;
  if (!any_access::read(t, it, it->a, a) || !any_access::read(t, it, it->b, b)) return {};
  if (!any_access::read(t, it, it->c, c) || !any_access::read(t, it, it->d, d)) return {};
  const value self = value::of(it->shape_relaxed()->cls);
  switch (it->which) {
    case iterator_kind::range: {
      const value span = binary(t, opcode::MUL, b, c), stop = span.empty() ? span : binary(t, opcode::ADD, a, span);
      const value range = stop.empty() ? stop : make_range(t, d, stop, b);
      const value done = range.empty() ? range : binary(t, opcode::SUB, a, d), index = done.empty() ? done : binary(t, opcode::FLOORDIV, done, b);
      return index.empty() ? index : rebuilt(t, builtin(t, "iter"), {range}, index);
    }
    case iterator_kind::callable:
      if (a.is_none()) return rebuilt(t, builtin(t, "iter"), {t.interp->empty_tuple});
      return rebuilt(t, builtin(t, "iter"), {a, b});
    case iterator_kind::enumerate:
    case iterator_kind::filter: return rebuilt(t, self, {a, b});
    case iterator_kind::zip: {
      const value sources = a.is_none() ? t.interp->empty_tuple : list_to_tuple(t, a.as<list_object>());
      if (sources.empty()) return {};
      return b.is_true() ? make_tuple(t, {self, sources, b}) : make_tuple(t, {self, sources});
    }
    case iterator_kind::map: {
      const value all = make_list(t);
      if (all.empty() || !list_append<any_access>(t, all.as<list_object>(), a) || inplace(t, opcode::IADD, all, b).empty()) return {};
      const value sources = list_to_tuple(t, all.as<list_object>());
      return sources.empty() ? sources : make_tuple(t, {self, sources});
    }
    default: {                                               // of dicts and sets
      const value rest = a.is_none() ? make_list(t) : rest_of(t, it, a, b, c, d);
      return rest.empty() ? rest : rebuilt(t, builtin(t, "iter"), {rest});
    }
  }
}
// As many items of a range are passed over, from where the iterator stands.
value set_range_state(thread_state& t, const call_args& args) {
  auto* it = args[0].as<iterator_object>();
  value a, b, c, skip = index_of(t, args[1]);
  bool outside = false;
  if (skip.empty() || !any_access::read(t, it, it->a, a) || !any_access::read(t, it, it->b, b) || !any_access::read(t, it, it->c, c)) return {};
  if (!compare_bool(t, opcode::LT, skip, value::small_int(0), outside)) return {};
  if (outside) skip = value::small_int(0);
  if (!compare_bool(t, opcode::GT, skip, c, outside)) return {};
  if (outside) skip = c;
  const value span = binary(t, opcode::MUL, b, skip), next = span.empty() ? span : binary(t, opcode::ADD, a, span);
  const value left = next.empty() ? next : binary(t, opcode::SUB, c, skip);
  if (left.empty() || !any_access::write(t, it, it->a, next) || !any_access::write(t, it, it->c, left)) return {};
  return value::none();
}
value set_zip_state(thread_state& t, const call_args& args) {
  bool strict;
  auto* it = args[0].as<iterator_object>();
  return truth(t, args[1], strict) && any_access::write(t, it, it->b, value::boolean(strict)) ? value::none() : value{};
}
constexpr native_definition rest_table[] = {{"__reduce__", reduce_rest, 1, 1, false}};
constexpr native_definition range_table[] = {{"__setstate__", set_range_state, 2, 2, false}};
constexpr native_definition zip_table[] = {{"__setstate__", set_zip_state, 2, 2, false}};
constexpr native_definition function_table[] = {{"__reduce__", reduce_function, 1, 1, false}};
constexpr native_definition iterator_table[] = {{"__reduce__", reduce_iterator, 1, 1, false},
                                                {"__setstate__", set_iterator_state, 2, 2, false}};

value generic_alias(thread_state& t, const call_args& a) {
  interpreter& i = *t.interp;
  const value module = import_by_name(t, intern(i, "_generic"), value::none(), 0);
  const value alias = module.empty() ? module : getattr(t, module, intern(i, "GenericAlias"));
  return alias.empty() ? alias : call(t, alias, a.v, a.npos);
}
constexpr native_definition generic_table[] = {{"__class_getitem__", generic_alias, 2, 2, false}};

}  // namespace

void define_reduce_methods(interpreter& i) {
  define_methods(i, i.errors.BaseExceptionGroup, group_table);
  define_methods(i, i.types.object, table);
  const builtin_types& k = i.types;
  for (type_object* c : {k.builtin_function, k.method_descriptor}) define_methods(i, c, function_table);
  for (type_object* c : {k.list_iterator, k.list_reverse_iterator, k.tuple_iterator, k.str_iterator, k.bytes_iterator, k.sequence_iterator, k.reversed})
    define_methods(i, c, iterator_table);
  for (type_object* c : {k.range_iterator, k.dict_key_iterator, k.dict_value_iterator, k.dict_item_iterator, k.dict_reverse_key_iterator,
                         k.dict_reverse_value_iterator, k.dict_reverse_item_iterator, k.set_iterator, k.callable_iterator, k.enumerate,
                         k.zip, k.map, k.filter})
    define_methods(i, c, rest_table);
  define_methods(i, k.range_iterator, range_table);
  define_methods(i, k.zip, zip_table);
  for (type_object* c : {k.list, k.dict, k.tuple, k.set, k.frozenset, k.enumerate}) define_class_methods(i, c, generic_table);
}

}  // namespace gilt::interp
