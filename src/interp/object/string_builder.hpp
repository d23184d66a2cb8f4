// SPDX-License-Identifier: BSL-1.0
#pragma once
// string_builder: text that grows, Latin-1 until the first wider character comes, UCS-4 after it.
// It holds no Python objects, so user code may run while one is being filled.
#include <string>
#include <string_view>

#include "interp/object/string.hpp"

namespace gilt::interp {

class string_builder {
 public:
  void put(std::uint32_t c) {
    if (!is_wide_ && c < 0x100) {
      narrow_ += static_cast<char>(c);
    } else {
      widen();
      wide_ += static_cast<char32_t>(c);
    }
  }
  void put(std::size_t n, std::uint32_t c) {
    if (!is_wide_ && c < 0x100) {
      narrow_.append(n, static_cast<char>(c));
    } else if (n > 0) {
      widen();
      wide_.append(n, static_cast<char32_t>(c));
    }
  }
  void put_ascii(std::string_view s) {
    if (!is_wide_) {
      narrow_.append(s);
    } else {
      wide_.append(s.begin(), s.end());
    }
  }
  void put(const string_object* s) { put(s, 0, s->length); }
  void put(const string_object* s, std::size_t begin, std::size_t end) {
    if (!is_wide_ && s->width == 1) {
      narrow_.append(reinterpret_cast<const char*>(s->data()) + begin, end - begin);
    } else {
      for (; begin < end; ++begin) put(code_point(s, begin));
    }
  }
  std::size_t size() const { return is_wide_ ? wide_.size() : narrow_.size(); }
  value finish(thread_state& t) const {
    return is_wide_ ? make_string(t, wide_.data(), wide_.size()) : make_latin1(t, narrow_);
  }

 private:
  void widen() {
    if (is_wide_) return;
    is_wide_ = true;
    wide_.reserve(narrow_.size() + 16);
    for (const char c : narrow_) wide_ += static_cast<char32_t>(static_cast<unsigned char>(c));
  }

  bool is_wide_ = false;
  std::string narrow_;
  std::u32string wide_;
};

}  // namespace gilt::interp
