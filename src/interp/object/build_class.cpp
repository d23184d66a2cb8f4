// SPDX-License-Identifier: BSL-1.0
// build_class: what a class statement does.
//
// A class under construction belongs to its slice alone, so its dict is filled without stopping the
// world; __set_name__ and __init_subclass__ run when it is complete.
#include <algorithm>
#include <mutex>

#include "interp/object/attribute_cache.hpp"
#include "interp/object/attribute_kind.hpp"
#include "interp/object/class_cells.hpp"
#include "interp/object/class_flags.hpp"
#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

constexpr std::uint16_t usual_slots = 6;

// The most derived of the metaclass asked for and the bases' ones. Null: TypeError.
type_object* winner(thread_state& t, type_object* asked, const tuple_object* bases) {
  for (const value b : items_of(bases)) {
    type_object* meta = class_of(t, b);
    if (is_subtype(asked, meta)) continue;
    if (is_subtype(meta, asked)) {
      asked = meta;
      continue;
    }
    raise(t, t.interp->errors.TypeError,
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of "
          "all its bases");
    return nullptr;
  }
  return asked;
}

// The base whose data instances have. Null: TypeError.
type_object* best_layout(thread_state& t, const std::vector<type_object*>& bases) {
  type_object* object_type = t.interp->types.object;
  type_object* best = object_type;
  for (type_object* b : bases) {
    type_object* l = b->layout;
    if (l == object_type || l == best) continue;
    if (best == object_type || is_subtype(l, best)) {
      best = l;
    } else if (!is_subtype(best, l) && l->instance_kind != kind::exception) {
      raise(t, t.interp->errors.TypeError, "multiple bases have instance lay-out conflict");
      return nullptr;
    }
  }
  return best;
}

bool check_bases(thread_state& t, const tuple_object* bases, std::vector<type_object*>& out) {
  for (const value v : items_of(bases)) {
    if (!is(v, kind::type)) {
      raise(t, t.interp->errors.TypeError, "bases must be types");
      return false;
    }
    auto* b = v.as<type_object>();
    if ((b->flags & flag_final) != 0) {
      raise(t, t.interp->errors.TypeError, "type '%s' is not an acceptable base type", to_utf8(b->name).c_str());
      return false;
    }
    if (std::find(out.begin(), out.end(), b) != out.end()) {
      raise(t, t.interp->errors.TypeError, "duplicate base class %s", to_utf8(b->name).c_str());
      return false;
    }
    out.push_back(b);
  }
  return true;
}

// The names in __slots__: a str or an iterable of them.
bool read_slots(thread_state& t, value slots, const std::vector<type_object*>& bases, type_object* c, bool& has_dict) {
  std::vector<value> names;
  const auto add = [&](value v) {
    if (!is(v, kind::str)) {
      raise(t, t.interp->errors.TypeError, "__slots__ items must be strings, not '%s'", type_name(t, v).c_str());
      return false;
    }
    std::string text = to_utf8(v.as<string_object>());
    std::string owner = to_utf8(c->name);
    owner.erase(0, owner.find_first_not_of('_'));
    // Private names are mangled as the compiler mangles them in the class's methods.
    if (text.starts_with("__") && !text.ends_with("__") && !owner.empty()) text = "_" + owner + text;
    string_object* name = intern(*t.interp, text);
    if (name == t.interp->names.__dict__) {
      has_dict = true;
    } else if (name != t.interp->names.__weakref__ && std::find(names.begin(), names.end(), value::of(name)) == names.end()) {
      names.push_back(value::of(name));
    }
    return true;
  };
  for (const type_object* b : bases) {
    if (b->slot_names) names.insert(names.end(), b->slot_names->items(), b->slot_names->items() + b->slot_names->length);
  }
  if (is(slots, kind::str)) {
    if (!add(slots)) return false;
  } else {
    const value all = tuple_of(t, slots);
    if (all.empty()) return false;
    for (const value v : items_of(all.as<tuple_object>())) {
      if (!add(v)) return false;
    }
  }
  const value kept = make_tuple(t, names.data(), names.size());
  if (kept.empty()) return false;
  c->slot_names = kept.as<tuple_object>();
  return true;
}

