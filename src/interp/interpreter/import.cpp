// SPDX-License-Identifier: BSL-1.0
// Imports: native modules, then the library in Python that is part of gilt, then the script's folder.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "interp/builtins/builtins.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/compile/compile.hpp"
#include "interp/interpreter/library.hpp"
#include "interp/interpreter/load.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/syntax/parser.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {

value raise_syntax_error(thread_state& t, const syntax::syntax_error& e, const std::string& file) {
  const builtin_errors& errors = t.interp->errors;
  type_object* cls = e.type == syntax::syntax_error_type::tab_error           ? errors.TabError
                     : e.type == syntax::syntax_error_type::indentation_error ? errors.IndentationError
                                                                              : errors.SyntaxError;
  const auto number = [](int n) { return n > 0 ? value::small_int(n) : value::none(); };
  const value text = e.line_text.empty() ? value::none() : make_string(t, e.line_text + "\n");
  const value where = make_tuple(t, {make_string(t, file), number(e.line), number(e.column), text, number(e.end_line), number(e.end_column)});
  const value args[2] = {make_string(t, e.message), where};
  if (args[0].empty() || where.empty()) return {};
  const value made = call(t, value::of(cls), args, 2);
  return made.empty() ? made : raise_object(t, made);
}

code_object* load_source(thread_state& t, std::string_view text, const std::string& file) {
  const auto parsed = syntax::parse(text, file, syntax::parse_mode::file);
  if (parsed.error) {
    raise_syntax_error(t, *parsed.error, file);
    return nullptr;
  }
  const auto compiled = compile(*parsed.tree, file);
  if (compiled.error) {
    raise_syntax_error(t, *compiled.error, file);
    return nullptr;
  }
  return link(t, compiled.program);
}

namespace {

bool run_module(thread_state& t, code_object* c, module_object* m) {
  if (!push_frame(t, c, nullptr, m, free_registers(t), nullptr, on_return::leave)) return false;
  ++t.native_depth;
  const value r = run(t, t.depth);
  --t.native_depth;
  return !r.empty();
}

bool read_text(const std::string& path, std::string& text) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  text.assign(std::istreambuf_iterator<char>(in), {});
  return !in.bad();
}

// Finds and runs a module by its full dotted name. Null with t.why == none: there is none.
module_object* load_module(thread_state& t, const std::string& name) {
  interpreter& i = *t.interp;
  string_object* key = intern(i, name);
  for (const native_module& n : native_modules()) {
    if (name != n.name) continue;
    module_object* m = name == "sys" ? i.sys : make_module(t, key);
    if (!m) return nullptr;
    n.fill(t, m);
    if (t.why != signal::none || !dict_set(t, i.modules, value::of(key), value::of(m))) return nullptr;
    return m;
  }
  std::string text, file, folder;
  if (const std::string_view embedded = embedded_library(name); !embedded.empty()) {
    text = embedded;
    file = "<gilt>/" + name + ".py";
  } else {
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    const std::string base = (i.script_directory.empty() ? "." : i.script_directory) + "/" + path;
    if (read_text(base + "/__init__.py", text)) {
      file = base + "/__init__.py";
      folder = base;
    } else if (read_text(base + ".py", text)) {
      file = base + ".py";
    } else {
      return nullptr;
    }
  }
  code_object* c = load_source(t, text, file);
  module_object* m = c ? make_module(t, key) : nullptr;
  if (!m) return nullptr;
  const auto put = [&](const char* n, value v) { return !v.empty() && module_set(t, m, intern(i, n), v); };
  const std::string package = folder.empty() ? name.substr(0, name.rfind('.') == std::string::npos ? 0 : name.rfind('.')) : name;
  if (!put("__file__", make_string(t, file)) || !put("__package__", make_string(t, package)) || !put("__doc__", value::none())) return nullptr;
  if (!folder.empty()) {
    const value path = make_list(t);
    const value only = make_string(t, folder);
    if (path.empty() || only.empty() || !list_append<any_access>(t, path.as<list_object>(), only) || !put("__path__", path)) return nullptr;
  }
  if (!dict_set(t, i.modules, value::of(key), value::of(m))) return nullptr;
  if (run_module(t, c, m)) return m;
  // A module that failed is not there; the next import tries again.
  if (t.why == signal::exception) {
    const value e = t.exception;
    t.why = signal::none;
    bool found;
    dict_delete(t, i.modules, value::of(key), found);
    t.exception = e;
    if (t.why == signal::none) t.why = signal::exception;
  }
  return nullptr;
}

value find_loaded(thread_state& t, const std::string& name) {
  value m;
  dict_get(t, t.interp->modules, value::of(intern(*t.interp, name)), m);
  return m;
}

