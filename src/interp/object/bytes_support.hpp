// SPDX-License-Identifier: BSL-1.0
#pragma once
// bytes_support: what the method files of bytes and bytearray share.
#include <string>
#include <string_view>

#include "interp/object/bytes.hpp"
#include "interp/object/copy_items.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/methods.hpp"

namespace gilt::interp {

// a[0] as bytes or bytearray: a view of its content. ok false: raised.
struct receiver_bytes {
  receiver_bytes(thread_state& t, const call_args& a, const char* method)
      : array(is(a[0], kind::bytearray)) {
    if (is(a[0], kind::bytes)) {
      text = view(a[0].as<bytes_object>());
      ok = true;
    } else if (array) {
      ok = bytes_of(t, a[0], copy) == bytes_status::done;
      text = copy;
    } else {
      raise(t, t.interp->errors.TypeError,
            "descriptor '%s' for 'bytes' objects doesn't apply to a '%s' object", method,
            type_name(t, a[0]).c_str());
    }
  }
  receiver_bytes(const receiver_bytes&) = delete;
  receiver_bytes& operator=(const receiver_bytes&) = delete;

  value like(thread_state& t, std::string_view content) const {
    return array ? make_bytearray(t, content) : make_bytes(t, content);
  }

  bool array;
  bool ok = false;
  std::string copy;
  std::string_view text;
};

// False: "a bytes-like object is required", or raised otherwise.
inline bool bytes_argument(thread_state& t, value v, std::string& out) {
  const bytes_status status = bytes_of(t, v, out);
  if (status == bytes_status::not_bytes) {
    type_error(t, "a bytes-like object is required, not '" + type_name(t, v) + "'");
  }
  return status == bytes_status::done;
}

method_table bytes_shared_methods();  // bytes_methods.cpp

}  // namespace gilt::interp
