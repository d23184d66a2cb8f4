// SPDX-License-Identifier: BSL-1.0
// instance: what cls(...) does.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/list_methods.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

object* allocate_instance(thread_state& t, type_object* cls) {
  shape* s = cls->root;
  const std::size_t words = std::size_t{s->first_slot} + s->inline_slots;
  return t.alloc.make<object>(t, s, words * 8 - sizeof(object));
}

// TypeError that names what the class leaves to its subclasses.
static value refuse_abstract(thread_state& t, type_object* cls) {
  interpreter& i = *t.interp;
  const value names = getattr(t, value::of(cls), i.names.__abstractmethods__);
  const value list = names.empty() ? names : make_list(t);
  if (list.empty() || !list_extend(t, list.as<list_object>(), names)) return {};
  value sorted[1] = {list};
  if (list_sort(t, {sorted, 1, 0, nullptr}).empty()) return {};
  const value comma = make_string(t, ", ");
  const value shown = comma.empty() ? comma : call_method(t, comma, intern(i, "join"), {list});
  std::int64_t count = 0;
  if (shown.empty() || !length(t, list, count)) return {};
  return raise(t, i.errors.TypeError, "Can't instantiate abstract class %s with abstract method%s %s", to_utf8(cls->name).c_str(),
               count == 1 ? "" : "s", to_utf8(shown.as<string_object>()).c_str());
}

value new_object(thread_state& t, type_object* cls, const call_args& a) {
  if ((cls->flags & flag_abstract) != 0) return refuse_abstract(t, cls);
  if (a.npos + a.nkw > 0) {
    if ((cls->flags & flag_custom_new) != 0) {
      return raise(t, t.interp->errors.TypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if ((cls->flags & flag_custom_init) == 0) {
      return raise(t, t.interp->errors.TypeError, "%s() takes no arguments", to_utf8(cls->name).c_str());
    }
  }
  object* o = allocate_instance(t, cls);
  return o ? value::of(o) : value{};
}

namespace {

// The arguments with one more before them. `room` keeps them.
call_args with_first(value first, const call_args& a, std::vector<value>& room) {
  room.reserve(a.npos + a.nkw + 1);
  room.push_back(first);
  room.insert(room.end(), a.v, a.v + a.npos + a.nkw);
  return {room.data(), a.npos + 1, a.nkw, a.names};
}

value call_with(thread_state& t, value callee, const call_args& a) { return call(t, callee, a.v, a.npos + a.nkw, a.names); }

value make_new(thread_state& t, type_object* cls, const call_args& a) {
  if ((cls->flags & flag_custom_new) != 0) {
    const value found = type_attribute(t, cls, t.interp->names.__new__);
    if (found.empty()) return {};
    const value callee = bind_own(t, cls->shape_relaxed(), found);
    if (callee.empty()) return {};
    std::vector<value> room;
    return call_with(t, callee, with_first(value::of(cls), a, room));
  }
  if (!cls->native_new || (cls->flags & flag_not_callable) != 0) {
    return raise(t, t.interp->errors.TypeError, "cannot create '%s' instances", qualified_name(t, cls).c_str());
  }
  return cls->native_new(t, cls, a);
}

bool run_init(thread_state& t, value made, const call_args& a) {
  value self;
  const value init = lookup_special(t, made, t.interp->names.__init__, self);
  if (init.empty()) return t.why == signal::none;
  value r;
  if (self.empty()) {
    r = call_with(t, init, a);
  } else {
    std::vector<value> room;
    r = call_with(t, init, with_first(self, a, room));
  }
  if (r.empty()) return false;
  if (r.is_none()) return true;
  raise(t, t.interp->errors.TypeError, "__init__() should return None, not '%s'", type_name(t, r).c_str());
  return false;
}

}  // namespace

value plain_construct(thread_state& t, type_object* cls, const call_args& a) {
  const value made = make_new(t, cls, a);
  if (made.empty() || !has_class(t, made, cls)) return made;
  type_object* actual = class_of(t, made);
  // A builtin class's constructor has initialised its own instances already.
  const bool left = (actual->flags & flag_custom_init) != 0 ||
                    ((cls->flags & flag_custom_new) != 0 && actual->native_new != new_object &&
                     actual->instance_kind != kind::type && actual->instance_kind != kind::exception);
  if (left && cls != t.interp->types.type && !run_init(t, made, a)) return {};
  return made;
}

value construct(thread_state& t, type_object* cls, const call_args& a) {
  if (cls->metaclass != t.interp->types.type) {
    const value hook = type_attribute(t, cls->metaclass, t.interp->names.__call__);
    if (hook.empty() && t.why != signal::none) return {};
    if (!hook.empty() && !is(hook, kind::native_function)) {
      std::vector<value> room;
      return call_with(t, hook, with_first(value::of(cls), a, room));
    }
  }
  return plain_construct(t, cls, a);
}

}  // namespace gilt::interp
