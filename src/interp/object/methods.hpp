// SPDX-License-Identifier: BSL-1.0
#pragma once
// methods: the tables of numbers and text for define_type. Every method checks its receiver.
#include <span>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

using method_table = std::span<const native_definition>;

method_table int_methods();        // bool inherits all but the *bool* ones
method_table int_class_methods();  // from_bytes: the class stands in a[0]
method_table int_properties();     // getters: real imag numerator denominator
method_table bool_methods();       // __and__ __or__ __xor__ __repr__ ...
method_table float_methods();
method_table float_class_methods();  // fromhex, __getformat__
method_table float_properties();     // real imag
method_table complex_methods();
method_table complex_properties();  // real imag
method_table str_methods();
method_table str_static_methods();  // maketrans: no receiver
method_table bytes_methods();
method_table bytes_class_methods();   // fromhex
method_table bytes_static_methods();  // maketrans
method_table bytearray_methods();     // fromhex and maketrans as bytes

}  // namespace gilt::interp
