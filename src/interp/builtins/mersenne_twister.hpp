// SPDX-License-Identifier: BSL-1.0
#pragma once
// mersenne_twister: MT19937 by Matsumoto and Nishimura (ACM TOMACS 8(1), 1998), as they published
// it, over any place the 624 words of state may be kept in.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gilt::interp::mersenne {

constexpr std::size_t words = 624;
using state = std::array<std::uint32_t, words>;

inline std::uint32_t mixed(std::uint32_t high, std::uint32_t low) {
  const std::uint32_t y = (high & 0x80000000u) | (low & 0x7FFFFFFFu);
  return (y >> 1) ^ ((y & 1) != 0 ? 0x9908B0DFu : 0);
}
// The next 624 words.
inline void regenerate(state& s) {
  constexpr std::size_t middle = 397;
  for (std::size_t k = 0; k < words; ++k) s[k] = s[(k + middle) % words] ^ mixed(s[k], s[(k + 1) % words]);
}
inline std::uint32_t tempered(std::uint32_t y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680u;
  y ^= (y << 15) & 0xEFC60000u;
  return y ^ (y >> 18);
}
inline void seed(state& s, std::uint32_t n) {
  s[0] = n;
  for (std::size_t k = 1; k < words; ++k) s[k] = 1812433253u * (s[k - 1] ^ (s[k - 1] >> 30)) + static_cast<std::uint32_t>(k);
}
// key: at least one word.
inline void seed(state& s, std::span<const std::uint32_t> key) {
  seed(s, 19650218u);
  std::size_t i = 1, j = 0;
  const auto step = [&] {
    if (++i >= words) {
      s[0] = s[words - 1];
      i = 1;
    }
  };
  for (std::size_t k = words > key.size() ? words : key.size(); k > 0; --k) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1664525u)) + key[j] + static_cast<std::uint32_t>(j);
    step();
    j = j + 1 < key.size() ? j + 1 : 0;
  }
  for (std::size_t k = words - 1; k > 0; --k) {
    s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1566083941u)) - static_cast<std::uint32_t>(i);
    step();
  }
  s[0] = 0x80000000u;
}

}  // namespace gilt::interp::mersenne
