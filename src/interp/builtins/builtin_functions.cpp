// SPDX-License-Identifier: BSL-1.0
// The builtin functions that are neither types nor input and output.
#include <vector>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/object/bytes.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/list_methods.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/type.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

string_object* name_argument(thread_state& t, value v, const char* function) {
  if (!is(v, kind::str)) {
    static_cast<void>(function);
    raise(t, t.interp->errors.TypeError, "attribute name must be string, not '%s'", type_name(t, v).c_str());
    return nullptr;
  }
  return intern(*t.interp, to_utf8(v.as<string_object>()));
}

value builtin_abs(thread_state& t, const call_args& a) {
  if (a[0].is_int() || a[0].is_double() || a[0].is_bool() || is(a[0], kind::big_int)) {
    if (a[0].is_double()) return value::real(__builtin_fabs(a[0].as_double()));
    bool negative = false;
    const value n = to_int_value(t, a[0]);
    if (n.empty() || !is_negative(t, n, negative)) return {};
    return negative ? number_unary(t, opcode::NEG, n) : n;
  }
  value self;
  const value method = lookup_special(t, a[0], intern(*t.interp, "__abs__"), self);
  if (method.empty()) {
    if (t.why != signal::none) return {};
    return raise(t, t.interp->errors.TypeError, "bad operand type for abs(): '%s'",
                 type_name(t, a[0]).c_str());
  }
  return call(t, method, &self, 1);
}

template <bool Any>
value any_all(thread_state& t, const call_args& a) {
  const value it = get_iter(t, a[0]);
  if (it.empty()) return {};
  for (;;) {
    value item;
    bool b;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) return value::boolean(!Any);
    if (!truth(t, item, b)) return {};
    if (b == Any) return value::boolean(Any);
  }
}

value builtin_ascii(thread_state& t, const call_args& a) { return ascii_of(t, a[0]); }
value builtin_repr(thread_state& t, const call_args& a) { return repr_of(t, a[0]); }

template <int Base>
value in_base(thread_state& t, const call_args& a) {
  const value n = index_of(t, a[0]);
  if (n.empty()) return {};
  bool negative = false;
  if (!is_negative(t, n, negative)) return {};
  const value magnitude = negative ? number_unary(t, opcode::NEG, n) : n;
  if (magnitude.empty()) return {};
  std::string digits;
  if (!int_to_string(t, magnitude, Base, digits)) return {};
  const char* prefix = Base == 2 ? "0b" : Base == 8 ? "0o" : "0x";
  return make_string(t, (negative ? "-" : "") + std::string(prefix) + digits);
}

value builtin_exit(thread_state& t, const call_args& a) {
  const value e = call(t, value::of(t.interp->errors.SystemExit), a.v, a.npos);
  return e.empty() ? e : raise_object(t, e);
}
value builtin_callable(thread_state& t, const call_args& a) { return value::boolean(callable(t, a[0])); }

value builtin_chr(thread_state& t, const call_args& a) {
  const value n = index_of(t, a[0]);
  if (n.empty()) return {};
  if (std::int64_t c; !int_fits_int64(n, c) || c < INT32_MIN || c > INT32_MAX)
    return raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C int");
  if (!n.is_int() || n.as_int() < 0 || n.as_int() > 0x10FFFF)
    return raise(t, t.interp->errors.ValueError, "chr() arg not in range(0x110000)");
  return string_of_code_point(t, static_cast<std::uint32_t>(n.as_int()));
}
value builtin_ord(thread_state& t, const call_args& a) {
  if (is(a[0], kind::str)) {
    auto* s = a[0].as<string_object>();
    if (s->length == 1) return value::small_int(code_point(s, 0));
    return raise(t, t.interp->errors.TypeError,
                 "ord() expected a character, but string of length %u found", s->length);
  }
  if (is(a[0], kind::bytes) || is(a[0], kind::bytearray)) {
    std::string b;
    if (bytes_of(t, a[0], b) != bytes_status::done) return {};
    if (b.size() == 1) return value::small_int(static_cast<unsigned char>(b[0]));
    return raise(t, t.interp->errors.TypeError, "ord() expected a character, but string of length %zu found", b.size());
  }
  return raise(t, t.interp->errors.TypeError,
               "ord() expected string of length 1, but %s found", type_name(t, a[0]).c_str());
}

