// SPDX-License-Identifier: BSL-1.0
// install: binds the builtins and lists the native modules.
#include "interp/builtins/builtins.hpp"
#include "interp/builtins/file.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/module.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/definitions.hpp"

namespace gilt::interp {

void define(thread_state& t, module_object* m, const char* name, value v) {
  module_set(t, m, intern(*t.interp, name), v);
}
void define_functions(thread_state& t, module_object* m, std::span<const native_definition> table) {
  for (const native_definition& d : table) define(t, m, d.name, make_native_function(t, &d, {}, m->name));
}

void install_builtins(interpreter& i, thread_state& t) {
  define_file_type(t);
  define_code_types(i);
  define_reduce_methods(i);
  define_methods(i, i.types.generator, generator_methods());
  define_methods(i, i.types.coroutine, coroutine_methods());
  define_async_types(i);
  module_object* m = i.builtins;
  define_functions(t, m, builtin_functions());
  define_functions(t, m, evaluation_functions());
  define_functions(t, m, async_functions());
  define_functions(t, m, input_output_functions());
  for_each_public_type(i, [&](const char* name, type_object* type) { define(t, m, name, value::of(type)); });
  define(t, m, "Ellipsis", value::ellipsis());
  define(t, m, "NotImplemented", value::not_implemented());
  define(t, m, "__debug__", value::true_());
}

value standard_stream(thread_state& t, int descriptor) {
  static constexpr const char* names[] = {"stdin", "stdout", "stderr"};
  const value v = module_get(t, t.interp->sys, intern(*t.interp, names[descriptor]));
  return v.empty() && t.why == signal::none ? value::none() : v;
}

std::span<const native_module> native_modules() {
  static constexpr native_module table[] = {
      {"math", fill_math}, {"time", fill_time},      {"sys", fill_sys},
      {"_os", fill_os},    {"_threads", fill_thread}, {"_queue", fill_queue},
      {"_sre", fill_sre},  {"_struct", fill_struct},  {"array", fill_array},
      {"cmath", fill_cmath}, {"_random", fill_random},
      {"unicodedata", fill_unicodedata},
      {"_traceback", fill_traceback},
      {"_memory", fill_memory},
      {"_io", fill_io},    {"_bisect", fill_bisect},
  };
  return table;
}

}  // namespace gilt::interp
