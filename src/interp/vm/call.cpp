// SPDX-License-Identifier: BSL-1.0
// Calling Python functions: binding arguments, pushing frames, and call() for natives.
#include <sys/mman.h>

#include <algorithm>

#include "interp/concurrency/access.hpp"
#include "interp/object/call.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/module.hpp"
#include "interp/object/nesting.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/frame.hpp"

namespace gilt::interp {

void make_stacks(thread_state& t) {
  const auto reserve = [](std::size_t bytes) {
    void* p = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? nullptr : p;
  };
  t.registers = static_cast<value*>(reserve(register_stack_values * sizeof(value)));
  t.registers_end = t.registers ? t.registers + register_stack_values : nullptr;
  t.frames = static_cast<frame*>(reserve(frame_stack_frames * sizeof(frame)));
  t.depth = 0;
}
void free_stacks(thread_state& t) {
  if (t.registers) ::munmap(t.registers, register_stack_values * sizeof(value));
  if (t.frames) ::munmap(t.frames, frame_stack_frames * sizeof(frame));
  t.registers = t.registers_end = nullptr;
  t.frames = nullptr;
}

bool push_frame(thread_state& t, code_object* c, function_object* f, module_object* globals, value* registers,
                value* result, on_return then) {
  if (GILT_UNLIKELY(t.depth >= t.recursion_limit || t.depth + 2 >= frame_stack_frames ||
                    registers + c->registers + 1024 > t.registers_end || t.native_depth > 2000)) {
    raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
    return false;
  }
  for (std::uint32_t i = c->parameters; i < c->locals; ++i) registers[i] = {};
  frame& n = t.frames[++t.depth];
  n = {c, c->words.data(), registers, result, f, globals, nullptr, then, {}};
  return true;
}

namespace {

std::string quoted(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? (names.size() == 2 ? " and " : ", and ") : ", ";
    out += "'" + names[i] + "'";
  }
  return out;
}
bool too_many(thread_state& t, const code& c, std::size_t given, std::size_t defaults) {
  const std::size_t most = c.positional;
  std::string takes = defaults > 0 ? "from " + std::to_string(most - defaults) + " to " + std::to_string(most) : std::to_string(most);
  raise(t, t.interp->errors.TypeError, "%s() takes %s positional argument%s but %zu %s given", c.qualname.c_str(),
        takes.c_str(), most == 1 && defaults == 0 ? "" : "s", given, given == 1 ? "was" : "were");
  return false;
}
bool missing(thread_state& t, const code& c, const std::vector<std::string>& names, const char* what) {
  raise(t, t.interp->errors.TypeError, "%s() missing %zu required %s argument%s: %s", c.qualname.c_str(), names.size(), what,
        names.size() == 1 ? "" : "s", quoted(names).c_str());
  return false;
}

}  // namespace

