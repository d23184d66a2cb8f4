// SPDX-License-Identifier: BSL-1.0
#pragma once
// backoff: randomized exponential waiting between attempts. Short waits are pauses; from a few
// microseconds on the processor is offered to others, since on few cores the opponent may well be
// waiting for it.

#include <gilt/detail/config.hpp>

namespace gilt::detail {

template <class Atomics>
class backoff {
 public:
  explicit backoff(word seed) noexcept : state_(seed | 1) {}

  // After the nth failure in a row, n from 1.
  void wait(unsigned n) noexcept {
    const unsigned exponent = n < 10 ? n + 2 : 12;
    word pauses = next() & ((word{1} << exponent) - 1);
    if (n > 4) Atomics::yield();
    while (pauses-- != 0) Atomics::pause();
  }

 private:
  // xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
  word next() noexcept {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  word state_;
};

}  // namespace gilt::detail
