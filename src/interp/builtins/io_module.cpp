// SPDX-License-Identifier: BSL-1.0
// _io: what `io` (src/interp/lib) needs of the VM.
#include "interp/builtins/file.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/module.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

void fill_io(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  define(t, m, "UnsupportedOperation", value::of(i.types.unsupported_operation));
  define(t, m, "open", module_get(t, i.builtins, intern(i, "open")));
}

}  // namespace gilt::interp