bool bind_arguments(thread_state& t, function_object* f, value* to, const value* args, std::size_t n,
                    const tuple_object* names) {
  const code& c = *f->code->source;
  const std::size_t keywords = names ? names->length : 0, given = n - keywords;
  const std::vector<value> copy(args, args + n);           // `to` may overlap `args`
  const std::size_t parameters = c.parameters();
  std::fill(to, to + parameters, value{});
  const std::size_t placed = std::min<std::size_t>(given, c.positional);
  std::copy(copy.begin(), copy.begin() + static_cast<std::ptrdiff_t>(placed), to);
  const std::size_t star = c.positional + c.keyword_only, stars = star + (c.var_positional ? 1 : 0);

  value defaults, keyword_defaults;
  if (!any_access::read(t, f, f->defaults, defaults) || !any_access::read(t, f, f->keyword_defaults, keyword_defaults)) return false;
  const std::size_t default_count = is(defaults, kind::tuple) ? defaults.as<tuple_object>()->length : 0;

  if (c.var_positional) {
    to[star] = make_tuple(t, copy.data() + placed, given - placed);
    if (to[star].empty()) return false;
  } else if (given > c.positional) {
    return too_many(t, c, given, default_count);
  }
  if (c.var_keyword) {
    to[stars] = make_dict(t);
    if (to[stars].empty()) return false;
  }
  for (std::size_t k = 0; k < keywords; ++k) {
    auto* word = const_cast<tuple_object*>(names)->items()[k].as<string_object>();
    const std::string text = to_utf8(word);
    std::size_t at = c.positional_only;
    while (at < star && c.locals[at] != text) ++at;
    if (at < star) {
      if (!to[at].empty()) {
        raise(t, t.interp->errors.TypeError, "%s() got multiple values for argument '%s'", c.qualname.c_str(), text.c_str());
        return false;
      }
      to[at] = copy[given + k];
    } else if (c.var_keyword) {
      if (!dict_set(t, to[stars].as<dict_object>(), value::of(word), copy[given + k])) return false;
    } else {
      std::string misplaced;
      for (std::size_t p = 0; p < c.positional_only; ++p) {
        for (const value word_given : items_of(names)) {
          if (to_utf8(word_given.as<string_object>()) == c.locals[p]) misplaced += (misplaced.empty() ? "" : ", ") + c.locals[p];
        }
      }
      if (!misplaced.empty()) {
        raise(t, t.interp->errors.TypeError, "%s() got some positional-only arguments passed as keyword arguments: '%s'",
              c.qualname.c_str(), misplaced.c_str());
        return false;
      }
      raise(t, t.interp->errors.TypeError, "%s() got an unexpected keyword argument '%s'", c.qualname.c_str(), text.c_str());
      return false;
    }
  }
  std::vector<std::string> absent;
  for (std::size_t p = placed; p < c.positional; ++p) {
    if (!to[p].empty()) continue;
    if (p + default_count >= c.positional)
      to[p] = defaults.as<tuple_object>()->items()[p + default_count - c.positional];
    else
      absent.push_back(c.locals[p]);
  }
  if (!absent.empty()) return missing(t, c, absent, "positional");
  for (std::size_t p = c.positional; p < star; ++p) {
    if (!to[p].empty()) continue;
    value v;
    if (is(keyword_defaults, kind::dict) &&
        !dict_get(t, keyword_defaults.as<dict_object>(), value::of(intern(*t.interp, c.locals[p])), v))
      return false;
    if (v.empty()) absent.push_back(c.locals[p]);
    else to[p] = v;
  }
  if (!absent.empty()) return missing(t, c, absent, "keyword-only");
  return true;
}

value module_of_caller(thread_state& t) {
  return t.depth == 0 ? value{} : module_get(t, top(t).globals, t.interp->names.__name__);
}

value call(thread_state& t, value callee, const value* args, std::size_t n, const tuple_object* names) {
  const std::size_t keywords = names ? names->length : 0;
  if (is(callee, kind::function)) {
    auto* f = callee.as<function_object>();
    value* base = free_registers(t);
    if (base + n + 1024 > t.registers_end) return raise(t, t.interp->errors.RecursionError, "maximum recursion depth exceeded");
    if (f->code->plain && !names && n == f->code->parameters) std::copy(args, args + n, base);
    else if (!bind_arguments(t, f, base, args, n, names)) return {};
    const code& c = *f->code->source;
    if (c.generator || c.coroutine) return make_generator(t, f, base);
    if (!push_frame(t, f->code, f, f->globals, base, nullptr, on_return::leave)) return {};
    ++t.native_depth;
    const value r = run(t, t.depth);
    --t.native_depth;
    return r;
  }
  if (is(callee, kind::bound_method)) {
    auto* m = callee.as<bound_method_object>();
    std::vector<value> all{m->self};
    all.insert(all.end(), args, args + n);
    return call(t, m->function, all.data(), all.size(), names);
  }
  if (is(callee, kind::native_function)) {
    auto* f = callee.as<native_function_object>();
    std::vector<value> all;
    if (!f->self.empty()) all.push_back(f->self);
    all.insert(all.end(), args, args + n);
    const value r = call_native(t, f, {all.data(), static_cast<std::uint32_t>(all.size() - keywords), static_cast<std::uint32_t>(keywords), names});
    if (!r.empty() || t.why != signal::tail_call) return r;
    t.why = signal::none;
    const value next = t.tail_callee;
    const std::vector<value> tail = std::move(t.tail_args);
    t.tail_args.clear();
    return call(t, next, tail.data(), tail.size());
  }
  if (is(callee, kind::type)) {
    std::vector<value> copy(args, args + n);
    return construct(t, callee.as<type_object>(), {copy.data(), static_cast<std::uint32_t>(n - keywords), static_cast<std::uint32_t>(keywords), names});
  }
  const nesting deep(t);                           // a __call__ that is an instance of its own class
  if (!deep.fine("")) return {};
  value self;
  const value method = lookup_special(t, callee, t.interp->names.__call__, self);
  if (method.empty()) {
    if (t.why != signal::none) return {};
    return raise(t, t.interp->errors.TypeError, "'%s' object is not callable", type_name(t, callee).c_str());
  }
  std::vector<value> all;
  if (!self.empty()) all.push_back(self);
  all.insert(all.end(), args, args + n);
  return call(t, method, all.data(), all.size(), names);
}

}  // namespace gilt::interp
