// SPDX-License-Identifier: BSL-1.0
// Names, loops, calls and values off the hot path.
#include "interp/vm/slow.hpp"

#include <algorithm>

#include "interp/concurrency/access.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

// ---- names ----

namespace {
value name_error(thread_state& t, string_object* name) {
  return raise(t, t.interp->errors.NameError, "name '%s' is not defined", to_utf8(name).c_str());
}
// Globals in a dict: so are, for such code, the builtins, if the dict says so.
bool load_backed_global(thread_state& t, dict_object* names, string_object* name, value& out) {
  if (!dict_get(t, names, value::of(name), out)) return false;
  if (!out.empty()) return true;
  value builtins;
  if (!dict_get(t, names, value::of(t.interp->names.__builtins__), builtins)) return false;
  if (is(builtins, kind::dict)) {
    if (!dict_get(t, builtins.as<dict_object>(), value::of(name), out)) return false;
  } else {
    out = module_get(t, t.interp->builtins, name);
    if (t.why != signal::none) return false;
  }
  if (out.empty()) name_error(t, name);
  return !out.empty();
}
}  // namespace

bool load_global(thread_state& t, const frame& f, string_object* name, slot* cache, value& out) {
  out = {};
  if (f.globals->backing) return load_backed_global(t, f.globals->backing, name, out);
  const bool keep = !f.code->shared;
  cell_object* own = find_module_cell(t, f.globals, name);
  if (own) {
    if (!read_cell(t, own, out)) return false;
    if (!out.empty()) {
      if (keep) cache->store(reinterpret_cast<std::uint64_t>(own), std::memory_order_release);
      return true;
    }
  }
  if (t.why != signal::none) return false;
  if (cell_object* c = find_module_cell(t, t.interp->builtins, name)) {
    if (!read_cell(t, c, out)) return false;
    if (!out.empty()) {
      // Should the module bind the name for the first time, module_set() clears the caches; a cell that
      // is merely empty at the moment is filled without asking, so the builtin is looked up each time.
      if (!own && keep) cache->store(reinterpret_cast<std::uint64_t>(c), std::memory_order_release);
      return true;
    }
  }
  if (t.why != signal::none) return false;
  name_error(t, name);
  return false;
}
bool store_global(thread_state& t, const frame& f, string_object* name, slot* cache, value v) {
  if (f.globals->backing) return dict_set(t, f.globals->backing, value::of(name), v);
  auto* c = reinterpret_cast<cell_object*>(cache->load(std::memory_order_acquire));
  if (!c) {
    c = binding_cell(t, f.globals, name);
    if (!c) return false;
    if (!f.code->shared) cache->store(reinterpret_cast<std::uint64_t>(c), std::memory_order_release);
  }
  return write_cell(t, c, v);
}
bool delete_global(thread_state& t, const frame& f, string_object* name) {
  bool found = false;
  if (!module_delete(t, f.globals, name, found)) return false;
  if (!found) name_error(t, name);
  return found;
}
bool load_builtin(thread_state& t, string_object* name, value& out) {
  out = module_get(t, t.interp->builtins, name);
  if (out.empty() && t.why == signal::none) name_error(t, name);
  return !out.empty();
}
namespace {
// A subclass may say itself what its items are (metaclasses' __prepare__, exec's locals).
bool exact_dict(const thread_state& t, value v) { return is(v, kind::dict) && class_of(t, v) == t.interp->types.dict; }
}  // namespace

