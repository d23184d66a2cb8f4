// SPDX-License-Identifier: BSL-1.0
// arithmetic: binary, in-place and unary operators on any values.
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/format.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/sequence.hpp"
#include "interp/object/set.hpp"
#include "interp/object/special.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/union.hpp"

namespace gilt::interp {

namespace {

struct operator_names {
  string_object* well_known_names::*left;
  string_object* well_known_names::*right;
  string_object* well_known_names::*inplace;
  const char* symbol;
};

const operator_names& names_of(opcode plain) {
  using n = well_known_names;
  static constexpr operator_names table[] = {
      {&n::__add__, &n::__radd__, &n::__iadd__, "+"},
      {&n::__sub__, &n::__rsub__, &n::__isub__, "-"},
      {&n::__mul__, &n::__rmul__, &n::__imul__, "*"},
      {&n::__truediv__, &n::__rtruediv__, &n::__itruediv__, "/"},
      {&n::__floordiv__, &n::__rfloordiv__, &n::__ifloordiv__, "//"},
      {&n::__mod__, &n::__rmod__, &n::__imod__, "%"},
      {&n::__pow__, &n::__rpow__, &n::__ipow__, "** or pow()"},
      {&n::__lshift__, &n::__rlshift__, &n::__ilshift__, "<<"},
      {&n::__rshift__, &n::__rrshift__, &n::__irshift__, ">>"},
      {&n::__and__, &n::__rand__, &n::__iand__, "&"},
      {&n::__or__, &n::__ror__, &n::__ior__, "|"},
      {&n::__xor__, &n::__rxor__, &n::__ixor__, "^"},
      {&n::__matmul__, &n::__rmatmul__, &n::__imatmul__, "@"},
  };
  static_assert(static_cast<int>(opcode::MATMUL) - static_cast<int>(opcode::ADD) == 12);
  static_assert(static_cast<int>(opcode::IMATMUL) - static_cast<int>(opcode::IADD) == 12);
  return table[static_cast<std::size_t>(plain) - static_cast<std::size_t>(opcode::ADD)];
}

bool is_inplace(opcode op) { return op >= opcode::IADD && op <= opcode::IMATMUL; }

bool is_sequence(value v) {
  if (!v.is_object()) return false;
  switch (v.as_object()->what()) {
    case kind::str:
    case kind::bytes:
    case kind::bytearray:
    case kind::list:
    case kind::tuple: return true;
    default: return false;
  }
}

value unsupported(thread_state& t, opcode op, value a, value b) {
  const opcode plain = plain_opcode(op);
  type_object* error = t.interp->errors.TypeError;
  const std::string left = type_name(t, a), right = type_name(t, b);
  if (plain == opcode::ADD && is_sequence(a)) {
    if (is(a, kind::bytes) || is(a, kind::bytearray)) return raise(t, error, "can't concat %s to %s", right.c_str(), left.c_str());
    return raise(t, error, "can only concatenate %s (not \"%s\") to %s", left.c_str(), right.c_str(), left.c_str());
  }
  if (plain == opcode::MUL && (is_sequence(a) || is_sequence(b))) {
    return raise(t, error, "can't multiply sequence by non-int of type '%s'", is_sequence(a) ? right.c_str() : left.c_str());
  }
  std::string symbol = names_of(plain).symbol;
  if (is_inplace(op)) symbol = plain == opcode::POW ? "**=" : symbol + "=";
  return raise(t, error, "unsupported operand type(s) for %s: '%s' and '%s'", symbol.c_str(), left.c_str(), right.c_str());
}

value repeat_sequence(thread_state& t, value sequence, value times) {
  std::int64_t n = 0;
  if (!times.is_int() && !times.is_bool() && !is(times, kind::big_int) && !has_index(t, times)) return value::not_implemented();
  const value exact = index_of(t, times);
  if (exact.empty()) return {};
  if (!int_fits_int64(exact, n)) {
    bool negative = false;
    if (!is_negative(t, exact, negative)) return {};
    if (!negative) {
      return raise(t, t.interp->errors.OverflowError, "cannot fit '%s' into an index-sized integer", type_name(t, times).c_str());
    }
    n = 0;
  }
  if (is(sequence, kind::str)) return repeat(t, sequence.as<string_object>(), n);
  if (is(sequence, kind::list)) return list_repeat(t, sequence.as<list_object>(), n);
  return tuple_repeat(t, sequence.as<tuple_object>(), n);
}

value set_of(thread_state& t, value v) {
  const value s = make_set(t);
  return !s.empty() && set_update(t, s.as<dict_object>(), v) ? s : value{};
}

bool is_set_like_view(value v) { return is_view(v) && v.as<iterator_object>()->which != iterator_kind::values_view; }

value merge_dicts(thread_state& t, value a, value b) {
  const value copy = dict_copy(t, a.as<dict_object>());
  return !copy.empty() && dict_update(t, copy.as<dict_object>(), b) ? copy : value{};
}

}  // namespace

const char* symbol(opcode op) { return names_of(plain_opcode(op)).symbol; }

value builtin_binary(thread_state& t, opcode op, value a, value b) {
  a = unboxed(a);
  b = unboxed(b);
  if (is_number(a) && is_number(b)) return number_binary(t, op, a, b);
  if (op == opcode::MUL && is_sequence(b) && !is_sequence(a)) return builtin_binary(t, op, b, a);
  if (op == opcode::BITOR && (is(a, kind::type) || is(b, kind::type) || is_union(t, a) || is_union(t, b))) {
    return unite_types(t, a, b);
  }
  if (!a.is_object()) return value::not_implemented();
  switch (a.as_object()->what()) {
    case kind::str:
      if (op == opcode::ADD && is(b, kind::str)) return concat(t, a.as<string_object>(), b.as<string_object>());
      if (op == opcode::MUL) return repeat_sequence(t, a, b);
      if (op == opcode::MOD) return percent_format(t, a.as<string_object>(), b);
      break;
    case kind::list:
      if (op == opcode::ADD && is(b, kind::list)) return list_concat(t, a.as<list_object>(), b.as<list_object>());
      if (op == opcode::MUL) return repeat_sequence(t, a, b);
      break;
    case kind::tuple:
      if (op == opcode::ADD && is(b, kind::tuple)) return tuple_concat(t, a.as<tuple_object>(), b.as<tuple_object>());
      if (op == opcode::MUL) return repeat_sequence(t, a, b);
      break;
    case kind::bytes:
    case kind::bytearray: return bytes_binary(t, op, a, b);
    case kind::set:
    case kind::frozenset:
      if (is_set_like_view(b)) {
        b = set_of(t, b);
        if (b.empty()) return {};
      }
      return set_binary(t, op, a, b);
    case kind::dict:
      if (op == opcode::BITOR && is(b, kind::dict)) return merge_dicts(t, a, b);
      break;
    case kind::iterator: {
      if (!is_set_like_view(a) || (op != opcode::BITAND && op != opcode::BITOR && op != opcode::SUB && op != opcode::BITXOR)) break;
      const value x = set_of(t, a), y = x.empty() ? value{} : set_of(t, b);
      return y.empty() ? y : set_binary(t, op, x, y);
    }
    default: break;
  }
  return value::not_implemented();
}

value builtin_inplace(thread_state& t, opcode op, value a, value b) {
  if (!a.is_object()) return value::not_implemented();
  switch (a.as_object()->what()) {
    case kind::list:
      if (op == opcode::IADD) return list_extend(t, a.as<list_object>(), b) ? a : value{};
      if (op == opcode::IMUL && (is_integer(b) || has_index(t, b))) {
        const value r = repeat_sequence(t, a, b);
        if (r.empty()) return {};
        std::int64_t n = 0;
        storage_object* body = list_snapshot(t, r.as<list_object>(), n);
        return body && list_replace(t, a.as<list_object>(), body, n) ? a : value{};
      }
      break;
    case kind::set:
    case kind::bytearray:
      return is(a, kind::set) ? set_binary(t, op, a, b) : bytes_binary(t, op, a, b);
    case kind::dict:
      if (op == opcode::IBITOR) return dict_update(t, a.as<dict_object>(), b) ? a : value{};
      break;
    default: break;
  }
  return value::not_implemented();
}

namespace {

// One of the two sides is an instance of a script's class; `by_kind` is what C++ does.
template <class ByKind>
value binary_scripted(thread_state& t, const operator_names& names, value a, value b, ByKind&& by_kind) {
  const well_known_names& n = t.interp->names;
  type_object* x = class_of(t, a);
  type_object* y = class_of(t, b);
  bool reflected_tried = false, found = false;
  const auto reflected = [&] {
    reflected_tried = true;
    const value r = call_script_method(t, b, n.*names.right, found, a);
    return found ? r : value::not_implemented();
  };
  if (x != y && is_subtype(y, x) && type_lookup(y, n.*names.right) != type_lookup(x, n.*names.right)) {
    const value r = reflected();
    if (r != value::not_implemented()) return r;
  }
  value r = call_script_method(t, a, n.*names.left, found, b);
  if (!found) r = by_kind();
  if (r != value::not_implemented()) return r;
  if (x != y && !reflected_tried) return reflected();
  return value::not_implemented();
}

value binary_plain(thread_state& t, opcode plain, value a, value b) {
  const auto by_kind = [&] { return builtin_binary(t, plain, a, b); };
  return scripted(t, a) || scripted(t, b) ? binary_scripted(t, names_of(plain), a, b, by_kind) : by_kind();
}

}  // namespace

value binary(thread_state& t, opcode op, value a, value b) {
  if (is_inplace(op)) return inplace(t, op, a, b);
  const value r = binary_plain(t, op, a, b);
  return GILT_LIKELY(r != value::not_implemented()) ? r : unsupported(t, op, a, b);
}

value inplace(thread_state& t, opcode op, value a, value b) {
  const opcode plain = plain_opcode(op);
  value r = value::not_implemented();
  bool found = false;
  if (scripted(t, a)) {
    const value made = call_script_method(t, a, t.interp->names.*names_of(plain).inplace, found, b);
    if (found) r = made;
  }
  if (!found) r = builtin_inplace(t, op, a, b);
  if (r == value::not_implemented()) r = binary_plain(t, plain, a, b);
  return GILT_LIKELY(r != value::not_implemented()) ? r : unsupported(t, op, a, b);
}

value divmod_of(thread_state& t, value a, value b) {
  using n = well_known_names;
  static constexpr operator_names names{&n::__divmod__, &n::__rdivmod__, nullptr, "divmod()"};
  const auto by_kind = [&] { return number_divmod(t, unboxed(a), unboxed(b)); };
  const value r = scripted(t, a) || scripted(t, b) ? binary_scripted(t, names, a, b, by_kind) : by_kind();
  if (r != value::not_implemented()) return r;
  return raise(t, t.interp->errors.TypeError, "unsupported operand type(s) for divmod(): '%s' and '%s'",
               type_name(t, a).c_str(), type_name(t, b).c_str());
}

value power(thread_state& t, value a, value b, value modulus) {
  if (modulus.empty() || modulus.is_none()) return binary(t, opcode::POW, a, b);
  bool found = false;
  value r = call_script_method(t, a, t.interp->names.__pow__, found, b, modulus);
  if (!found) r = number_pow_mod(t, unboxed(a), unboxed(b), unboxed(modulus));
  if (r != value::not_implemented()) return r;
  return raise(t, t.interp->errors.TypeError, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'",
               type_name(t, a).c_str(), type_name(t, b).c_str(), type_name(t, modulus).c_str());
}

value unary(thread_state& t, opcode op, value a) {
  if (is_number(a) && !scripted(t, a)) {
    const value r = number_unary(t, op, a);
    if (r != value::not_implemented()) return r;
  } else {
    const well_known_names& n = t.interp->names;
    bool found = false;
    const value r = call_script_method(t, a, op == opcode::NEG ? n.__neg__ : op == opcode::POS ? n.__pos__ : n.__invert__, found);
    if (found) return r;
    if (is_number(unboxed(a))) return number_unary(t, op, unboxed(a));
  }
  return raise(t, t.interp->errors.TypeError, "bad operand type for unary %s: '%s'",
               op == opcode::NEG ? "-" : op == opcode::POS ? "+" : "~", type_name(t, a).c_str());
}

}  // namespace gilt::interp
