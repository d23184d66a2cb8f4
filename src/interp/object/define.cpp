// SPDX-License-Identifier: BSL-1.0
#include "interp/object/define.hpp"

#include <algorithm>
#include <mutex>

#include "interp/object/class_cells.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/exception.hpp"
#include "interp/object/list.hpp"
#include "interp/object/string.hpp"
#include "interp/object/trailing_slot.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

// The calling thread.
thread_state& maker(interpreter& i) {
  auto* t = static_cast<thread_state*>(atomics::local<thread_state>());
  return t && t->interp == &i ? *t : *i.threads.front();
}

constexpr std::uint16_t word_index(std::size_t offset) { return static_cast<std::uint16_t>(offset / 8); }

}  // namespace

shape model_shape(kind what, type_object* cls, bool open, std::uint16_t inline_slots) {
  shape s;
  s.what = what;
  s.cls = cls;
  switch (what) {
    case kind::instance:
      s.first_slot = word_index(sizeof(object)) + 1;
      s.overflow_slot = open ? 2 : 0;
      s.inline_slots = open ? inline_slots : 0;
      break;
    case kind::exception:
      s.first_slot = word_index(sizeof(exception_object)) - 1;
      s.overflow_slot = 2;
      s.inline_slots = inline_slots;
      break;
    case kind::function:
      s.overflow_slot = word_index(sizeof(function_object)) - 1;     // function_object::attributes
      s.dictionary = true;
      break;
    case kind::static_method:
    case kind::class_method:
      s.overflow_slot = 3;                                           // wrapper_object::attributes
      s.dictionary = true;
      break;
    case kind::list:
    case kind::dict:
    case kind::set:
    case kind::frozenset:
    case kind::lock:
    case kind::event:
    case kind::queue:
    case kind::thread:
    case kind::weak_reference:
    case kind::bytearray:
    case kind::array:
    case kind::native_open:
      s.overflow_slot = open ? 2 : 0;
      break;
    case kind::str:
    case kind::bytes:
    case kind::big_int:
    case kind::complex_: s.overflow_slot = open ? trailing_overflow : 0; break;
    case kind::float_box: s.overflow_slot = open ? 3 : 0; break;
    case kind::tuple: s.overflow_slot = open ? 3 : 0; break;
    default: break;
  }
  s.fixed = s.dictionary || (s.overflow_slot == 0 && s.inline_slots == 0);
  return s;
}

type_object* allocate_type(thread_state& t, const char* name, kind k) {
  interpreter& i = *t.interp;
  shape own;                                               // of the class itself, as an object
  own.what = kind::type;
  shape* s = i.shapes.make(own);
  auto* c = t.alloc.make<type_object>(t, s);
  if (!c) return nullptr;
  s->owner = c;
  s->cls = i.types.type ? i.types.type : c;                // `object` comes before `type`: mended below
  c->name = intern(i, name);
  c->qualname.store(value::of(c->name).bits, std::memory_order_relaxed);
  c->module.store(value::of(i.names.builtins).bits, std::memory_order_relaxed);
  c->doc.store(value::none().bits, std::memory_order_relaxed);
  c->instance_kind = k;
  c->layout = c;
  c->root = i.shapes.make(model_shape(k, c, k == kind::exception || k == kind::function, 2));
  if (k == kind::type && !i.types.type) {
    s->cls = c;
    c->flags |= flag_is_type;
    if (i.types.object) i.types.object->shape_relaxed()->cls = c;
  }
  const std::lock_guard hold(i.types_mutex);
  i.all_types.push_back(c);
  return c;
}

void finish_type(thread_state& t, type_object* c, type_object* base) {
  interpreter& i = *t.interp;
  c->metaclass = i.types.type;
  const value cells = make_dict(t);
  tuple_object* bases = allocate_tuple(t, base ? 1 : 0);
  tuple_object* mro = allocate_tuple(t, base ? base->mro->length + 1 : 1);
  if (cells.empty() || !bases || !mro) return;
  c->cells = cells.as<dict_object>();
  mro->items()[0] = value::of(c);
  if (base) {
    bases->items()[0] = value::of(base);
    std::copy(base->mro->items(), base->mro->items() + base->mro->length, mro->items() + 1);
    c->native_new = base->native_new;
    c->flags |= base->flags & (flag_is_exception | flag_is_type);
  }
  c->bases = bases;
  c->mro = mro;
}

void bind_class_name(thread_state& t, type_object* c, string_object* name, value v) {
  const value cell = make_cell(t, v);
  if (!cell.empty()) dict_set(t, c->cells, value::of(name), cell);
}

