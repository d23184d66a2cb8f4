// SPDX-License-Identifier: BSL-1.0
// The method tables of bytes and bytearray: what they share, what is code and hex, operators, and
// a bytearray's changes.
#include <algorithm>
#include <vector>

#include "interp/object/bytes_support.hpp"
#include "interp/object/call.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

namespace {

using std::string;

int hex_digit(std::uint32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  const std::uint32_t low = c | 0x20;
  return low >= 'a' && low <= 'f' ? static_cast<int>(low - 'a' + 10) : -1;
}

value decode(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "decode");
  value v[2];
  string encoding = "utf-8", errors = "strict";
  if (!self.ok || !bind_arguments(t, "decode", a, 1, {"encoding", "errors"}, 0, v) ||
      !text_argument(t, v[0], "decode", "encoding", encoding) ||
      !text_argument(t, v[1], "decode", "errors", errors)) {
    return {};
  }
  return decode_bytes(t, self.text, encoding, errors);
}

value hex(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "hex");
  value v[2];
  string separator;
  std::int64_t every = 1;
  if (!self.ok || !bind_arguments(t, "hex", a, 1, {"sep", "bytes_per_sep"}, 0, v)) return {};
  if (!v[0].empty()) {
    std::int64_t length_of_it = 0;
    if (!length(t, v[0], length_of_it)) return {};
    if (length_of_it != 1) return raise(t, t.interp->errors.ValueError, "sep must be length 1.");
    if (is(v[0], kind::str)) {
      separator = to_utf8(v[0].as<string_object>());
    } else if (!is(v[0], kind::bytes)) {
      return type_error(t, "sep must be str or bytes.");
    } else {
      separator = view(v[0].as<bytes_object>());
    }
    if (separator.size() != 1 || static_cast<unsigned char>(separator[0]) > 127)
      return raise(t, t.interp->errors.ValueError, "sep must be ASCII.");
  }
  if (!v[1].empty() && !to_c_int(t, v[1], every)) return {};
  constexpr char digits[] = "0123456789abcdef";
  const std::size_t n = self.text.size();
  const auto group = static_cast<std::size_t>(every < 0 ? -every : every);
  string out;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0 && group > 0 && !separator.empty() && (every > 0 ? n - i : i) % group == 0)
      out += separator;
    const auto b = static_cast<unsigned char>(self.text[i]);
    out += digits[b >> 4];
    out += digits[b & 15];
  }
  return make_ascii(t, out);
}

value fromhex(thread_state& t, const call_args& a) {
  const string_object* s = str_argument(t, a[1], "fromhex() argument ");
  if (!s) return {};
  string out;
  for (std::size_t i = 0; i < s->length;) {
    const std::uint32_t c = code_point(s, i);
    if (c == ' ' || (c >= 9 && c <= 13)) {
      ++i;
      continue;
    }
    const int high = hex_digit(c);
    const int low = high >= 0 && i + 1 < s->length ? hex_digit(code_point(s, i + 1)) : -1;
    if (low < 0) {
      return raise(t, t.interp->errors.ValueError,
                   "non-hexadecimal number found in fromhex() arg at position %zu",
                   high < 0 ? i : i + 1);
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (a[0] == value::of(t.interp->types.bytes)) return make_bytes(t, out);
  if (a[0] == value::of(t.interp->types.bytearray)) return make_bytearray(t, out);
  const value plain = make_bytes(t, out);
  return plain.empty() ? plain : call(t, a[0], &plain, 1);
}

value maketrans(thread_state& t, const call_args& a) {
  string from, to, table;
  if (!bytes_argument(t, a[0], from) || !bytes_argument(t, a[1], to)) return {};
  if (from.size() != to.size()) {
    return raise(t, t.interp->errors.ValueError, "maketrans arguments must have same length");
  }
  for (int c = 0; c < 256; ++c) table += static_cast<char>(c);
  for (std::size_t i = 0; i < from.size(); ++i) table[static_cast<unsigned char>(from[i])] = to[i];
  return make_bytes(t, table);
}

// ---- operators ----

bool bytes_receiver(thread_state& t, const call_args& a, const char* method) {
  if (is(a[0], kind::bytes) || is(a[0], kind::bytearray)) return true;
  raise(t, t.interp->errors.TypeError,
        "descriptor '%s' requires a 'bytes' object but received a '%s'", method,
        type_name(t, a[0]).c_str());
  return false;
}

template <opcode Op>
value binary_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "operator") ? bytes_binary(t, Op, a[0], a[1]) : value{};
}
template <opcode Op>
value compare_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "comparison") ? bytes_compare(t, Op, a[0], a[1]) : value{};
}
value reflected_mod(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "__rmod__") ? value::not_implemented() : value{};
}
value contains_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "__contains__") ? bytes_contains(t, a[0], a[1]) : value{};
}
value getitem_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "__getitem__") ? bytes_getitem(t, a[0], a[1]) : value{};
}
value repr_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "__repr__") ? bytes_repr(t, a[0]) : value{};
}
value iter_native(thread_state& t, const call_args& a) {
  return bytes_receiver(t, a, "__iter__") ? get_iter(t, a[0]) : value{};
}
value length_native(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  return bytes_receiver(t, a, "__len__") && bytes_length(t, a[0], n) ? value::small_int(n)
                                                                     : value{};
}
value hash_native(thread_state& t, const call_args& a) {
  if (!bytes_receiver(t, a, "__hash__")) return {};
  if (!is(a[0], kind::bytes)) return type_error(t, "unhashable type: 'bytearray'");
  return int_from_int64(t, static_cast<std::int64_t>(hash_of(a[0].as<bytes_object>())));
}
value bytes_native(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "__bytes__");
  if (!self.ok) return {};
  return a[0].as_object()->shape_relaxed()->cls == t.interp->types.bytes ? a[0]
                                                                         : make_bytes(t, self.text);
}
value getnewargs_native(thread_state& t, const call_args& a) {
  const value b = bytes_native(t, a);
  return b.empty() ? b : make_tuple(t, {b});
}

