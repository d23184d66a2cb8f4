# SPDX-License-Identifier: BSL-1.0
# How folders become targets. Sources are globbed, so a new file needs no edit here.

# gilt_library(name folder... [EXCLUDE file...]): a static library of all *.cpp below the folders;
# an interface library while there are none.
function(gilt_library name)
  cmake_parse_arguments(ARG "" "" "EXCLUDE" ${ARGN})
  set(sources)
  foreach(folder IN LISTS ARG_UNPARSED_ARGUMENTS)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  list(FILTER sources EXCLUDE REGEX "/(micro|scaling)/")
  foreach(file IN LISTS ARG_EXCLUDE)
    list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${file})
  endforeach()
  if(NOT sources)
    set(sources ${CMAKE_BINARY_DIR}/empty.cpp)
    file(WRITE ${CMAKE_BINARY_DIR}/empty.cpp "")
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src
                             ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE gilt_options)
  # GCC's transactional memory is wanted in one baseline only.
  foreach(source IN LISTS sources)
    if(source MATCHES "/libitm[^/]*\\.cpp$")
      if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT GILT_SANITIZE)
        set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "-fgnu-tm")
        target_link_libraries(${name} PUBLIC itm)
        target_compile_definitions(${name} PUBLIC GILT_HAVE_LIBITM=1)
      endif()
    endif()
    # One dispatch jump per opcode: keep GCC from merging them again.
    if(source MATCHES "/vm/loop[^/]*\\.cpp$" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "-fno-gcse;-fno-crossjumping")
    endif()
  endforeach()
endfunction()

# The interpreter's Python modules as string literals (interp/interpreter/library.hpp).
function(gilt_embed_python target folder)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.py)
  set(out ${CMAKE_BINARY_DIR}/embedded_library.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DFOLDER=${CMAKE_SOURCE_DIR}/${folder}
            -P ${CMAKE_SOURCE_DIR}/cmake/EmbedPython.cmake
    DEPENDS ${modules} ${CMAKE_SOURCE_DIR}/cmake/EmbedPython.cmake
    COMMENT "Embedding ${folder}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# Every folder below `root` with *_test.cpp becomes one GoogleTest program.
function(gilt_test_programs root)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${root}/*_test.cpp)
  set(folders)
  foreach(test IN LISTS tests)
    get_filename_component(folder ${test} DIRECTORY)
    list(APPEND folders ${folder})
  endforeach()
  list(REMOVE_DUPLICATES folders)
  if(GILT_SANITIZE)
    # One real thread on stacks of its own, with checks of its own: sanitizers add nothing there.
    list(FILTER folders EXCLUDE REGEX "/tests/sim$")
  endif()
  if(GILT_SANITIZE STREQUAL "thread")
    # They count blocks in an operator new of their own, and so does clang's runtime.
    list(FILTER folders EXCLUDE REGEX "/faults$")
  endif()
  foreach(folder IN LISTS folders)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/${root} ${folder})
    string(REPLACE "/" "_" name test_${path})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    add_executable(${name} ${sources})
    # A test links what it tests and no more, so that a fault above does not hide it.
    if(path MATCHES "^(interp|fuzz$)")
      set(needs gilt_interp)
    elseif(path STREQUAL "bench")
      set(needs gilt_bench)
    else()
      set(needs gilt_stm)
    endif()
    target_link_libraries(${name} PRIVATE ${needs} gilt_options GTest::gtest GTest::gtest_main)
    target_compile_definitions(${name} PRIVATE GILT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                               GILT_BINARY_DIR="${CMAKE_BINARY_DIR}"
                               GILT_PROGRAM="${CMAKE_BINARY_DIR}/gilt")
    if(TARGET gilt AND (path STREQUAL "cli" OR path STREQUAL "interp/scripts"))
      add_dependencies(${name} gilt)
    endif()
    if(path STREQUAL "sim")
      target_link_libraries(${name} PRIVATE boost_context)
    endif()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
  endforeach()
endfunction()

# The fuzz targets under libFuzzer (preset fuzz, clang): fuzz_parse, fuzz_compile ...
function(gilt_libfuzzer_programs folder)
  file(GLOB mains CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/libfuzzer/*.cpp)
  # Only what they need, so that they build in a minute.
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/interp/syntax/*.cpp ${CMAKE_SOURCE_DIR}/src/interp/compile/*.cpp)
  add_library(fuzz_targets STATIC EXCLUDE_FROM_ALL ${sources} ${CMAKE_SOURCE_DIR}/${folder}/targets.cpp)
  target_include_directories(fuzz_targets PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(fuzz_targets PUBLIC gilt_options Boost::headers utf8proc)
  foreach(main IN LISTS mains)
    get_filename_component(name ${main} NAME_WE)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${main})
    target_link_libraries(fuzz_${name} PRIVATE fuzz_targets)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()

function(gilt_example_programs folder)
  file(GLOB examples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  foreach(source IN LISTS examples)
    get_filename_component(name ${source} NAME_WE)
    add_executable(example_${name} ${source})
    target_link_libraries(example_${name} PRIVATE gilt_stm gilt_options)
    add_test(NAME example_${name} COMMAND example_${name})
    set_tests_properties(example_${name} PROPERTIES TIMEOUT 120)
  endforeach()
endfunction()

# Every protocol model of the folder and its mutants, checked by spin; run.py says what is missing.
function(gilt_model_tests folder)
  set(runner /usr/bin/python3 ${CMAKE_SOURCE_DIR}/${folder}/run.py)
  file(GLOB models CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.pml)
  foreach(model IN LISTS models)
    get_filename_component(name ${model} NAME_WE)
    add_test(NAME models.${name} COMMAND ${runner} -j 1 ${name})
    set_tests_properties(models.${name} PROPERTIES TIMEOUT 3600)
  endforeach()
  add_test(NAME models.runner COMMAND ${runner} --self-test)
  set_tests_properties(models.runner PROPERTIES TIMEOUT 600)
endfunction()

# The machine code of the core: the read barrier's way, and the instructions of each hot path.
function(gilt_instruction_tests folder)
  add_library(instruction_barrier OBJECT ${folder}/barrier.cpp)
  target_include_directories(instruction_barrier PRIVATE ${CMAKE_SOURCE_DIR}/include)
  target_link_libraries(instruction_barrier PRIVATE gilt_options)
  add_test(NAME instructions.barrier COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/${folder}/barrier.py
           $<TARGET_OBJECTS:instruction_barrier>)
  find_program(GILT_VALGRIND valgrind)
  if(GILT_VALGRIND)
    add_executable(instruction_paths ${folder}/paths.cpp)
    target_link_libraries(instruction_paths PRIVATE gilt_stm gilt_options)
    add_test(NAME instructions.paths COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/${folder}/run.py
             $<TARGET_FILE:instruction_paths>)
  endif()
endfunction()
