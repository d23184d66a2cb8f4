// SPDX-License-Identifier: BSL-1.0
// Exceptions on their way: raising, handlers, tracebacks and how they are printed.
#include <algorithm>
#include <fstream>
#include <vector>

#include "interp/concurrency/access.hpp"
#include "interp/concurrency/output.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/slice.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {

value field(thread_state& t, object* o, slot& s) {
  value v;
  return any_access::read(t, o, s, v) ? v : value{};
}

// The exception being handled becomes the context of the one raised, unless that closes a circle.
bool chain(thread_state& t, value raised) {
  const value handled = t.handled;
  if (!is(handled, kind::exception) || handled == raised) return true;
  auto* e = raised.as<exception_object>();
  const value now = field(t, e, e->context);
  if (t.why == signal::conflict) return false;
  if (is(now, kind::exception)) return true;
  value at = handled;
  for (int i = 0; i < 1000 && is(at, kind::exception); ++i) {
    auto* x = at.as<exception_object>();
    const value next = field(t, x, x->context);
    if (next == raised) return any_access::write(t, x, x->context, value{}) && any_access::write(t, e, e->context, handled);
    at = next;
  }
  return any_access::write(t, e, e->context, handled);
}

bool add_traceback(thread_state& t, value raised, const frame& f, std::size_t pc) {
  auto* e = raised.as<exception_object>();
  auto* entry = t.alloc.make<traceback_object>(t, t.interp->types.traceback->root);
  if (!entry) return false;
  value next;
  if (!any_access::read(t, e, e->traceback, next)) return false;
  entry->code = f.code;
  entry->globals = f.globals;
  entry->next.store(next.bits, std::memory_order_relaxed);
  entry->line.store(value::small_int(f.code->line_at(pc)).bits, std::memory_order_relaxed);
  entry->pc.store(value::small_int(static_cast<std::int64_t>(pc)).bits, std::memory_order_relaxed);
  return any_access::write(t, e, e->traceback, value::of(entry));
}

value instance_of(thread_state& t, value v) {
  if (is(v, kind::type) && (v.as<type_object>()->flags & flag_is_exception) != 0) {
    const value e = call(t, v, nullptr, 0);
    if (e.empty()) return {};
    if (is(e, kind::exception)) return e;
  }
  if (is(v, kind::exception)) return v;
  return raise(t, t.interp->errors.TypeError, "exceptions must derive from BaseException");
}

}  // namespace

namespace {

bool check_cause(thread_state& t, value v) {
  if (is(v, kind::exception) || (is(v, kind::type) && (v.as<type_object>()->flags & flag_is_exception) != 0)) return true;
  raise(t, t.interp->errors.TypeError, "exception causes must derive from BaseException");
  return false;
}

}  // namespace

void raise_value(thread_state& t, value v, value cause) {
  const value e = instance_of(t, v);
  if (e.empty()) return;
  if (!cause.empty()) {
    value c = cause;
    if (!c.is_none()) {
      c = check_cause(t, cause) ? instance_of(t, cause) : value{};
      if (c.empty()) return;
    }
    auto* x = e.as<exception_object>();
    if (!any_access::write(t, x, x->cause, c) || !any_access::write(t, x, x->suppress_context, value::true_())) return;
  }
  t.exception = e;
  t.why = signal::exception;
}

void reraise_current(thread_state& t) {
  if (!is(t.handled, kind::exception)) {
    raise(t, t.interp->errors.RuntimeError, "No active exception to reraise");
    return;
  }
  t.exception = t.handled;
  t.why = signal::exception;
  t.silent = true;
}

bool match_exception(thread_state& t, value e, value cls, bool& out) {
  const auto good = [&](value c) { return is(c, kind::type) && (c.as<type_object>()->flags & flag_is_exception) != 0; };
  bool fine = good(cls);
  if (is(cls, kind::tuple)) {
    fine = true;
    for (const value c : items_of(cls.as<tuple_object>())) fine &= good(c) || is(c, kind::tuple);
  }
  if (!fine) {
    raise(t, t.interp->errors.TypeError, "catching classes that do not inherit from BaseException is not allowed");
    return false;
  }
  return is_instance(t, e, cls, out);
}

