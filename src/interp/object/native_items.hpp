// SPDX-License-Identifier: BSL-1.0
#pragma once
// native_items: single C values in memory, by their letter as in struct and array: what memoryview,
// array and struct's native formats read and write.
#include <cstddef>

#include "interp/object/interpreter.hpp"

namespace gilt::interp {

// Bytes of an item of this letter (c b B ? h H i I l L q Q n N e f d P); 0: no such letter.
std::size_t item_size(char code);
bool is_float_item(char code);

value load_item(thread_state&, char code, const char* from);
enum class item_status { done, wrong_type, out_of_range, failed };      // failed: raised
item_status store_item(thread_state&, char code, value v, char* to);

// IEEE 754 binary16, as struct's "e". pack: false: too large.
double unpack_half(std::uint16_t bits);
bool pack_half(double, std::uint16_t& bits);

}  // namespace gilt::interp
