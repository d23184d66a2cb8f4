// SPDX-License-Identifier: BSL-1.0
// _bisect: binary search in sorted sequences and insertion that keeps them sorted (Knuth, "The Art of
// Computer Programming" 6.2.1). `bisect` of the installed library takes its functions from here.
//
// Left of equal items asks `item < x` and goes right if so; right of them asks `x < item` and goes
// left. Nothing but < is asked of the items. An insertion reads what the search has read, so under
// transactions two threads' insort into one list leave it sorted.
#include "interp/builtins/arguments.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

enum class side { left, right };

struct request {
  value sequence, x, key;
  std::int64_t low = 0, high = 0;
};

bool read_request(thread_state& t, const char* function, const call_args& a, request& r) {
  value v[5];
  if (!bind(t, function, a, {"a", "x", "lo", "hi", "key"}, 2, v)) return false;
  r.sequence = v[0];
  r.x = v[1];
  r.key = v[4].is_none() ? value{} : v[4];
  if (!v[2].empty() && !to_int64(t, v[2], r.low)) return false;
  if (r.low < 0) {
    raise(t, t.interp->errors.ValueError, "lo must be non-negative");
    return false;
  }
  return v[3].empty() || v[3].is_none() ? length(t, r.sequence, r.high) : to_int64(t, v[3], r.high);
}

// Where `x`, already through the key, belongs. -1: failed.
std::int64_t search(thread_state& t, side where, const request& r, value x) {
  std::int64_t low = r.low, high = r.high;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const value index = int_from_int64(t, middle);
    value item = index.empty() ? index : getitem(t, r.sequence, index);
    if (!item.empty() && !r.key.empty()) item = call(t, r.key, &item, 1);
    bool less = false;
    if (item.empty()) return -1;
    if (!(where == side::left ? compare_bool(t, opcode::LT, item, x, less) : compare_bool(t, opcode::LT, x, item, less))) return -1;
    if (less == (where == side::left)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

template <side Where>
value bisect(thread_state& t, const call_args& a) {
  request r;
  if (!read_request(t, Where == side::left ? "bisect_left" : "bisect_right", a, r)) return {};
  const std::int64_t at = search(t, Where, r, r.x);
  return at < 0 ? value{} : int_from_int64(t, at);
}

template <side Where>
value insort(thread_state& t, const call_args& a) {
  request r;
  if (!read_request(t, Where == side::left ? "insort_left" : "insort_right", a, r)) return {};
  const value x = r.key.empty() ? r.x : call(t, r.key, &r.x, 1);
  const std::int64_t at = x.empty() ? -1 : search(t, Where, r, x);
  if (at < 0) return {};
  if (is(r.sequence, kind::list) && is_exact(r.sequence.as_object(), t.interp->types.list))
    return list_insert(t, r.sequence.as<list_object>(), at, r.x) ? value::none() : value{};
  const value insert = getattr(t, r.sequence, intern(*t.interp, "insert"));
  value args[2] = {int_from_int64(t, at), r.x};
  return insert.empty() || args[0].empty() || call(t, insert, args, 2).empty() ? value{} : value::none();
}

constexpr native_definition functions[] = {
    {"bisect_left", bisect<side::left>, 0, -1, true},  {"bisect_right", bisect<side::right>, 0, -1, true},
    {"bisect", bisect<side::right>, 0, -1, true},      {"insort_left", insort<side::left>, 0, -1, true},
    {"insort_right", insort<side::right>, 0, -1, true}, {"insort", insort<side::right>, 0, -1, true},
};

}  // namespace

void fill_bisect(thread_state& t, module_object* m) { define_functions(t, m, functions); }

}  // namespace gilt::interp
