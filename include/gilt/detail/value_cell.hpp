// SPDX-License-Identifier: BSL-1.0
#pragma once
// value_cell: how a value of type T lives in one transactional word. Trivially copyable types of up
// to 8 bytes are the word itself, so they are never torn; any other T is an immutable box (box.hpp)
// that the word points to.

#include <gilt/detail/box.hpp>
#include <gilt/detail/context.hpp>
#include <gilt/detail/orec.hpp>

#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

namespace gilt::detail {

template <class T>
inline constexpr bool fits_word = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(word);

// What t(x) gives: a copy of a word, or a reference to a box, valid until the attempt ends.
template <class T>
using read_result = std::conditional_t<fits_word<T>, T, const T&>;

template <class T, class Atomics>
class value_cell {
 public:
  static constexpr bool boxed = !fits_word<T>;
  using box_type = box<T, Atomics>;

  template <class... Args>
  explicit value_cell(std::in_place_t, Args&&... args)
      : cell_(make_first(std::forward<Args>(args)...)) {}
  value_cell(const value_cell&) = delete;
  value_cell& operator=(const value_cell&) = delete;
  ~value_cell() {
    if constexpr (boxed) {
      auto* const b = reinterpret_cast<box_base*>(cell_.load(std::memory_order_acquire));
      b->destroy(b);
    }
  }

  word_cell<Atomics>& cell() const noexcept { return cell_; }

  // Reading a word. The bytes of T are the first of the word.
  static GILT_ALWAYS_INLINE read_result<T> decode(word w) noexcept {
    if constexpr (boxed) {
      return static_cast<box_type*>(reinterpret_cast<box_base*>(w))->value;
    } else {
      union place {
        place() noexcept {}
        T value;
      } p;
      std::memcpy(static_cast<void*>(std::addressof(p.value)), &w, sizeof(T));
      return p.value;
    }
  }

  // The word for a value written by an attempt, which owns the box until it commits.
  template <class V>
  static GILT_ALWAYS_INLINE word encode(context<Atomics>& c, V&& v) {
    if constexpr (boxed) {
      box_base* const b = Atomics::template create<box_type>(std::forward<V>(v));
      c.own_box(b);
      return reinterpret_cast<word>(b);
    } else {
      static_cast<void>(c);
      return encode_word(T(std::forward<V>(v)));
    }
  }

  static GILT_ALWAYS_INLINE word encode_word(const T& v) noexcept {
    word w = 0;
    std::memcpy(&w, static_cast<const void*>(std::addressof(v)), sizeof(T));
    return w;
  }

 private:
  template <class... Args>
  static word make_first(Args&&... args) {
    if constexpr (boxed) {
      box_base* const b = Atomics::template create<box_type>(std::forward<Args>(args)...);
      return reinterpret_cast<word>(b);
    } else {
      return encode_word(T(std::forward<Args>(args)...));
    }
  }

  mutable word_cell<Atomics> cell_;
};

}  // namespace gilt::detail
