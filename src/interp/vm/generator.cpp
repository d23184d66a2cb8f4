// SPDX-License-Identifier: BSL-1.0
// generator: between resumptions a generator's registers stand in a storage object, behind its
// orec, so that an abort restores them with everything else. While it runs they stand on the
// thread's stack like any frame's.
#include "interp/concurrency/access.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/definitions.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {
enum state : std::int64_t { created, suspended, running, finished };

value state_of(thread_state& t, generator_object* g) {
  value s;
  return any_access::read(t, g, g->state, s) ? s : value{};
}
bool set_state(thread_state& t, generator_object* g, state s) {
  return any_access::write(t, g, g->state, value::small_int(s));
}
// What messages call it.
const char* noun(thread_state& t, generator_object* g) {
  const type_object* cls = class_of(t, value::of(g));
  return cls == t.interp->types.coroutine ? "coroutine" : cls == t.interp->types.async_generator ? "async generator" : "generator";
}
storage_object* saved(thread_state& t, generator_object* g) {
  value v;
  return any_access::read(t, g, g->registers, v) ? v.as<storage_object>() : nullptr;
}
}  // namespace

value make_generator(thread_state& t, function_object* f, const value* registers) {
  storage_object* body = make_storage(t, f->code->registers);
  if (!body) return {};
  for (std::uint32_t i = 0; i < f->code->parameters; ++i) body->items()[i].store(registers[i].bits, std::memory_order_relaxed);
  const code& c = *f->code->source;
  const builtin_types& k = t.interp->types;
  auto* g = t.alloc.make<generator_object>(t, (!c.coroutine ? k.generator : c.generator ? k.async_generator : k.coroutine)->root);
  if (!g) return {};
  g->code = f->code;
  g->function = f;
  const auto put = [](slot& s, value v) { s.store(v.bits, std::memory_order_relaxed); };
  put(g->state, value::small_int(created));
  put(g->pc, value::small_int(0));
  put(g->registers, value::of(body));
  put(g->name, {f->name.load(std::memory_order_acquire)});
  put(g->qualname, {f->qualname.load(std::memory_order_acquire)});
  return value::of(g);
}

bool enter_generator(thread_state& t, generator_object* g, value sent, value* result, on_return then) {
  value s = state_of(t, g), pc;
  storage_object* body = saved(t, g);
  if (s.empty() || !body || !any_access::read(t, g, g->pc, pc)) return false;
  if (!any_access::own(t, g) || !any_access::own(t, body)) return false;
  value* window = free_registers(t);
  if (!push_frame(t, g->code, g->function, g->function->globals, window, result, then)) return false;
  for (std::uint32_t i = 0; i < g->code->registers; ++i) window[i].bits = body->items()[i].load(std::memory_order_acquire);
  frame& f = top(t);
  f.generator = g;
  const auto at = static_cast<std::size_t>(pc.as_int());
  f.pc = g->code->words.data() + at;
  if (s.as_int() == suspended) {
    const auto o = static_cast<opcode>(f.pc->op);
    f.registers[f.pc->a] = sent;
    if (o == opcode::YIELD) ++f.pc;                          // YIELD_FROM runs again with what was sent
  }
  any_access::store(t, g, g->state, value::small_int(running));
  return true;
}

bool suspend_generator(thread_state& t, std::size_t pc) {
  const frame f = top(t);
  generator_object* g = f.generator;
  storage_object* body = saved(t, g);
  if (!body || !any_access::own(t, g) || !any_access::own(t, body)) return false;
  for (std::uint32_t i = 0; i < g->code->registers; ++i) {
    if (body->items()[i].load(std::memory_order_relaxed) != f.registers[i].bits)
      any_access::store(t, body, body->items()[i], f.registers[i]);
  }
  any_access::store(t, g, g->pc, value::small_int(static_cast<std::int64_t>(pc)));
  any_access::store(t, g, g->state, value::small_int(suspended));
  --t.depth;
  return true;
}

bool finish_generator(thread_state& t, generator_object* g) { return set_state(t, g, finished); }

// What a generator's frame has left with: a yield's value goes to `out`, a return's to `result`.
static bool hand_out(thread_state& t, value r, value& out, value& result) {
  if (r.empty()) return false;
  (t.yielded ? out : result) = r;
  t.yielded = false;
  return true;
}

