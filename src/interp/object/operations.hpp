// SPDX-License-Identifier: BSL-1.0
#pragma once
// operations: what Python's operators and protocols do with any values. Builtin kinds are handled
// here; classes of scripts through their dunders. Empty or false: look at thread_state::why.
#include <cstdint>
#include <string>

#include "interp/compile/code.hpp"
#include "interp/object/call.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/layouts.hpp"
#include "interp/object/raise.hpp"

namespace gilt::interp {

type_object* class_of(const thread_state&, value);

// ---- operators ----
value binary(thread_state&, opcode, value a, value b);             // ADD ... MATMUL, and the in-place ones
value inplace(thread_state&, opcode, value a, value b);            // IADD ... IMATMUL
value unary(thread_state&, opcode, value a);                       // NEG POS INVERT
value divmod_of(thread_state&, value a, value b);
value power(thread_state&, value a, value b, value modulus);       // modulus may be empty or None
value compare(thread_state&, opcode, value a, value b);            // LT LE GT GE EQ NE: any object
bool compare_bool(thread_state&, opcode, value a, value b, bool& out);
bool equal(thread_state&, value a, value b, bool& out);            // identical or ==
bool truth(thread_state&, value v, bool& out);
bool hash(thread_state&, value v, std::uint64_t& out);

// ---- containers ----
value length(thread_state&, value v);                              // an int
bool length(thread_state&, value v, std::int64_t& out);
value getitem(thread_state&, value v, value key);
bool setitem(thread_state&, value v, value key, value item);
bool delitem(thread_state&, value v, value key);
bool contains(thread_state&, value container, value item, bool& out);

// ---- iteration ----
value get_iter(thread_state&, value v);
bool is_iterable(thread_state&, value v);                          // has __iter__ or __getitem__; runs nothing
bool iter_next(thread_state&, value it, value& out);               // out empty: exhausted
bool iter_next_result(thread_state&, value it, value& out, value& result);   // and what StopIteration carried
bool is_iterator(thread_state&, value v);
std::int64_t length_hint(thread_state&, value v);                  // a guess; raises nothing

// ---- attributes; `name` is interned ----
value getattr(thread_state&, value v, string_object* name);        // AttributeError when missing
value find_attr(thread_state&, value v, string_object* name);      // missing: empty with t.why == none
bool setattr(thread_state&, value v, string_object* name, value item);
bool delattr(thread_state&, value v, string_object* name);
value dir_of(thread_state&, value v);                              // list of names, unsorted
value attribute_error(thread_state&, value v, string_object* name);

// ---- text ----
value str_of(thread_state&, value v);
value repr_of(thread_state&, value v);
value ascii_of(thread_state&, value v);
value format_value(thread_state&, value v, value spec);            // spec: a str
bool append_repr(thread_state&, value v, std::string& utf8);
bool append_str(thread_state&, value v, std::string& utf8);

// ---- classes ----
bool is_instance(thread_state&, value v, value cls, bool& out);    // cls: a class, a tuple of them ...
bool is_subclass(thread_state&, value derived, value cls, bool& out);
bool callable(thread_state&, value v);
std::string callee_shown(thread_state&, value callee);             // "module.qualname()", for messages

}  // namespace gilt::interp
