// SPDX-License-Identifier: BSL-1.0
#pragma once
// memory_view: Python's memoryview, and what it takes to look at the memory of another object.
#include <cstdint>
#include <string>

#include "interp/object/bytes.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/methods.hpp"

namespace gilt::interp {

// Memory is always that of a bytes or bytearray; an array keeps its items in a bytearray.
struct memory_view_object : object {
  value memory;                                    // bytes or bytearray
  value exporter;                                  // what the view was made of
  value format;                                    // str
  std::int64_t offset, item_bytes;
  std::int64_t dimensions;
  std::int64_t read_only;
  slot released;                                   // bool
  std::int64_t* shape() { return reinterpret_cast<std::int64_t*>(this + 1); }
  std::int64_t* strides() { return shape() + dimensions; }
  char code() const;
};

// array.array: its class is in a module, which lives above this layer.
struct array_object : object {
  slot overflow;
  value items;                                     // bytearray
  std::uint64_t code;                              // letter
};
bool memory_view_bytes(thread_state&, memory_view_object*, std::string& out);   // false: raised
// Memory that can be written: the bytearray behind v and the part of it. False: raised; `what` begins the TypeError.
struct writable_memory {
  bytearray_object* array = nullptr;
  std::int64_t begin = 0, length = 0;
};
bool writable_memory_of(thread_state&, value v, writable_memory& out, const char* what);

value new_memory_view(thread_state&, type_object*, const call_args&);
value make_memory_view(thread_state&, value of);
method_table memory_view_methods();
method_table memory_view_properties();

}  // namespace gilt::interp
