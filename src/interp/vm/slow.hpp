// SPDX-License-Identifier: BSL-1.0
#pragma once
// slow: what instructions do off the hot path, out of the loop so that the loop stays small. Every
// function returns false (or empty) with t.why set, as operations do.
#include "interp/vm/frame.hpp"

namespace gilt::interp {

// ---- names ----
bool load_global(thread_state&, const frame&, string_object* name, slot* cache, value& out);
bool store_global(thread_state&, const frame&, string_object* name, slot* cache, value v);
bool delete_global(thread_state&, const frame&, string_object* name);
bool load_builtin(thread_state&, string_object* name, value& out);
bool load_name(thread_state&, const frame&, value names, string_object* name, value& out);
bool store_name(thread_state&, value names, string_object* name, value v);
bool delete_name(thread_state&, value names, string_object* name);
bool load_classderef(thread_state&, value names, string_object* name, value cell, value& out);
value unbound_local(thread_state&, string_object* name);
value unbound_cell(thread_state&, const frame&, string_object* name);

// ---- loops ----
bool for_prep(thread_state&, value iterable, value* state);
// One step for what the loop does not do itself. `done`: exhausted.
bool for_step(thread_state&, value* state, value& item, bool& done);

// ---- calls ----
// The state of a call whose callee is not a plain Python function: either it is done and the result
// stands in *base, or a frame was pushed.
// What a native has returned, in *base; a tail call becomes the callee.
bool native_result(thread_state&, value r, value* base, bool& pushed);
bool call_any(thread_state&, value* base, std::uint32_t n, const tuple_object* names, bool& pushed);
// [*v] and {**v} into a list and a dict under construction.
bool unpack_into_list(thread_state&, list_object*, value);
bool unpack_into_dict(thread_state&, dict_object*, value);
bool call_ex(thread_state&, value* base, bool& pushed);
bool load_special(thread_state&, value v, string_object* name, value* out);
value make_function(thread_state&, const frame&, code_object*, const value* parts);

// ---- values ----
bool unpack(thread_state&, value v, value* to, std::uint32_t n);
bool unpack_ex(thread_state&, value v, value* to, std::uint32_t before, std::uint32_t after);
bool build_string(thread_state&, const value* parts, std::uint32_t n, value& out);
bool build_dict(thread_state&, const value* pairs, std::uint32_t n, value& out);
bool build_set(thread_state&, const value* items, std::uint32_t n, value& out);
value convert(thread_state&, value v, int how);
bool match_class(thread_state&, const value* parts, std::uint32_t positional, value& out);
bool match_keys(thread_state&, value subject, tuple_object* keys, value& out);

// ---- imports ----
value import_name(thread_state&, const frame&, string_object* name, value fromlist, value level);
value import_member(thread_state&, value module, string_object* name);
bool import_star(thread_state&, const frame&, value module);
void print_expression(thread_state&, value v);

// ---- exceptions ----
// Makes `e` (a class or an instance) the pending exception; cause empty: none was given.
void raise_value(thread_state&, value e, value cause);
void reraise_current(thread_state&);
bool match_exception(thread_state&, value e, value cls, bool& out);
// Finds the handler for the pending exception in the frames down to `base`. True: the top frame's pc
// and register are set up to go on there. False: it leaves the frame at `base`, which is popped.
bool unwind(thread_state&, std::uint32_t base, std::size_t pc, bool silent);
std::string exception_text(thread_state&, value e, bool chain);
void print_exception(thread_state&, const std::string& header, value e);

// ---- generators ----
// Pushes the generator's frame, `sent` delivered. Precondition: suspended or created.
bool enter_generator(thread_state&, generator_object*, value sent, value* result, on_return);
// Takes the top frame, a generator's, off the stack into the generator object.
bool suspend_generator(thread_state&, std::size_t pc);
bool finish_generator(thread_state&, generator_object*);
bool yield_from(thread_state&, value iterator, value sent, value& out, value& result);
value yield_from_iterator(thread_state&, value v, bool awaiting);
// Raises `e` where the generator stands, then as resume_generator().
bool throw_into(thread_state&, generator_object*, value e, value& out, value& result);
// What throw(type, value, traceback) raises: an instance, or what the class makes of the value. a[0]
// is the generator.
value exception_argument(thread_state&, const call_args& a);
value async_iterator(thread_state&, value v);              // aiter(v)
value async_next(thread_state&, value iterator);           // what to await for its next item

}  // namespace gilt::interp