// Without __slots__ of its own a class has those of its bases.
bool inherit_slots(thread_state& t, const std::vector<type_object*>& bases, type_object* c) {
  std::vector<value> names;
  for (const type_object* b : bases) {
    if (b->slot_names) names.insert(names.end(), b->slot_names->items(), b->slot_names->items() + b->slot_names->length);
  }
  if (names.empty()) return true;
  const value kept = make_tuple(t, names.data(), names.size());
  if (kept.empty()) return false;
  c->slot_names = kept.as<tuple_object>();
  return true;
}

value wrap(thread_state& t, type_object* wrapper, value function) {
  auto* w = t.alloc.make<wrapper_object>(t, wrapper->root);
  if (!w) return {};
  w->function.store(function.bits, std::memory_order_relaxed);
  return value::of(w);
}

bool fill(thread_state& t, type_object* c, dict_object* names, value& class_cell) {
  const well_known_names& n = t.interp->names;
  bool has_eq = false, has_hash = false;
  std::int64_t at = 0;
  for (value key, item;;) {
    if (!dict_next(t, names, at, key, item)) return false;
    if (key.empty()) break;
    if (!is(key, kind::str)) continue;
    string_object* name = intern(*t.interp, key.as<string_object>());
    if (name == n.__qualname__) {
      if (!is(item, kind::str)) {
        raise(t, t.interp->errors.TypeError, "type __qualname__ must be a str, not %s", type_name(t, item).c_str());
        return false;
      }
      raw_store(c->qualname, item);
      continue;
    }
    if (name == n.__module__) {
      raw_store(c->module, item);
      continue;
    }
    if (name == n.__doc__) {
      raw_store(c->doc, item);
      continue;
    }
    if (name == n.__classcell__) {
      class_cell = item;
      if (is(item, kind::cell)) continue;
      const value kind_shown = repr_of(t, value::of(class_of(t, item)));
      if (!kind_shown.empty())
        raise(t, t.interp->errors.TypeError, "__classcell__ must be a nonlocal cell, not " + to_utf8(kind_shown.as<string_object>()));
      return false;
    }
    has_eq = has_eq || name == n.__eq__;
    has_hash = has_hash || name == n.__hash__;
    if (is(item, kind::function)) {
      if (name == n.__new__) item = wrap(t, t.interp->types.static_method, item);
      if (name == n.__init_subclass__ || name == n.__class_getitem__) item = wrap(t, t.interp->types.class_method, item);
      if (item.empty()) return false;
    }
    bind_class_name(t, c, name, item);
    if (t.why != signal::none) return false;
  }
  if (has_eq && !has_hash) bind_class_name(t, c, n.__hash__, value::none());
  return t.why == signal::none;
}

// RuntimeError, caused by what __set_name__ has raised.
bool set_name_failed(thread_state& t, type_object* c, value name, value v) {
  if (t.why != signal::exception) return false;
  const value cause = t.exception;
  t.why = signal::none;
  const value shown = repr_of(t, name);
  if (shown.empty()) return false;
  raise(t, t.interp->errors.RuntimeError, "Error calling __set_name__ on '%s' instance %s in '%s'", type_name(t, v).c_str(),
        to_utf8(shown.as<string_object>()).c_str(), to_utf8(c->name).c_str());
  const value e = t.exception;
  t.why = signal::none;
  auto* x = e.as<exception_object>();
  if (!any_access::write(t, x, x->cause, cause) || !any_access::write(t, x, x->suppress_context, value::true_())) return false;
  raise_object(t, e);
  return false;
}

