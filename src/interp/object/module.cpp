// SPDX-License-Identifier: BSL-1.0
// module: the cells dict is no part of any slice. Making a cell changes nothing a script can see, so
// it happens at once, under a mutex, and is never undone; only what a cell holds is transactional. A
// fresh cell must therefore not count as newborn: its orec is that of an object nobody ever wrote.
#include "interp/object/module.hpp"

#include <mutex>

#include "interp/object/class_cells.hpp"
#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/string.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

module_object* make_module(thread_state& t, string_object* name) {
  shape own = model_shape(kind::module, t.interp->types.module, false, 0);
  shape* s = t.interp->shapes.make(own);
  auto* m = t.alloc.make<module_object>(t, s);
  const value cells = m ? make_dict(t) : value{};
  if (cells.empty()) return nullptr;
  s->owner = m;
  m->name = name;
  m->cells = cells.as<dict_object>();
  m->globals = t.alloc.make<namespace_object>(t, t.interp->types.namespace_->root);
  if (!m->globals) return nullptr;
  m->globals->module = m;
  return module_set(t, m, t.interp->names.__name__, value::of(name)) ? m : nullptr;
}

module_object* make_backed_module(thread_state& t, dict_object* names) {
  auto* m = t.alloc.make<module_object>(t, t.interp->builtins->shape_relaxed());
  if (!m) return nullptr;
  m->name = t.interp->builtins->name;
  m->backing = names;
  return m;
}

value module_globals(const module_object* m) { return m->backing ? value::of(m->backing) : value::of(m->globals); }

cell_object* find_module_cell(thread_state& t, module_object* m, string_object* name) {
  const std::lock_guard hold(t.interp->module_mutex);
  return find_cell(m->cells, name);
}

cell_object* module_cell(thread_state& t, module_object* m, string_object* name) {
  const std::lock_guard hold(t.interp->module_mutex);
  if (cell_object* c = find_cell(m->cells, name)) return c;
  const value fresh = make_cell(t, {});
  if (fresh.empty()) return nullptr;
  fresh.as_object()->lock.store_relaxed(0);
  if (!dict_set<plain_access>(t, m->cells, value::of(name), fresh)) return nullptr;
  return fresh.as<cell_object>();
}

cell_object* binding_cell(thread_state& t, module_object* m, string_object* name) {
  interpreter& i = *t.interp;
  if (cell_object* c = find_module_cell(t, m, name); c || t.why != signal::none) return c;
  if (i.builtins && m != i.builtins && i.clear_global_caches && find_module_cell(t, i.builtins, name) != nullptr) {
    // Sites that found the builtin so far must look again.
    if (i.make_exclusive && !i.make_exclusive(t)) return nullptr;
    i.clear_global_caches(i, name);
  }
  return t.why == signal::none ? module_cell(t, m, name) : nullptr;
}

bool module_set(thread_state& t, module_object* m, string_object* name, value v) {
  if (m->backing) return dict_set(t, m->backing, value::of(name), v);
  cell_object* c = binding_cell(t, m, name);
  return c && write_cell(t, c, v);
}

value module_get(thread_state& t, module_object* m, string_object* name) {
  value v;
  if (m->backing) return dict_get(t, m->backing, value::of(name), v) ? v : value{};
  cell_object* c = find_module_cell(t, m, name);
  return c && read_cell(t, c, v) ? v : value{};
}

bool module_delete(thread_state& t, module_object* m, string_object* name, bool& found) {
  found = false;
  if (m->backing) return dict_delete(t, m->backing, value::of(name), found);
  cell_object* c = find_module_cell(t, m, name);
  if (!c) return true;
  value v;
  if (!read_cell(t, c, v)) return false;
  found = !v.empty();
  return !found || write_cell(t, c, {});
}

value module_dict(thread_state& t, module_object* m) {
  const value d = make_dict(t);
  if (d.empty()) return {};
  std::int64_t at = 0;
  for (;;) {
    value name, cell, v;
    {
      const std::lock_guard hold(t.interp->module_mutex);
      if (!dict_next<plain_access>(t, m->cells, at, name, cell)) return {};
    }
    if (name.empty()) return d;
    if (!read_cell(t, cell.as<cell_object>(), v)) return {};
    if (!v.empty() && !dict_set(t, d.as<dict_object>(), name, v)) return {};
  }
}

value module_repr(thread_state& t, module_object* m) {
  const value file = module_get(t, m, t.interp->names.__file__);
  if (file.empty() && t.why != signal::none) return {};
  const std::string name = "<module '" + to_utf8(m->name) + "'";
  if (is(file, kind::str)) return make_string(t, name + " from '" + to_utf8(file.as<string_object>()) + "'>");
  // Native modules have no __spec__; one that a script has made has None.
  const bool by_hand = module_get(t, m, t.interp->names.__spec__).is_none() && m->name != t.interp->names.__main__;
  if (t.why != signal::none) return {};
  return make_string(t, name + (by_hand ? ">" : " (built-in)>"));
}

}  // namespace gilt::interp
