// SPDX-License-Identifier: BSL-1.0
#pragma once
// format_spec: [[fill]align][sign][z][#][0][width][grouping][.precision][type], taken apart.
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/object/string_builder.hpp"

namespace gilt::interp {

struct format_spec {
  std::uint32_t fill = ' ';
  char align = 0;                 // < > = ^; 0: the type's default
  char sign = 0;                  // + - space
  bool no_negative_zero = false;  // z
  bool alternate = false;         // #
  bool zero = false;              // 0 before the width: numbers without an align get '='
  std::int64_t width = -1;
  char grouping = 0;  // , _
  std::int64_t precision = -1;
  std::uint32_t type = 0;  // 0: none given
};

// Raises as CPython does, naming `type` in the message. False: raised.
bool parse_format_spec(thread_state&, const string_object* spec, const char* type,
                       format_spec& out);

// "12345" -> "12,345"; zero-padded on the left to at least min_width characters, separators
// counted.
std::string group_digits(std::string_view digits, char separator, int every, std::size_t min_width);

// Writes sign-and-prefix `lead`, then `body`, filled to the width; '=' fills between them.
void put_padded(string_builder& out, const format_spec& f, char default_align,
                std::string_view lead, std::string_view body);

// The parts of a formatted number: body has digits, point, exponent.
struct number_text {
  std::string lead, body;
};

// What a format code means for a double; `type` a letter or 0. False: raised.
bool format_double_parts(thread_state&, double d, const format_spec& f, char type, bool add_dot_0,
                         number_text& out);

}  // namespace gilt::interp
