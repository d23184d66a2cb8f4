// SPDX-License-Identifier: BSL-1.0
#include "interp/object/type.hpp"

#include <algorithm>
#include <mutex>

#include "interp/object/attribute_kind.hpp"
#include "interp/object/class_cells.hpp"
#include "interp/object/class_flags.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

type_object* class_of(const thread_state& t, value v) { return shape_of(t, v)->cls; }

bool is_subtype(const type_object* derived, const type_object* base) {
  if (derived == base) return true;
  const auto mro = items_of(const_cast<const tuple_object*>(derived->mro));
  return std::find(mro.begin(), mro.end(), value::of(base)) != mro.end();
}

bool has_class(const thread_state& t, value v, const type_object* cls) { return is_subtype(class_of(t, v), cls); }

// ---- cells ----

value make_cell(thread_state& t, value content) {
  auto* c = t.alloc.make<cell_object>(t, t.interp->cell_shape);
  if (!c) return {};
  c->content.store(content.bits, std::memory_order_relaxed);
  return value::of(c);
}

bool read_cell(thread_state& t, cell_object* c, value& out) { return any_access::read(t, c, c->content, out); }

bool write_cell(thread_state& t, cell_object* c, value content) {
  if (!t.barriers) {
    if (c->content.load(std::memory_order_relaxed) != 0) c->rebound.store(1, std::memory_order_relaxed);
    c->content.store(content.bits, std::memory_order_relaxed);
    return true;
  }
  if (!stm_access::newborn(t, c) && c->rebound.load(std::memory_order_relaxed) == 0) {
    value now;
    if (!stm_access::read(t, c, c->content, now)) return false;
    if (now == content) return true;
    if (!now.empty()) {
      if (!make_exclusive(t)) return false;
      c->rebound.store(1, std::memory_order_relaxed);      // for good, whatever becomes of this slice
    }
  }
  return stm_access::write(t, c, c->content, content);
}

value type_attribute(thread_state& t, type_object* cls, const string_object* name) {
  cell_object* c = type_lookup(cls, name);
  value out;
  return c && read_cell(t, c, out) ? out : value{};
}

std::string qualified_name(thread_state& t, type_object* cls) {
  value module, qualname;
  if (!any_access::read(t, cls, cls->module, module) || !any_access::read(t, cls, cls->qualname, qualname)) return {};
  const std::string name = is(qualname, kind::str) ? to_utf8(qualname.as<string_object>()) : to_utf8(cls->name);
  if (!is(module, kind::str) || module == value::of(t.interp->names.builtins)) return name;
  return to_utf8(module.as<string_object>()) + "." + name;
}

// ---- flags ----

namespace {

bool defined_by_script(const type_object* cls, const string_object* name) {
  const cell_object* c = find_class_cell(cls, name);
  if (!c) return false;
  value v = load(c->content);
  if (is(v, kind::static_method)) v = load(v.as<wrapper_object>()->function);  // object.__new__
  return !v.empty() && !is(v, kind::native_function);
}

}  // namespace

void update_class_flags(const interpreter& i, type_object* cls) {
  const well_known_names& n = i.names;
  const auto set = [&](std::uint32_t flag, bool on) { cls->flags = on ? cls->flags | flag : cls->flags & ~flag; };
  const bool everything = defined_by_script(cls, n.__getattribute__);
  set(flag_has_getattribute, everything);
  set(flag_has_getattr, everything || defined_by_script(cls, n.__getattr__));
  set(flag_has_setattr, defined_by_script(cls, n.__setattr__) || defined_by_script(cls, n.__delattr__));
  set(flag_custom_init, defined_by_script(cls, n.__init__));
  set(flag_custom_new, defined_by_script(cls, n.__new__));
  const cell_object* abstract = find_cell(cls->cells, n.__abstractmethods__);
  const value names = abstract ? load(abstract->content) : value{};
  const bool some = is(names, kind::frozenset) || is(names, kind::set);
  set(flag_abstract, some && load(names.as<dict_object>()->length).as_int() > 0);
}

bool make_exclusive(thread_state& t) { return !t.barriers || !t.interp->make_exclusive || t.interp->make_exclusive(t); }

namespace {

// The structure of a class has changed: nothing remembered about any class holds. World stopped.
void forget_everything(thread_state& t, type_object* changed) {
  interpreter& i = *t.interp;
  i.shapes.forget_resolved();
  if (i.clear_inline_caches) i.clear_inline_caches(i);
  std::vector<type_object*> all;
  {
    const std::lock_guard hold(i.types_mutex);
    all = i.all_types;
  }
  for (type_object* c : all) {
    if (c->mro && (c->flags & flag_heap) != 0 && is_subtype(c, changed)) update_class_flags(i, c);
  }
}

}  // namespace

bool set_class_attribute(thread_state& t, type_object* cls, string_object* name, value v) {
  if ((cls->flags & flag_heap) == 0) {
    raise(t, t.interp->errors.TypeError, "cannot set '%s' attribute of immutable type '%s'", to_utf8(name).c_str(),
          to_utf8(cls->name).c_str());
    return false;
  }
  cell_object* own = find_cell(cls->cells, name);
  value before;
  if (own && !read_cell(t, own, before)) return false;
  if (v.empty() && before.empty()) {
    raise(t, t.interp->errors.AttributeError, "type object '%s' has no attribute '%s'", to_utf8(cls->name).c_str(),
          to_utf8(name).c_str());
    return false;
  }
  // Only the value changes, and sites that cached an instance's own slot stay right.
  if (own && !v.empty() && !before.empty() && is_data_descriptor(t, before) == is_data_descriptor(t, v) &&
      !affects_flags(*t.interp, name)) {
    return write_cell(t, own, v);
  }
  if (!make_exclusive(t)) return false;
  if (v.empty()) {
    bool found = false;
    if (!dict_delete(t, cls->cells, value::of(name), found)) return false;
  } else if (own) {
    if (!write_cell(t, own, v)) return false;
  } else {
    const value cell = make_cell(t, v);
    if (cell.empty() || !dict_set(t, cls->cells, value::of(name), cell)) return false;
  }
  forget_everything(t, cls);
  return true;
}

bool affects_flags(const interpreter& i, const string_object* name) {
  const well_known_names& n = i.names;
  return name == n.__getattr__ || name == n.__getattribute__ || name == n.__setattr__ || name == n.__delattr__ ||
         name == n.__init__ || name == n.__new__ || name == n.__abstractmethods__ || name == n.__set__ || name == n.__delete__ || name == n.__get__;
}

}  // namespace gilt::interp