constexpr native_definition common_table[] = {
    {"decode", &decode, 1, 3, true},
    {"hex", &hex, 1, 3, true},
    {"__add__", &binary_native<opcode::ADD>, 2, 2, false},
    {"__mul__", &binary_native<opcode::MUL>, 2, 2, false},
    {"__rmul__", &binary_native<opcode::MUL>, 2, 2, false},
    {"__mod__", &binary_native<opcode::MOD>, 2, 2, false},
    {"__rmod__", &reflected_mod, 2, 2, false},
    {"__eq__", &compare_native<opcode::EQ>, 2, 2, false},
    {"__ne__", &compare_native<opcode::NE>, 2, 2, false},
    {"__lt__", &compare_native<opcode::LT>, 2, 2, false},
    {"__le__", &compare_native<opcode::LE>, 2, 2, false},
    {"__gt__", &compare_native<opcode::GT>, 2, 2, false},
    {"__ge__", &compare_native<opcode::GE>, 2, 2, false},
    {"__contains__", &contains_native, 2, 2, false},
    {"__getitem__", &getitem_native, 2, 2, false},
    {"__len__", &length_native, 1, 1, false},
    {"__iter__", &iter_native, 1, 1, false},
    {"__repr__", &repr_native, 1, 1, false},
    {"__str__", &repr_native, 1, 1, false},
};
constexpr native_definition bytes_only[] = {
    {"__bytes__", &bytes_native, 1, 1, false},
    {"__hash__", &hash_native, 1, 1, false},
    {"__getnewargs__", &getnewargs_native, 1, 1, false},
};

// ---- bytearray ----

bytearray_object* array_receiver(thread_state& t, const call_args& a, const char* method) {
  if (is(a[0], kind::bytearray)) return a[0].as<bytearray_object>();
  raise(t, t.interp->errors.TypeError,
        "descriptor '%s' for 'bytearray' objects doesn't apply to a '%s' object", method,
        type_name(t, a[0]).c_str());
  return nullptr;
}

// Runs change(content) and writes the result back; change returns what the method returns, or
// empty when it raised.
template <class F>
value changed(thread_state& t, const call_args& a, const char* method, F&& change) {
  bytearray_object* b = array_receiver(t, a, method);
  string content;
  if (!b || bytes_of(t, a[0], content) != bytes_status::done) return {};
  const value r = change(content);
  return !r.empty() && bytearray_assign(t, b, content) ? r : value{};
}

