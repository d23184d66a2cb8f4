// SPDX-License-Identifier: BSL-1.0
// representation: str(v), repr(v), format(v, spec).
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/exception.hpp"
#include "interp/object/format.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/union.hpp"

namespace gilt::interp {

namespace {

std::string qualname_of(thread_state& t, value function) {
  value name;
  auto* f = function.as<function_object>();
  if (!is(function, kind::function)) {
    return is(function, kind::native_function) ? function.as<native_function_object>()->definition->name : type_name(t, function);
  }
  return any_access::read(t, f, f->qualname, name) && is(name, kind::str) ? to_utf8(name.as<string_object>()) : "?";
}

value at_address(thread_state& t, const std::string& what, value v) {
  return make_string(t, "<" + what + " at " + address_of(v) + ">");
}

value native_repr(thread_state& t, native_function_object* f) {
  const std::string name = f->definition->name;
  if (!f->self.empty() && !is(f->self, kind::module)) {
    return make_string(t, "<built-in method " + name + " of " + type_name(t, f->self) + " object at " + address_of(f->self) + ">");
  }
  if (f->owner) return make_string(t, "<method '" + name + "' of '" + to_utf8(f->owner->name) + "' objects>");
  return make_string(t, "<built-in function " + name + ">");
}

value view_repr(thread_state& t, iterator_object* view) {
  const value copy = make_list(t);
  if (copy.empty() || !list_extend(t, copy.as<list_object>(), value::of(view))) return {};
  std::string s = type_name(t, value::of(view)) + "(";
  if (!append_repr(t, copy, s)) return {};
  return make_string(t, s + ")");
}

// A str of class str itself with the characters of a subclass's.
value exact_copy(thread_state& t, string_object* s) {
  string_object* r = allocate_string(t, s->length, s->width, s->ascii);
  if (!r) return {};
  std::memcpy(writable(r), s->data(), std::size_t{s->length} * s->width);
  return value::of(r);
}

bool append_parts(thread_state& t, std::string& s, std::initializer_list<value> parts) {
  bool first = true;
  for (const value v : parts) {
    if (!first) s += ", ";
    first = false;
    if (!append_repr(t, v, s)) return false;
  }
  s += ")";
  return true;
}

}  // namespace

value builtin_repr(thread_state& t, value v) {
  v = unboxed(v);
  if (is_number(v)) {
    std::string s;
    return number_repr(t, v, s) ? make_ascii(t, s) : value{};
  }
  if (v.is_none()) return make_ascii(t, "None");
  if (v == value::ellipsis()) return make_ascii(t, "Ellipsis");
  if (v == value::not_implemented()) return make_ascii(t, "NotImplemented");
  object* o = v.as_object();
  switch (o->what()) {
    case kind::str: return str_repr(t, v.as<string_object>());
    case kind::bytes:
    case kind::bytearray: return bytes_repr(t, v);
    case kind::tuple:
      if (is_exact(o, t.interp->types.tuple) || scripted(t, v)) return tuple_repr(t, v.as<tuple_object>());
      break;                                               // a native class with a __repr__ of its own
    case kind::list: return list_repr(t, v.as<list_object>());
    case kind::dict: return dict_repr(t, v.as<dict_object>());
    case kind::set:
    case kind::frozenset: return set_repr(t, v.as<dict_object>());
    case kind::exception: return exception_repr(t, v.as<exception_object>());
    case kind::module: return module_repr(t, v.as<module_object>());
    case kind::native_function: return native_repr(t, v.as<native_function_object>());
    case kind::type: return make_string(t, "<class '" + qualified_name(t, v.as<type_object>()) + "'>");
    case kind::function: return at_address(t, "function " + qualname_of(t, v), v);
    case kind::bound_method: {
      auto* m = v.as<bound_method_object>();
      std::string s = "<bound method " + qualname_of(t, m->function) + " of ";
      return append_repr(t, m->self, s) ? make_string(t, s + ">") : value{};
    }
    case kind::range: {
      auto* r = v.as<range_object>();
      std::string s = "range(";
      const bool fine = r->step == value::small_int(1) ? append_parts(t, s, {r->start, r->stop}) : append_parts(t, s, {r->start, r->stop, r->step});
      return fine ? make_string(t, s) : value{};
    }
    case kind::slice: {
      auto* l = v.as<slice_object>();
      std::string s = "slice(";
      return append_parts(t, s, {l->start, l->stop, l->step}) ? make_string(t, s) : value{};
    }
    case kind::super_: {
      auto* u = v.as<super_object>();
      std::string s = "<super: <class '" + to_utf8(u->type.as<type_object>()->name) + "'>, ";
      if (u->self.empty()) return make_string(t, s + "NULL>");
      return make_string(t, s + "<" + to_utf8(u->self_type.as<type_object>()->name) + " object>>");
    }
    case kind::generator: {
      auto* g = v.as<generator_object>();
      value name;
      if (!any_access::read(t, g, g->qualname, name)) return {};
      return at_address(t, type_name(t, v) + " object " + (is(name, kind::str) ? to_utf8(name.as<string_object>()) : "?"), v);
    }
    case kind::cell: {
      value content;
      auto* c = v.as<cell_object>();
      if (!read_cell(t, c, content)) return {};
      const std::string held = content.empty() ? "empty" : type_name(t, content) + " object at " + address_of(content);
      return make_string(t, "<cell at " + address_of(v) + ": " + held + ">");
    }
    case kind::iterator:
      if (is_view(v)) return view_repr(t, v.as<iterator_object>());
      break;
    default: break;
  }
  if (is_union(t, v)) return union_repr(t, v);
  // Classes of native modules have their own; object's is this.
  value self;
  const value method = lookup_special(t, v, t.interp->names.__repr__, self);
  if (method.empty() && t.why != signal::none) return {};
  if (is(method, kind::native_function) && method.as<native_function_object>()->owner != t.interp->types.object && !self.empty() &&
      !scripted(t, v)) {
    return method.as<native_function_object>()->definition->call(t, {&self, 1, 0, nullptr});
  }
  return at_address(t, (scripted(t, v) ? qualified_name(t, class_of(t, v)) : type_name(t, v)) + " object", v);
}

value builtin_str(thread_state& t, value v) {
  if (is(v, kind::str)) {
    auto* s = v.as<string_object>();
    return s->shape_relaxed() == t.interp->string_shape ? v : exact_copy(t, s);
  }
  if (is(v, kind::exception)) return exception_str(t, v.as<exception_object>());
  return repr_of(t, v);
}

static value checked(thread_state& t, value r, const char* method) {
  if (r.empty() || is(r, kind::str)) return r;
  return raise(t, t.interp->errors.TypeError, "%s returned non-string (type %s)", method, type_name(t, r).c_str());
}

value repr_of(thread_state& t, value v) {
  if (!scripted(t, v)) return builtin_repr(t, v);
  const nesting deep(t);
  if (!deep.fine(" while getting the repr of an object")) return {};
  bool found = false;
  const value r = call_script_method(t, v, t.interp->names.__repr__, found);
  return found ? checked(t, r, "__repr__") : builtin_repr(t, v);
}

value str_of(thread_state& t, value v) {
  if (!scripted(t, v)) return builtin_str(t, v);
  const nesting deep(t);
  if (!deep.fine(" while getting the str of an object")) return {};
  bool found = false;
  value r = call_script_method(t, v, t.interp->names.__str__, found);
  if (!found && !is(v, kind::str) && !is(v, kind::exception)) r = call_script_method(t, v, t.interp->names.__repr__, found);
  return found ? checked(t, r, "__str__") : builtin_str(t, v);
}

bool append_repr(thread_state& t, value v, std::string& utf8) {
  if (v.is_int()) {
    utf8 += std::to_string(v.as_int());
    return true;
  }
  if (is(v, kind::str) && !scripted(t, v)) {
    utf8 += string_repr(v.as<string_object>());
    return true;
  }
  const value r = repr_of(t, v);
  if (r.empty()) return false;
  append_utf8(r.as<string_object>(), utf8);
  return true;
}

bool append_str(thread_state& t, value v, std::string& utf8) {
  const value r = str_of(t, v);
  if (r.empty()) return false;
  append_utf8(r.as<string_object>(), utf8);
  return true;
}

value ascii_of(thread_state& t, value v) {
  const value r = repr_of(t, v);
  if (r.empty() || r.as<string_object>()->ascii) return r;
  std::string out;
  auto* s = r.as<string_object>();
  for (std::uint32_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    char text[16];
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      std::snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
      out += text;
    }
  }
  return make_ascii(t, out);
}

value format_value(thread_state& t, value v, value spec) {
  if (scripted(t, v)) {
    bool found = false;
    const value r = call_script_method(t, v, t.interp->names.__format__, found, spec);
    if (found) {
      if (r.empty() || is(r, kind::str)) return r;
      return raise(t, t.interp->errors.TypeError, "__format__ must return a str, not %s", type_name(t, r).c_str());
    }
  }
  auto* s = spec.as<string_object>();
  if (s->length == 0) return str_of(t, v);
  const value r = format_builtin(t, unboxed(v), s);
  if (r != value::not_implemented()) return r;
  return raise(t, t.interp->errors.TypeError, "unsupported format string passed to %s.__format__", type_name(t, v).c_str());
}

}  // namespace gilt::interp
