// SPDX-License-Identifier: BSL-1.0
// namespace: what globals(), vars(module) and module.__dict__ answer: the module's cells, seen as a
// dict. Nothing is copied for a single name, so a script may define and change globals through it;
// whoever looks at all of them (iteration, items(), repr) gets a dict of what is bound at that moment.
#include "interp/object/module.hpp"

#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

module_object* of(const call_args& a) { return a[0].as<namespace_object>()->module; }

// The value bound to a key; empty with t.why == none: there is none. Only strings are ever bound.
value find(thread_state& t, const call_args& a) {
  if (is(a[1], kind::str)) return module_get(t, of(a), intern(*t.interp, a[1].as<string_object>()));
  std::uint64_t unused = 0;
  return hash(t, a[1], unused) ? value{} : value{};
}
bool bind_name(thread_state& t, module_object* m, value key, value item) {
  if (is(key, kind::str)) return module_set(t, m, intern(*t.interp, key.as<string_object>()), item);
  raise(t, t.interp->errors.TypeError, "the names of a module are str, not %s", type_name(t, key).c_str());
  return false;
}
bool unbind(thread_state& t, const call_args& a, bool& found) {
  found = false;
  return !is(a[1], kind::str) || module_delete(t, of(a), intern(*t.interp, a[1].as<string_object>()), found);
}
value done(bool fine) { return fine ? value::none() : value{}; }

value getitem_(thread_state& t, const call_args& a) {
  const value v = find(t, a);
  return v.empty() && t.why == signal::none ? raise_key_error(t, a[1]) : v;
}
value setitem_(thread_state& t, const call_args& a) { return done(bind_name(t, of(a), a[1], a[2])); }
value delitem_(thread_state& t, const call_args& a) {
  bool found = false;
  if (!unbind(t, a, found)) return {};
  return found ? value::none() : raise_key_error(t, a[1]);
}
value contains_(thread_state& t, const call_args& a) {
  const value v = find(t, a);
  return t.why == signal::none ? value::boolean(!v.empty()) : value{};
}
value get(thread_state& t, const call_args& a) {
  const value v = find(t, a);
  if (!v.empty() || t.why != signal::none) return v;
  return a.npos > 2 ? a[2] : value::none();
}
value pop(thread_state& t, const call_args& a) {
  const value v = find(t, a);
  if (t.why != signal::none) return {};
  bool found = false;
  if (!v.empty()) return unbind(t, a, found) ? v : value{};
  return a.npos > 2 ? a[2] : raise_key_error(t, a[1]);
}
value set_default(thread_state& t, const call_args& a) {
  const value v = find(t, a);
  if (!v.empty() || t.why != signal::none) return v;
  const value item = a.npos > 2 ? a[2] : value::none();
  return bind_name(t, of(a), a[1], item) ? item : value{};
}

bool update_from(thread_state& t, module_object* m, value names) {
  std::int64_t at = 0;
  for (value key, item;;) {
    if (!dict_next(t, names.as<dict_object>(), at, key, item)) return false;
    if (key.empty()) return true;
    if (!bind_name(t, m, key, item)) return false;
  }
}
// update(other, **names): through a dict, so that any mapping or iterable of pairs will do.
value update(thread_state& t, const call_args& a) {
  const value names = make_dict(t);
  if (names.empty() || (a.npos > 1 && !dict_update(t, names.as<dict_object>(), a[1]))) return {};
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    if (!dict_set(t, names.as<dict_object>(), items_of(a.names)[k], a[a.npos + k])) return {};
  }
  return done(update_from(t, of(a), names));
}
value clear(thread_state& t, const call_args& a) {
  const value names = module_dict(t, of(a));
  if (names.empty()) return {};
  std::int64_t at = 0;
  for (value key, item;;) {
    if (!dict_next(t, names.as<dict_object>(), at, key, item)) return {};
    if (key.empty()) return value::none();
    bool found = false;
    if (!module_delete(t, of(a), key.as<string_object>(), found)) return {};
  }
}

// Everything else asks a dict of what is bound now.
constexpr const char* copy_methods[] = {"keys", "values", "items", "__iter__", "__reversed__", "__len__", "__repr__", "__eq__", "__ne__"};
template <int Which>
value of_copy(thread_state& t, const call_args& a) {
  const value names = module_dict(t, of(a));
  if (names.empty()) return {};
  value args[2];
  for (std::uint32_t k = 1; k < a.npos && k < 3; ++k) args[k - 1] = a[k];
  if (a.npos > 1 && is(a[1], kind::native) && class_of(t, a[1]) == t.interp->types.namespace_) {
    args[0] = module_dict(t, a[1].as<namespace_object>()->module);
    if (args[0].empty()) return {};
  }
  return call_method(t, names, intern(*t.interp, copy_methods[Which]), args, a.npos - 1);
}
value copy(thread_state& t, const call_args& a) { return module_dict(t, of(a)); }

constexpr native_definition table[] = {
    {"__getitem__", getitem_, 2, 2, false},   {"__setitem__", setitem_, 3, 3, false},  {"__delitem__", delitem_, 2, 2, false},
    {"__contains__", contains_, 2, 2, false}, {"get", get, 2, 3, false},
    {"pop", pop, 2, 3, false},                {"setdefault", set_default, 2, 3, false}, {"update", update, 1, 2, true},
    {"clear", clear, 1, 1, false},            {"copy", copy, 1, 1, false},             {"keys", of_copy<0>, 1, 1, false},
    {"values", of_copy<1>, 1, 1, false},      {"items", of_copy<2>, 1, 1, false},      {"__iter__", of_copy<3>, 1, 1, false},
    {"__reversed__", of_copy<4>, 1, 1, false}, {"__len__", of_copy<5>, 1, 1, false},   {"__repr__", of_copy<6>, 1, 1, false},
    {"__eq__", of_copy<7>, 2, 2, false},      {"__ne__", of_copy<8>, 2, 2, false},
};

}  // namespace

void define_namespace_members(interpreter& i, thread_state& t) {
  define_methods(i, i.types.namespace_, table);
  bind_class_name(t, i.types.namespace_, i.names.__hash__, value::none());
}

}  // namespace gilt::interp
