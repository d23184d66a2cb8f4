// SPDX-License-Identifier: BSL-1.0
#pragma once
// interpreter: everything the threads of one interpreter share. What is not atomic here changes
// only while it is being set up, with the world stopped, or under the mutex beside it.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "interp/concurrency/thread_state.hpp"
#include "interp/heap/marker.hpp"
#include "interp/heap/space.hpp"
#include "interp/object/intern_table.hpp"
#include "interp/object/layouts.hpp"
#include "interp/object/weak_table.hpp"

namespace gilt::interp {

struct world;                                // concurrency/world.hpp
struct code_object;

enum class engine : std::uint8_t { gil, stm };

struct well_known_names {
#define GILT_NAME(name) string_object* name;
#include "interp/object/names.def"
#undef GILT_NAME
};
struct builtin_types {
#define GILT_TYPE(member, name, kind_, base, visible) type_object* member;
#include "interp/object/types.def"
#undef GILT_TYPE
  type_object* unsupported_operation;        // io.UnsupportedOperation
};
struct builtin_errors {
#define GILT_ERROR(name, base) type_object* name;
#include "interp/object/errors.def"
#undef GILT_ERROR
  type_object* ExceptionGroup;               // of BaseExceptionGroup and Exception
};

struct interpreter {
  // Only memory and shapes; bootstrap() makes the rest.
  explicit interpreter(std::size_t memory_limit_bytes = std::size_t{4} << 30);
  interpreter(const interpreter&) = delete;
  interpreter& operator=(const interpreter&) = delete;
  ~interpreter();

  heap::space heap;
  shape_space shapes;
  shape* string_shape = nullptr;             // of exact str
  shape* storage_shape = nullptr;            // of list items, overflow attributes
  shape* dict_body_shape = nullptr;
  shape* set_body_shape = nullptr;
  shape* cell_shape = nullptr;               // of a module global, a class attribute, a closure variable
  std::unique_ptr<intern_table> interned;

  builtin_types types{};
  builtin_errors errors{};
  well_known_names names{};
  std::vector<type_object*> all_types;       // never collected; under types_mutex
  type_object* module_types[64]{};           // classes of native modules, by builtins/modules.hpp's module_class
  std::vector<std::unique_ptr<native_definition>> accessors;   // of define_property(); under types_mutex
  atomics::mutex types_mutex;

  atomics::mutex module_mutex;               // guards the cells dicts of all modules
  module_object* builtins = nullptr;
  module_object* sys = nullptr;
  dict_object* modules = nullptr;            // sys.modules
  value memory_error;                        // made in advance
  value empty_tuple;
  value main_python_thread;                  // the main threading.Thread, or empty

  weak_table weak;                           // who refers weakly to whom

  engine mode = engine::stm;
  std::vector<std::unique_ptr<thread_state>> threads;   // null: gone; under threads_mutex
  atomics::mutex threads_mutex;
  std::unique_ptr<world, void (*)(world*)> the_world{nullptr, nullptr};

  std::vector<code_object*> codes;           // all, for clearing inline caches; under codes_mutex
  atomics::mutex codes_mutex;

  // ---- what layers above plug in ----
  // Returns with every other thread at a slice boundary and this slice unable to abort; the world is
  // given back when the slice ends. False: t.why says why not. Null: there is but one thread.
  bool (*make_exclusive)(thread_state&) = nullptr;
  void (*clear_inline_caches)(interpreter&) = nullptr;             // world stopped
  void (*clear_global_caches)(interpreter&, const string_object* name) = nullptr;   // world stopped
  void (*visit_extra_roots)(interpreter&, heap::marker&) = nullptr;   // frames, codes, saved frames

  std::vector<const module_object*> initializing;   // modules whose code still runs; under module_mutex

  std::vector<std::string> argv;
  std::vector<std::string> search_path;      // what sys.path starts as
  std::uint32_t recursion_limit = 1000;
  atomics::atomic<std::uint32_t> max_str_digits{4300};
};

// Makes the builtin classes, exceptions, names and the modules `builtins` and `sys`, empty but for
// __name__. Once, by the first thread. False: no memory.
bool bootstrap(interpreter&, thread_state&);
// A thread_state for the calling thread or one about to start, as yet unknown to the interpreter.
std::unique_ptr<thread_state> make_thread(interpreter&);
// Puts it into interpreter::threads; from here on a collector may look at it.
// atomics::local<thread_state>() of an OS thread points to its own; the first call sets it, a started
// thread does so itself.
thread_state& add_thread(interpreter&, std::unique_ptr<thread_state>);
inline thread_state& add_thread(interpreter& i) { return add_thread(i, make_thread(i)); }

}  // namespace gilt::interp
