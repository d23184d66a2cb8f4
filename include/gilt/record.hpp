// SPDX-License-Identifier: BSL-1.0
#pragma once
// record: a base class that gives several fields one version lock: fewer reads, logs and locks than
// a var each, and the fields conflict as one. For the nodes of data structures.
//
//   struct node : gilt::record {
//     const long key;                       // never changes: no barrier needed
//     gilt::field<node*> next{nullptr};
//   };
//   node* n = t(*before, &node::next);      // read
//   t.at(*before, &node::next) = n;         // write
//
// A node leaves a structure by t.retire(), so an attempt that still holds it may read on.

#include <gilt/var.hpp>

namespace gilt {

template <class Domain>
class basic_record {
 public:
  basic_record(const basic_record&) = delete;
  basic_record& operator=(const basic_record&) = delete;

 protected:
  basic_record() noexcept = default;
  ~basic_record() = default;

 private:
  friend class basic_tx<Domain>;
  mutable detail::orec<typename Domain::atomics> lock_;
};
using record = basic_record<default_domain>;

template <class T, class Domain = default_domain>
class field {
  static_assert(std::is_same_v<T, std::remove_cvref_t<T>>,
                "gilt::field<T>: T must be a plain type, without const, volatile or reference");
  static_assert(std::copy_constructible<T>, "gilt::field<T>: T must be copyable");

 public:
  field() requires std::default_initializable<T> : value_(std::in_place) {}
  template <class V>
    requires(std::constructible_from<T, V &&> && !std::is_same_v<std::remove_cvref_t<V>, field>)
  explicit(!std::convertible_to<V&&, T>) field(V&& v)
      : value_(std::in_place, std::forward<V>(v)) {}
  field(const field&) = delete;
  field& operator=(const field&) = delete;

 private:
  friend class basic_tx<Domain>;
  detail::value_cell<T, typename Domain::atomics> value_;
};

}  // namespace gilt
