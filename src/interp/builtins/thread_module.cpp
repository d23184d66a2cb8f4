// SPDX-License-Identifier: BSL-1.0
// _threads: Lock, Event, thread handles, atomic blocks. `_thread`, `threading` and `transaction` (Python,
// src/interp/lib) are built on it.
//
// A lock is a word: acquire reads it and writes True, release writes False. Inside a slice that is
// all; other threads see nothing until the slice commits. One that finds the word True returns
// block_on(): the VM publishes what came before, waits for a wake on this object and runs the
// instruction again. Nothing here waits itself.
#include "interp/builtins/thread_types.hpp"

#include <cmath>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/concurrency/threads.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

constexpr double timeout_max = 9223372036.0;

shape* lock_shape = nullptr;
shape* event_shape = nullptr;
shape* handle_shape = nullptr;
shape* atomic_shape = nullptr;

// Timeout in seconds -> deadline. `no_limit` for None and, where allowed, -1.
bool deadline_of(thread_state& t, value timeout, bool minus_one_is_none, wait_deadline& out) {
  out = no_deadline();
  if (timeout.empty() || timeout.is_none()) return true;
  double seconds;
  if (!to_double(t, timeout, seconds)) return false;
  if (minus_one_is_none && seconds == -1) return true;
  if (std::isnan(seconds)) {
    raise(t, t.interp->errors.ValueError, "Invalid value NaN (not a number)");
    return false;
  }
  if (minus_one_is_none && seconds < 0) {
    raise(t, t.interp->errors.ValueError, "timeout value must be positive");
    return false;
  }
  if (seconds > timeout_max) {
    raise(t, t.interp->errors.OverflowError, "timeout value is too large");
    return false;
  }
  out = deadline_in(t, seconds < 0 ? 0 : seconds);
  return true;
}

// acquire(False, 5) makes no sense. False: raised.
bool timeout_fits(thread_state& t, value may_block, value timeout) {
  wait_deadline unused;
  if (!deadline_of(t, timeout, true, unused)) return false;
  if (may_block.empty() || timeout.empty()) return true;
  bool blocking;
  double seconds;
  if (!truth(t, may_block, blocking)) return false;
  if (blocking) return true;
  if (!to_double(t, timeout, seconds)) return false;
  if (seconds == -1) return true;
  raise(t, t.interp->errors.ValueError, "can't specify a timeout for a non-blocking call");
  return false;
}
// The lock is taken: waits for it as the arguments say. False: must not wait; empty: waits, or raised.
value wait_for_lock(thread_state& t, object* lock, value may_block, value timeout) {
  bool blocking = true;
  if (!may_block.empty() && !truth(t, may_block, blocking)) return {};
  if (!blocking) return value::false_();
  wait_deadline deadline;
  if (!deadline_of(t, timeout, true, deadline)) return {};
  if (timed_out(t)) return value::false_();
  return block_on(t, lock, deadline);
}

value new_lock(thread_state& t, type_object* cls, const call_args&) {
  auto* lock = t.alloc.make<lock_object>(t, cls->root);
  if (!lock) return {};
  lock->held.store(value::false_().bits, std::memory_order_relaxed);
  return value::of(lock);
}
value lock_acquire(thread_state& t, const call_args& a) {
  value out[3];
  if (!bind(t, "acquire", a, {"self", "blocking", "timeout"}, 1, out) || !timeout_fits(t, out[1], out[2])) return {};
  auto* lock = out[0].as<lock_object>();
  value held;
  if (!any_access::read(t, lock, lock->held, held)) return {};
  if (!held.is_true()) {
    if (!any_access::write(t, lock, lock->held, value::true_())) return {};
    return value::true_();
  }
  return wait_for_lock(t, lock, out[1], out[2]);
}
value lock_release(thread_state& t, const call_args& a) {
  auto* lock = a[0].as<lock_object>();
  value held;
  if (!any_access::read(t, lock, lock->held, held)) return {};
  if (!held.is_true()) return raise(t, t.interp->errors.RuntimeError, "release unlocked lock");
  if (!any_access::write(t, lock, lock->held, value::false_())) return {};
  wake_on_commit(t, lock);
  return value::none();
}
value lock_locked(thread_state& t, const call_args& a) {
  auto* lock = a[0].as<lock_object>();
  value held;
  if (!any_access::read(t, lock, lock->held, held)) return {};
  return held;
}
value lock_enter(thread_state& t, const call_args& a) { return lock_acquire(t, {a.v, 1, 0, nullptr}); }
value lock_exit(thread_state& t, const call_args& a) {
  const value r = lock_release(t, {a.v, 1, 0, nullptr});
  return r.empty() ? r : value::none();
}
value lock_repr(thread_state& t, const call_args& a) {
  const value held = lock_locked(t, a);
  if (held.empty()) return {};
  return make_string(t, std::string("<") + (held.is_true() ? "locked" : "unlocked") +
                            " _thread.lock object at " + address_of(a[0]) + ">");
}
// ---- RLock: its owner may take it again ----