value append(thread_state& t, const call_args& a) {
  bytearray_object* b = array_receiver(t, a, "append");
  char c = 0;
  if (!b || !byte_value(t, a[1], c, "byte must be in range(0, 256)") || !bytearray_append(t, b, c))
    return {};
  return value::none();
}
value extend(thread_state& t, const call_args& a) {
  string more;
  if (is(a[1], kind::str)) return type_error(t, "'str' object cannot be interpreted as an integer");
  if (!array_receiver(t, a, "extend")) return {};
  if (!is(a[1], kind::bytes) && !is(a[1], kind::bytearray) && !is_iterable(t, a[1]))
    return type_error(t, "can't extend bytearray with " + type_name(t, a[1]));
  if (!bytes_from_object(t, a[1], more, "byte")) return {};
  return changed(t, a, "extend", [&](string& content) {
    content += more;
    return value::none();
  });
}
value insert(thread_state& t, const call_args& a) {
  std::int64_t i = 0;
  char c = 0;
  if (!array_receiver(t, a, "insert") || !to_int64(t, a[1], i) ||
      !byte_value(t, a[2], c, "byte must be in range(0, 256)")) {
    return {};
  }
  return changed(t, a, "insert", [&](string& content) {
    const auto n = static_cast<std::int64_t>(content.size());
    const std::int64_t at = std::clamp<std::int64_t>(i < 0 ? i + n : i, 0, n);
    content.insert(static_cast<std::size_t>(at), 1, c);
    return value::none();
  });
}
value pop(thread_state& t, const call_args& a) {
  std::int64_t i = -1;
  if (!array_receiver(t, a, "pop") || (a.npos > 1 && !to_int64(t, a[1], i))) return {};
  return changed(t, a, "pop", [&](string& content) {
    const auto n = static_cast<std::int64_t>(content.size());
    if (n == 0) return raise(t, t.interp->errors.IndexError, "pop from empty bytearray");
    if (i < 0) i += n;
    if (i < 0 || i >= n) return raise(t, t.interp->errors.IndexError, "pop index out of range");
    const auto at = static_cast<std::size_t>(i);
    const value r = value::small_int(static_cast<unsigned char>(content[at]));
    content.erase(at, 1);
    return r;
  });
}
value remove(thread_state& t, const call_args& a) {
  char c = 0;
  if (!array_receiver(t, a, "remove") || !byte_value(t, a[1], c, "byte must be in range(0, 256)"))
    return {};
  return changed(t, a, "remove", [&](string& content) {
    const std::size_t at = content.find(c);
    if (at == string::npos)
      return raise(t, t.interp->errors.ValueError, "value not found in bytearray");
    content.erase(at, 1);
    return value::none();
  });
}
value reverse(thread_state& t, const call_args& a) {
  return changed(t, a, "reverse", [](string& content) {
    std::reverse(content.begin(), content.end());
    return value::none();
  });
}
value clear(thread_state& t, const call_args& a) {
  return changed(t, a, "clear", [](string& content) {
    content.clear();
    return value::none();
  });
}
value copy(thread_state& t, const call_args& a) {
  const receiver_bytes self(t, a, "copy");
  return self.ok ? self.like(t, self.text) : value{};
}
value setitem_native(thread_state& t, const call_args& a) {
  bytearray_object* b = array_receiver(t, a, "__setitem__");
  return b && bytearray_setitem(t, b, a[1], a[2]) ? value::none() : value{};
}
value delitem_native(thread_state& t, const call_args& a) {
  bytearray_object* b = array_receiver(t, a, "__delitem__");
  return b && bytearray_setitem(t, b, a[1], {}) ? value::none() : value{};
}

constexpr native_definition bytearray_only[] = {
    {"__init__", &init_bytearray, 1, 4, true},
    {"append", &append, 2, 2, false},
    {"clear", &clear, 1, 1, false},
    {"copy", &copy, 1, 1, false},
    {"extend", &extend, 2, 2, false},
    {"insert", &insert, 3, 3, false},
    {"pop", &pop, 1, 2, false},
    {"remove", &remove, 2, 2, false},
    {"reverse", &reverse, 1, 1, false},
    {"__setitem__", &setitem_native, 3, 3, false},
    {"__delitem__", &delitem_native, 2, 2, false},
    {"__iadd__", &binary_native<opcode::IADD>, 2, 2, false},
    {"__imul__", &binary_native<opcode::IMUL>, 2, 2, false},
};

constexpr native_definition class_table[] = {{"fromhex", &fromhex, 2, 2, false}};
constexpr native_definition static_table[] = {{"maketrans", &maketrans, 2, 2, false}};

std::vector<native_definition> joined(method_table only) {
  std::vector<native_definition> all;
  for (const method_table part : {bytes_shared_methods(), method_table(common_table), only}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

method_table bytes_methods() {
  static const std::vector<native_definition> table = joined(bytes_only);
  return table;
}
method_table bytearray_methods() {
  static const std::vector<native_definition> table = joined(bytearray_only);
  return table;
}
method_table bytes_class_methods() {
  return class_table;
}
method_table bytes_static_methods() {
  return static_table;
}

}  // namespace gilt::interp