value builtin_divmod(thread_state& t, const call_args& a) { return divmod_of(t, a[0], a[1]); }

value builtin_pow(thread_state& t, const call_args& a) {
  value out[3];
  if (!bind(t, "pow", a, {"base", "exp", "mod"}, 2, out)) return {};
  return power(t, out[0], out[1], out[2]);
}

value builtin_round(thread_state& t, const call_args& a) {
  value out[2];
  if (!bind(t, "round", a, {"number", "ndigits"}, 1, out)) return {};
  const value digits = out[1].empty() ? value::none() : out[1];
  const value r = number_round(t, out[0], digits);
  if (r != value::not_implemented()) return r;
  value self;
  const value method = lookup_special(t, out[0], intern(*t.interp, "__round__"), self);
  if (method.empty()) {
    if (t.why != signal::none) return {};
    return raise(t, t.interp->errors.TypeError, "type %s doesn't define __round__ method",
                 type_name(t, out[0]).c_str());
  }
  const value args[2] = {self, digits};
  return call(t, method, args, digits.is_none() ? 1 : 2);
}

value builtin_format(thread_state& t, const call_args& a) {
  if (a.npos > 1 && !is(a[1], kind::str))
    return raise(t, t.interp->errors.TypeError, "format() argument 2 must be str, not %s",
                 type_name(t, a[1]).c_str());
  const value spec = a.npos > 1 ? a[1] : make_string(t, "");
  return spec.empty() ? spec : format_value(t, a[0], spec);
}

// True: an AttributeError was pending and is gone.
bool clear_attribute_error(thread_state& t) {
  if (t.why != signal::exception) return false;
  bool match = false;
  if (!is_instance(t, t.exception, value::of(t.interp->errors.AttributeError), match) || !match)
    return false;
  t.why = signal::none;
  t.exception = {};
  return true;
}
value builtin_getattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1], "getattr");
  if (!name) return {};
  const value v = getattr(t, a[0], name);
  if (v.empty() && a.npos > 2 && clear_attribute_error(t)) return a[2];
  return v;
}
value builtin_hasattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1], "hasattr");
  if (!name) return {};
  if (!getattr(t, a[0], name).empty()) return value::true_();
  return clear_attribute_error(t) ? value::false_() : value{};
}
value builtin_setattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1], "setattr");
  return name && setattr(t, a[0], name, a[2]) ? value::none() : value{};
}
value builtin_delattr(thread_state& t, const call_args& a) {
  string_object* name = name_argument(t, a[1], "delattr");
  return name && delattr(t, a[0], name) ? value::none() : value{};
}

value builtin_hash(thread_state& t, const call_args& a) {
  std::uint64_t h;
  if (!hash(t, a[0], h)) return {};
  return int_from_int64(t, static_cast<std::int64_t>(h));
}
value builtin_id(thread_state& t, const call_args& a) {
  return int_from_int64(t, static_cast<std::int64_t>(a[0].bits & 0x7FFFFFFFFFFFFFFFull));
}

value builtin_isinstance(thread_state& t, const call_args& a) {
  bool r = false;
  return is_instance(t, a[0], a[1], r) ? value::boolean(r) : value{};
}
value builtin_issubclass(thread_state& t, const call_args& a) {
  bool r = false;
  return is_subclass(t, a[0], a[1], r) ? value::boolean(r) : value{};
}

value builtin_iter(thread_state& t, const call_args& a) {
  if (a.npos == 1) return get_iter(t, a[0]);
  if (!callable(t, a[0]))
    return raise(t, t.interp->errors.TypeError, "iter(v, w): v must be callable");
  return make_call_iterator(t, a[0], a[1]);
}
value builtin_next(thread_state& t, const call_args& a) {
  value item;
  if (!is_iterator(t, a[0])) {
    if (t.why != signal::none) return {};
    return raise(t, t.interp->errors.TypeError, "'%s' object is not an iterator",
                 type_name(t, a[0]).c_str());
  }
  value result;
  if (!iter_next_result(t, a[0], item, result)) return {};
  if (!item.empty()) return item;
  if (a.npos > 1) return a[1];
  return raise_stop_iteration(t, result);
}