bool load_name(thread_state& t, const frame& f, value names, string_object* name, value& out) {
  if (exact_dict(t, names)) {
    if (!dict_get(t, names.as<dict_object>(), value::of(name), out)) return false;
  } else if (class_of(t, names) == t.interp->types.namespace_) {
    out = module_get(t, names.as<namespace_object>()->module, name);
    if (out.empty() && t.why != signal::none) return false;
  } else {
    out = getitem(t, names, value::of(name));
    if (out.empty() && !clear_exception(t, t.interp->errors.KeyError)) return false;
  }
  if (!out.empty()) return true;
  slot unused{0};
  return load_global(t, f, name, &unused, out);
}
bool store_name(thread_state& t, value names, string_object* name, value v) {
  return exact_dict(t, names) ? dict_set(t, names.as<dict_object>(), value::of(name), v) : setitem(t, names, value::of(name), v);
}
bool delete_name(thread_state& t, value names, string_object* name) {
  bool found = false;
  if (!exact_dict(t, names)) {
    if (delitem(t, names, value::of(name))) return true;
    if (clear_exception(t, t.interp->errors.KeyError)) name_error(t, name);
    return false;
  }
  if (!dict_delete(t, names.as<dict_object>(), value::of(name), found)) return false;
  if (!found) name_error(t, name);
  return found;
}
bool load_classderef(thread_state& t, value names, string_object* name, value cell, value& out) {
  if (exact_dict(t, names)) {
    if (!dict_get(t, names.as<dict_object>(), value::of(name), out)) return false;
  } else {
    out = getitem(t, names, value::of(name));
    if (out.empty() && !clear_exception(t, t.interp->errors.KeyError)) return false;
  }
  if (!out.empty()) return true;
  auto* c = cell.as<cell_object>();
  if (!any_access::read(t, c, c->content, out)) return false;
  if (out.empty()) name_error(t, name);
  return !out.empty();
}
value unbound_local(thread_state& t, string_object* name) {
  return raise(t, t.interp->errors.UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", to_utf8(name).c_str());
}
value unbound_cell(thread_state& t, const frame& f, string_object* name) {
  const auto& free = f.code->source->free_names;
  const std::string text = to_utf8(name);
  if (std::find(free.begin(), free.end(), text) == free.end()) return unbound_local(t, name);
  return raise(t, t.interp->errors.NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", text.c_str());
}

// ---- loops ----

bool for_prep(thread_state& t, value v, value* state) {
  if (v.is_object()) {
    object* o = v.as_object();
    const shape* s = o->shape_relaxed();
    const builtin_types& k = t.interp->types;
    if (s->what == kind::range) {
      std::int64_t start, stop, step;
      if (range_fields(v.as<range_object>(), start, stop, step) && value::fits_int(stop) && value::fits_int(start) &&
          step > -(1 << 30) && step < (1 << 30) && value::fits_int(stop + step) && value::fits_int(start + step)) {
        state[0] = value::small_int(step);
        state[1] = value::small_int(start);
        state[2] = value::small_int(stop);
        return true;
      }
    }
    if ((s->what == kind::list && s->cls == k.list) || (s->what == kind::tuple && s->cls == k.tuple) ||
        (s->what == kind::generator && s->cls == k.generator)) {
      state[0] = v;
      state[1] = value::small_int(0);
      state[2] = {};
      return true;
    }
  }
  const value it = get_iter(t, v);
  if (it.empty()) return false;
  state[0] = it;
  state[1] = value::none();
  state[2] = {};
  return true;
}

bool for_step(thread_state& t, value* state, value& item, bool& done) {
  done = false;
  if (is(state[0], kind::tuple) && state[1].is_int()) {
    auto* p = state[0].as<tuple_object>();
    const std::int64_t i = state[1].as_int();
    done = static_cast<std::uint64_t>(i) >= p->length;
    if (done) return true;
    item = p->items()[i];
    state[1] = value::small_int(i + 1);
    return true;
  }
  item = {};
  if (!iter_next(t, state[0], item)) return false;
  done = item.empty();
  return true;
}

// ---- calls ----


bool native_result(thread_state& t, value r, value* base, bool& pushed) {
  pushed = false;
  if (!r.empty()) {
    *base = r;
    return true;
  }
  if (t.why != signal::tail_call) return false;
  t.why = signal::none;
  const std::vector<value> args = std::move(t.tail_args);
  t.tail_args.clear();
  *base = t.tail_callee;
  std::copy(args.begin(), args.end(), base + 1);
  return call_any(t, base, static_cast<std::uint32_t>(args.size()), nullptr, pushed);
}

// Arguments stand at base[1] .. base[n]. On failure nothing in the caller's registers has changed
// that running the instruction again would need.
bool call_any(thread_state& t, value* base, std::uint32_t n, const tuple_object* names, bool& pushed) {
  pushed = false;
  const value callee = *base;
  const auto keywords = static_cast<std::uint32_t>(names ? names->length : 0);
  if (is(callee, kind::native_function)) {
    auto* f = callee.as<native_function_object>();
    if (f->self.empty()) return native_result(t, call_native(t, f, {base + 1, n - keywords, keywords, names}), base, pushed);
    value small[8];
    std::vector<value> large;
    value* all = small;
    if (n + 1 > 8) {
      large.resize(n + 1);
      all = large.data();
    }
    all[0] = f->self;
    std::copy(base + 1, base + 1 + n, all + 1);
    return native_result(t, call_native(t, f, {all, n + 1 - keywords, keywords, names}), base, pushed);
  }
  if (is(callee, kind::function)) {
    auto* f = callee.as<function_object>();
    value* window = free_registers(t);                       // arguments may have to be kept for running again
    if (window < base + 1 + n) window = base + 1 + n;
    if (window + n + f->code->registers + 1024 > t.registers_end) {
      raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
      return false;
    }
    if (!bind_arguments(t, f, window, base + 1, n, names)) return false;
    const code& c = *f->code->source;
    if (c.generator || c.coroutine) {
      const value g = make_generator(t, f, window);
      if (g.empty()) return false;
      *base = g;
      return true;
    }
    pushed = push_frame(t, f->code, f, f->globals, window, base, on_return::store);
    return pushed;
  }
  if (is(callee, kind::bound_method)) {
    auto* m = callee.as<bound_method_object>();
    if (is(m->function, kind::function) && !names && m->function.as<function_object>()->code->plain &&
        m->function.as<function_object>()->code->parameters == n + 1) {
      auto* f = m->function.as<function_object>();
      value* window = std::max(free_registers(t), base + 1 + n);
      if (window + n + f->code->registers + 1024 > t.registers_end) {
        raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
        return false;
      }
      window[0] = m->self;
      std::copy(base + 1, base + 1 + n, window + 1);
      pushed = push_frame(t, f->code, f, f->globals, window, base, on_return::store);
      return pushed;
    }
  }
  if (is(callee, kind::type)) {
    auto* cls = callee.as<type_object>();
    if (cls->native_new == new_object && (cls->flags & (flag_custom_new | flag_not_callable)) == 0 &&
        (cls->flags & flag_custom_init) != 0 && cls->metaclass == t.interp->types.type && cls->instance_kind == kind::instance) {
      value init;
      cell_object* cell = type_lookup(cls, t.interp->names.__init__);
      if (!cell || !read_cell(t, cell, init)) return false;
      if (is(init, kind::function)) {
        auto* f = init.as<function_object>();
        object* self = allocate_instance(t, cls);
        if (!self) return false;
        value* window = std::max(free_registers(t), base + 1 + n);
        if (window + n + f->code->registers + 1024 > t.registers_end) {
          raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
          return false;
        }
        window[0] = value::of(self);
        std::copy(base + 1, base + 1 + n, window + 1);
        if (!(f->code->plain && !names && f->code->parameters == n + 1) && !bind_arguments(t, f, window, window, n + 1, names)) return false;
        if (!push_frame(t, f->code, f, f->globals, window, base, on_return::discard)) return false;
        *base = value::of(self);
        pushed = true;
        return true;
      }
    }
    return native_result(t, construct(t, cls, {base + 1, n - keywords, keywords, names}), base, pushed);
  }
  return native_result(t, call(t, callee, base + 1, n, names), base, pushed);
}

bool unpack_into_list(thread_state& t, list_object* l, value v) {
  if (GILT_LIKELY(is_iterable(t, v))) return list_extend(t, l, v);
  raise(t, t.interp->errors.TypeError, "Value after * must be an iterable, not %s", type_name(t, v).c_str());
  return false;
}
bool unpack_into_dict(thread_state& t, dict_object* d, value v) {
  if (!is(v, kind::dict) && find_attr(t, v, t.interp->names.keys).empty()) {
    if (t.why == signal::none) raise(t, t.interp->errors.TypeError, "'%s' object is not a mapping", type_name(t, v).c_str());
    return false;
  }
  return dict_update(t, d, v);
}

bool call_ex(thread_state& t, value* base, bool& pushed) {
  if (!is(base[1], kind::tuple)) {                         // f(*iterable), nothing else before the keywords
    if (!is_iterable(t, base[1])) {
      raise(t, t.interp->errors.TypeError, "%s argument after * must be an iterable, not %s", callee_shown(t, base[0]).c_str(),
            type_name(t, base[1]).c_str());
      return false;
    }
    const value all = tuple_of(t, base[1]);
    if (all.empty()) return false;
    base[1] = all;
  }
  auto* args = base[1].as<tuple_object>();
  std::vector<value> all{base[0]};
  all.insert(all.end(), args->items(), args->items() + args->length);
  value names;
  if (!base[2].empty()) {
    std::vector<value> words;
    std::int64_t at = 0;
    for (;;) {
      value key, item;
      if (!dict_next(t, base[2].as<dict_object>(), at, key, item)) return false;
      if (key.empty()) break;
      if (!is(key, kind::str)) {
        raise(t, t.interp->errors.TypeError, "keywords must be strings");
        return false;
      }
      words.push_back(key);
      all.push_back(item);
    }
    if (!words.empty()) {
      names = make_tuple(t, words.data(), words.size());
      if (names.empty()) return false;
    }
  }
  // Above the frame, so that the operands stay for running the instruction again.
  value* window = std::max(free_registers(t), base + 3);
  if (window + all.size() + 1024 > t.registers_end) {
    raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
    return false;
  }
  std::copy(all.begin(), all.end(), window);
  const tuple_object* words = names.empty() ? nullptr : names.as<tuple_object>();
  // Frames pushed from here must start above the window: call_any takes care of that.
  if (!call_any(t, window, static_cast<std::uint32_t>(all.size() - 1), words, pushed)) return false;
  if (pushed) {
    frame& f = top(t);
    if (f.then == on_return::discard) *base = *f.result;
    f.result = base;
  } else {
    *base = *window;
  }
  return true;
}

bool load_special(thread_state& t, value v, string_object* name, value* out) {
  value self;
  const value method = lookup_special(t, v, name, self);
  if (method.empty()) {
    if (t.why == signal::none) {
      if (name == t.interp->names.__enter__ || name == t.interp->names.__exit__)
        raise(t, t.interp->errors.TypeError, "'%s' object does not support the context manager protocol%s", type_name(t, v).c_str(),
              name == t.interp->names.__exit__ ? " (missed __exit__ method)" : "");
      else if (const std::string which = to_utf8(name); which == "__aenter__" || which == "__aexit__")
        raise(t, t.interp->errors.TypeError, "'%s' object does not support the asynchronous context manager protocol%s",
              type_name(t, v).c_str(), which == "__aexit__" ? " (missed __aexit__ method)" : "");
      else attribute_error(t, v, name);
    }
    return false;
  }
  out[0] = method;
  out[1] = self;
  return true;
}

value make_function(thread_state& t, const frame& f, code_object* c, const value* parts) {
  auto* made = t.alloc.make<function_object>(t, t.interp->types.function->root);
  if (!made) return {};
  const value name = value::of(intern(*t.interp, c->source->name)), qualname = value::of(intern(*t.interp, c->source->qualname));
  const value doc = c->source->has_docstring ? make_string(t, c->source->docstring) : value::none();
  if (doc.empty()) return {};
  made->code = c;
  made->closure = parts[3].empty() ? nullptr : parts[3].as<tuple_object>();
  made->globals = f.globals;
  const auto put = [](slot& s, value v) { s.store(v.bits, std::memory_order_relaxed); };
  put(made->defaults, parts[0]);
  put(made->keyword_defaults, parts[1]);
  put(made->annotations, parts[2]);
  put(made->name, name);
  put(made->qualname, qualname);
  put(made->doc, doc);
  return value::of(made);
}

// ---- values ----

bool unpack(thread_state& t, value v, value* to, std::uint32_t n) {
  std::vector<value> items;
  if (is(v, kind::list) || is(v, kind::tuple)) {
    std::int64_t size = 0;
    if (is(v, kind::tuple)) size = static_cast<std::int64_t>(v.as<tuple_object>()->length);
    else if (!list_length<any_access>(t, v.as<list_object>(), size)) return false;
    if (size > n) {
      raise(t, t.interp->errors.ValueError, "too many values to unpack (expected %u)", n);
      return false;
    }
  }
  const value it = get_iter(t, v);
  if (it.empty()) {
    if (clear_exception(t, t.interp->errors.TypeError))
      raise(t, t.interp->errors.TypeError, "cannot unpack non-iterable %s object", type_name(t, v).c_str());
    return false;
  }
  for (std::uint32_t i = 0; i <= n; ++i) {
    value item;
    if (!iter_next(t, it, item)) return false;
    if (item.empty()) {
      if (i == n) break;
      raise(t, t.interp->errors.ValueError, "not enough values to unpack (expected %u, got %u)", n, i);
      return false;
    }
    if (i == n) {
      raise(t, t.interp->errors.ValueError, "too many values to unpack (expected %u)", n);
      return false;
    }
    items.push_back(item);
  }
  std::copy(items.begin(), items.end(), to);
  return true;
}
bool unpack_ex(thread_state& t, value v, value* to, std::uint32_t before, std::uint32_t after) {
  const value list = make_list(t);
  if (list.empty()) return false;
  if (!list_extend(t, list.as<list_object>(), v)) {
    if (clear_exception(t, t.interp->errors.TypeError))
      raise(t, t.interp->errors.TypeError, "cannot unpack non-iterable %s object", type_name(t, v).c_str());
    return false;
  }
  std::int64_t n = 0;
  if (!list_length<any_access>(t, list.as<list_object>(), n)) return false;
  if (n < static_cast<std::int64_t>(before + after)) {
    raise(t, t.interp->errors.ValueError, "not enough values to unpack (expected at least %u, got %lld)", before + after, static_cast<long long>(n));
    return false;
  }
  std::vector<value> items(static_cast<std::size_t>(n));
  std::size_t got = items.size();
  if (!list_copy_out(t, list.as<list_object>(), 0, items.data(), got)) return false;
  const std::size_t middle = items.size() - before - after;
  const value rest = make_list(t, items.data() + before, middle);
  if (rest.empty()) return false;
  std::copy(items.begin(), items.begin() + before, to);
  to[before] = rest;
  std::copy(items.end() - after, items.end(), to + before + 1);
  return true;
}
bool build_string(thread_state& t, const value* parts, std::uint32_t n, value& out) {
  std::string text;
  for (std::uint32_t i = 0; i < n; ++i) append_utf8(parts[i].as<string_object>(), text);
  out = make_string(t, text);
  return !out.empty();
}
bool build_dict(thread_state& t, const value* pairs, std::uint32_t n, value& out) {
  out = make_dict(t, n);
  if (out.empty()) return false;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (!dict_set(t, out.as<dict_object>(), pairs[2 * i], pairs[2 * i + 1])) return false;
  }
  return true;
}
bool build_set(thread_state& t, const value* items, std::uint32_t n, value& out) {
  out = make_set(t);
  if (out.empty()) return false;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (!set_add(t, out.as<dict_object>(), items[i])) return false;
  }
  return true;
}
value convert(thread_state& t, value v, int how) {
  if (how == 'r') return repr_of(t, v);
  if (how == 'a') return ascii_of(t, v);
  return str_of(t, v);
}
bool match_keys(thread_state& t, value subject, tuple_object* keys, value& out) {
  std::vector<value> found;
  for (const value key : items_of(keys)) {
    value item;
    if (!dict_get(t, subject.as<dict_object>(), key, item)) return false;
    if (item.empty()) {
      out = value::none();
      return true;
    }
    found.push_back(item);
  }
  out = make_tuple(t, found.data(), found.size());
  return !out.empty();
}
bool match_class(thread_state& t, const value* parts, std::uint32_t positional, value& out) {
  const value subject = parts[0], cls = parts[1];
  if (!is(cls, kind::type)) {
    raise(t, t.interp->errors.TypeError, "called match pattern must be a type");
    return false;
  }
  bool match = false;
  if (!is_instance(t, subject, cls, match)) return false;
  out = value::none();
  if (!match) return true;
  std::vector<value> found;
  if (positional > 0) {
    const builtin_types& k = t.interp->types;
    auto* c = cls.as<type_object>();
    value names = find_attr(t, cls, intern(*t.interp, "__match_args__"));
    if (t.why != signal::none) return false;
    if (names.empty()) {
      const bool itself = c == k.bool_ || c == k.int_ || c == k.float_ || c == k.str || c == k.bytes || c == k.list ||
                          c == k.tuple || c == k.dict || c == k.set || c == k.frozenset;
      if (!itself || positional > 1) {
        raise(t, t.interp->errors.TypeError, "%s() accepts %d positional sub-pattern%s (%u given)", to_utf8(c->name).c_str(),
              itself ? 1 : 0, itself ? "" : "s", positional);
        return false;
      }
      found.push_back(subject);
    } else {
      if (!is(names, kind::tuple) || names.as<tuple_object>()->length < positional) {
        raise(t, t.interp->errors.TypeError, "%s() accepts %llu positional sub-patterns (%u given)", to_utf8(c->name).c_str(),
              is(names, kind::tuple) ? static_cast<unsigned long long>(names.as<tuple_object>()->length) : 0ull, positional);
        return false;
      }
      for (std::uint32_t i = 0; i < positional; ++i) {
        const value v = find_attr(t, subject, intern(*t.interp, to_utf8(names.as<tuple_object>()->items()[i].as<string_object>())));
        if (t.why != signal::none) return false;
        if (v.empty()) return true;
        found.push_back(v);
      }
    }
  }
  for (const value name : items_of(parts[2].as<tuple_object>())) {
    const value v = find_attr(t, subject, name.as<string_object>());
    if (t.why != signal::none) return false;
    if (v.empty()) return true;
    found.push_back(v);
  }
  out = make_tuple(t, found.data(), found.size());
  return !out.empty();
}

}  // namespace gilt::interp
