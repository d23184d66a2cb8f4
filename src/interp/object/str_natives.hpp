// SPDX-License-Identifier: BSL-1.0
#pragma once
// str_natives: the methods of str, as str_methods.cpp's table names them.
#include "interp/object/layouts.hpp"

namespace gilt::interp::str {

#define GILT_STR_NATIVE(name) value name(thread_state&, const call_args&);
// str_case.cpp
GILT_STR_NATIVE(lower)
GILT_STR_NATIVE(upper) GILT_STR_NATIVE(title) GILT_STR_NATIVE(capitalize) GILT_STR_NATIVE(swapcase)
    GILT_STR_NATIVE(casefold) GILT_STR_NATIVE(isalpha) GILT_STR_NATIVE(isalnum)
        GILT_STR_NATIVE(isdecimal) GILT_STR_NATIVE(isdigit) GILT_STR_NATIVE(isnumeric)
            GILT_STR_NATIVE(isspace) GILT_STR_NATIVE(isupper) GILT_STR_NATIVE(islower)
                GILT_STR_NATIVE(istitle) GILT_STR_NATIVE(isprintable) GILT_STR_NATIVE(isidentifier)
                    GILT_STR_NATIVE(isascii)
    // str_split.cpp
    GILT_STR_NATIVE(split) GILT_STR_NATIVE(rsplit) GILT_STR_NATIVE(splitlines)
        GILT_STR_NATIVE(partition) GILT_STR_NATIVE(rpartition) GILT_STR_NATIVE(strip)
            GILT_STR_NATIVE(lstrip) GILT_STR_NATIVE(rstrip) GILT_STR_NATIVE(removeprefix)
                GILT_STR_NATIVE(removesuffix) GILT_STR_NATIVE(join)
    // str_change.cpp
    GILT_STR_NATIVE(replace) GILT_STR_NATIVE(expandtabs) GILT_STR_NATIVE(translate)
        GILT_STR_NATIVE(maketrans) GILT_STR_NATIVE(center) GILT_STR_NATIVE(ljust)
            GILT_STR_NATIVE(rjust) GILT_STR_NATIVE(zfill)
#undef GILT_STR_NATIVE

}  // namespace gilt::interp::str