value builtin_len(thread_state& t, const call_args& a) { return length(t, a[0]); }

template <bool Max>
value min_max(thread_state& t, const call_args& a) {
  const char* name = Max ? "max" : "min";
  value key, fallback;
  for (std::uint32_t k = 0; k < a.nkw; ++k) {
    const std::string word = to_utf8(const_cast<tuple_object*>(a.names)->items()[k].as<string_object>());
    if (word == "key") key = a[a.npos + k];
    else if (word == "default") fallback = a[a.npos + k];
    else
      return raise(t, t.interp->errors.TypeError, "%s() got an unexpected keyword argument '%s'", name,
                   word.c_str());
  }
  if (a.npos == 0)
    return raise(t, t.interp->errors.TypeError, "%s expected at least 1 argument, got 0", name);
  if (a.npos > 1 && !fallback.empty())
    return raise(t, t.interp->errors.TypeError,
                 "Cannot specify a default for %s() with multiple positional arguments", name);
  if (key.is_none()) key = {};
  value it;
  if (a.npos == 1) {
    it = get_iter(t, a[0]);
    if (it.empty()) return {};
  }
  value best, best_key;
  for (std::uint32_t i = 0;; ++i) {
    value item;
    if (a.npos == 1) {
      if (!iter_next(t, it, item)) return {};
      if (item.empty()) break;
    } else {
      if (i == a.npos) break;
      item = a[i];
    }
    value item_key = item;
    if (!key.empty()) {
      item_key = call(t, key, &item, 1);
      if (item_key.empty()) return {};
    }
    if (best.empty()) {
      best = item;
      best_key = item_key;
      continue;
    }
    const value better = compare(t, Max ? opcode::GT : opcode::LT, item_key, best_key);
    bool b;
    if (better.empty() || !truth(t, better, b)) return {};
    if (b) {
      best = item;
      best_key = item_key;
    }
  }
  if (!best.empty()) return best;
  if (!fallback.empty()) return fallback;
  return raise(t, t.interp->errors.ValueError, "%s() arg is an empty sequence", name);
}

value builtin_sorted(thread_state& t, const call_args& a) {
  if (a.npos != 1)
    return raise(t, t.interp->errors.TypeError, "sorted expected 1 argument, got %u", a.npos);
  const value list = make_list(t);
  if (list.empty() || !list_extend(t, list.as<list_object>(), a[0])) return {};
  std::vector<value> args{list};
  for (std::uint32_t k = 0; k < a.nkw; ++k) args.push_back(a[1 + k]);
  if (list_sort(t, {args.data(), 1, a.nkw, a.names}).empty()) return {};
  return list;
}

