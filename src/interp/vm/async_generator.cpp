// SPDX-License-Identifier: BSL-1.0
// async_generator: what `async def` with `yield` makes.
//
// It is a generator whose frame hands out two sorts of things: what an `await` inside it passes
// through to the event loop, and its own items. Items are wrapped in a cell (the compiler does that),
// so that they can be told apart. __anext__(), asend(), athrow() and aclose() answer awaitables that
// drive the frame: what is awaited goes through, an item ends the awaiting with it as the result, the
// end of the frame is StopAsyncIteration.
#include "interp/concurrency/access.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/definitions.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {

enum stage : std::int64_t { fresh, under_way, over };

bool set_stage(thread_state& t, iterator_object* it, stage s) { return any_access::write(t, it, it->c, value::small_int(s)); }

// One step of the frame has ended: what it means for who awaits.
bool settle(thread_state& t, iterator_object* it, bool ok, value& out, value& result) {
  const bool closing = it->which == iterator_kind::async_close;
  if (ok && !out.empty()) {
    if (!is(out, kind::cell)) return true;                     // awaited inside: goes through
    if (!set_stage(t, it, over)) return false;
    if (closing) {
      raise(t, t.interp->errors.RuntimeError, "async generator ignored GeneratorExit");
      return false;
    }
    auto* item = out.as<cell_object>();
    out = {};
    return any_access::read(t, item, item->content, result);
  }
  if (ok) {
    if (!set_stage(t, it, over)) return false;
    if (closing) return true;
    raise(t, t.interp->errors.StopAsyncIteration, std::string());
    return false;
  }
  if (t.why != signal::exception) return false;
  const value e = t.exception;
  t.why = signal::none;
  if (!set_stage(t, it, over)) return false;
  t.exception = e;
  t.why = signal::exception;
  if (!closing) return false;
  if (!clear_exception(t, t.interp->errors.StopAsyncIteration) && !clear_exception(t, t.interp->errors.GeneratorExit)) return false;
  result = value::none();
  return true;
}

bool drive(thread_state& t, iterator_object* it, value sent, value thrown, value& out, value& result) {
  out = result = {};
  value g, argument, at;
  if (!any_access::read(t, it, it->a, g) || !any_access::read(t, it, it->b, argument)) return false;
  if (it->which == iterator_kind::async_default) {
    const bool ok = thrown.empty() ? yield_from(t, g, sent, out, result) : !(out = call_method(t, g, intern(*t.interp, "throw"), {thrown})).empty();
    if (ok || !clear_exception(t, t.interp->errors.StopAsyncIteration)) return ok;
    result = argument;
    return true;
  }
  if (!any_access::read(t, it, it->c, at)) return false;
  if (at.as_int() == over) {
    raise(t, t.interp->errors.RuntimeError, "cannot reuse already awaited %s",
          it->which == iterator_kind::async_send ? "__anext__()/asend()" : "aclose()/athrow()");
    return false;
  }
  auto* frame = g.as<generator_object>();
  const bool first = at.as_int() == fresh;
  if (first && !set_stage(t, it, under_way)) return false;
  bool ok;
  if (!thrown.empty()) ok = throw_into(t, frame, thrown, out, result);
  else if (it->which == iterator_kind::async_send) ok = resume_generator(t, frame, first && sent.is_none() ? argument : sent, out, result);
  else if (first) ok = throw_into(t, frame, argument, out, result);
  else ok = resume_generator(t, frame, sent, out, result);
  return settle(t, it, ok, out, result);
}

iterator_object* self_of(const call_args& a) { return a[0].as<iterator_object>(); }

value stepped(thread_state& t, bool ok, value out, value result) {
  if (!ok) return {};
  if (!out.empty()) return out;
  return raise_stop_iteration(t, result.is_none() ? value{} : result);
}
value awaitable_itself(thread_state&, const call_args& a) { return a[0]; }
value awaitable_send(thread_state& t, const call_args& a) {
  value out, result;
  const bool ok = drive(t, self_of(a), a.npos > 1 ? a[1] : value::none(), {}, out, result);
  return stepped(t, ok, out, result);
}
value awaitable_throw(thread_state& t, const call_args& a) {
  const value e = exception_argument(t, a);
  if (e.empty()) return {};
  value out, result;
  const bool ok = drive(t, self_of(a), value::none(), e, out, result);
  return stepped(t, ok, out, result);
}
value awaitable_close(thread_state& t, const call_args& a) {
  return set_stage(t, self_of(a), over) ? value::none() : value{};
}

