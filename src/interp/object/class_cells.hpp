// SPDX-License-Identifier: BSL-1.0
#pragma once
// class_cells: a class's own attributes and the MRO, read without a log (type.hpp says why that is
// sound). The keys of a cells dict are interned strings, so names compare by address.
#include "interp/object/layouts.hpp"

namespace gilt::interp {

cell_object* find_cell(const dict_object* cells, const string_object* name);       // null: none
cell_object* find_class_cell(const type_object* cls, const string_object* name);   // along the MRO

// C3 linearization (Barrett et al., "A Monotonic Superclass Linearization for Dylan", OOPSLA 1996):
// `out` gets cls and then its bases' order. False: no consistent order.
bool linearize(type_object* cls, const std::vector<type_object*>& bases, std::vector<type_object*>& out);

}  // namespace gilt::interp
