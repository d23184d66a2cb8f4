// SPDX-License-Identifier: BSL-1.0
#pragma once
// box: an immutable value on the heap, for variables whose type does not fit a word.
//
// The variable's word points to the box; writing means pointing it to another one. A box is private
// until the commit that publishes it; the box it replaces is retired. `published` tells, when the
// attempt is over, which of the boxes it made were never used; it is written and read only by the
// thread that made the box, before publication or after its own attempt.

namespace gilt::detail {

struct box_base {
  void (*destroy)(box_base*) noexcept;
  bool published = false;
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