value awaitable(thread_state& t, iterator_kind which, value generator, value argument) {
  const builtin_types& k = t.interp->types;
  return make_iterator(t, which, which == iterator_kind::async_send ? k.async_generator_asend : k.async_generator_athrow, generator,
                       argument, value::small_int(fresh));
}
value generator_anext(thread_state& t, const call_args& a) { return awaitable(t, iterator_kind::async_send, a[0], value::none()); }
value generator_asend(thread_state& t, const call_args& a) { return awaitable(t, iterator_kind::async_send, a[0], a[1]); }
value generator_athrow(thread_state& t, const call_args& a) {
  const value e = exception_argument(t, a);
  return e.empty() ? e : awaitable(t, iterator_kind::async_throw, a[0], e);
}
value generator_aclose(thread_state& t, const call_args& a) {
  const value e = call(t, value::of(t.interp->errors.GeneratorExit), nullptr, 0);
  return e.empty() ? e : awaitable(t, iterator_kind::async_close, a[0], e);
}

value builtin_aiter(thread_state& t, const call_args& a) {
  const value method = type_lookup(class_of(t, a[0]), intern(*t.interp, "__aiter__")) ? value::none() : value{};
  if (method.empty()) return raise(t, t.interp->errors.TypeError, "'%s' object is not an async iterable", type_name(t, a[0]).c_str());
  return async_iterator(t, a[0]);
}
value builtin_anext(thread_state& t, const call_args& a) {
  bool found = false;
  const value next = call_special(t, a[0], intern(*t.interp, "__anext__"), nullptr, 0, found);
  if (!found) return raise(t, t.interp->errors.TypeError, "'%s' object is not an async iterator", type_name(t, a[0]).c_str());
  if (next.empty() || a.npos == 1) return next;
  const value it = yield_from_iterator(t, next, true);
  return it.empty() ? it : make_iterator(t, iterator_kind::async_default, t.interp->types.anext_awaitable, it, a[1]);
}

constexpr native_definition generator_table[] = {
    {"__aiter__", awaitable_itself, 1, 1, false}, {"__anext__", generator_anext, 1, 1, false}, {"asend", generator_asend, 2, 2, false},
    {"athrow", generator_athrow, 2, 4, false},    {"aclose", generator_aclose, 1, 1, false},
};
constexpr native_definition awaitable_table[] = {
    {"__await__", awaitable_itself, 1, 1, false}, {"__iter__", awaitable_itself, 1, 1, false}, {"__next__", awaitable_send, 1, 1, false},
    {"send", awaitable_send, 2, 2, false},        {"throw", awaitable_throw, 2, 4, false},     {"close", awaitable_close, 1, 1, false},
};
constexpr native_definition function_table[] = {{"aiter", builtin_aiter, 1, 1, false}, {"anext", builtin_anext, 1, 2, false}};

}  // namespace

bool resume_awaitable(thread_state& t, iterator_object* it, value sent, value& out, value& result) {
  return drive(t, it, sent, {}, out, result);
}

value async_iterator(thread_state& t, value v) {
  bool found = false;
  const value it = call_special(t, v, intern(*t.interp, "__aiter__"), nullptr, 0, found);
  if (!found)
    return raise(t, t.interp->errors.TypeError, "'async for' requires an object with __aiter__ method, got %s", type_name(t, v).c_str());
  if (it.empty() || type_lookup(class_of(t, it), intern(*t.interp, "__anext__"))) return it;
  return raise(t, t.interp->errors.TypeError, "'async for' received an object from __aiter__ that does not implement __anext__: %s",
               type_name(t, it).c_str());
}

value async_next(thread_state& t, value iterator) {
  bool found = false;
  const value next = call_special(t, iterator, intern(*t.interp, "__anext__"), nullptr, 0, found);
  if (found) return next;
  return raise(t, t.interp->errors.TypeError, "'async for' requires an iterator with __anext__ method, got %s", type_name(t, iterator).c_str());
}

std::span<const native_definition> async_functions() { return function_table; }

void define_async_types(interpreter& i) {
  define_methods(i, i.types.async_generator, generator_table);
  for (type_object* c : {i.types.async_generator_asend, i.types.async_generator_athrow, i.types.anext_awaitable}) define_methods(i, c, awaitable_table);
}

}  // namespace gilt::interp