// The module `name` with all its parents, loaded. Empty: t.why.
value load_with_parents(thread_state& t, const std::string& name) {
  value m;
  for (std::size_t end = 0; end != std::string::npos;) {
    end = name.find('.', end == 0 ? 0 : end + 1);
    const std::string part = name.substr(0, end);
    const value parent = m;
    m = find_loaded(t, part);
    if (t.why != signal::none) return {};
    if (!m.empty()) continue;
    module_object* made = load_module(t, part);
    if (t.why != signal::none) return {};
    if (!made) {
      const bool package = !is(parent, kind::module) || !module_get(t, parent.as<module_object>(), t.interp->names.__path__).empty();
      if (t.why != signal::none) return {};
      const std::string rest = package ? "" : "; '" + part.substr(0, part.rfind('.')) + "' is not a package";
      raise(t, t.interp->errors.ModuleNotFoundError, "No module named '%s'%s", part.c_str(), rest.c_str());
      set_exception_field(t, t.exception, "name", make_string(t, part));
      return {};
    }
    m = value::of(made);
    if (!parent.empty() && !setattr(t, parent, intern(*t.interp, part.substr(part.rfind('.') + 1)), m)) return {};
  }
  return m;
}

}  // namespace

value import_by_name(thread_state& t, string_object* name, value fromlist, int level) {
  std::string full = to_utf8(name);
  if (level > 0) {
    const value package = module_get(t, top(t).globals, intern(*t.interp, "__package__"));
    std::string base = is(package, kind::str) ? to_utf8(package.as<string_object>()) : std::string();
    if (base.empty()) return raise(t, t.interp->errors.ImportError, "attempted relative import with no known parent package");
    for (int i = 1; i < level; ++i) {
      const auto dot = base.rfind('.');
      if (dot == std::string::npos) return raise(t, t.interp->errors.ImportError, "attempted relative import beyond top-level package");
      base.resize(dot);
    }
    full = full.empty() ? base : base + "." + full;
  }
  const value m = load_with_parents(t, full);
  if (m.empty()) return {};
  const bool wants_members = is(fromlist, kind::tuple) && fromlist.as<tuple_object>()->length > 0;
  if (!wants_members) return full.find('.') == std::string::npos ? m : find_loaded(t, full.substr(0, full.find('.')));
  // from package import submodule
  if (is(m, kind::module)) {
    for (const value n : items_of(fromlist.as<tuple_object>())) {
      const std::string member = to_utf8(n.as<string_object>());
      if (member == "*" || !module_get(t, m.as<module_object>(), intern(*t.interp, member)).empty()) continue;
      if (t.why != signal::none) return {};
      if (module_get(t, m.as<module_object>(), intern(*t.interp, "__path__")).empty()) continue;
      if (load_with_parents(t, full + "." + member).empty() && !clear_exception(t, t.interp->errors.ModuleNotFoundError)) return {};
    }
  }
  return m;
}

value import_name(thread_state& t, const frame&, string_object* name, value fromlist, value level) {
  return import_by_name(t, name, fromlist, static_cast<int>(level.as_int()));
}

value import_member(thread_state& t, value module, string_object* name) {
  const value v = find_attr(t, module, name);
  if (!v.empty() || t.why != signal::none) return v;
  std::string where = "?";
  if (is(module, kind::module)) where = to_utf8(module.as<module_object>()->name);
  raise(t, t.interp->errors.ImportError, "cannot import name '%s' from '%s' (unknown location)", to_utf8(name).c_str(), where.c_str());
  set_exception_field(t, t.exception, "name", make_string(t, where));
  return {};
}

bool import_star(thread_state& t, const frame& f, value module) {
  const value all = find_attr(t, module, intern(*t.interp, "__all__"));
  if (t.why != signal::none) return false;
  const value names = all.empty() ? dir_of(t, module) : all;
  const value it = names.empty() ? names : get_iter(t, names);
  if (it.empty()) return false;
  for (;;) {
    value n;
    if (!iter_next(t, it, n)) return false;
    if (n.empty()) return true;
    string_object* name = intern(*t.interp, to_utf8(n.as<string_object>()));
    if (all.empty() && to_utf8(name).starts_with("_")) continue;
    const value v = getattr(t, module, name);
    slot unused{0};
    if (v.empty() || !store_global(t, f, name, &unused, v)) return false;
  }
}

void print_expression(thread_state& t, value v) {
  if (v.is_none()) return;
  const value printer = module_get(t, t.interp->builtins, intern(*t.interp, "print"));
  const value text = repr_of(t, v);
  if (!text.empty()) call(t, printer, &text, 1);
}

value globals_dict(thread_state& t) { return value::of(top(t).globals->globals); }
value locals_dict(thread_state& t) {
  const frame& f = top(t);
  const code& c = *f.code->source;
  if (c.class_body) return f.registers[0];
  if (!f.function) return globals_dict(t);
  const value d = make_dict(t);
  for (std::size_t i = 0; i < c.locals.size() && !d.empty(); ++i) {
    value v = f.registers[i];
    if (is(v, kind::cell) && !any_access::read(t, v.as_object(), v.as<cell_object>()->content, v)) return {};
    if (v.empty() || c.locals[i][0] == '.') continue;
    if (!dict_set(t, d.as<dict_object>(), value::of(intern(*t.interp, c.locals[i])), v)) return {};
  }
  return d;
}

}  // namespace gilt::interp
