// SPDX-License-Identifier: BSL-1.0
#include "interp/object/interpreter.hpp"

#include <cstdlib>
#include <mutex>

#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/exception.hpp"
#include "interp/object/module.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

interpreter::~interpreter() = default;

interpreter::interpreter(std::size_t memory_limit_bytes) : heap(memory_limit_bytes) {
  if (const char* bytes = std::getenv("GILT_GC_CYCLE")) heap.set_cycle(std::strtoull(bytes, nullptr, 10));
  const auto internal = [&](kind what) {
    shape s;
    s.what = what;
    return shapes.make(s);
  };
  string_shape = internal(kind::str);
  storage_shape = internal(kind::storage);
  dict_body_shape = internal(kind::storage);
  set_body_shape = internal(kind::storage);
  cell_shape = internal(kind::cell);
  interned = std::make_unique<intern_table>(string_shape);
#define GILT_NAME(name) names.name = intern(*this, #name);
#include "interp/object/names.def"
#undef GILT_NAME
}

std::unique_ptr<thread_state> make_thread(interpreter& i) {
  auto t = std::make_unique<thread_state>();
  t->interp = &i;
  t->alloc.attach(i.heap);
  t->recursion_limit = i.recursion_limit;
  return t;
}

thread_state& add_thread(interpreter& i, std::unique_ptr<thread_state> t) {
  const std::lock_guard hold(i.threads_mutex);
  if (i.threads.empty()) atomics::local<thread_state>() = t.get();
  for (std::size_t k = 0; k < i.threads.size(); ++k) {
    if (i.threads[k]) continue;
    t->index = static_cast<std::uint32_t>(k);
    i.threads[k] = std::move(t);
    return *i.threads[k];
  }
  t->index = static_cast<std::uint32_t>(i.threads.size());
  i.threads.push_back(std::move(t));
  return *i.threads.back();
}

namespace {

// Every class exists, with its shape, before the first one is filled: cells dicts and MRO tuples
// are themselves instances of classes.
void make_builtin_types(interpreter& i, thread_state& t) {
#define GILT_TYPE(member, name, kind_, base, visible) i.types.member = allocate_type(t, name, kind::kind_);
#include "interp/object/types.def"
#undef GILT_TYPE
  i.string_shape->cls = i.types.str;
  i.types.str->root = i.string_shape;
  i.cell_shape->cls = i.types.cell;
  i.types.cell->root = i.cell_shape;
#define GILT_TYPE(member, name, kind_, base, visible) \
  finish_type(t, i.types.member, #member == std::string_view("object") ? nullptr : i.types.base);
#include "interp/object/types.def"
#undef GILT_TYPE
}

type_object* find_error(interpreter& i, std::string_view wanted) {
#define GILT_ERROR(name, base) \
  if (wanted == #name) return i.errors.name;
#include "interp/object/errors.def"
#undef GILT_ERROR
  return nullptr;
}

void make_exceptions(interpreter& i) {
  type_object* const object = i.types.object;
#define GILT_ERROR(name, base) \
  i.errors.name = define_exception(i, #name, #base == std::string_view("object") ? object : find_error(i, #base));
#include "interp/object/errors.def"
#undef GILT_ERROR
  type_object* group_bases[] = {i.errors.BaseExceptionGroup, i.errors.Exception};
  i.errors.ExceptionGroup = define_exception(i, "ExceptionGroup", group_bases, "builtins");
}

}  // namespace

bool bootstrap(interpreter& i, thread_state& t) {
  make_builtin_types(i, t);
  auto* nothing = t.alloc.make<tuple_object>(t, i.types.tuple->root);
  if (!nothing) return false;
  i.empty_tuple = value::of(nothing);
  i.types.union_type->module.store(value::of(intern(i, "types")).bits, std::memory_order_relaxed);
  make_exceptions(i);
  i.memory_error = make_exception(t, i.errors.MemoryError, nullptr, 0);
  define_builtin_members(i, t);
  define_exception_members(i, t);
  type_object* unsupported_bases[] = {i.errors.OSError, i.errors.ValueError};
  i.types.unsupported_operation = define_exception(i, "UnsupportedOperation", unsupported_bases, "io");
  const value modules = make_dict(t);
  if (modules.empty()) return false;
  i.modules = modules.as<dict_object>();
  i.builtins = make_module(t, i.names.builtins);
  i.sys = make_module(t, intern(i, "sys"));
  return i.builtins && i.sys && t.why == signal::none &&
         dict_set(t, i.modules, value::of(i.names.builtins), value::of(i.builtins)) &&
         dict_set(t, i.modules, value::of(i.sys->name), value::of(i.sys));
}

}  // namespace gilt::interp