bool unwind(thread_state& t, std::uint32_t base, std::size_t pc, bool silent) {
  if (!silent && !chain(t, t.exception)) return false;
  for (;;) {
    frame& f = t.frames[t.depth];
    if (!silent) {
      t.why = signal::none;
      const value e = t.exception;
      const bool ok = add_traceback(t, e, f, pc);
      if (!ok && t.why == signal::conflict) return roll_back(t);
      t.exception = e;
      t.why = signal::exception;
    }
    silent = false;
    for (const handler& h : f.code->source->handlers) {
      if (pc < h.begin || pc >= h.end) continue;
      f.registers[h.reg] = t.exception;
      t.exception = {};
      t.why = signal::none;
      f.pc = f.code->words.data() + h.target;
      return true;
    }
    if (f.generator) {
      const value e = t.exception;
      t.why = signal::none;
      if (!finish_generator(t, f.generator)) return roll_back(t);
      t.exception = e;
      t.why = signal::exception;
      bool stop = false;
      const code& c = *f.code->source;
      const char* raised = "StopIteration";
      if (!is_instance(t, e, value::of(t.interp->errors.StopIteration), stop)) stop = false;
      if (!stop && c.coroutine && c.generator) {
        raised = "StopAsyncIteration";
        if (!is_instance(t, e, value::of(t.interp->errors.StopAsyncIteration), stop)) stop = false;
      }
      if (stop) {
        raise(t, t.interp->errors.RuntimeError, "%s raised %s", !c.coroutine ? "generator" : c.generator ? "async generator" : "coroutine", raised);
        const value r = t.exception;
        t.why = signal::none;
        auto* x = r.as<exception_object>();
        if (!any_access::write(t, x, x->cause, e) || !any_access::write(t, x, x->context, e)) return roll_back(t);
        t.exception = r;
        t.why = signal::exception;
      }
    }
    const bool last = t.depth == base;
    --t.depth;
    if (last) return false;
    if (t.barriers && t.depth < t.saved_depth) save_frame(t);
    frame& caller = t.frames[t.depth];
    // A caller's pc stands after its call: one word back is inside it (FOR_LOOP's extension too).
    pc = static_cast<std::size_t>(caller.pc - caller.code->words.data()) - 1;
  }
}