struct hold { value owner, count; };
bool read_hold(thread_state& t, recursive_lock_object* lock, hold& out) {
  return any_access::read(t, lock, lock->owner, out.owner) && any_access::read(t, lock, lock->count, out.count);
}
bool write_hold(thread_state& t, recursive_lock_object* lock, value owner, value count) {
  return any_access::write(t, lock, lock->owner, owner) && any_access::write(t, lock, lock->count, count);
}
value new_recursive_lock(thread_state& t, type_object* cls, const call_args&) {
  auto* lock = t.alloc.make<recursive_lock_object>(t, cls->root);
  if (!lock) return {};
  lock->owner.store(value::small_int(0).bits, std::memory_order_relaxed);
  lock->count.store(value::small_int(0).bits, std::memory_order_relaxed);
  return value::of(lock);
}
value recursive_acquire(thread_state& t, const call_args& a) {
  value out[3];
  if (!bind(t, "acquire", a, {"self", "blocking", "timeout"}, 1, out) || !timeout_fits(t, out[1], out[2])) return {};
  auto* lock = out[0].as<recursive_lock_object>();
  hold h;
  if (!read_hold(t, lock, h)) return {};
  const value me = int_from_int64(t, t.ident);
  if (me.empty()) return {};
  const std::int64_t count = h.count.as_int();
  bool mine = false;
  if (count > 0 && !equal(t, h.owner, me, mine)) return {};
  if (count > 0 && !mine) return wait_for_lock(t, lock, out[1], out[2]);
  return write_hold(t, lock, me, value::small_int(count + 1)) ? value::true_() : value{};
}
bool owns(thread_state& t, const hold& h, bool& mine) {
  const value me = int_from_int64(t, t.ident);
  if (me.empty()) return false;
  mine = false;
  return h.count.as_int() == 0 || equal(t, h.owner, me, mine);
}
value recursive_release(thread_state& t, const call_args& a) {
  auto* lock = a[0].as<recursive_lock_object>();
  hold h;
  bool mine;
  if (!read_hold(t, lock, h) || !owns(t, h, mine)) return {};
  if (!mine) return raise(t, t.interp->errors.RuntimeError, "cannot release un-acquired lock");
  const std::int64_t left = h.count.as_int() - 1;
  if (!write_hold(t, lock, left > 0 ? h.owner : value::small_int(0), value::small_int(left))) return {};
  if (left == 0) wake_on_commit(t, lock);
  return value::none();
}
value recursive_enter(thread_state& t, const call_args& a) { return recursive_acquire(t, {a.v, 1, 0, nullptr}); }
value recursive_exit(thread_state& t, const call_args& a) { return recursive_release(t, {a.v, 1, 0, nullptr}); }
value recursive_owned(thread_state& t, const call_args& a) {
  hold h;
  bool mine;
  return read_hold(t, a[0].as<recursive_lock_object>(), h) && owns(t, h, mine) ? value::boolean(mine) : value{};
}
// Condition.wait gives the lock back whole, and takes it as it was.
value recursive_save(thread_state& t, const call_args& a) {
  auto* lock = a[0].as<recursive_lock_object>();
  hold h;
  if (!read_hold(t, lock, h)) return {};
  if (h.count.as_int() == 0) return raise(t, t.interp->errors.RuntimeError, "cannot release un-acquired lock");
  if (!write_hold(t, lock, value::small_int(0), value::small_int(0))) return {};
  wake_on_commit(t, lock);
  return make_tuple(t, {h.count, h.owner});
}
value recursive_restore(thread_state& t, const call_args& a) {
  auto* lock = a[0].as<recursive_lock_object>();
  if (!is(a[1], kind::tuple) || a[1].as<tuple_object>()->length != 2 || !a[1].as<tuple_object>()->items()[0].is_int())
    return raise(t, t.interp->errors.TypeError, "_acquire_restore() takes what _release_save() returned");
  hold h;
  if (!read_hold(t, lock, h)) return {};
  if (h.count.as_int() > 0) return wait_for_lock(t, lock, {}, {});
  const value* saved = a[1].as<tuple_object>()->items();
  return write_hold(t, lock, saved[1], saved[0]) ? value::none() : value{};
}
value recursive_repr(thread_state& t, const call_args& a) {
  hold h;
  std::string text;
  if (!read_hold(t, a[0].as<recursive_lock_object>(), h)) return {};
  text = h.count.as_int() > 0 ? "<locked _thread.RLock object owner=" : "<unlocked _thread.RLock object owner=";
  if (!append_repr(t, h.owner, text)) return {};
  return make_string(t, text + " count=" + std::to_string(h.count.as_int()) + " at " + address_of(a[0]) + ">");
}
constexpr native_definition recursive_lock_methods[] = {
    {"acquire", recursive_acquire, 1, 3, true},       {"release", recursive_release, 1, 1, false},
    {"__enter__", recursive_enter, 1, 1, false},      {"__exit__", recursive_exit, 1, 4, false},
    {"_is_owned", recursive_owned, 1, 1, false},      {"_release_save", recursive_save, 1, 1, false},
    {"_acquire_restore", recursive_restore, 2, 2, false}, {"__repr__", recursive_repr, 1, 1, false},
};