bool resume_generator(thread_state& t, generator_object* g, value sent, value& out, value& result) {
  out = result = {};
  const value s = state_of(t, g);
  if (s.empty()) return false;
  if (s.as_int() == running) {
    raise(t, t.interp->errors.ValueError, "%s already executing", noun(t, g));
    return false;
  }
  if (s.as_int() == finished) {
    if (class_of(t, value::of(g)) == t.interp->types.coroutine) {
      raise(t, t.interp->errors.RuntimeError, "cannot reuse already awaited coroutine");
      return false;
    }
    result = value::none();
    return true;
  }
  if (s.as_int() == created && !sent.is_none()) {
    raise(t, t.interp->errors.TypeError, "can't send non-None value to a just-started %s", noun(t, g));
    return false;
  }
  if (!enter_generator(t, g, sent, nullptr, on_return::leave)) return false;
  t.yielded = false;
  ++t.native_depth;
  const value r = run(t, t.depth);
  --t.native_depth;
  return hand_out(t, r, out, result);
}

value yield_from_iterator(thread_state& t, value v, bool awaiting) {
  const type_object* cls = class_of(t, v);
  if (awaiting) {
    if (cls == t.interp->types.coroutine) return v;
    if (is(v, kind::iterator) && is_awaitable(v.as<iterator_object>())) return v;
    if (cls == t.interp->types.generator && v.as<generator_object>()->code->source->iterable_coroutine) return v;
    bool found = false;
    const value r = call_special(t, v, intern(*t.interp, "__await__"), nullptr, 0, found);
    if (found && !r.empty() && class_of(t, r) == t.interp->types.coroutine)
      return raise(t, t.interp->errors.TypeError, "__await__() returned a coroutine");
    if (found && !r.empty() && !is_iterator(t, r))
      return raise(t, t.interp->errors.TypeError, "__await__() returned non-iterator of type '%s'", type_name(t, r).c_str());
    if (found) return r;
    return raise(t, t.interp->errors.TypeError, "object %s can't be used in 'await' expression", type_name(t, v).c_str());
  }
  if (cls == t.interp->types.generator) return v;
  if (cls == t.interp->types.coroutine) {
    if (top(t).code->source->iterable_coroutine) return v;
    return raise(t, t.interp->errors.TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return get_iter(t, v);
}

bool yield_from(thread_state& t, value iterator, value sent, value& out, value& result) {
  if (is(iterator, kind::generator)) return resume_generator(t, iterator.as<generator_object>(), sent, out, result);
  if (is(iterator, kind::iterator) && is_awaitable(iterator.as<iterator_object>()))
    return resume_awaitable(t, iterator.as<iterator_object>(), sent, out, result);
  if (sent.is_none()) {
    if (!iter_next_result(t, iterator, out, result)) return false;
    if (out.empty() && result.empty()) result = value::none();
    return true;
  }
  out = call_method(t, iterator, intern(*t.interp, "send"), {sent});
  if (!out.empty()) return true;
  if (t.why != signal::exception) return false;
  const value stop = t.exception;
  if (!clear_exception(t, t.interp->errors.StopIteration)) return false;
  result = find_attr(t, stop, t.interp->names.value);
  return t.why == signal::none;
}

// ---- methods ----
namespace {

value finish_with(thread_state& t, bool ok, value out, value result) {
  if (!ok) return {};
  if (!out.empty()) return out;
  return raise_stop_iteration(t, result.is_none() ? value{} : result);
}
value generator_iter(thread_state&, const call_args& a) { return a[0]; }
value generator_send(thread_state& t, const call_args& a) {
  value out, result;
  const bool ok = resume_generator(t, a[0].as<generator_object>(), a[1], out, result);
  return finish_with(t, ok, out, result);
}
value generator_next(thread_state& t, const call_args& a) {
  value out, result;
  const bool ok = resume_generator(t, a[0].as<generator_object>(), value::none(), out, result);
  return finish_with(t, ok, out, result);
}

}  // namespace

bool throw_into(thread_state& t, generator_object* g, value e, value& out, value& result) {
  out = result = {};
  const value s = state_of(t, g);
  if (s.empty()) return false;
  if (s.as_int() == running) {
    raise(t, t.interp->errors.ValueError, "%s already executing", noun(t, g));
    return false;
  }
  if (s.as_int() == created || s.as_int() == finished) {
    if (!set_state(t, g, finished)) return false;
    raise_object(t, e);
    return false;
  }
  if (!enter_generator(t, g, value::none(), nullptr, on_return::leave)) return false;
  frame& f = top(t);
  if (static_cast<opcode>(f.pc->op) == opcode::YIELD_FROM) {
    // The inner iterator gets it first.
    const value inner = f.registers[f.pc->b];
    value inner_out, inner_result;
    bool ok;
    if (is(inner, kind::generator)) {
      ok = throw_into(t, inner.as<generator_object>(), e, inner_out, inner_result);
    } else {
      const value method = find_attr(t, inner, intern(*t.interp, "throw"));
      if (method.empty()) {
        if (t.why != signal::none) return false;
        raise_object(t, e);
        ok = false;
      } else {
        inner_out = call(t, method, {e});
        ok = !inner_out.empty();
      }
    }
    if (ok && !inner_out.empty()) {
      if (!suspend_generator(t, static_cast<std::size_t>(f.pc - f.code->words.data()))) return false;
      out = inner_out;
      return true;
    }
    if (ok) {
      f.registers[f.pc->a] = inner_result;
      ++f.pc;
    } else if (t.why != signal::exception) {
      return false;
    }
  } else {
    --f.pc;                                                 // the yield raises
    raise_object(t, e);
  }
  t.yielded = false;
  ++t.native_depth;
  const std::uint32_t base = t.depth;
  value r;
  if (t.why == signal::exception && !unwind(t, base, static_cast<std::size_t>(f.pc - f.code->words.data()), false)) r = {};
  else r = run(t, base);
  --t.native_depth;
  return hand_out(t, r, out, result);
}

value exception_argument(thread_state& t, const call_args& a) {
  value e = a[1];
  const value with = a.npos > 2 && !a[2].is_none() ? a[2] : value{};
  if (is(e, kind::type) && (e.as<type_object>()->flags & flag_is_exception) != 0) {
    bool already = false;
    if (!with.empty() && !is_instance(t, with, e, already)) return {};
    if (already) e = with;
    else if (with.empty()) e = call(t, e, nullptr, 0);
    else if (is(with, kind::tuple)) e = call(t, e, with.as<tuple_object>()->items(), with.as<tuple_object>()->length);
    else e = call(t, e, {with});
  } else if (is(e, kind::exception) && !with.empty()) {
    return raise(t, t.interp->errors.TypeError, "instance exception may not have a separate value");
  }
  if (e.empty()) return {};
  if (!is(e, kind::exception))
    return raise(t, t.interp->errors.TypeError, "exceptions must be classes or instances deriving from BaseException, not %s",
                 type_name(t, e).c_str());
  return e;
}
namespace {

value generator_throw(thread_state& t, const call_args& a) {
  const value e = exception_argument(t, a);
  if (e.empty()) return {};
  value out, result;
  const bool ok = throw_into(t, a[0].as<generator_object>(), e, out, result);
  return finish_with(t, ok, out, result);
}
value generator_close(thread_state& t, const call_args& a) {
  auto* g = a[0].as<generator_object>();
  const value s = state_of(t, g);
  if (s.empty()) return {};
  if (s.as_int() == finished) return value::none();
  const value e = call(t, value::of(t.interp->errors.GeneratorExit), nullptr, 0);
  if (e.empty()) return {};
  value out, result;
  if (throw_into(t, g, e, out, result)) {
    if (out.empty()) return value::none();
    return raise(t, t.interp->errors.RuntimeError, "%s ignored GeneratorExit", noun(t, g));
  }
  if (clear_exception(t, t.interp->errors.GeneratorExit) || clear_exception(t, t.interp->errors.StopIteration)) return value::none();
  return {};
}

constexpr native_definition methods[] = {
    {"__iter__", generator_iter, 1, 1, false},
    {"__next__", generator_next, 1, 1, false}, {"send", generator_send, 2, 2, false},
    {"throw", generator_throw, 2, 4, false},   {"close", generator_close, 1, 1, false},
};
constexpr native_definition methods_of_coroutines[] = {
    {"__await__", generator_iter, 1, 1, false}, {"send", generator_send, 2, 2, false},
    {"throw", generator_throw, 2, 4, false},    {"close", generator_close, 1, 1, false},
};

}  // namespace

std::span<const native_definition> generator_methods() { return methods; }
std::span<const native_definition> coroutine_methods() { return methods_of_coroutines; }

}  // namespace gilt::interp
