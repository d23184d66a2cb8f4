// SPDX-License-Identifier: BSL-1.0
// Imports. A name is looked up among the native modules, then along sys.path (or the package's
// __path__): the script's folder, "<gilt>" for the modules in Python that are part of gilt, and the
// library of an installed python3. A module is in sys.modules before its code runs, so that modules
// may import each other; it leaves again if that fails.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>

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

// What a search along sys.path or a package's __path__ comes upon.
struct found_source {
  std::string text, file;
  std::string folder;                            // of a package; else empty
};

constexpr std::string_view embedded_folder = "<gilt>";   // stands on sys.path for the library within gilt

// `dotted`: the whole name; the folder holds its last part.
bool look_in(const std::string& folder, const std::string& dotted, found_source& out) {
  const std::string last = dotted.substr(dotted.rfind('.') + 1);
  if (folder.starts_with(embedded_folder)) {
    const std::string base = std::string(embedded_folder) + "/" + [&] {
      std::string path = dotted;
      std::replace(path.begin(), path.end(), '.', '/');
      return path;
    }();
    if (const std::string_view text = embedded_library(dotted + ".__init__"); !text.empty()) {
      out = {std::string(text), base + "/__init__.py", base};
      return true;
    }
    const std::string_view text = embedded_library(dotted);
    if (text.empty()) return false;
    out = {std::string(text), base + ".py", {}};
    return true;
  }
  const std::string base = (folder.empty() ? "." : folder) + "/" + last;
  out = {};
  if (read_text(base + "/__init__.py", out.text)) {
    out.file = base + "/__init__.py";
    out.folder = base;
    return true;
  }
  out.file = base + ".py";
  return read_text(out.file, out.text);
}

// sys.path, or what the package says. False: t.why.
bool search_path(thread_state& t, value parent, std::vector<std::string>& out) {
  interpreter& i = *t.interp;
  const value path = parent.empty() ? find_attr(t, value::of(i.sys), intern(i, "path")) : find_attr(t, parent, i.names.__path__);
  if (path.empty()) return t.why == signal::none;
  const value it = get_iter(t, path);
  if (it.empty()) return false;
  for (;;) {
    value entry;
    if (!iter_next(t, it, entry)) return false;
    if (entry.empty()) return true;
    if (is(entry, kind::str)) out.push_back(to_utf8(entry.as<string_object>()));
  }
}

// A module that is being run stands in interpreter::initializing until this is gone.
struct initializing {
  initializing(interpreter& i, const module_object* m) : i(i), m(m) {
    const std::lock_guard hold(i.module_mutex);
    i.initializing.push_back(m);
  }
  initializing(const initializing&) = delete;
  initializing& operator=(const initializing&) = delete;
  ~initializing() {
    const std::lock_guard hold(i.module_mutex);
    std::erase(i.initializing, m);
  }
  interpreter& i;
  const module_object* m;
};

value find_loaded(thread_state& t, const std::string& name) {
  value m;
  dict_get(t, t.interp->modules, value::of(intern(*t.interp, name)), m);
  return m;
}

// Forgets a module whose code failed: the next import tries again. The exception stays pending.
void forget(thread_state& t, string_object* name) {
  if (t.why != signal::exception) return;
  const value e = t.exception;
  t.why = signal::none;
  bool found;
  dict_delete(t, t.interp->modules, value::of(name), found);
  t.exception = e;
  if (t.why == signal::none) t.why = signal::exception;
}

// Finds and runs a module by its full dotted name. Empty with t.why == none: there is none.
value load_module(thread_state& t, const std::string& name, value parent) {
  interpreter& i = *t.interp;
  string_object* key = intern(i, name);
  for (const native_module& n : native_modules()) {
    if (name != n.name) continue;
    module_object* m = name == "sys" ? i.sys : make_module(t, key);
    if (!m) return {};
    if (name != "sys" && !module_set(t, m, i.names.__doc__, value::none())) return {};
    n.fill(t, m);
    if (t.why != signal::none || !dict_set(t, i.modules, value::of(key), value::of(m))) return {};
    return value::of(m);
  }
  std::vector<std::string> path;
  if (!search_path(t, parent, path)) return {};
  found_source source;
  if (std::none_of(path.begin(), path.end(), [&](const std::string& folder) { return look_in(folder, name, source); })) return {};
  module_object* m = make_module(t, key);
  if (!m) return {};
  const auto put = [&](const char* n, value v) { return !v.empty() && module_set(t, m, intern(i, n), v); };
  const std::string package = source.folder.empty() ? name.substr(0, name.rfind('.') == std::string::npos ? 0 : name.rfind('.')) : name;
  if (!put("__doc__", value::none()) || !put("__package__", make_string(t, package)) || !put("__loader__", value::none()) ||
      !put("__spec__", value::none()) || !put("__file__", make_string(t, source.file)) || !put("__builtins__", value::of(i.builtins)))
    return {};
  if (!source.folder.empty()) {
    const value folders = make_list(t);
    const value only = make_string(t, source.folder);
    if (folders.empty() || only.empty() || !list_append<any_access>(t, folders.as<list_object>(), only) || !put("__path__", folders)) return {};
  }
  code_object* c = load_source(t, source.text, source.file);
  if (!c || !dict_set(t, i.modules, value::of(key), value::of(m))) return {};
  bool ran;
  {
    const initializing mark(i, m);
    ran = run_module(t, c, m);
  }
  if (!ran) {
    forget(t, key);
    return {};
  }
  // A module may have put something else into its place.
  const value there = find_loaded(t, name);
  if (there.empty() && t.why == signal::none)
    return raise(t, i.errors.KeyError, "%s", ("'" + name + "'").c_str());
  return there;
}