constexpr native_definition lock_methods[] = {
    {"acquire", lock_acquire, 1, 3, true},   {"acquire_lock", lock_acquire, 1, 3, true},
    {"release", lock_release, 1, 1, false},  {"release_lock", lock_release, 1, 1, false},
    {"locked", lock_locked, 1, 1, false},    {"locked_lock", lock_locked, 1, 1, false},
    {"__enter__", lock_enter, 1, 1, false},  {"__exit__", lock_exit, 1, 4, false},
    {"__repr__", lock_repr, 1, 1, false},
};

value new_event(thread_state& t, type_object* cls, const call_args&) {
  auto* event = t.alloc.make<event_object>(t, cls->root);
  if (!event) return {};
  event->flag.store(value::false_().bits, std::memory_order_relaxed);
  return value::of(event);
}
value event_set(thread_state& t, const call_args& a) {
  auto* event = a[0].as<event_object>();
  value flag;
  if (!any_access::read(t, event, event->flag, flag)) return {};
  if (!flag.is_true() && !any_access::write(t, event, event->flag, value::true_())) return {};
  wake_on_commit(t, event);
  return value::none();
}
value event_clear(thread_state& t, const call_args& a) {
  auto* event = a[0].as<event_object>();
  return any_access::write(t, event, event->flag, value::false_()) ? value::none() : value{};
}
value event_is_set(thread_state& t, const call_args& a) {
  auto* event = a[0].as<event_object>();
  value flag;
  return any_access::read(t, event, event->flag, flag) ? flag : value{};
}
value event_wait(thread_state& t, const call_args& a) {
  value out[2];
  if (!bind(t, "wait", a, {"self", "timeout"}, 1, out)) return {};
  auto* event = out[0].as<event_object>();
  value flag;
  if (!any_access::read(t, event, event->flag, flag)) return {};
  if (flag.is_true()) return flag;
  wait_deadline deadline;
  if (!deadline_of(t, out[1], false, deadline)) return {};
  if (timed_out(t)) return value::false_();
  return block_on(t, event, deadline);
}
constexpr native_definition event_methods[] = {
    {"set", event_set, 1, 1, false},       {"clear", event_clear, 1, 1, false},
    {"is_set", event_is_set, 1, 1, false}, {"isSet", event_is_set, 1, 1, false},
    {"wait", event_wait, 1, 2, true},
};

value handle_join(thread_state& t, const call_args& a) {
  auto* handle = a[0].as<thread_handle>();
  value finished;
  if (!any_access::read(t, handle, handle->finished, finished)) return {};
  if (finished.is_true()) return value::none();
  if (t.atomic_depth > 0)
    return raise(t, t.interp->errors.RuntimeError, "Thread.join() inside an atomic block");
  wait_deadline deadline;
  if (!deadline_of(t, a.npos > 1 ? a[1] : value{}, false, deadline)) return {};
  if (timed_out(t)) return value::none();
  return block_on(t, handle, deadline);
}
value handle_is_alive(thread_state& t, const call_args& a) {
  auto* handle = a[0].as<thread_handle>();
  value finished;
  if (!any_access::read(t, handle, handle->finished, finished)) return {};
  return value::boolean(!finished.is_true());
}
value handle_ident(thread_state& t, const call_args& a) {
  auto* handle = a[0].as<thread_handle>();
  value ident;
  return any_access::read(t, handle, handle->ident, ident) ? ident : value{};
}
constexpr native_definition handle_methods[] = {
    {"join", handle_join, 1, 2, false},
    {"is_alive", handle_is_alive, 1, 1, false},
    {"ident", handle_ident, 1, 1, false},
};

