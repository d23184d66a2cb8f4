// SPDX-License-Identifier: BSL-1.0
// _traceback: what `traceback` (src/interp/lib) needs of the VM, the text of an uncaught exception.
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"
#include "interp/vm/slow.hpp"

namespace gilt::interp {
namespace {

value format_exception(thread_state& t, const call_args& a) {
  if (!is(a[0], kind::exception))
    return raise(t, t.interp->errors.TypeError, "Exception expected for value, %s found", type_name(t, a[0]).c_str());
  bool chain = true;
  if (a.npos > 1 && !truth(t, a[1], chain)) return {};
  const std::string text = exception_text(t, a[0], chain);
  return t.why == signal::none ? make_string(t, text) : value{};
}

constexpr native_definition functions[] = {{"format_exception", format_exception, 1, 2, false}};

}  // namespace

void fill_traceback(thread_state& t, module_object* m) { define_functions(t, m, functions); }

}  // namespace gilt::interp
