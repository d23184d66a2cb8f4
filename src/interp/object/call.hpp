// SPDX-License-Identifier: BSL-1.0
#pragma once
// call: calling values from natives. call() itself and everything that runs bytecode is the VM's.
#include <cstddef>
#include <initializer_list>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

// The last len(kwnames) of the n arguments are keywords. vm/call.cpp.
value call(thread_state&, value callee, const value* args, std::size_t n, const tuple_object* kwnames = nullptr);
// Runs a generator until its next yield. `sent` is None or what send() gave. out empty: it ended
// with `result`. vm/generator.cpp.
bool resume_generator(thread_state&, generator_object*, value sent, value& out, value& result);

// The same for what an asynchronous generator's asend() and its like answer. vm/async_generator.cpp.
bool resume_awaitable(thread_state&, iterator_object*, value sent, value& out, value& result);
inline bool is_awaitable(const iterator_object* it) {
  return it->which >= iterator_kind::async_send && it->which <= iterator_kind::async_default;
}

inline value call(thread_state& t, value callee, std::initializer_list<value> args) {
  return call(t, callee, args.begin(), args.size());
}

// The method `name` of type(self), bound: `self_out` is what to pass as first argument, or empty
// (a static method, an already bound result). Empty with t.why == none: there is none.
value lookup_special(thread_state&, value self, string_object* name, value& self_out);
// Calls what lookup_special finds. `found` false: there is none (nothing is raised).
value call_special(thread_state&, value self, string_object* name, const value* args, std::size_t n, bool& found);

// self.name(args...)
value call_method(thread_state&, value self, string_object* name, const value* args, std::size_t n);
inline value call_method(thread_state& t, value self, string_object* name, std::initializer_list<value> args = {}) {
  return call_method(t, self, name, args.begin(), args.size());
}

// ---- native functions ----
value make_native_function(thread_state&, const native_definition*, value self, string_object* module);
// Checks number of arguments, keywords and, for a method, the receiver; then runs it. `a` holds the
// function's bound self already, if it has one.
value call_native(thread_state&, const native_function_object*, const call_args& a);

}  // namespace gilt::interp
