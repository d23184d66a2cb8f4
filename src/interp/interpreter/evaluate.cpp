// SPDX-License-Identifier: BSL-1.0
// exec, eval, compile.
//
// What they compile is run as a class body is: its names live in the mapping it is given as its one
// argument, the locals; functions defined in it see the globals. Globals that are a dict of the
// script's stand behind a module object of their own (module_object::backing), for the VM's frames
// know modules. Running is a tail call, so nothing nests on the C++ stack.
#include <string>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/compile/compile.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/interpreter/load.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/syntax/parser.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {

using syntax::parse_mode;

struct program_text {
  std::string utf8;
  syntax::source_kind kind = syntax::source_kind::bytes;
};

bool text_of(thread_state& t, value v, const char* function, const char* accepts, program_text& out) {
  if (is(v, kind::str)) {
    out = {to_utf8(v.as<string_object>()), syntax::source_kind::text};
  } else {
    out.kind = syntax::source_kind::bytes;
    const bytes_status got = bytes_of(t, v, out.utf8);
    if (got == bytes_status::not_bytes) raise(t, t.interp->errors.TypeError, "%s() arg 1 must be a %s", function, accepts);
    if (got != bytes_status::done) return false;
  }
  if (out.utf8.find('\0') == std::string::npos) return true;
  raise(t, t.interp->errors.ValueError, "source code string cannot contain null bytes");
  return false;
}

// Null: SyntaxError (or MemoryError) is set. A `shared` code may run under several globals.
code_object* compile_text(thread_state& t, const program_text& text, const std::string& file, parse_mode mode, bool shared) {
  const auto parsed = syntax::parse(text.utf8, file, mode, text.kind);
  if (parsed.error) {
    raise_syntax_error(t, *parsed.error, file);
    return nullptr;
  }
  const auto compiled = compile(*parsed.tree, file, true);
  if (compiled.error) {
    raise_syntax_error(t, *compiled.error, file);
    return nullptr;
  }
  return link(t, compiled.program, shared);
}

// The globals as the VM knows them; null: t.why.
module_object* globals_of(thread_state& t, value given, const char* function) {
  if (given.empty() || given.is_none()) return top(t).globals;
  if (class_of(t, given) == t.interp->types.namespace_) return given.as<namespace_object>()->module;
  if (!is(given, kind::dict)) {
    const std::string shown = std::string(function) == "eval" ? "globals must be a dict" : "exec() globals must be a dict, not " + type_name(t, given);
    raise(t, t.interp->errors.TypeError, shown);
    return nullptr;
  }
  auto* names = given.as<dict_object>();
  const value key = value::of(t.interp->names.__builtins__);
  value there;
  if (!dict_get(t, names, key, there)) return nullptr;
  if (there.empty() && !dict_set(t, names, key, module_globals(t.interp->builtins))) return nullptr;
  return make_backed_module(t, names);
}

value run_program(thread_state& t, const char* function, value source, value globals, value locals, parse_mode mode) {
  const bool own = globals.empty() || globals.is_none();
  module_object* m = globals_of(t, globals, function);
  if (!m) return {};
  if (locals.empty() || locals.is_none()) locals = own ? locals_dict(t) : module_globals(m);
  if (locals.empty()) return {};
  if (!is(locals, kind::dict)) {
    value unused;
    const bool mapping = !lookup_special(t, locals, t.interp->names.__getitem__, unused).empty();
    if (!mapping) {
      if (t.why != signal::none) return {};
      const std::string shown = std::string(function) == "eval" ? "locals must be a mapping" : "locals must be a mapping or None, not " + type_name(t, locals);
      return raise(t, t.interp->errors.TypeError, shown);
    }
  }
  code_object* code = nullptr;
  if (is(source, kind::code)) {
    code = source.as<code_value>()->code;
    if (!code->source->free_names.empty())
      return raise(t, t.interp->errors.TypeError, "code object passed to %s() may not contain free variables", function);
  } else {
    program_text text;
    if (!text_of(t, source, function, "string, bytes or code object", text)) return {};
    if (mode == parse_mode::expression) text.utf8.erase(0, text.utf8.find_first_not_of(" \t"));
    code = compile_text(t, text, "<string>", mode, m->backing != nullptr);
    if (!code) return {};
  }
  frame in = top(t);
  in.globals = m;
  const value nothing[4] = {};
  const value made = make_function(t, in, code, nothing);
  if (made.empty()) return {};
  t.tail_callee = made;
  t.tail_args.clear();
  if (code->source->class_body) t.tail_args.push_back(locals);
  t.why = signal::tail_call;
  return {};
}

value builtin_exec(thread_state& t, const call_args& a) {
  value out[4];
  if (!bind(t, "exec", a, {"", "globals", "locals", "closure"}, 1, out)) return {};
  return run_program(t, "exec", out[0], out[1], out[2], parse_mode::file);
}
value builtin_eval(thread_state& t, const call_args& a) {
  return run_program(t, "eval", a[0], a.npos > 1 ? a[1] : value{}, a.npos > 2 ? a[2] : value{}, parse_mode::expression);
}

value builtin_compile(thread_state& t, const call_args& a) {
  value out[7];
  if (!bind(t, "compile", a, {"source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"}, 3, out)) return {};
  std::string file, mode_name;
  if (is(out[1], kind::str)) file = to_utf8(out[1].as<string_object>());
  else if (is(out[1], kind::bytes)) file = view(out[1].as<bytes_object>());
  else return raise(t, t.interp->errors.TypeError, "expected str, bytes or os.PathLike object, not %s", type_name(t, out[1]).c_str());
  if (!is(out[2], kind::str))
    return raise(t, t.interp->errors.TypeError, "compile() argument 'mode' must be str, not %s", type_name(t, out[2]).c_str());
  mode_name = to_utf8(out[2].as<string_object>());
  parse_mode mode;
  if (mode_name == "exec") mode = parse_mode::file;
  else if (mode_name == "eval") mode = parse_mode::expression;
  else if (mode_name == "single") mode = parse_mode::single;
  else return raise(t, t.interp->errors.ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  constexpr std::int64_t only_tree = 0x400;        // what ast.parse() asks for
  if (out[3].is_int() && (out[3].as_int() & only_tree) != 0)
    return raise(t, t.interp->errors.NotImplementedError, "compile() to a syntax tree is not supported by gilt");
  program_text text;
  if (!text_of(t, out[0], "compile", "string, bytes or AST object", text)) return {};
  if (mode == parse_mode::expression) text.utf8.erase(0, text.utf8.find_first_not_of(" \t"));
  code_object* code = compile_text(t, text, file, mode, true);
  return code ? code->self : value{};
}

constexpr native_definition table[] = {
    {"exec", builtin_exec, 1, -1, true},
    {"eval", builtin_eval, 1, 3, false},
    {"compile", builtin_compile, 0, -1, true},
};

}  // namespace

std::span<const native_definition> evaluation_functions() { return table; }

}  // namespace gilt::interp
