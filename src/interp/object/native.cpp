// SPDX-License-Identifier: BSL-1.0
// native: calling functions written in C++, and methods found by name.
#include <algorithm>
#include <string_view>

#include "interp/object/attribute_cache.hpp"
#include "interp/object/call.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

value make_native_function(thread_state& t, const native_definition* d, value self, string_object* module) {
  auto* f = t.alloc.make<native_function_object>(t, t.interp->types.builtin_function->root);
  if (!f) return {};
  f->definition = d;
  f->self = self;
  f->module = module;
  return value::of(f);
}

namespace {

// Special methods that CPython keeps in a class's slots rather than as ordinary methods.
bool is_slot(std::string_view name) {
  static constexpr std::string_view ordinary[] = {"__format__", "__round__", "__reversed__", "__trunc__", "__floor__",
                                                  "__ceil__",   "__getitem__", "__contains__", "__sizeof__", "__dir__", "__enter__",
                                                  "__exit__",   "__length_hint__", "__init_subclass__", "__class_getitem__", "__pow__"};
  return name.starts_with("__") && std::find(std::begin(ordinary), std::end(ordinary), name) == std::end(ordinary);
}
bool is_search(std::string_view name) {
  static constexpr std::string_view all[] = {"find", "rfind", "index", "rindex", "count", "startswith", "endswith"};
  return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

value wrong_count(thread_state& t, const native_function_object* f, long given, long least, long most) {
  const char* name = f->definition->name;
  const std::string module = f->module ? to_utf8(f->module) : std::string();
  const std::string prefix = f->owner ? to_utf8(f->owner->name) : module == "builtins" ? std::string() : module;
  const std::string full = (prefix.empty() ? prefix : prefix + ".") + name;
  type_object* error = t.interp->errors.TypeError;
  const bool few = given < least;
  const long bound = few ? least : most;
  const char* plural = bound == 1 ? "" : "s";
  if (f->owner && std::string_view(name) == "__pow__")          // its slot wrapper has no name to show
    return raise(t, error, " expected %s%ld argument%s, got %ld", few ? "at least " : "at most ", bound, plural, given);
  // CPython words it by how the method is made: an operator's slot, old parsing of arguments, new parsing.
  if (f->owner && is_slot(name)) return raise(t, error, "expected %s%ld argument%s, got %ld", least == most ? "" : few ? "at least " : "at most ", bound, plural, given);
  if (f->owner && is_search(name) && !(f->owner == t.interp->types.list || f->owner == t.interp->types.tuple))
    return raise(t, error, "%s() takes at %s %ld argument%s (%ld given)", name, few ? "least" : "most", bound, plural, given);
  if (most == 0) return raise(t, error, "%s() takes no arguments (%ld given)", full.c_str(), given);
  if (least == 1 && most == 1) return raise(t, error, "%s() takes exactly one argument (%ld given)", full.c_str(), given);
  return raise(t, error, "%s expected %s%ld argument%s, got %ld", name,
               least == most ? "" : few ? "at least " : "at most ", bound, plural, given);
}

}  // namespace

value call_native(thread_state& t, const native_function_object* f, const call_args& a) {
  const native_definition& d = *f->definition;
  if (f->owner) {
    if (a.npos == 0) {
      return raise(t, t.interp->errors.TypeError, "unbound method %s.%s() needs an argument",
                   to_utf8(f->owner->name).c_str(), d.name);
    }
    if (GILT_UNLIKELY(shape_of(t, a[0])->cls != f->owner && !has_class(t, a[0], f->owner))) {
      return raise(t, t.interp->errors.TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                   d.name, to_utf8(f->owner->name).c_str(), type_name(t, a[0]).c_str());
    }
  }
  if (!d.keywords) {
    const long bound = f->owner || !f->self.empty() ? 1 : 0;
    if (GILT_UNLIKELY(a.nkw > 0)) {
      return raise(t, t.interp->errors.TypeError, "%s%s%s() takes no keyword arguments",
                   f->owner ? to_utf8(f->owner->name).c_str() : "", f->owner ? "." : "", d.name);
    }
    if (GILT_UNLIKELY(static_cast<long>(a.npos) < d.min_args || (d.max_args >= 0 && static_cast<long>(a.npos) > d.max_args))) {
      return wrong_count(t, f, static_cast<long>(a.npos) - bound, d.min_args - bound, d.max_args < 0 ? -1 : d.max_args - bound);
    }
  }
  if (GILT_UNLIKELY(f->owner == t.interp->types.float_ && is(a[0], kind::float_box)) && a.npos <= 3) {
    value plain[3];                                        // float's methods know doubles only
    for (std::uint32_t k = 0; k < a.npos; ++k) plain[k] = unboxed(a[k]);
    return d.call(t, {plain, a.npos, 0, nullptr});
  }
  return d.call(t, a);
}

// Which of a class's attributes bind to the receiver as its first argument.
value lookup_special(thread_state& t, value self, string_object* name, value& self_out) {
  self_out = {};
  type_object* cls = shape_of(t, self)->cls;
  cell_object* cell = type_lookup(cls, name);
  if (!cell) return {};
  value found;
  if (!read_cell(t, cell, found) || found.empty()) return {};
  if (is(found, kind::function) || (is(found, kind::native_function) && found.as<native_function_object>()->owner)) {
    self_out = self;
    return found;
  }
  return bind_attribute(t, found, self, cls);
}

value call_special(thread_state& t, value self, string_object* name, const value* args, std::size_t n, bool& found) {
  value first;
  const value method = lookup_special(t, self, name, first);
  found = !method.empty() || t.why != signal::none;
  if (method.empty()) return {};
  if (first.empty()) return call(t, method, args, n);
  value room[8];
  if (n >= 8) return raise(t, t.interp->errors.SystemError, "too many arguments for a special method");
  room[0] = first;
  std::copy(args, args + n, room + 1);
  return call(t, method, room, n + 1);
}

value call_method(thread_state& t, value self, string_object* name, const value* args, std::size_t n) {
  value callee, first;
  std::uint64_t word;
  if (!load_method_caching(t, self, name, callee, first, word)) return {};
  if (first.empty()) return call(t, callee, args, n);
  value room[16];
  if (n >= 16) return raise(t, t.interp->errors.SystemError, "too many arguments for call_method");
  room[0] = first;
  std::copy(args, args + n, room + 1);
  return call(t, callee, room, n + 1);
}

}  // namespace gilt::interp
