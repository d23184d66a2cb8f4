# SPDX-License-Identifier: BSL-1.0
# Writes OUT: a function that finds the text of FOLDER/*.py by dotted module name.
file(GLOB_RECURSE modules ${FOLDER}/*.py)
set(entries "")
foreach(module IN LISTS modules)
  file(RELATIVE_PATH path ${FOLDER} ${module})
  string(REGEX REPLACE "\\.py$" "" name ${path})
  string(REPLACE "/" "." name ${name})
  file(READ ${module} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REPLACE "." "_" symbol ${name})
  string(APPEND texts "const unsigned char text_${symbol}[] = {${bytes}0};\n")
  string(APPEND entries
    "  if (name == \"${name}\")\n    return {reinterpret_cast<const char*>(text_${symbol}), sizeof text_${symbol} - 1};\n")
endforeach()
file(WRITE ${OUT} "#include \"interp/interpreter/library.hpp\"
namespace gilt::interp {
namespace {
${texts}}
std::string_view embedded_library(std::string_view name) {
${entries}  return {};
}
}  // namespace gilt::interp
")
