// SPDX-License-Identifier: BSL-1.0
// reduce_methods: methods of builtin classes that are written in Python: object.__reduce_ex__, __reduce__,
// __getstate__ (lib/_reduce.py) and __class_getitem__ (lib/_generic.py).
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

template <int Which>
value in_python(thread_state& t, const call_args& a) {
  constexpr const char* names[] = {"reduce_ex", "reduce", "getstate"};
  interpreter& i = *t.interp;
  const value module = import_by_name(t, intern(i, "_reduce"), value::none(), 0);
  const value function = module.empty() ? module : getattr(t, module, intern(i, names[Which]));
  return function.empty() ? function : call(t, function, a.v, a.npos);
}

constexpr native_definition table[] = {
    {"__reduce_ex__", in_python<0>, 2, 2, false},
    {"__reduce__", in_python<1>, 1, 1, false},
    {"__getstate__", in_python<2>, 1, 1, false},
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
  const bool done = container.is_none() || container.empty() || !index.is_int() || index.as_int() < 0;
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
  define_methods(i, i.types.object, table);
  const builtin_types& k = i.types;
  for (type_object* c : {k.builtin_function, k.method_descriptor}) define_methods(i, c, function_table);
  for (type_object* c : {k.list_iterator, k.list_reverse_iterator, k.tuple_iterator, k.str_iterator, k.bytes_iterator, k.sequence_iterator, k.reversed})
    define_methods(i, c, iterator_table);
  for (type_object* c : {k.list, k.dict, k.tuple, k.set, k.frozenset, k.enumerate}) define_class_methods(i, c, generic_table);
}

}  // namespace gilt::interp