// ---- printing ----
namespace {

std::string source_line(const std::string& file, int line) {
  std::ifstream in(file);
  std::string text;
  for (int i = 0; i < line; ++i) {
    if (!std::getline(in, text)) return {};
  }
  return text;
}
std::string stripped(const std::string& s, std::size_t& removed) {
  const auto first = s.find_first_not_of(" \t\f");
  removed = first == std::string::npos ? s.size() : first;
  const auto last = s.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : s.substr(first, last - first + 1);
}

void append_frame(const code_object* c, std::size_t pc, int line, std::string& out) {
  out += "  File \"" + c->source->filename + "\", line " + std::to_string(line) + ", in " + c->source->name + "\n";
  const std::string text = source_line(c->source->filename, line);
  std::size_t removed;
  const std::string shown = stripped(text, removed);
  if (shown.empty()) return;
  out += "    " + shown + "\n";
  // Carets under the part that failed, unless that is the whole line.
  const position* p = c->position_at(pc);
  if (!p || p->line != line || p->end_line != line) return;
  const auto begin = static_cast<std::size_t>(p->column), end = static_cast<std::size_t>(p->end_column);
  if (begin < removed || end > text.size() || begin >= end) return;
  if (begin == removed && end - begin >= shown.size()) return;
  const auto width = [](std::string_view s) {
    std::size_t n = 0;
    for (const char ch : s) n += (static_cast<unsigned char>(ch) & 0xC0) != 0x80;
    return n;
  };
  out += "    " + std::string(width(std::string_view(text).substr(removed, begin - removed)), ' ') +
         std::string(width(std::string_view(text).substr(begin, end - begin)), '^') + "\n";
}

// The class with its module, which goes without saying where it is builtins or __main__.
std::string class_shown(thread_state& t, value e) {
  const std::string name = qualified_name(t, class_of(t, e));
  constexpr std::string_view main = "__main__.";
  return name.starts_with(main) ? name.substr(main.size()) : name;
}

std::string first_line_of(thread_state& t, value e) {
  const std::string name = class_shown(t, e);
  const value text = str_of(t, e);
  if (text.empty()) {
    t.why = signal::none;
    return name + ": <exception str() failed>\n";
  }
  const std::string message = to_utf8(text.as<string_object>());
  return message.empty() ? name + "\n" : name + ": " + message + "\n";
}

void append_syntax_error(thread_state& t, value e, std::string& out) {
  const auto get = [&](const char* n) {
    const value v = find_attr(t, e, intern(*t.interp, n));
    t.why = signal::none;
    return v;
  };
  const value file = get("filename"), line = get("lineno"), text = get("text"), offset = get("offset"), end = get("end_offset");
  if (line.is_int()) {
    out += "  File \"" + (is(file, kind::str) ? to_utf8(file.as<string_object>()) : "<string>") + "\", line " + std::to_string(line.as_int()) + "\n";
    if (is(text, kind::str)) {
      std::size_t removed;
      const std::string whole = to_utf8(text.as<string_object>());
      std::string shown = stripped(whole, removed);
      // Unlike in a traceback, blanks at the end of the line are shown: the error may be behind them.
      if (!shown.empty()) shown = whole.substr(removed, whole.find_last_not_of("\r\n") + 1 - removed);
      if (!shown.empty()) {
        out += "    " + shown + "\n";
        if (offset.is_int() && offset.as_int() > 0) {
          const std::int64_t from = offset.as_int() - 1 - static_cast<std::int64_t>(removed);
          const std::int64_t wide = end.is_int() && end.as_int() > offset.as_int() ? end.as_int() - offset.as_int() : 1;
          if (from >= 0) out += "    " + std::string(static_cast<std::size_t>(from), ' ') + std::string(static_cast<std::size_t>(wide), '^') + "\n";
        }
      }
    }
  }
  const value message = get("msg");
  out += class_shown(t, e) + ": " + (is(message, kind::str) ? to_utf8(message.as<string_object>()) : "<no detail available>") + "\n";
}

// What add_note() left, a line each; __notes__ is an ordinary attribute, so it may hold anything.
void append_notes(thread_state& t, value e, std::string& out) {
  const value notes = find_attr(t, e, t.interp->names.__notes__);
  if (!notes.empty() && (is(notes, kind::list) || is(notes, kind::tuple))) {
    const value it = get_iter(t, notes);
    for (value note; !it.empty() && iter_next(t, it, note) && !note.empty();) {
      const value text = str_of(t, note);
      t.why = signal::none;
      out += (text.empty() ? "<note str() failed>" : to_utf8(text.as<string_object>())) + "\n";
    }
  } else if (!notes.empty() && !notes.is_none()) {
    const value text = repr_of(t, notes);
    t.why = signal::none;
    out += (text.empty() ? "<__notes__ repr() failed>" : to_utf8(text.as<string_object>())) + "\n";
  }
  t.why = signal::none;
}

// The lines of a traceback: `depth` says how many exception groups stand around them.
struct traceback_text {
  static constexpr std::size_t widest = 15, deepest = 10;     // members shown of a group; groups in groups
  std::string out;
  std::size_t depth = 0;
  bool frame_is_open = false;                    // the last member's, to be closed by a line
  std::vector<const object*> told;               // none is told twice as cause or context

  std::string indent() const { return std::string(2 * depth, ' '); }
  void add(std::string_view text, char margin = '|') {
    if (depth == 0) {
      out += text;
      return;
    }
    const std::string before = indent() + margin + ' ';
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      out += before;
      out += text.substr(at, end - at);
      at = end;
    }
  }
};

value loaded(slot& s) { return {s.load(std::memory_order_acquire)}; }

std::string frames_text(value entry) {
  std::string out;
  int repeated = 0;
  const code_object* last = nullptr;
  std::int64_t last_line = -1;
  for (; is(entry, kind::traceback); entry = loaded(entry.as<traceback_object>()->next)) {
    auto* tb = entry.as<traceback_object>();
    const std::int64_t line = loaded(tb->line).as_int();
    repeated = tb->code == last && line == last_line ? repeated + 1 : 0;
    last = tb->code;
    last_line = line;
    if (repeated < 3) {
      append_frame(tb->code, static_cast<std::size_t>(loaded(tb->pc).as_int()), static_cast<int>(line), out);
      continue;
    }
    const value next = loaded(tb->next);
    const bool ends = !is(next, kind::traceback) || next.as<traceback_object>()->code != last || loaded(next.as<traceback_object>()->line).as_int() != line;
    if (ends) out += "  [Previous line repeated " + std::to_string(repeated - 2) + " more time" + (repeated - 2 == 1 ? "" : "s") + "]\n";
  }
  return out;
}