thread_handle* new_handle(thread_state& t, value python) {
  auto* handle = t.alloc.make<thread_handle>(t, handle_shape);
  if (!handle) return nullptr;
  handle->finished.store(value::false_().bits, std::memory_order_relaxed);
  handle->ident.store(value::small_int(next_thread_ident(*t.interp)).bits, std::memory_order_relaxed);
  handle->python.store(python.bits, std::memory_order_relaxed);
  return handle;
}
// start_joinable(method, daemon, thread): the method is a script's, bound. The thread begins when this slice has committed.
value start_joinable(thread_state& t, const call_args& a) {
  bool daemon = false;
  if (!is(a[0], kind::bound_method) || !is(a[0].as<bound_method_object>()->function, kind::function))
    return raise(t, t.interp->errors.TypeError, "a thread runs a method");
  if (!truth(t, a[1], daemon)) return {};
  thread_handle* handle = new_handle(t, a[2]);
  if (!handle) return {};
  start_on_commit(t, {a[0], handle, daemon});
  return value::of(handle);
}
value main_handle(thread_state& t, const call_args&) {
  thread_handle* handle = new_handle(t, value::none());
  return handle ? value::of(handle) : value{};
}
value set_main_thread(thread_state& t, const call_args& a) {
  t.interp->main_python_thread = a[0];
  return value::none();
}
// The threading.Thread of this thread; None in the main thread.
value current(thread_state& t, const call_args&) {
  return t.thread_object.empty() ? value::none() : t.thread_object;
}
value get_ident(thread_state& t, const call_args&) { return value::small_int(t.ident); }
value alive(thread_state& t, const call_args&) { return alive_threads(t); }
value thread_dict(thread_state& t, const call_args&) {
  if (t.local_dict.empty()) t.local_dict = make_dict(t);
  return t.local_dict;
}
value report_exception(thread_state& t, const call_args& a) {
  print_exception(t, to_utf8(a[0].as<string_object>()), a[1]);
  return t.why == signal::none ? value::none() : value{};
}

value atomic_enter(thread_state& t, const call_args& a) {
  enter_atomic(t);
  return a[0];
}
value atomic_exit(thread_state& t, const call_args&) {
  leave_atomic(t);
  return value::none();
}
value atomic_call(thread_state& t, const call_args&) {
  return raise(t, t.interp->errors.NotImplementedError,
               "atomic(...) with arguments is not supported: use `with atomic:`");
}
value is_atomic(thread_state& t, const call_args&) { return value::boolean(t.atomic_depth > 0); }
value hint_commit_soon(thread_state& t, const call_args&) {
  t.budget = 0;
  return value::none();
}
constexpr native_definition atomic_methods[] = {
    {"__enter__", atomic_enter, 1, 1, false},
    {"__exit__", atomic_exit, 1, 4, false},
    {"__call__", atomic_call, 1, -1, true},
};

value allocate_lock(thread_state& t, const call_args&) {
  return new_lock(t, lock_shape->cls, {nullptr, 0, 0, nullptr});
}

constexpr native_definition functions[] = {
    {"allocate_lock", allocate_lock, 0, 0, false},
    {"start_joinable", start_joinable, 3, 3, false},
    {"main_handle", main_handle, 0, 0, false},
    {"set_main_thread", set_main_thread, 1, 1, false},
    {"current", current, 0, 0, false},
    {"get_ident", get_ident, 0, 0, false},
    {"alive", alive, 0, 0, false},
    {"thread_dict", thread_dict, 0, 0, false},
    {"report_exception", report_exception, 2, 2, false},
    {"is_atomic", is_atomic, 0, 0, false},
    {"hint_commit_soon", hint_commit_soon, 0, 0, false},
};

}  // namespace

void fill_thread(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  type_object* lock = define_type(i, "lock", kind::lock, i.types.object, lock_methods, new_lock);
  lock_shape = lock->root;
  type_object* event = define_type(i, "Event", kind::event, i.types.object, event_methods, new_event);
  event_shape = event->root;
  type_object* handle = define_type(i, "thread_handle", kind::thread, i.types.object, handle_methods, nullptr);
  handle_shape = handle->root;
  type_object* atomic = define_type(i, "atomic", kind::atomic_block, i.types.object, atomic_methods, nullptr);
  atomic_shape = atomic->root;
  define_functions(t, m, functions);
  define(t, m, "Lock", value::of(lock));
  define(t, m, "LockType", value::of(lock));
  type_object* recursive = define_type(i, "RLock", kind::lock, i.types.object, recursive_lock_methods, new_recursive_lock);
  raw_store(recursive->module, value::of(intern(i, "_thread")));
  define(t, m, "RLock", value::of(recursive));
  define(t, m, "Event", value::of(event));
  define(t, m, "error", value::of(i.errors.RuntimeError));
  define(t, m, "TIMEOUT_MAX", value::real(timeout_max));
  define(t, m, "atomic", value::of(t.alloc.make<instance_object>(t, atomic_shape)));
}

}  // namespace gilt::interp
