// SPDX-License-Identifier: BSL-1.0
// super: attributes of an object or class as if its MRO began after a given class.
#include "interp/object/attribute_cache.hpp"
#include "interp/object/class_cells.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

value new_super(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos == 0) return raise(t, t.interp->errors.RuntimeError, "super(): no arguments");
  if (a.npos > 2) return raise(t, t.interp->errors.TypeError, "super() expected at most 2 arguments, got %u", a.npos);
  if (!is(a[0], kind::type)) {
    return raise(t, t.interp->errors.TypeError, "super() argument 1 must be a type, not %s", type_name(t, a[0]).c_str());
  }
  auto* type = a[0].as<type_object>();
  value self, self_type;
  if (a.npos == 2 && !a[1].is_none()) {
    self = a[1];
    if (is(self, kind::type) && is_subtype(self.as<type_object>(), type)) {
      self_type = self;
    } else if (has_class(t, self, type)) {
      self_type = value::of(class_of(t, self));
    } else {
      return raise(t, t.interp->errors.TypeError, "super(type, obj): obj must be an instance or subtype of type");
    }
  }
  auto* s = t.alloc.make<super_object>(t, cls->root);
  if (!s) return {};
  s->type = a[0];
  s->self = self;
  s->self_type = self_type;
  return value::of(s);
}

value super_getattr(thread_state& t, super_object* s, string_object* name) {
  if (s->self.empty() || name == t.interp->names.__class__) return {};
  auto* from = s->self_type.as<type_object>();
  bool after = false;
  for (const value v : items_of(from->mro)) {
    if (after) {
      if (cell_object* c = find_cell(v.as<type_object>()->cells, name)) {
        value found;
        if (!read_cell(t, c, found)) return {};
        if (s->self == s->self_type) return bind_own(t, from->shape_relaxed(), found);
        return bind_attribute(t, found, s->self, from);
      }
    }
    after = after || v == s->type;
  }
  return {};
}

}  // namespace gilt::interp
