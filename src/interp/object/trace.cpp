// SPDX-License-Identifier: BSL-1.0
// trace: what each kind of object refers to, and where a collection starts from.
//
// Roots: every class (classes are never collected), the interpreter's tables, each thread's
// registers' C++ side, its native stack (conservatively), and its transaction: old values in the
// undo log, the objects whose words it would restore, the objects whose orecs were read or locked.
// Frames and code objects are the VM's (interpreter::visit_extra_roots).
#include <mutex>

#include "interp/concurrency/thread_state.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/set.hpp"
#include "interp/object/trailing_slot.hpp"

namespace gilt::interp {

namespace {

using heap::marker;

void mark_slot(marker& m, const slot& s) { m.mark(value{s.load(std::memory_order_relaxed)}); }
void mark_pointer(marker& m, const slot& s) { m.mark(reinterpret_cast<const object*>(s.load(std::memory_order_relaxed))); }
void mark_slots(marker& m, slot* first, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) mark_slot(m, first[i]);
}

// The attributes an object of this shape keeps.
void mark_attributes(marker& m, object* o, const shape* s) {
  slot* words = reinterpret_cast<slot*>(o);
  if (s->overflow_slot != 0) mark_pointer(m, words[s->overflow_slot]);
  mark_slots(m, words + s->first_slot, s->inline_slots);
}

void trace_storage(interpreter& i, marker& m, object* o, const shape* s) {
  if (s == i.storage_shape) {
    auto* body = static_cast<storage_object*>(o);
    mark_slots(m, body->items(), body->capacity);
  } else if (s == i.dict_body_shape) {
    auto* body = static_cast<dict_body*>(o);
    const std::uint64_t used = std::min<std::uint64_t>(body->used.load(std::memory_order_relaxed), body->capacity);
    for (std::uint64_t k = 0; k < used; ++k) {
      mark_slot(m, body->entries()[k].key);
      mark_slot(m, body->entries()[k].value_);
    }
  } else {
    auto* body = static_cast<set_body*>(o);
    for (std::uint64_t k = 0; k <= body->mask; ++k) mark_slot(m, body->entries()[k].key);
  }
}

void trace_type(marker& m, type_object* c) {
  mark_pointer(m, c->overflow);
  m.mark(c->name);
  for (const slot* s : {&c->qualname, &c->doc, &c->module, &c->subclasses}) mark_slot(m, *s);
  m.mark(c->bases);
  m.mark(c->mro);
  m.mark(c->cells);
  m.mark(c->metaclass);
  m.mark(c->slot_names);
}

void trace(interpreter& i, marker& m, object* o) {
  const shape* s = o->shape_relaxed();
  switch (s->what) {
    case kind::free_cell: return;
    case kind::str:
    case kind::bytes:
    case kind::big_int:
    case kind::complex_:
      if (s->overflow_slot != 0) mark_pointer(m, overflow_of(o, s));
      return;
    case kind::storage: return trace_storage(i, m, o, s);
    case kind::bytearray: {                                // overflow, body, length
      slot* words = reinterpret_cast<slot*>(o);
      mark_pointer(m, words[2]);
      mark_pointer(m, words[3]);
      return;
    }
    case kind::float_box: return mark_pointer(m, static_cast<float_box_object*>(o)->overflow);
    case kind::tuple: {
      auto* p = static_cast<tuple_object*>(o);
      mark_pointer(m, p->overflow);
      for (std::uint64_t k = 0; k < p->length; ++k) m.mark(p->items()[k]);
      return;
    }
    case kind::list:
    case kind::dict:
    case kind::set:
    case kind::frozenset: {
      auto* p = static_cast<list_object*>(o);              // all begin with overflow and body
      mark_pointer(m, p->overflow);
      mark_pointer(m, p->body);
      return;
    }
    case kind::range: {
      auto* p = static_cast<range_object*>(o);
      for (const value v : {p->start, p->stop, p->step, p->length}) m.mark(v);
      return;
    }
    case kind::slice: {
      auto* p = static_cast<slice_object*>(o);
      for (const value v : {p->start, p->stop, p->step}) m.mark(v);
      return;
    }
    case kind::cell: return mark_slot(m, static_cast<cell_object*>(o)->content);
    case kind::function: {
      auto* p = static_cast<function_object*>(o);
      m.mark(p->closure);
      m.mark(p->globals);
      for (const slot* w : {&p->defaults, &p->keyword_defaults, &p->annotations, &p->name, &p->qualname, &p->doc}) mark_slot(m, *w);
      mark_pointer(m, p->attributes);
      return;
    }
    case kind::native_function: {
      auto* p = static_cast<native_function_object*>(o);
      m.mark(p->self);
      m.mark(p->module);
      m.mark(p->owner);
      return;
    }
    case kind::bound_method: {
      auto* p = static_cast<bound_method_object*>(o);
      m.mark(p->function);
      m.mark(p->self);
      return;
    }
    case kind::type: return trace_type(m, static_cast<type_object*>(o));
    case kind::module: {
      auto* p = static_cast<module_object*>(o);
      m.mark(p->name);
      mark_pointer(m, p->overflow);
      m.mark(p->cells);
      m.mark(p->globals);
      m.mark(p->backing);
      return;
    }
    case kind::code: return;
    case kind::generator: {
      auto* p = static_cast<generator_object*>(o);
      m.mark(p->function);
      mark_pointer(m, p->registers);
      for (const slot* w : {&p->yield_from, &p->name, &p->qualname, &p->handled}) mark_slot(m, *w);
      return;
    }
    case kind::instance: return mark_attributes(m, o, s);
    case kind::exception: {
      auto* p = static_cast<exception_object*>(o);
      for (const slot* w : {&p->args, &p->cause, &p->context, &p->traceback, &p->suppress_context, &p->notes}) mark_slot(m, *w);
      return mark_attributes(m, o, s);
    }
    case kind::traceback: {
      auto* p = static_cast<traceback_object*>(o);
      m.mark(p->globals);
      mark_slot(m, p->next);
      return;
    }
    case kind::iterator: {
      auto* p = static_cast<iterator_object*>(o);
      for (const slot* w : {&p->a, &p->b, &p->c, &p->d}) mark_slot(m, *w);
      return;
    }
    case kind::property: {
      auto* p = static_cast<property_object*>(o);
      for (const slot* w : {&p->getter, &p->setter, &p->deleter, &p->doc, &p->name}) mark_slot(m, *w);
      return;
    }
    case kind::static_method:
    case kind::class_method: {
      auto* p = static_cast<wrapper_object*>(o);
      mark_slot(m, p->function);
      mark_pointer(m, p->attributes);
      return;
    }
    case kind::super_: {
      auto* p = static_cast<super_object*>(o);
      for (const value v : {p->type, p->self, p->self_type}) m.mark(v);
      return;
    }
    case kind::weak_reference: {
      auto* p = static_cast<weak_reference_object*>(o);
      mark_pointer(m, p->overflow);
      mark_slot(m, p->callback);
      return mark_slot(m, p->hash_bits);
    }
    default:                                               // classes of native modules: every word may be a value
      m.mark_cell_words(o);
  }
}

void trace_thread(interpreter& i, marker& m, thread_state& t) {
  for (const value v : {t.exception, t.handled, t.tail_callee, t.thread_object, t.local_dict}) m.mark(v);
  for (const value v : t.tail_args) m.mark(v);
  if (t.stack_low && t.stack_high) m.mark_range(t.stack_low, t.stack_high);
  t.tx.for_each_logged_word([&](std::uint64_t& old) { m.mark_word(old); });
  t.tx.for_each_logged_cell([&](slot& s) { m.mark_word(reinterpret_cast<std::uint64_t>(&s)); });
  t.tx.for_each_logged_orec([&](orec& o) { m.mark_word(reinterpret_cast<std::uint64_t>(&o)); });
  t.alloc.retire();
  static_cast<void>(i);
}

}  // namespace

namespace heap {

void trace_everything(interpreter& i, marker& m) {
  const std::lock_guard hold(i.threads_mutex);           // a thread about to start adds itself
  for (const type_object* c : i.all_types) m.mark(c);
  m.mark(i.builtins);
  m.mark(i.sys);
  m.mark(i.modules);
  for (const value v : {i.memory_error, i.empty_tuple, i.main_python_thread}) m.mark(v);
  for (const auto& t : i.threads) {
    if (t) trace_thread(i, m, *t);
  }
  if (i.visit_extra_roots) i.visit_extra_roots(i, m);
  const auto follow = [&] {
    for (object* o = nullptr; m.next(o);) trace(i, m, o);
  };
  for (const value v : i.weak.waiting) m.mark(v);
  follow();
  i.weak.forget_dead(m);
  follow();                                              // the callbacks of what has died
}

}  // namespace heap
}  // namespace gilt::interp
