// SPDX-License-Identifier: BSL-1.0
#pragma once
// targets: what fuzzing feeds with bytes. Each returns a sentence if something is wrong (empty: nothing)
// and must not crash, hang or leak, whatever the bytes are. `fuzz_test.cpp` runs a bounded sample of
// them in every build; `libfuzzer/` hands them to libFuzzer.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fuzz {

// Lexer and parser, in every mode and for both kinds of text; an error must say where, and within the text.
std::string parse(std::string_view bytes);
// What parses is compiled; what the compiler makes satisfies the verifier and can be listed.
std::string compile(std::string_view bytes);
// Bytecode with some words, tables and counts overwritten: the verifier and the listing must stand it,
// and must refuse what leads outside the code object.
std::string malformed(std::string_view bytes);

}  // namespace fuzz
