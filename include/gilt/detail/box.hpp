// SPDX-License-Identifier: BSL-1.0
#pragma once
// box: an immutable value on the heap, for variables whose type does not fit a word.
//
// The variable's word points to the box; writing means pointing it to another one. A box is private
// until the commit that publishes it; the box it replaces is retired. `chosen` marks, just before
// the commit, which of the boxes an attempt made are the final values of variables. From the commit
// on those belong to others, who may have destroyed them already; the committer does not look.

namespace gilt::detail {

struct box_base {
  void (*destroy)(box_base*) noexcept;
  bool chosen = false;
};

template <class T, class Atomics>
struct box : box_base {
  T value;
  template <class... Args>
  explicit box(Args&&... args)
      : box_base{[](box_base* b) noexcept { Atomics::destroy(static_cast<box*>(b)); }},
        value(static_cast<Args&&>(args)...) {}
};

}  // namespace gilt::detail
