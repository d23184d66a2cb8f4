// SPDX-License-Identifier: BSL-1.0
// All that depends on the core, in one translation unit: what is compiled anew for each mutant.
#include "tests/sim/core.cpp"
#include "tests/sim/core_rules.cpp"
#include "tests/sim/scenarios_blocking.cpp"
#include "tests/sim/scenarios_failures.cpp"
#include "tests/sim/scenarios_isolation.cpp"
#include "tests/sim/scenarios_memory.cpp"
#include "tests/sim/scenarios_reads.cpp"
#include "tests/sim/scenarios_rollover.cpp"
#include "tests/sim/scenarios_serial.cpp"
