// SPDX-License-Identifier: BSL-1.0
#pragma once
// copy_items: the items of an iterable, for natives that look at all of them at once.
#include <vector>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

// The iterable itself if it is a list or tuple, else a fresh list of its items. Empty: raised.
value as_sequence(thread_state&, value iterable, const char* not_iterable = nullptr);
// Item i of what as_sequence returned; empty: past the end.
bool sequence_item(thread_state&, value sequence, std::size_t i, value& out);

// The collector does not see `out`: no user code may run while the items in it are needed and
// nothing else holds them. not_iterable: the TypeError for what cannot be iterated.
bool copy_items(thread_state&, value iterable, std::vector<value>& out,
                const char* not_iterable = nullptr);

}  // namespace gilt::interp
