// SPDX-License-Identifier: BSL-1.0
// reduce_methods: methods of builtin classes that are written in Python: object.__reduce_ex__, __reduce__,
// __getstate__ (lib/_reduce.py) and __class_getitem__ (lib/_generic.py).
#include "interp/builtins/functions.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
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
  for (type_object* c : {k.list, k.dict, k.tuple, k.set, k.frozenset, k.enumerate}) define_class_methods(i, c, generic_table);
}

}  // namespace gilt::interp