namespace {

// CLASS.__new__(cls, ...): the class stands in a[0].
value builtin_new(thread_state& t, const call_args& a) {
  auto* owner = a[0].as<type_object>();
  type_object* error = t.interp->errors.TypeError;
  const std::string name = to_utf8(owner->name);
  if (a.npos < 2) return raise(t, error, "%s.__new__(): not enough arguments", name.c_str());
  if (!is(a[1], kind::type)) return raise(t, error, "%s.__new__(X): X is not a type object (%s)", name.c_str(), type_name(t, a[1]).c_str());
  auto* cls = a[1].as<type_object>();
  const std::string wanted = to_utf8(cls->name);
  if (!is_subtype(cls, owner))
    return raise(t, error, "%s.__new__(%s): %s is not a subtype of %s", name.c_str(), wanted.c_str(), wanted.c_str(), name.c_str());
  if (cls->native_new != owner->native_new) {
    const type_object* maker = cls;                        // the builtin class that makes its instances
    for (std::uint64_t k = 0; k < cls->mro->length && (maker->flags & flag_heap) != 0; ++k) maker = cls->mro->items()[k].as<type_object>();
    return raise(t, error, "%s.__new__(%s) is not safe, use %s.__new__()", name.c_str(), wanted.c_str(), to_utf8(maker->name).c_str());
  }
  return cls->native_new(t, cls, {a.v + 2, a.npos - 2, a.nkw, a.names});
}
constexpr native_definition new_definition = {"__new__", builtin_new, 1, -1, true};

}  // namespace

void define_new(thread_state& t, type_object* c) {
  bind_class_name(t, c, t.interp->names.__new__, make_native_function(t, &new_definition, value::of(c), nullptr));
}

type_object* define_type(interpreter& i, const char* name, kind k, type_object* base,
                         std::span<const native_definition> methods, native_constructor make) {
  thread_state& t = maker(i);
  type_object* c = allocate_type(t, name, k);
  if (!c) return nullptr;
  finish_type(t, c, base);
  if (base && base->layout && base->instance_kind == k && base != i.types.object) c->layout = base->layout;
  c->native_new = make;
  if (make) define_new(t, c);
  else c->flags |= flag_not_callable;
  if (k >= kind::file) c->flags |= flag_operators;
  define_methods(i, c, methods);
  return c;
}

static value make_method(thread_state& t, type_object* c, const native_definition& d, value self) {
  auto* f = t.alloc.make<native_function_object>(
      t, (self.empty() ? t.interp->types.method_descriptor : t.interp->types.builtin_function)->root);
  if (!f) return {};
  f->definition = &d;
  f->self = self;
  f->owner = self.empty() ? c : nullptr;
  return value::of(f);
}

void define_methods(interpreter& i, type_object* c, std::span<const native_definition> table) {
  thread_state& t = maker(i);
  for (const native_definition& d : table) bind_class_name(t, c, intern(i, d.name), make_method(t, c, d, {}));
}

static void define_wrapped(interpreter& i, type_object* c, std::span<const native_definition> table, type_object* wrapper) {
  thread_state& t = maker(i);
  for (const native_definition& d : table) {
    auto* w = t.alloc.make<wrapper_object>(t, wrapper->root);
    if (!w) return;
    w->function.store(make_native_function(t, &d, {}, nullptr).bits, std::memory_order_relaxed);
    bind_class_name(t, c, intern(i, d.name), value::of(w));
  }
}
void define_class_methods(interpreter& i, type_object* c, std::span<const native_definition> table) {
  define_wrapped(i, c, table, i.types.class_method);
}
void define_static_methods(interpreter& i, type_object* c, std::span<const native_definition> table) {
  define_wrapped(i, c, table, i.types.static_method);
}

void define_property(interpreter& i, type_object* c, const char* name, native_function getter, native_function setter) {
  thread_state& t = maker(i);
  auto* p = t.alloc.make<property_object>(t, i.types.getset_descriptor->root);
  if (!p) return;
  const auto function = [&](native_function f, std::int8_t n) {
    if (!f) return value::none();
    const std::lock_guard hold(i.types_mutex);
    i.accessors.push_back(std::make_unique<native_definition>(native_definition{name, f, n, n, false}));
    return make_native_function(t, i.accessors.back().get(), {}, nullptr);
  };
  p->getter.store(function(getter, 1).bits, std::memory_order_relaxed);
  p->setter.store(function(setter, 2).bits, std::memory_order_relaxed);
  p->deleter.store(value::none().bits, std::memory_order_relaxed);
  p->doc.store(value::none().bits, std::memory_order_relaxed);
  p->name.store(value::of(intern(i, name)).bits, std::memory_order_relaxed);
  bind_class_name(t, c, intern(i, name), value::of(p));
}

type_object* define_exception(interpreter& i, const char* name, std::span<type_object* const> bases, const char* module) {
  thread_state& t = maker(i);
  type_object* c = allocate_type(t, name, kind::exception);
  if (!c) return nullptr;
  finish_type(t, c, bases[0]);
  std::vector<type_object*> order;
  if (bases.size() > 1 && linearize(c, {bases.begin(), bases.end()}, order)) {
    tuple_object* all = allocate_tuple(t, bases.size());
    tuple_object* mro = allocate_tuple(t, order.size());
    if (!all || !mro) return nullptr;
    for (std::size_t k = 0; k < bases.size(); ++k) all->items()[k] = value::of(bases[k]);
    for (std::size_t k = 0; k < order.size(); ++k) mro->items()[k] = value::of(order[k]);
    c->bases = all;
    c->mro = mro;
  }
  c->flags |= flag_is_exception;
  c->native_new = new_exception;
  c->layout = bases[0] == i.types.object ? c : bases[0]->layout;
  c->module.store(value::of(intern(i, module)).bits, std::memory_order_relaxed);
  return c;
}

type_object* define_exception(interpreter& i, const char* name, type_object* base, const char* module) {
  type_object* bases[] = {base};
  return define_exception(i, name, bases, module);
}

}  // namespace gilt::interp
