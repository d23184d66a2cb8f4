// SPDX-License-Identifier: BSL-1.0
#pragma once
// special: whether a class statement, rather than a builtin class, says what an operator does.
//
// Builtin kinds are handled by C++ directly. A script's class may override: then its method is
// called; if the look-up ends at a builtin class's own method, C++ does the work by kind. Classes
// of native modules (flag_operators) are asked as a script's are.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/class_cells.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

GILT_INLINE bool scripted(const thread_state& t, value v) {
  return v.is_object() && (v.as_object()->shape_relaxed()->cls->flags & (flag_heap | flag_operators)) != 0 && t.interp;
}

// The script's method for v: callee and first argument (empty: bound already). Empty with why ==
// none: the builtin behaviour holds. None stands for `name = None` in the class.
inline value script_method(thread_state& t, value v, string_object* name, value& self) {
  self = {};
  if (!scripted(t, v)) return {};
  type_object* cls = class_of(t, v);
  cell_object* cell = type_lookup(cls, name);
  if (!cell) return {};
  value found;
  if (!read_cell(t, cell, found) || found.empty()) return {};
  if (is(found, kind::native_function)) {
    const type_object* owner = found.as<native_function_object>()->owner;
    if (!owner || (owner->flags & flag_operators) == 0) return {};
    self = v;
    return found;
  }
  if (is(found, kind::function)) {
    self = v;
    return found;
  }
  if (is(found, kind::property) && is_exact(found.as_object(), t.interp->types.getset_descriptor)) return {};
  return found.is_none() ? found : bind_attribute(t, found, v, cls);
}

// Calls it with up to two more arguments. `found` false: there is none, the result means nothing.
inline value call_script_method(thread_state& t, value v, string_object* name, bool& found, value x = {}, value y = {}) {
  value self;
  const value method = script_method(t, v, name, self);
  found = !method.empty() || t.why != signal::none;
  if (method.empty()) return {};
  value args[3];
  std::size_t n = 0;
  if (!self.empty()) args[n++] = self;
  if (!x.empty()) args[n++] = x;
  if (!y.empty()) args[n++] = y;
  return call(t, method, args, n);
}

// A float, also of a subclass.
GILT_INLINE value unboxed(value v) { return is(v, kind::float_box) ? value::real(v.as<float_box_object>()->real) : v; }

// ---- by kind alone; NotImplemented: this kind does not do it (a bool: `supported` false) ----
value builtin_binary(thread_state&, opcode, value a, value b);
value builtin_inplace(thread_state&, opcode, value a, value b);
value builtin_compare(thread_state&, opcode, value a, value b);
bool builtin_hash(thread_state&, value v, std::uint64_t& out);
bool builtin_length(thread_state&, value v, std::int64_t& out, bool& supported);
value builtin_getitem(thread_state&, value v, value key);
bool builtin_setitem(thread_state&, value v, value key, value item, bool& supported);   // item empty: delete
value builtin_contains(thread_state&, value v, value item);
value builtin_repr(thread_state&, value v);
value builtin_str(thread_state&, value v);

// What stands between operands in messages: "+", "** or pow()" ...
const char* symbol(opcode);
opcode plain_opcode(opcode);                       // IADD -> ADD

}  // namespace gilt::interp
