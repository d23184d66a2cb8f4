// SPDX-License-Identifier: BSL-1.0
// _queue: Queue and SimpleQueue as transactional objects.
//
// A linked list with a dummy node. put appends after the tail's node and get advances the head's
// node, each end under an orec of its own, as in Michael and Scott's two-lock queue (PODC 1996,
// section 3): the ends conflict only through `next` of the last node, that is, when the queue is
// empty. The length is put count minus taken count, two words that only their own end writes; a
// bounded put and qsize() read both.
#include <cmath>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/builtins/thread_types.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/concurrency/waiting.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

// Made once, when the first interpreter imports the module; types are per interpreter.
struct queue_state {
  type_object* empty = nullptr;
  type_object* full = nullptr;
  shape* node = nullptr;
  shape* end = nullptr;
  shape* ends = nullptr;
};
queue_state state;

template <class T>
T* load(thread_state& t, object* o, slot& s, bool& ok) {
  value v;
  ok = any_access::read(t, o, s, v);
  return v.as<T>();
}

queue_node* new_node(thread_state& t, value item) {
  auto* node = t.alloc.make<queue_node>(t, state.node);
  if (!node) return nullptr;
  node->item.store(item.bits, std::memory_order_relaxed);
  return node;
}
queue_end* new_end(thread_state& t, queue_node* node) {
  auto* end = t.alloc.make<queue_end>(t, state.end);
  if (!end) return nullptr;
  end->node.store(value::of(node).bits, std::memory_order_relaxed);
  end->count.store(value::small_int(0).bits, std::memory_order_relaxed);
  return end;
}

value new_queue(thread_state& t, type_object* cls, const call_args& a) {
  value given[1], bound = value::small_int(0);
  if (!bind(t, "Queue", a, {"maxsize"}, 0, given)) return {};
  if (!given[0].empty() && (bound = index_of(t, given[0])).empty()) return {};
  auto* queue = t.alloc.make<queue_object>(t, cls->root);
  queue_node* dummy = queue ? new_node(t, {}) : nullptr;
  auto* ends = dummy ? t.alloc.make<queue_ends>(t, state.ends) : nullptr;
  queue_end* head = ends ? new_end(t, dummy) : nullptr;
  queue_end* tail = head ? new_end(t, dummy) : nullptr;
  queue_end* done = tail ? new_end(t, nullptr) : nullptr;
  if (!done) return {};
  ends->head.store(value::of(head).bits, std::memory_order_relaxed);
  ends->tail.store(value::of(tail).bits, std::memory_order_relaxed);
  ends->done.store(value::of(done).bits, std::memory_order_relaxed);
  queue->ends.store(value::of(ends).bits, std::memory_order_relaxed);
  queue->maxsize.store(bound.bits, std::memory_order_relaxed);
  return value::of(queue);
}

// The three ends never change after __new__, so plain loads of them are safe.
struct view {
  queue_object* queue;
  queue_ends* ends;
  explicit view(value self)
      : queue(self.as<queue_object>()),
        ends(value{queue->ends.load(std::memory_order_acquire)}.as<queue_ends>()) {}
  queue_end* head() const { return value{ends->head.load(std::memory_order_acquire)}.as<queue_end>(); }
  queue_end* tail() const { return value{ends->tail.load(std::memory_order_acquire)}.as<queue_end>(); }
  queue_end* done() const { return value{ends->done.load(std::memory_order_acquire)}.as<queue_end>(); }
};

bool count_of(thread_state& t, queue_end* end, std::int64_t& out) {
  value n;
  if (!any_access::read(t, end, end->count, n)) return false;
  out = n.as_int();
  return true;
}
bool add_one(thread_state& t, queue_end* end) {
  std::int64_t n;
  return count_of(t, end, n) && any_access::write(t, end, end->count, value::small_int(n + 1));
}
bool size_of(thread_state& t, const view& q, std::int64_t& out) {
  std::int64_t put, taken;
  if (!count_of(t, q.tail(), put) || !count_of(t, q.head(), taken)) return false;
  out = put - taken;
  return true;
}

// Deadline for `block`/`timeout`; `blocking` false: the caller raises at once.
bool waiting(thread_state& t, value block, value timeout, bool& blocking, wait_deadline& deadline) {
  blocking = true;
  deadline = no_deadline();
  if (!block.empty() && !truth(t, block, blocking)) return false;
  if (!blocking || timeout.empty() || timeout.is_none()) return true;
  double seconds;
  if (!to_double(t, timeout, seconds)) return false;
  if (seconds < 0) {
    raise(t, t.interp->errors.ValueError, "'timeout' must be a non-negative number");
    return false;
  }
  deadline = deadline_in(t, seconds);
  return true;
}

value put_item(thread_state& t, value self, value item, value block, value timeout) {
  const view q(self);
  value maxsize;
  if (!any_access::read(t, q.queue, q.queue->maxsize, maxsize)) return {};
  if (maxsize.is_int() && maxsize.as_int() > 0) {
    std::int64_t size;
    if (!size_of(t, q, size)) return {};
    if (size >= maxsize.as_int()) {
      bool blocking;
      wait_deadline deadline;
      if (!waiting(t, block, timeout, blocking, deadline)) return {};
      if (!blocking || timed_out(t)) return raise(t, state.full, std::string());
      return block_on(t, q.head(), deadline);          // a get makes room
    }
  }
  queue_node* node = new_node(t, item);
  if (!node) return {};
  bool ok;
  auto* last = load<queue_node>(t, q.tail(), q.tail()->node, ok);
  if (!ok || !any_access::write(t, last, last->next, value::of(node))) return {};
  if (!any_access::write(t, q.tail(), q.tail()->node, value::of(node))) return {};
  if (!add_one(t, q.tail())) return {};
  wake_on_commit(t, q.tail());
  return value::none();
}

