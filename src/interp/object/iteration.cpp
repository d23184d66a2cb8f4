// SPDX-License-Identifier: BSL-1.0
// iteration: iter(v) and next(it) for any values.
#include "interp/object/iterator.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/special.hpp"

namespace gilt::interp {

namespace {

bool has_next(const thread_state& t, value v) {
  if (is(v, kind::iterator)) return !is_view(v);
  return is(v, kind::generator) || type_lookup(class_of(t, v), t.interp->names.__next__) != nullptr;
}

}  // namespace

bool is_iterator(thread_state& t, value v) { return has_next(t, v); }

bool is_iterable(thread_state& t, value v) {
  const well_known_names& n = t.interp->names;
  type_object* cls = class_of(t, v);
  return is(v, kind::iterator) || type_lookup(cls, n.__iter__) != nullptr || type_lookup(cls, n.__getitem__) != nullptr;
}

value get_iter(thread_state& t, value v) {
  const well_known_names& n = t.interp->names;
  if (!scripted(t, v)) {
    const value it = builtin_iter(t, v);
    if (!it.empty() || t.why != signal::none) return it;
    if (is(v, kind::generator)) {
      if (class_of(t, v) == t.interp->types.generator) return v;
      return raise(t, t.interp->errors.TypeError, "'%s' object is not iterable", type_name(t, v).c_str());
    }
  }
  value self;
  const value method = lookup_special(t, v, n.__iter__, self);
  if (method.empty() && t.why != signal::none) return {};
  if (method.is_none() || method.empty()) {
    if (method.empty() && type_lookup(class_of(t, v), n.__getitem__) && !is(v, kind::type)) {
      return make_iterator(t, iterator_kind::sequence, t.interp->types.sequence_iterator, v, value::small_int(0));
    }
    return raise(t, t.interp->errors.TypeError, "'%s' object is not iterable", type_name(t, v).c_str());
  }
  if (is(method, kind::native_function) && scripted(t, v)) {          // inherited from a builtin class
    const value it = builtin_iter(t, v);
    if (!it.empty() || t.why != signal::none) return it;
  }
  const value it = self.empty() ? call(t, method, nullptr, 0) : call(t, method, &self, 1);
  if (it.empty()) return {};
  if (!has_next(t, it)) return raise(t, t.interp->errors.TypeError, "iter() returned non-iterator of type '%s'", type_name(t, it).c_str());
  return it;
}

bool iter_next_result(thread_state& t, value it, value& out, value& result) {
  out = {};
  result = {};
  if (is(it, kind::iterator)) return builtin_next(t, it.as<iterator_object>(), out);
  if (is(it, kind::generator)) return resume_generator(t, it.as<generator_object>(), value::none(), out, result);
  bool found = false;
  out = call_special(t, it, t.interp->names.__next__, nullptr, 0, found);
  if (!out.empty()) return true;
  if (!found) {
    raise(t, t.interp->errors.TypeError, "'%s' object is not an iterator", type_name(t, it).c_str());
    return false;
  }
  if (t.why != signal::exception) return false;
  const value exc = t.exception;
  if (!clear_exception(t, t.interp->errors.StopIteration)) return false;
  result = find_attr(t, exc, t.interp->names.value);
  return t.why == signal::none;
}

bool iter_next(thread_state& t, value it, value& out) {
  value result;
  return iter_next_result(t, it, out, result);
}

std::int64_t length_hint(thread_state& t, value v) {
  if (is(v, kind::iterator) && !is_view(v)) return builtin_length_hint(t, v.as<iterator_object>());
  std::int64_t n = 0;
  bool supported = false;
  return !scripted(t, v) && builtin_length(t, v, n, supported) && supported ? n : 0;
}

}  // namespace gilt::interp
