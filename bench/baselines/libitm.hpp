// SPDX-License-Identifier: BSL-1.0
#pragma once
#include "bench/harness/workload.hpp"

namespace gilt::bench {

// Adds nothing where the compiler has no -fgnu-tm.
void add_libitm(std::vector<benchmark>&);

}  // namespace gilt::bench