value builtin_sum(thread_state& t, const call_args& a) {
  value out[2];
  if (a.npos == 0) return raise(t, t.interp->errors.TypeError, "sum() takes at least 1 positional argument (0 given)");
  if (!bind(t, "sum", a, {"iterable", "start"}, 1, out)) return {};
  value total = out[1].empty() ? value::small_int(0) : out[1];
  if (is(total, kind::str))
    return raise(t, t.interp->errors.TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (is(total, kind::bytes))
    return raise(t, t.interp->errors.TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  const value it = get_iter(t, out[0]);
  if (it.empty()) return {};
  for (;;) {
    value item;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) return total;
    if (both_int(total, item) && value::fits_int(total.as_int() + item.as_int()))
      total = value::small_int(total.as_int() + item.as_int());
    else if (total.is_double() && item.is_double())
      total = value::real(total.as_double() + item.as_double());
    else if ((total = binary(t, opcode::ADD, total, item)).empty())
      return {};
  }
}

value builtin_globals(thread_state& t, const call_args&) { return globals_dict(t); }
value builtin_locals(thread_state& t, const call_args&) { return locals_dict(t); }
value builtin_vars(thread_state& t, const call_args& a) {
  if (a.npos == 0) return locals_dict(t);
  const value d = getattr(t, a[0], t.interp->names.__dict__);
  if (d.empty() && clear_attribute_error(t))
    return raise(t, t.interp->errors.TypeError, "vars() argument must have __dict__ attribute");
  return d;
}
value builtin_dir(thread_state& t, const call_args& a) {
  const value names = a.npos == 0 ? locals_dict(t) : dir_of(t, a[0]);
  if (names.empty()) return {};
  const value list = make_list(t);
  if (list.empty() || !list_extend(t, list.as<list_object>(), names)) return {};
  value args[1] = {list};
  return list_sort(t, {args, 1, 0, nullptr}).empty() ? value{} : list;
}

value builtin_build_class(thread_state& t, const call_args& a) { return build_class(t, a); }
value builtin_import(thread_state& t, const call_args& a) {
  value out[5];
  if (!bind(t, "__import__", a, {"name", "globals", "locals", "fromlist", "level"}, 1, out)) return {};
  if (!is(out[0], kind::str))
    return raise(t, t.interp->errors.TypeError, "__import__() argument 1 must be str, not %s",
                 type_name(t, out[0]).c_str());
  value members = out[3].empty() ? value::none() : out[3];
  if (!members.is_none() && (members = tuple_of(t, members)).empty()) return {};
  return import_by_name(t, out[0].as<string_object>(), members,
                        out[4].is_int() ? static_cast<int>(out[4].as_int()) : 0);
}
value builtin_breakpoint(thread_state& t, const call_args&) {
  return raise(t, t.interp->errors.NotImplementedError, "breakpoint() is not supported by gilt");
}

constexpr native_definition table[] = {
    {"abs", builtin_abs, 1, 1, false},
    {"all", any_all<false>, 1, 1, false},
    {"any", any_all<true>, 1, 1, false},
    {"ascii", builtin_ascii, 1, 1, false},
    {"repr", builtin_repr, 1, 1, false},
    {"bin", in_base<2>, 1, 1, false},
    {"oct", in_base<8>, 1, 1, false},
    {"hex", in_base<16>, 1, 1, false},
    {"callable", builtin_callable, 1, 1, false},
    {"exit", builtin_exit, 0, 1, false},
    {"quit", builtin_exit, 0, 1, false},
    {"chr", builtin_chr, 1, 1, false},
    {"ord", builtin_ord, 1, 1, false},
    {"divmod", builtin_divmod, 2, 2, false},
    {"pow", builtin_pow, 0, 3, true},
    {"round", builtin_round, 0, 2, true},
    {"format", builtin_format, 1, 2, false},
    {"getattr", builtin_getattr, 2, 3, false},
    {"hasattr", builtin_hasattr, 2, 2, false},
    {"setattr", builtin_setattr, 3, 3, false},
    {"delattr", builtin_delattr, 2, 2, false},
    {"hash", builtin_hash, 1, 1, false},
    {"id", builtin_id, 1, 1, false},
    {"isinstance", builtin_isinstance, 2, 2, false},
    {"issubclass", builtin_issubclass, 2, 2, false},
    {"iter", builtin_iter, 1, 2, false},
    {"next", builtin_next, 1, 2, false},
    {"len", builtin_len, 1, 1, false},
    {"max", min_max<true>, 0, -1, true},
    {"min", min_max<false>, 0, -1, true},
    {"sorted", builtin_sorted, 0, -1, true},
    {"sum", builtin_sum, 0, 2, true},
    {"globals", builtin_globals, 0, 0, false},
    {"locals", builtin_locals, 0, 0, false},
    {"vars", builtin_vars, 0, 1, false},
    {"dir", builtin_dir, 0, 1, false},
    {"__build_class__", builtin_build_class, 2, -1, true},
    {"__import__", builtin_import, 0, 5, true},
    {"breakpoint", builtin_breakpoint, 0, -1, true},
};

}  // namespace

std::span<const native_definition> builtin_functions() { return table; }

}  // namespace gilt::interp
