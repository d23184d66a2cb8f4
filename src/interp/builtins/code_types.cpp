// SPDX-License-Identifier: BSL-1.0
// code_types: what a script may ask of code objects, tracebacks and frames.
//
// A frame of the VM is no object: it is gone when the call returns, and an abort rolls it back. What
// sys._getframe() and tb_frame answer is a picture taken at that moment: which code, which line, which
// globals, and for sys._getframe() also the callers.
#include <algorithm>

#include "interp/builtins/functions.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/module.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/code_object.hpp"
#include "interp/vm/frame.hpp"

namespace gilt::interp {
namespace {

const code& source_of(const call_args& a) { return *a[0].as<code_value>()->code->source; }

value names_tuple(thread_state& t, const std::vector<std::string>& names) {
  std::vector<value> items;
  for (const std::string& n : names) items.push_back(value::of(intern(*t.interp, n)));
  return make_tuple(t, items.data(), items.size());
}

template <std::string code::*Field>
value text(thread_state& t, const call_args& a) { return make_string(t, source_of(a).*Field); }
template <std::vector<std::string> code::*Field>
value names(thread_state& t, const call_args& a) { return names_tuple(t, source_of(a).*Field); }
value first_line(thread_state&, const call_args& a) { return value::small_int(source_of(a).first_line); }
value argument_count(thread_state&, const call_args& a) {
  return value::small_int(source_of(a).class_body ? 0 : source_of(a).positional);
}
value positional_only_count(thread_state&, const call_args& a) {
  return value::small_int(source_of(a).class_body ? 0 : source_of(a).positional_only);
}
value keyword_only_count(thread_state&, const call_args& a) { return value::small_int(source_of(a).keyword_only); }

// Parameters, then the other locals; those only inner functions see are cells, not variables.
std::vector<std::string> variables_of(const code& c) {
  std::vector<std::string> out;
  const auto among = [](const std::vector<std::string>& all, const std::string& n) { return std::find(all.begin(), all.end(), n) != all.end(); };
  for (std::size_t i = 0; i < c.locals.size(); ++i) {
    const std::string& n = c.locals[i];
    if (i < c.parameters() ? c.class_body : among(c.cells, n) || among(c.free_names, n)) continue;
    out.push_back(n);
  }
  return out;
}
value variables(thread_state& t, const call_args& a) { return names_tuple(t, variables_of(source_of(a))); }
value variable_count(thread_state&, const call_args& a) {
  return value::small_int(static_cast<std::int64_t>(variables_of(source_of(a)).size()));
}
value flags(thread_state&, const call_args& a) {
  const code& c = source_of(a);
  constexpr std::int64_t optimized = 1, new_locals = 2, var_arguments = 4, var_keywords = 8, nested = 16, is_generator = 32,
                         is_coroutine = 128, is_iterable_coroutine = 256, is_async_generator = 512;
  if (c.class_body || c.name == "<module>") return value::small_int(0);
  return value::small_int(optimized | new_locals | (c.var_positional ? var_arguments : 0) | (c.var_keyword ? var_keywords : 0) |
                          (c.qualname.find("<locals>") != std::string::npos ? nested : 0) |
                          (c.generator && !c.coroutine ? is_generator : 0) | (c.coroutine ? c.generator ? is_async_generator : is_coroutine : 0) |
                          (c.iterable_coroutine ? is_iterable_coroutine : 0));
}
value code_repr(thread_state& t, const call_args& a) {
  const code& c = source_of(a);
  return make_string(t, "<code object " + c.name + " at " + address_of(a[0]) + ", file \"" + c.filename + "\", line " +
                            std::to_string(c.first_line) + ">");
}

value function_code(thread_state&, const call_args& a) { return a[0].as<function_object>()->code->self; }
value generator_code(thread_state&, const call_args& a) { return a[0].as<generator_object>()->code->self; }
value generator_running(thread_state& t, const call_args& a) {
  auto* g = a[0].as<generator_object>();
  constexpr std::int64_t running = 2;
  value state;
  return any_access::read(t, g, g->state, state) ? value::boolean(state.as_int() == running) : value{};
}

// ---- frames ----

value make_frame(thread_state& t, code_object* c, module_object* globals, value back, value line) {
  auto* f = t.alloc.make<frame_value>(t, t.interp->types.frame->root);
  if (!f) return {};
  f->code = c;
  f->globals = globals;
  f->back = back;
  f->line = line;
  return value::of(f);
}
frame_value* frame_of(const call_args& a) { return a[0].as<frame_value>(); }
value frame_code(thread_state&, const call_args& a) { return frame_of(a)->code->self; }
value frame_line(thread_state&, const call_args& a) { return frame_of(a)->line; }
value frame_back(thread_state&, const call_args& a) { return frame_of(a)->back; }
value frame_globals(thread_state&, const call_args& a) { return module_globals(frame_of(a)->globals); }
value frame_repr(thread_state& t, const call_args& a) {
  const code& c = *frame_of(a)->code->source;
  return make_string(t, "<frame at " + address_of(a[0]) + ", file '" + c.filename + "', line " +
                            std::to_string(frame_of(a)->line.as_int()) + ", code " + c.name + ">");
}

// ---- tracebacks ----

traceback_object* traceback_of(const call_args& a) { return a[0].as<traceback_object>(); }
template <slot traceback_object::*Field>
value traceback_field(thread_state& t, const call_args& a) {
  value v;
  if (!any_access::read(t, traceback_of(a), traceback_of(a)->*Field, v)) return {};
  return v.empty() ? value::none() : v;
}
value set_next(thread_state& t, const call_args& a) {
  if (!a[1].is_none() && !is(a[1], kind::traceback))
    return raise(t, t.interp->errors.TypeError, "expected traceback object, got '%s'", type_name(t, a[1]).c_str());
  return any_access::write(t, traceback_of(a), traceback_of(a)->next, a[1]) ? value::none() : value{};
}
value traceback_frame(thread_state& t, const call_args& a) {
  const value line = traceback_field<&traceback_object::line>(t, a);
  return line.empty() ? line : make_frame(t, traceback_of(a)->code, traceback_of(a)->globals, value::none(), line);
}

constexpr native_definition code_table[] = {{"__repr__", code_repr, 1, 1, false}};
constexpr native_definition frame_table[] = {{"__repr__", frame_repr, 1, 1, false}};

}  // namespace

value calling_frame(thread_state& t, std::int64_t above) {
  if (above < 0) above = 0;
  if (above >= t.depth) return raise(t, t.interp->errors.ValueError, "call stack is not deep enough");
  value back = value::none();
  const auto last = static_cast<std::uint32_t>(t.depth - above);
  for (std::uint32_t d = 1; d <= last; ++d) {
    const frame& f = t.frames[d];
    // A caller's pc stands behind its call.
    const auto pc = static_cast<std::size_t>(f.pc - f.code->words.data());
    back = make_frame(t, f.code, f.globals, back, value::small_int(f.code->line_at(pc == 0 ? 0 : pc - 1)));
    if (back.empty()) return {};
  }
  return back;
}

void define_code_types(interpreter& i) {
  builtin_types& k = i.types;
  define_property(i, k.code, "co_name", text<&code::name>);
  define_property(i, k.code, "co_qualname", text<&code::qualname>);
  define_property(i, k.code, "co_filename", text<&code::filename>);
  define_property(i, k.code, "co_firstlineno", first_line);
  define_property(i, k.code, "co_argcount", argument_count);
  define_property(i, k.code, "co_posonlyargcount", positional_only_count);
  define_property(i, k.code, "co_kwonlyargcount", keyword_only_count);
  define_property(i, k.code, "co_varnames", variables);
  define_property(i, k.code, "co_nlocals", variable_count);
  define_property(i, k.code, "co_names", names<&code::names>);
  define_property(i, k.code, "co_cellvars", names<&code::cells>);
  define_property(i, k.code, "co_freevars", names<&code::free_names>);
  define_property(i, k.code, "co_flags", flags);
  define_methods(i, k.code, code_table);

  define_property(i, k.function, "__code__", function_code);
  define_property(i, k.generator, "gi_code", generator_code);
  define_property(i, k.generator, "gi_running", generator_running);
  define_property(i, k.coroutine, "cr_code", generator_code);
  define_property(i, k.coroutine, "cr_running", generator_running);
  define_property(i, k.async_generator, "ag_code", generator_code);
  define_property(i, k.async_generator, "ag_running", generator_running);

  define_property(i, k.frame, "f_code", frame_code);
  define_property(i, k.frame, "f_lineno", frame_line);
  define_property(i, k.frame, "f_back", frame_back);
  define_property(i, k.frame, "f_globals", frame_globals);
  define_methods(i, k.frame, frame_table);

  define_property(i, k.traceback, "tb_next", traceback_field<&traceback_object::next>, set_next);
  define_property(i, k.traceback, "tb_lineno", traceback_field<&traceback_object::line>);
  define_property(i, k.traceback, "tb_lasti", traceback_field<&traceback_object::pc>);
  define_property(i, k.traceback, "tb_frame", traceback_frame);
}

}  // namespace gilt::interp
