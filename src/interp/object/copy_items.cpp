// SPDX-License-Identifier: BSL-1.0
#include "interp/object/copy_items.hpp"

#include "interp/concurrency/access.hpp"
#include "interp/object/call.hpp"
#include "interp/object/interpreter.hpp"
#include "interp/object/list.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/raise.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

namespace {

bool can_iterate(thread_state& t, value v) {
  const value raised = t.exception;
  t.why = signal::none;
  bool found = false;
  for (string_object* name : {t.interp->names.__iter__, t.interp->names.__getitem__}) {
    value self;
    found = found || !lookup_special(t, v, name, self).empty();
  }
  t.why = signal::exception;
  t.exception = raised;
  return found;
}

}  // namespace

value as_sequence(thread_state& t, value iterable, const char* not_iterable) {
  if (is(iterable, kind::tuple) || is(iterable, kind::list)) return iterable;
  const value it = get_iter(t, iterable);
  if (it.empty()) {
    if (not_iterable && t.why == signal::exception && !can_iterate(t, iterable)) {
      raise(t, t.interp->errors.TypeError, "%s", not_iterable);
    }
    return {};
  }
  const value list = make_list(t);
  return !list.empty() && list_extend(t, list.as<list_object>(), it) ? list : value{};
}

bool sequence_item(thread_state& t, value sequence, std::size_t i, value& out) {
  if (is(sequence, kind::list)) {
    return list_get<any_access>(t, sequence.as<list_object>(), static_cast<std::int64_t>(i), out);
  }
  auto* tuple = sequence.as<tuple_object>();
  out = i < tuple->length ? tuple->items()[i] : value{};
  return true;
}

bool copy_items(thread_state& t, value iterable, std::vector<value>& out,
                const char* not_iterable) {
  out.clear();
  const value sequence = as_sequence(t, iterable, not_iterable);
  if (sequence.empty()) return false;
  for (std::size_t i = 0;; ++i) {
    value item;
    if (!sequence_item(t, sequence, i, item)) return false;
    if (item.empty()) return true;
    out.push_back(item);
  }
}

}  // namespace gilt::interp
