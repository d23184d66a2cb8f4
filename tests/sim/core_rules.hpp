// SPDX-License-Identifier: BSL-1.0
#pragma once
// What the runner does around a scenario for the sake of the core: a fresh domain before, and
// afterwards the rules that hold whatever the threads did. Apart from this, explore.cpp knows
// nothing of gilt.

#include "scenario.hpp"

namespace gilt_sim {

void fresh_domain(const options& how, bool after_failure);
void name_domain();
const char* const* protocol_step_names();
void warm_up_thread();
void drain();                                    // all that was retired is destroyed
void check_rules(std::size_t blocks_before);

}  // namespace gilt_sim
