// SPDX-License-Identifier: BSL-1.0
#pragma once
// layouts: what stands where in each kind of object. Operations on them are in the file named
// after the noun (list.hpp, dict.hpp, ...). `slot` = mutable, through an access policy; plain
// members are written before publication and never after.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "interp/object/shape.hpp"

namespace gilt::interp {

struct thread_state;
struct code_object;
struct frame;

// ---- bodies ----
struct storage_object : object {             // values; list items, overflow attributes, saved registers
  std::uint64_t capacity;
  slot* items() { return reinterpret_cast<slot*>(this + 1); }
};

// ---- immutable ----
// Characters are Latin-1, UCS-2 or UCS-4, the narrowest that fits (PEP 393's idea).
struct string_object : object {
  slot hash_bits;                            // 0 = not yet known; filled idempotently, relaxed
  std::uint32_t length;                      // code points
  std::uint8_t width;                        // 1, 2, 4 bytes a code point
  bool ascii;
  std::uint8_t interned;                     // 1: pointer equality with any other interned is equality
  std::uint8_t unused;
  const std::uint8_t* data() const { return reinterpret_cast<const std::uint8_t*>(this + 1); }
  std::string_view ascii_view() const { return {reinterpret_cast<const char*>(data()), length}; }  // width 1
};
struct bytes_object : object {
  std::uint64_t length;
  const std::uint8_t* data() const { return reinterpret_cast<const std::uint8_t*>(this + 1); }
};
struct tuple_object : object {
  std::uint64_t length;
  slot overflow;                             // attributes of subclasses
  value* items() { return reinterpret_cast<value*>(this + 1); }
};
struct range_object : object { value start, stop, step, length; };    // ints of any size
struct slice_object : object { value start, stop, step; };
struct complex_object : object { double real, imaginary; };
struct float_box_object : object {           // an instance of a subclass of float
  double real;
  slot overflow;
};
struct union_object : object { slot parts; };   // int | None: a tuple of classes and None
struct bound_method_object : object { value function, self; };
struct native_function_object : object {
  const struct native_definition* definition;
  value self;                                // passed as first argument; empty: none
  string_object* module;
  type_object* owner;                        // set: a method of this class, binds like a function
};
struct function_object : object {            // attributes of functions live in the overflow dict slot
  code_object* code;
  tuple_object* closure;                     // of cell_object; null if none
  struct module_object* globals;
  slot defaults, keyword_defaults, annotations, name, qualname, doc, attributes;   // attributes: dict or empty
};

// ---- mutable ----
struct cell_object : object {                // closure variable, module global, class attribute
  slot content;                              // empty = unbound
  slot rebound;                              // 0: bound at most once so far, reads need no log (module and class cells in solo); 1: ordinary
};
// items body and length are read under one orec section; length <= capacity of any body that was ever current at the same moment
struct list_object : object {
  slot overflow;                             // attributes of subclasses
  slot body;                                 // storage_object* or 0
  slot length;
};
// Insertion-ordered hash table in one body: a u32 index of open-addressed positions into an
// append-only entry array. Coarse now: the dict's orec guards all. Entry locks later add an orec per
// entry to the body, not another layout. A deleted entry has an empty value.
struct dict_entry { slot hash, key, value_; };
struct dict_body : object {
  std::uint32_t index_mask;                  // index has index_mask + 1 positions (power of two)
  std::uint32_t capacity;                    // entries
  slot used;                                 // entries appended so far, deleted ones included
  dict_entry* entries() { return reinterpret_cast<dict_entry*>(this + 1); }
  slot* index() { return reinterpret_cast<slot*>(entries() + capacity); }   // two u32 positions per word or one; dict.cpp decides
};
struct dict_object : object {                // set and frozenset have the same layout, values None
  slot overflow;
  slot body;                                 // dict_body* or 0
  slot length;                               // live entries
};
struct instance_object : object {            // user classes without a builtin base
  slot overflow;                             // storage_object* for attributes past inline_slots
  slot attributes[1];                        // shape->inline_slots of them
};
struct exception_object : object {           // class and attributes through the shape, as instances
  slot overflow;
  slot args;                                 // tuple
  slot cause, context, traceback, suppress_context, notes;
  slot attributes[1];
};
struct weak_reference_object : object {
  slot overflow;
  slot target;                               // ~ address, so that no collection follows it; 0: dead
  slot callback;                             // empty: none
  slot hash_bits;                            // of the referent, once asked for: an int or empty
};
struct module_object : object {
  string_object* name;
  slot overflow;
  dict_object* cells;                        // str -> cell_object
  struct namespace_object* globals;          // what globals() answers
  struct dict_object* backing;               // exec(text, dict): the dict that holds the names, instead of cells; else null
};
struct namespace_object : object { module_object* module; };          // a module's cells seen as a dict
struct code_value : object { code_object* code; };                    // f.__code__
struct frame_value : object {                // where a call stands: sys._getframe(), tb_frame
  code_object* code;
  module_object* globals;
  value back, line;                          // the caller's or None
};
struct type_object : object {
  slot overflow;
  string_object* name;
  slot qualname, doc, module;
  tuple_object* bases;
  tuple_object* mro;
  dict_object* cells;                        // name -> cell_object: the class's own attributes
  type_object* metaclass;
  type_object* layout;                       // the builtin class whose layout instances have
  tuple_object* slot_names;                  // __slots__ of the class and its bases; null: any attribute
  slot subclasses;                           // list of direct ones
  shape* root;                               // shape of a fresh instance
  kind instance_kind;                        // what `cls()` allocates
  std::uint32_t flags;                       // type_flags
  value (*native_new)(thread_state&, type_object*, const struct call_args&);  // inherited along the base chain
};
enum type_flags : std::uint32_t {
  flag_heap = 1,               // made by a class statement
  flag_has_getattr = 2,        // defines __getattr__ or __getattribute__
  flag_has_setattr = 4,        // defines __setattr__ / __delattr__
  flag_has_getattribute = 8,   // defines __getattribute__: nothing of it is cached
  flag_is_exception = 16,
  flag_no_dict = 32,           // instances have no attributes but __slots__
  flag_final = 64,             // cannot be a base class
  flag_abstract = 2048,        // has abstract methods: cls() is a TypeError
  flag_not_callable = 128,     // cls() is a TypeError
  flag_is_type = 256,          // type itself and its subclasses
  flag_custom_new = 512,       // __new__ comes from a class statement
  flag_custom_init = 1024,     // __init__ comes from a class statement
  flag_operators = 4096        // a native module's class: its own methods are what operators do
};
struct property_object : object { slot getter, setter, deleter, doc, name; };
struct wrapper_object : object { slot function, attributes; };        // staticmethod, classmethod; attributes: dict or empty
struct super_object : object { value type, self, self_type; };        // self may be empty (unbound)
struct traceback_object : object {           // newest call last, as CPython's tb_next chain
  slot next;
  code_object* code;
  module_object* globals;
  slot line, pc;                             // ints
};
// The state of an iterator stands in slots, so that an abort restores it. Which subtype it is says
// `what`; iterator.hpp tells what a, b, c, d hold for each.
enum class iterator_kind : std::uint32_t {
  list, list_reverse, tuple, str, bytes, range, dict_keys, dict_values, dict_items, dict_reverse_keys,
  dict_reverse_values, dict_reverse_items, set, sequence, callable, enumerate, zip, map, filter, reversed,
  async_send, async_throw, async_close, async_default,   // awaitables of asynchronous generators: vm/async_generator.cpp
  keys_view, values_view, items_view         // not iterators: what dict.keys() ... return
};
struct iterator_object : object {
  iterator_kind which;
  std::uint32_t unused;
  slot a, b, c, d;
};
struct generator_object : object {
  code_object* code;
  function_object* function;
  slot state;                                // 0 created, 1 suspended, 2 running, 3 finished
  slot pc;                                   // word index
  slot registers;                            // storage_object*
  slot yield_from, name, qualname, handled;
};

// ---- natives ----
// Arguments stand in registers: npos positional ones, then nkw keyword values named by `names`.
struct call_args {
  value* v;
  std::uint32_t npos;
  std::uint32_t nkw;
  const tuple_object* names;                 // null if nkw == 0
  value operator[](std::size_t i) const { return v[i]; }
};
// Returns empty with thread_state::signal set when it raises, conflicts or must block.
using native_function = value (*)(thread_state&, const call_args&);
struct native_definition {
  const char* name;
  native_function call;
  std::int8_t min_args, max_args;            // positional; -1 = no maximum. self counts for methods
  bool keywords;                             // accepts keywords itself; else any keyword is a TypeError
  const char* doc = nullptr;
};

}  // namespace gilt::interp