// __set_name__ may change the class: what stands in it is collected first.
bool set_names(thread_state& t, type_object* c) {
  std::vector<std::pair<value, value>> all;
  std::int64_t at = 0;
  for (value name, cell;;) {
    if (!dict_next(t, c->cells, at, name, cell)) return false;
    if (name.empty()) break;
    all.emplace_back(name, cell);                        // kept by the dict, which only grows
  }
  for (const auto& [name, cell] : all) {
    value v;
    if (!read_cell(t, cell.as<cell_object>(), v)) return false;
    if (!v.is_object()) continue;
    if (is(v, kind::property)) {
      auto* p = v.as<property_object>();
      if (load(p->name).empty() && !any_access::write(t, p, p->name, name)) return false;
      continue;
    }
    if ((class_of(t, v)->flags & flag_heap) == 0) continue;
    bool found = false;
    const value args[] = {value::of(c), name};
    const value r = call_special(t, v, t.interp->names.__set_name__, args, 2, found);
    if (found && r.empty()) return set_name_failed(t, c, name, v);
  }
  return true;
}

bool init_subclass(thread_state& t, type_object* c, const value* keywords, const tuple_object* keyword_names) {
  super_object s{};
  s.type = s.self = s.self_type = value::of(c);
  const value hook = super_getattr(t, &s, t.interp->names.__init_subclass__);
  if (hook.empty()) return t.why == signal::none;
  return !call(t, hook, keywords, keyword_names ? keyword_names->length : 0, keyword_names).empty();
}

bool register_subclass(thread_state& t, type_object* c, type_object* base) {
  value list;
  if (!any_access::read(t, base, base->subclasses, list)) return false;
  if (list.empty()) {
    list = make_list(t);
    if (list.empty() || !any_access::write(t, base, base->subclasses, list)) return false;
  }
  return list_append<any_access>(t, list.as<list_object>(), value::of(c));
}

}  // namespace

// The __name__ among the globals of the running function; empty: none runs. vm/call.cpp.
value module_of_caller(thread_state&);