void append_exception(thread_state& t, value e, traceback_text& to, int level, bool chain);

// Each member of a group, framed and one step further in.
void append_members(thread_state& t, tuple_object* members, traceback_text& to, bool chain) {
  const std::size_t shown = std::min<std::size_t>(members->length, traceback_text::widest + 1);
  to.frame_is_open = false;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool cut = i == traceback_text::widest;
    if (i + 1 == shown) to.frame_is_open = true;
    to.out += to.indent() + (i == 0 ? "+-" : "  ") + "+---------------- " + (cut ? "..." : std::to_string(i + 1)) + " ----------------\n";
    ++to.depth;
    if (cut) {
      const std::size_t more = members->length - traceback_text::widest;
      to.add("and " + std::to_string(more) + " more exception" + (more > 1 ? "s\n" : "\n"));
    } else {
      append_exception(t, members->items()[i], to, 0, chain);
    }
    if (i + 1 == shown && to.frame_is_open) {
      to.out += to.indent() + "+------------------------------------\n";
      to.frame_is_open = false;
    }
    --to.depth;
  }
}

// chain: with what it was raised from, or while handling.
void append_exception(thread_state& t, value e, traceback_text& to, int level, bool chain) {
  auto* x = e.as<exception_object>();
  to.told.push_back(x);
  if (chain && level < 100) {
    const auto fresh = [&](value v) {
      return is(v, kind::exception) && std::find(to.told.begin(), to.told.end(), v.as_object()) == to.told.end();
    };
    const value cause = loaded(x->cause), context = loaded(x->context);
    if (fresh(cause)) {
      append_exception(t, cause, to, level + 1, chain);
      to.add("\nThe above exception was the direct cause of the following exception:\n\n");
    } else if (!is(cause, kind::exception) && fresh(context) && !loaded(x->suppress_context).is_true()) {
      append_exception(t, context, to, level + 1, chain);
      to.add("\nDuring handling of the above exception, another exception occurred:\n\n");
    }
  }
  value members;
  if (is_subtype(class_of(t, e), t.interp->errors.BaseExceptionGroup)) {
    members = find_attr(t, e, intern(*t.interp, "exceptions"));
    t.why = signal::none;
  }
  const bool group = is(members, kind::tuple);
  if (group && to.depth > traceback_text::deepest) {
    return to.add("... (max_group_depth is " + std::to_string(traceback_text::deepest) + ")\n");
  }
  const bool outermost = group && to.depth == 0;
  if (outermost) ++to.depth;
  if (const value entry = loaded(x->traceback); is(entry, kind::traceback)) {
    if (group) to.add("Exception Group Traceback (most recent call last):\n", outermost ? '+' : '|');
    else to.add("Traceback (most recent call last):\n");
    to.add(frames_text(entry));
  }
  std::string last;
  bool syntax = false;
  if (is_instance(t, e, value::of(t.interp->errors.SyntaxError), syntax) && syntax) {
    append_syntax_error(t, e, last);
    to.add(last);
  } else {                                       // a message of several lines has one margin
    to.add(to.depth == 0 ? "" : " ");
    if (to.depth != 0) to.out.pop_back();
    to.out += first_line_of(t, e);
  }
  std::string notes;
  append_notes(t, e, notes);
  to.add(notes);
  if (group) append_members(t, members.as<tuple_object>(), to, chain);
  if (outermost) --to.depth;
}

}  // namespace

std::string exception_text(thread_state& t, value e, bool chain) {
  traceback_text text;
  append_exception(t, e, text, 0, chain);
  return text.out;
}

void print_exception(thread_state& t, const std::string& header, value e) {
  const signal why = t.why;
  const value pending_exception = t.exception;
  t.why = signal::none;
  write_output(t, 2, header + exception_text(t, e, true));
  t.why = why;
  t.exception = pending_exception;
}

}  // namespace gilt::interp
