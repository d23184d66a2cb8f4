// SPDX-License-Identifier: BSL-1.0
// Case mappings and character-class predicates of str. Mappings are Unicode's full ones (one
// character may become three); the one that depends on context is the final sigma (SpecialCasing).
#include "interp/object/method_support.hpp"
#include "interp/object/str_natives.hpp"
#include "interp/object/string_builder.hpp"
#include "interp/object/unicode.hpp"

namespace gilt::interp::str {

namespace {

using mapping = int (*)(std::uint32_t, std::uint32_t[3]);

void put_mapped(string_builder& out, mapping map, std::uint32_t c) {
  std::uint32_t mapped[3];
  const int n = map(c, mapped);
  for (int k = 0; k < n; ++k) out.put(mapped[k]);
}

// Capital sigma at i is final: a cased letter before it and none after, case-ignorable ones aside.
bool is_final_sigma(const string_object* s, std::size_t i) {
  std::size_t k = i;
  while (k > 0 && unicode::is_case_ignorable(code_point(s, k - 1))) --k;
  if (k == 0 || !unicode::is_cased(code_point(s, k - 1))) return false;
  k = i + 1;
  while (k < s->length && unicode::is_case_ignorable(code_point(s, k))) ++k;
  return k == s->length || !unicode::is_cased(code_point(s, k));
}

void put_lower(string_builder& out, const string_object* s, std::size_t i) {
  const std::uint32_t c = code_point(s, i);
  if (c == 0x3A3) {
    out.put(is_final_sigma(s, i) ? 0x3C2 : 0x3C3);
  } else {
    put_mapped(out, &unicode::to_lower, c);
  }
}

template <class F>
value ascii_mapped(thread_state& t, const string_object* s, F&& f) {
  string_object* r = allocate_string(t, s->length, 1, true);
  if (!r) return {};
  std::uint8_t* __restrict out = writable(r);
  const std::uint8_t* const in = s->data();
  const std::size_t n = s->length;
  for (std::size_t i = 0; i < n; ++i) out[i] = f(in[i]);
  return value::of(r);
}

// Without branches, so that the loop over a string becomes one over vectors.
constexpr auto ascii_lower = [](std::uint8_t c) {
  return static_cast<std::uint8_t>(c | (static_cast<std::uint8_t>(c - 'A') < 26 ? 0x20 : 0));
};
constexpr auto ascii_upper = [](std::uint8_t c) {
  return static_cast<std::uint8_t>(c & ~(static_cast<std::uint8_t>(c - 'a') < 26 ? 0x20 : 0));
};

// Every character satisfies f, and there is one.
template <class F>
value all(thread_state& t, const call_args& a, const char* name, F&& f) {
  const string_object* s = str_receiver(t, a, name);
  if (!s) return {};
  for (std::size_t i = 0; i < s->length; ++i) {
    if (!f(code_point(s, i))) return value::false_();
  }
  return value::boolean(s->length > 0);
}

// A cased character, and none for which `wrong` holds.
template <class F>
value cased(thread_state& t, const call_args& a, const char* name, bool (*right)(std::uint32_t),
            F&& wrong) {
  const string_object* s = str_receiver(t, a, name);
  if (!s) return {};
  bool any = false;
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (wrong(c)) return value::false_();
    any = any || right(c);
  }
  return value::boolean(any);
}

}  // namespace

value lower(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "lower");
  if (!s) return {};
  if (s->ascii && s->length > 1) return ascii_mapped(t, s, ascii_lower);
  string_builder out;
  for (std::size_t i = 0; i < s->length; ++i) put_lower(out, s, i);
  return out.finish(t);
}

value upper(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "upper");
  if (!s) return {};
  if (s->ascii && s->length > 1) return ascii_mapped(t, s, ascii_upper);
  string_builder out;
  for (std::size_t i = 0; i < s->length; ++i) put_mapped(out, &unicode::to_upper, code_point(s, i));
  return out.finish(t);
}

value casefold(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "casefold");
  if (!s) return {};
  if (s->ascii && s->length > 1) return ascii_mapped(t, s, ascii_lower);
  string_builder out;
  for (std::size_t i = 0; i < s->length; ++i)
    put_mapped(out, &unicode::to_folded, code_point(s, i));
  return out.finish(t);
}

value title(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "title");
  if (!s) return {};
  string_builder out;
  bool inside = false;
  for (std::size_t i = 0; i < s->length; ++i) {
    if (inside) {
      put_lower(out, s, i);
    } else {
      put_mapped(out, &unicode::to_title, code_point(s, i));
    }
    inside = unicode::is_cased(code_point(s, i));
  }
  return out.finish(t);
}

value capitalize(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "capitalize");
  if (!s) return {};
  string_builder out;
  if (s->length > 0) put_mapped(out, &unicode::to_title, code_point(s, 0));
  for (std::size_t i = 1; i < s->length; ++i) put_lower(out, s, i);
  return out.finish(t);
}

value swapcase(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "swapcase");
  if (!s) return {};
  string_builder out;
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (unicode::is_upper(c)) {
      put_lower(out, s, i);
    } else if (unicode::is_lower(c)) {
      put_mapped(out, &unicode::to_upper, c);
    } else {
      out.put(c);
    }
  }
  return out.finish(t);
}

value isalpha(thread_state& t, const call_args& a) {
  return all(t, a, "isalpha", &unicode::is_alpha);
}
value isalnum(thread_state& t, const call_args& a) {
  return all(t, a, "isalnum", &unicode::is_alphanumeric);
}
value isdecimal(thread_state& t, const call_args& a) {
  return all(t, a, "isdecimal", &unicode::is_decimal);
}
value isdigit(thread_state& t, const call_args& a) {
  return all(t, a, "isdigit", &unicode::is_digit);
}
value isnumeric(thread_state& t, const call_args& a) {
  return all(t, a, "isnumeric", &unicode::is_numeric);
}
value isspace(thread_state& t, const call_args& a) {
  return all(t, a, "isspace", &unicode::is_space);
}

value isupper(thread_state& t, const call_args& a) {
  return cased(t, a, "isupper", &unicode::is_upper,
               [](std::uint32_t c) { return unicode::is_lower(c) || unicode::is_title(c); });
}
value islower(thread_state& t, const call_args& a) {
  return cased(t, a, "islower", &unicode::is_lower,
               [](std::uint32_t c) { return unicode::is_upper(c) || unicode::is_title(c); });
}

value istitle(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "istitle");
  if (!s) return {};
  bool inside = false, any = false;
  for (std::size_t i = 0; i < s->length; ++i) {
    const std::uint32_t c = code_point(s, i);
    if (unicode::is_upper(c) || unicode::is_title(c)) {
      if (inside) return value::false_();
      inside = any = true;
    } else if (unicode::is_lower(c)) {
      if (!inside) return value::false_();
      any = true;
    } else {
      inside = false;
    }
  }
  return value::boolean(any);
}

value isprintable(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "isprintable");
  return s && s->length == 0 ? value::true_() : all(t, a, "isprintable", &unicode::is_printable);
}

value isidentifier(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "isidentifier");
  if (!s) return {};
  if (s->length == 0 || !unicode::is_identifier_start(code_point(s, 0))) return value::false_();
  return all(t, a, "isidentifier", &unicode::is_identifier_part);
}

value isascii(thread_state& t, const call_args& a) {
  const string_object* s = str_receiver(t, a, "isascii");
  return s ? value::boolean(s->ascii) : value{};
}

}  // namespace gilt::interp::str
