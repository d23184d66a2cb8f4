// SPDX-License-Identifier: BSL-1.0
#pragma once
// module: its globals are cells in a dict that only grows; unbinding empties the cell.
#include "interp/object/interpreter.hpp"

namespace gilt::interp {

module_object* make_module(thread_state&, string_object* name);      // __name__ is bound; null: MemoryError
// The globals of code that exec() runs with a dict. Its names are in the dict alone.
module_object* make_backed_module(thread_state&, dict_object* names);
value module_globals(const module_object*);                          // what globals() answers
// The cell of a global; made, unbound, if there is none yet. Null: failed. The VM caches it.
cell_object* module_cell(thread_state&, module_object*, string_object* name);
// The same for whoever is about to bind it: sites that found a builtin of this name forget it.
cell_object* binding_cell(thread_state&, module_object*, string_object* name);
// Null with t.why == none: there is none.
cell_object* find_module_cell(thread_state&, module_object*, string_object* name);
bool module_set(thread_state&, module_object*, string_object* name, value);
value module_get(thread_state&, module_object*, string_object* name);   // empty with t.why == none: unbound
bool module_delete(thread_state&, module_object*, string_object* name, bool& found);
value module_dict(thread_state&, module_object*);                    // a copy of what is bound
value module_repr(thread_state&, module_object*);

}  // namespace gilt::interp
