// SPDX-License-Identifier: BSL-1.0
#pragma once
// trailing_slot: where instances of a script's subclass of str, bytes, int or complex keep their
// attributes. Such objects are of any length, so the overflow slot stands behind their data:
//
//   header | length ... | data, rounded up to 8 bytes | overflow
#include "interp/object/numbers.hpp"

namespace gilt::interp {

constexpr std::uint16_t trailing_overflow = 0xFFFF;       // shape::overflow_slot of such a class

// Bytes to allocate beyond the fixed part for n bytes of data.
inline std::size_t data_bytes(const shape* root, std::size_t n) {
  return root->overflow_slot == trailing_overflow ? ((n + 7) & ~std::size_t{7}) + 8 : n;
}
slot& trailing_slot(object*, const shape*);               // own_attributes.cpp

GILT_INLINE slot& overflow_of(object* o, const shape* s) {
  if (GILT_UNLIKELY(s->overflow_slot == trailing_overflow)) return trailing_slot(o, s);
  return reinterpret_cast<slot*>(o)[s->overflow_slot];
}

}  // namespace gilt::interp