value get_item(thread_state& t, value self, value block, value timeout) {
  const view q(self);
  bool ok;
  auto* before = load<queue_node>(t, q.head(), q.head()->node, ok);
  if (!ok) return {};
  auto* first = load<queue_node>(t, before, before->next, ok);
  if (!ok) return {};
  if (!first) {
    bool blocking;
    wait_deadline deadline;
    if (!waiting(t, block, timeout, blocking, deadline)) return {};
    if (!blocking || timed_out(t)) return raise(t, state.empty, std::string());
    return block_on(t, q.tail(), deadline);            // a put brings an item
  }
  value item;
  if (!any_access::read(t, first, first->item, item)) return {};
  // `first` becomes the dummy; its item is dropped so that it can be collected.
  if (!any_access::write(t, first, first->item, value{})) return {};
  if (!any_access::write(t, q.head(), q.head()->node, value::of(first))) return {};
  if (!add_one(t, q.head())) return {};
  wake_on_commit(t, q.head());
  return item;
}

value queue_put(thread_state& t, const call_args& a) {
  value out[4];
  if (!bind(t, "put", a, {"self", "item", "block", "timeout"}, 2, out)) return {};
  return put_item(t, out[0], out[1], out[2], out[3]);
}
value queue_put_nowait(thread_state& t, const call_args& a) {
  return put_item(t, a[0], a[1], value::false_(), {});
}
value queue_get(thread_state& t, const call_args& a) {
  value out[3];
  if (!bind(t, "get", a, {"self", "block", "timeout"}, 1, out)) return {};
  return get_item(t, out[0], out[1], out[2]);
}
value queue_get_nowait(thread_state& t, const call_args& a) {
  return get_item(t, a[0], value::false_(), {});
}
value queue_qsize(thread_state& t, const call_args& a) {
  std::int64_t n;
  return size_of(t, view(a[0]), n) ? value::small_int(n) : value{};
}
value queue_empty(thread_state& t, const call_args& a) {
  std::int64_t n;
  return size_of(t, view(a[0]), n) ? value::boolean(n == 0) : value{};
}
value queue_full(thread_state& t, const call_args& a) {
  const view q(a[0]);
  std::int64_t n;
  value maxsize;
  if (!size_of(t, q, n) || !any_access::read(t, q.queue, q.queue->maxsize, maxsize)) return {};
  return value::boolean(maxsize.is_int() && maxsize.as_int() > 0 && n >= maxsize.as_int());
}
value queue_maxsize(thread_state& t, const call_args& a) {
  auto* queue = a[0].as<queue_object>();
  value maxsize;
  return any_access::read(t, queue, queue->maxsize, maxsize) ? maxsize : value{};
}
value queue_task_done(thread_state& t, const call_args& a) {
  const view q(a[0]);
  std::int64_t put, done;
  if (!count_of(t, q.tail(), put) || !count_of(t, q.done(), done)) return {};
  if (done >= put)
    return raise(t, t.interp->errors.ValueError, "task_done() called too many times");
  if (!add_one(t, q.done())) return {};
  if (done + 1 == put) wake_on_commit(t, q.done());
  return value::none();
}
value queue_join(thread_state& t, const call_args& a) {
  const view q(a[0]);
  std::int64_t put, done;
  if (!count_of(t, q.tail(), put) || !count_of(t, q.done(), done)) return {};
  if (done >= put) return value::none();
  return block_on(t, q.done(), no_deadline());
}

constexpr native_definition queue_methods[] = {
    {"put", queue_put, 2, 4, true},
    {"get", queue_get, 1, 3, true},
    {"put_nowait", queue_put_nowait, 2, 2, false},
    {"get_nowait", queue_get_nowait, 1, 1, false},
    {"qsize", queue_qsize, 1, 1, false},
    {"empty", queue_empty, 1, 1, false},
    {"full", queue_full, 1, 1, false},
    {"task_done", queue_task_done, 1, 1, false},
    {"join", queue_join, 1, 1, false},
};

shape* hidden_type(interpreter& i, const char* name) {
  return define_type(i, name, kind::native, i.types.object, {}, nullptr)->root;
}

}  // namespace

void fill_queue(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  state.node = hidden_type(i, "queue_node");
  state.end = hidden_type(i, "queue_end");
  state.ends = hidden_type(i, "queue_ends");
  state.empty = define_exception(i, "Empty", i.errors.Exception, "_queue");
  state.full = define_exception(i, "Full", i.errors.Exception, "queue");
  type_object* queue = define_type(i, "Queue", kind::queue, i.types.object, queue_methods, new_queue);
  define_property(i, queue, "maxsize", queue_maxsize, nullptr);
  type_object* simple = define_type(i, "SimpleQueue", kind::queue, i.types.object, queue_methods, new_queue);
  define(t, m, "Queue", value::of(queue));
  define(t, m, "SimpleQueue", value::of(simple));
  define(t, m, "Empty", value::of(state.empty));
  define(t, m, "Full", value::of(state.full));
}

}  // namespace gilt::interp
