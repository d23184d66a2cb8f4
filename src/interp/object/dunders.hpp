// SPDX-License-Identifier: BSL-1.0
#pragma once
// dunders: special methods of builtin classes as scripts can call them: [].__len__(),
// super().__getitem__(key), list.__eq__. They do what C++ does for the kind, never what a script's
// subclass says.
#include <span>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct interpreter;

using dunder_table = std::span<const native_definition>;

dunder_table object_dunders();
dunder_table comparison_dunders();       // __eq__ ... __ge__
dunder_table equality_dunders();         // __eq__ __ne__
dunder_table container_dunders();        // __len__ __getitem__ __contains__ __iter__
dunder_table item_dunders();             // __setitem__ __delitem__
dunder_table sequence_dunders();         // __add__ __mul__ __rmul__
dunder_table set_dunders();              // __or__ __and__ __sub__ __xor__ and reflected
dunder_table set_inplace_dunders();
dunder_table list_inplace_dunders();     // __iadd__ __imul__
dunder_table iterator_dunders();         // __iter__ __next__ __length_hint__
dunder_table view_dunders();             // __len__ __contains__ __iter__
dunder_table reversed_dunders();         // __reversed__
dunder_table repr_dunders();             // __repr__
dunder_table hash_dunders();             // __hash__
dunder_table dict_dunders();             // __or__ __ror__ __ior__
dunder_table init_dunders();             // list, dict, set: __init__ fills again

// What the members below need of the classes they belong to.
void define_type_members(interpreter&, thread_state&);       // object, type, super
void define_namespace_members(interpreter&, thread_state&);  // globals()
void define_function_members(interpreter&, thread_state&);   // functions, methods, properties, cells

}  // namespace gilt::interp