value raise_not_found(thread_state& t, const std::string& message, const std::string& name) {
  raise(t, t.interp->errors.ModuleNotFoundError, message);
  set_exception_field(t, t.exception, "name", make_string(t, name));
  return {};
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
    if (m.is_none()) return raise_not_found(t, "import of " + part + " halted; None in sys.modules", part);
    if (!m.empty()) continue;
    const bool package = parent.empty() || !find_attr(t, parent, t.interp->names.__path__).empty();
    if (t.why != signal::none) return {};
    if (package) m = load_module(t, part, parent);
    if (t.why != signal::none) return {};
    if (m.empty()) {
      const std::string rest = package ? "" : "; '" + part.substr(0, part.rfind('.')) + "' is not a package";
      return raise_not_found(t, "No module named '" + part + "'" + rest, part);
    }
    if (!parent.empty() && !setattr(t, parent, intern(*t.interp, part.substr(part.rfind('.') + 1)), m)) return {};
  }
  return m;
}

}  // namespace

namespace {
// An attribute of the pending exception, which stays pending.
value find_attr_of_exception(thread_state& t, const char* name) {
  const value e = t.exception;
  t.why = signal::none;
  const value v = find_attr(t, e, intern(*t.interp, name));
  t.exception = e;
  t.why = signal::exception;
  return v;
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
  const value path = find_attr(t, m, t.interp->names.__path__);
  if (path.empty()) return t.why == signal::none ? m : value{};
  const auto submodule = [&](value n) {
    if (!is(n, kind::str)) return true;
    const std::string member = to_utf8(n.as<string_object>());
    if (member == "*" || !find_attr(t, m, intern(*t.interp, member)).empty()) return true;
    if (t.why != signal::none) return false;
    const std::string dotted = full + "." + member;
    if (!load_with_parents(t, dotted).empty()) return true;
    // That there is none is for `from` to say; that something it imports is missing is not.
    if (t.why != signal::exception) return false;
    const value failed = find_attr_of_exception(t, "name");
    const bool own = is(failed, kind::str) && to_utf8(failed.as<string_object>()) == dotted;
    return own && clear_exception(t, t.interp->errors.ModuleNotFoundError);
  };
  for (const value n : items_of(fromlist.as<tuple_object>())) {
    if (is(n, kind::str) && to_utf8(n.as<string_object>()) == "*") {
      const value all = find_attr(t, m, intern(*t.interp, "__all__"));
      if (all.empty() && t.why != signal::none) return {};
      const value it = all.empty() ? all : get_iter(t, all);
      if (it.empty() && t.why != signal::none) return {};
      for (value each; !it.empty();) {
        if (!iter_next(t, it, each)) return {};
        if (each.empty()) break;
        if (!submodule(each)) return {};
      }
    } else if (!submodule(n)) {
      return {};
    }
  }
  return m;
}

value import_name(thread_state& t, const frame&, string_object* name, value fromlist, value level) {
  return import_by_name(t, name, fromlist, static_cast<int>(level.as_int()));
}

value import_member(thread_state& t, value module, string_object* name) {
  interpreter& i = *t.interp;
  const value v = find_attr(t, module, name);
  if (!v.empty() || t.why != signal::none) return v;
  const auto text_of = [&](const char* n) {
    const value found = find_attr(t, module, intern(i, n));
    return is(found, kind::str) ? to_utf8(found.as<string_object>()) : std::string();
  };
  const std::string own = text_of("__name__");
  if (t.why != signal::none) return {};
  if (!own.empty()) {                              // a submodule that has not become an attribute yet
    const value loaded = find_loaded(t, own + "." + to_utf8(name));
    if (!loaded.empty() || t.why != signal::none) return loaded;
  }
  const std::string file = text_of("__file__");
  if (t.why != signal::none) return {};
  bool partial = false;
  if (is(module, kind::module)) {
    const std::lock_guard hold(i.module_mutex);
    partial = std::count(i.initializing.begin(), i.initializing.end(), module.as<module_object>()) != 0;
  }
  const std::string shown = own.empty() ? "<unknown module name>" : own;
  std::string message = "cannot import name '" + to_utf8(name) + "' from ";
  message += partial ? "partially initialized module '" + shown + "' (most likely due to a circular import)" : "'" + shown + "'";
  raise(t, i.errors.ImportError, message + " (" + (file.empty() ? "unknown location" : file) + ")");
  set_exception_field(t, t.exception, "name", own.empty() ? value::none() : make_string(t, own));
  if (!file.empty()) set_exception_field(t, t.exception, "path", make_string(t, file));
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
  const value hook = find_attr(t, value::of(t.interp->sys), intern(*t.interp, "displayhook"));
  if (!hook.empty()) call(t, hook, &v, 1);
  else if (t.why == signal::none) raise(t, t.interp->errors.RuntimeError, "lost sys.displayhook");
}

value globals_dict(thread_state& t) { return module_globals(top(t).globals); }
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
