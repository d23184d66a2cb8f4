// SPDX-License-Identifier: BSL-1.0
// As mutant_core.cpp, for mutants of the interpreter's protocols: its scenarios alone.
#include "tests/sim/core.cpp"
#include "tests/sim/core_rules.cpp"
#include "tests/sim/scenarios_vm.cpp"
#include "tests/sim/vm_driver.cpp"