value make_class(thread_state& t, type_object* metaclass, string_object* name, tuple_object* base_tuple, dict_object* names,
                 const value* keywords, const tuple_object* keyword_names) {
  interpreter& i = *t.interp;
  if (base_tuple->length == 0) {
    const value just_object = make_tuple(t, {value::of(i.types.object)});
    if (just_object.empty()) return {};
    base_tuple = just_object.as<tuple_object>();
  }
  std::vector<type_object*> bases, order;
  if (!check_bases(t, base_tuple, bases)) return {};
  metaclass = winner(t, metaclass, base_tuple);
  type_object* layout = metaclass ? best_layout(t, bases) : nullptr;
  if (!layout) return {};

  type_object* c = allocate_type(t, "", layout->instance_kind);
  const value cells = c ? make_dict(t) : value{};
  if (cells.empty()) return {};
  c->name = intern(i, name);
  raw_store(c->qualname, value::of(name));
  c->cells = cells.as<dict_object>();
  c->metaclass = metaclass;
  c->shape_relaxed()->cls = metaclass;
  c->layout = layout;
  c->bases = base_tuple;
  c->native_new = layout->native_new;
  c->flags = flag_heap;
  bool no_dict = true;
  for (const type_object* b : bases) {
    c->flags |= b->flags & (flag_is_exception | flag_is_type);
    no_dict = no_dict && ((b->flags & flag_no_dict) != 0 || (b->flags & flag_heap) == 0);
    if (layout == i.types.object && b->native_new != new_object && b->native_new) c->native_new = b->native_new;
  }
  if (layout->instance_kind == kind::exception) no_dict = false;

  value slots, class_cell;
  if (!dict_get(t, names, value::of(i.names.__slots__), slots)) return {};
  bool has_dict = slots.empty();
  if (!slots.empty() && !read_slots(t, slots, bases, c, has_dict)) return {};
  if (slots.empty() && !inherit_slots(t, bases, c)) return {};
  no_dict = no_dict && !has_dict;
  if (no_dict) c->flags |= flag_no_dict;
  const std::size_t slot_count = c->slot_names ? c->slot_names->length : 0;
  std::uint16_t room = no_dict ? static_cast<std::uint16_t>(std::min<std::size_t>(slot_count, 64)) : usual_slots;
  for (const type_object* b : bases) room = std::max(room, b->root->inline_slots);
  if (layout->instance_kind == kind::exception) room = layout->root->inline_slots;
  c->root = i.shapes.make(model_shape(layout->instance_kind, c, !no_dict || slot_count > 0, room));

  if (!linearize(c, bases, order)) {
    std::string shown;
    for (const type_object* b : order) shown += (shown.empty() ? "" : ", ") + to_utf8(b->name);
    return raise(t, i.errors.TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases %s", shown.c_str());
  }
  tuple_object* mro = allocate_tuple(t, order.size());
  if (!mro) return {};
  for (std::size_t k = 0; k < order.size(); ++k) mro->items()[k] = value::of(order[k]);
  c->mro = mro;
  value module;
  if (!dict_get(t, names, value::of(i.names.__module__), module)) return {};
  if (module.empty()) {
    module = module_of_caller(t);
    if (module.empty() && t.why != signal::none) return {};
    if (!module.empty()) raw_store(c->module, module);
  }
  if (!fill(t, c, names, class_cell)) return {};
  update_class_flags(i, c);
  if (is(class_cell, kind::cell)) {
    auto* cell = class_cell.as<cell_object>();
    if (!any_access::write(t, cell, cell->content, value::of(c))) return {};
  }
  for (type_object* b : bases) {
    if (!register_subclass(t, c, b)) return {};
  }
  if (!set_names(t, c) || !init_subclass(t, c, keywords, keyword_names)) return {};
  return value::of(c);
}

value new_type(thread_state& t, type_object* metaclass, const call_args& a) {
  if (a.npos == 1 && a.nkw == 0 && metaclass == t.interp->types.type) return value::of(class_of(t, a[0]));
  if (a.npos != 3) return raise(t, t.interp->errors.TypeError, "type() takes 1 or 3 arguments");
  static constexpr const char* wanted[] = {"str", "tuple", "dict"};
  static constexpr kind kinds[] = {kind::str, kind::tuple, kind::dict};
  for (std::size_t k = 0; k < 3; ++k) {
    if (!is(a[k], kinds[k])) {
      return raise(t, t.interp->errors.TypeError, "type.__new__() argument %zu must be %s, not %s", k + 1, wanted[k], type_name(t, a[k]).c_str());
    }
  }
  // type(name, bases, names) on behalf of a more derived metaclass of a base: that one makes the class.
  type_object* best = winner(t, metaclass, a[1].as<tuple_object>());
  if (!best) return {};
  if (best != metaclass && (best->flags & flag_custom_new) != 0) {
    const value make = getattr(t, value::of(best), t.interp->names.__new__);
    std::vector<value> all{value::of(best)};
    all.insert(all.end(), a.v, a.v + a.npos + a.nkw);
    return make.empty() ? make : call(t, make, all.data(), all.size(), a.nkw > 0 ? a.names : nullptr);
  }
  return make_class(t, metaclass, a[0].as<string_object>(), a[1].as<tuple_object>(), a[2].as<dict_object>(), a.v + 3,
                    a.nkw > 0 ? a.names : nullptr);
}

// Bases that are no classes may say by __mro_entries__ which ones stand for them.
static value resolved_bases(thread_state& t, value given) {
  std::vector<value> out;
  bool changed = false;
  for (const value b : items_of(given.as<tuple_object>())) {
    const value method = is(b, kind::type) ? value{} : find_attr(t, b, intern(*t.interp, "__mro_entries__"));
    if (t.why != signal::none) return {};
    if (method.empty()) {
      out.push_back(b);
      continue;
    }
    changed = true;
    const value instead = call(t, method, {given});
    if (instead.empty()) return {};
    if (!is(instead, kind::tuple)) return raise(t, t.interp->errors.TypeError, "__mro_entries__ must return a tuple");
    for (const value e : items_of(instead.as<tuple_object>())) out.push_back(e);
  }
  return changed ? make_tuple(t, out.data(), out.size()) : given;
}

value build_class(thread_state& t, const call_args& a) {
  interpreter& i = *t.interp;
  const value function = a[0], name = a[1];
  if (!is(name, kind::str)) return raise(t, i.errors.TypeError, "__build_class__: name is not a string");
  const value given_bases = make_tuple(t, a.v + 2, a.npos - 2);
  const value bases = given_bases.empty() ? given_bases : resolved_bases(t, given_bases);
  if (bases.empty()) return {};
  auto* base_tuple = bases.as<tuple_object>();

  // Keywords besides metaclass go to __prepare__, the metaclass and __init_subclass__.
  std::vector<value> keywords, keyword_names;
  value metaclass;
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    const value word = const_cast<tuple_object*>(a.names)->items()[k];
    if (equal(word.as<string_object>(), "metaclass")) {
      metaclass = a[a.npos + k];
    } else {
      keywords.push_back(a[a.npos + k]);
      keyword_names.push_back(word);
    }
  }
  if (metaclass.empty()) metaclass = value::of(base_tuple->length > 0 ? class_of(t, base_tuple->items()[0]) : i.types.type);
  if (is(metaclass, kind::type)) {
    type_object* best = winner(t, metaclass.as<type_object>(), base_tuple);
    if (!best) return {};
    metaclass = value::of(best);
  }
  const value names_tuple = make_tuple(t, keyword_names.data(), keyword_names.size());
  if (names_tuple.empty()) return {};
  const tuple_object* words = keyword_names.empty() ? nullptr : names_tuple.as<tuple_object>();

  value space;
  const bool plain = metaclass == value::of(i.types.type);
  if (!plain) {
    const value prepare = find_attr(t, metaclass, i.names.__prepare__);
    if (prepare.empty() && t.why != signal::none) return {};
    if (!prepare.empty()) {
      std::vector<value> args{name, bases};
      args.insert(args.end(), keywords.begin(), keywords.end());
      space = call(t, prepare, args.data(), args.size(), words);
      if (space.empty()) return {};
    }
  }
  if (space.empty()) space = make_dict(t);
  if (space.empty()) return {};
  const value cell = call(t, function, &space, 1);
  if (cell.empty()) return {};
  if (bases != given_bases && !setitem(t, space, value::of(intern(i, "__orig_bases__")), given_bases)) return {};
  value made;
  if (plain) {
    made = make_class(t, i.types.type, name.as<string_object>(), base_tuple, space.as<dict_object>(), keywords.data(), words);
  } else {
    std::vector<value> args{name, bases, space};
    args.insert(args.end(), keywords.begin(), keywords.end());
    made = call(t, metaclass, args.data(), args.size(), words);
  }
  if (made.empty()) return {};
  if (!is(cell, kind::cell) || !is(made, kind::type)) return made;
  value content;
  if (!any_access::read(t, cell.as<cell_object>(), cell.as<cell_object>()->content, content)) return {};
  if (content == made) return made;
  // The metaclass has kept __classcell__ to itself, or given it to another class.
  std::string shown[3];
  const value parts[] = {name, made, content.empty() ? made : content};
  for (int k = 0; k < 3; ++k) {
    if (!append_repr(t, parts[k], shown[k])) return {};
  }
  if (content.empty())
    return raise(t, i.errors.RuntimeError,
                 "__class__ not set defining " + shown[0] + " as " + shown[1] + ". Was __classcell__ propagated to type.__new__?");
  return raise(t, i.errors.TypeError, "__class__ set to " + shown[2] + " defining " + shown[0] + " as " + shown[1]);
}

}  // namespace gilt::interp
