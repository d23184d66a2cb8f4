// SPDX-License-Identifier: BSL-1.0
#pragma once
// list_methods: list's methods, and sorting.
#include <span>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

std::span<const native_definition> list_methods();
// list.sort(*, key=None, reverse=False); a[0] is the list.
value list_sort(thread_state&, const call_args& a);

}  // namespace gilt::interp
