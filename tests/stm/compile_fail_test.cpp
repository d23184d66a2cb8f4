// SPDX-License-Identifier: BSL-1.0
// Programs that must not compile, and what the compiler says about them.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

struct outcome {
  bool compiled = false;
  std::string messages;
};

outcome compile(const std::string& statements) {
  const auto file = std::filesystem::path(::testing::TempDir()) /
                    (std::string("gilt_") +
                     ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".cpp");
  std::ofstream(file) << "#include <gilt/gilt.hpp>\n"
                         "#include <coroutine>\n"
                         "gilt::var<int> x{0};\n"
                         "struct other : gilt::detail::basic_domain<gilt::detail::real_atomics> {};\n"
                         "gilt::var<int, other> foreign{0};\n"
                         "struct throws_when_it_goes { ~throws_when_it_goes() noexcept(false) {} };\n"
                         "struct coroutine {\n"
                         "  struct promise_type {\n"
                         "    coroutine get_return_object() { return {}; }\n"
                         "    std::suspend_never initial_suspend() noexcept { return {}; }\n"
                         "    std::suspend_never final_suspend() noexcept { return {}; }\n"
                         "    void return_void() {}\n"
                         "    void unhandled_exception() {}\n"
                         "  };\n"
                         "};\n"
                         "int main() {\n"
                      << statements << "\n}\n";
  const std::string command = "c++ -std=c++20 -fsyntax-only -I" GILT_SOURCE_DIR "/include " +
                              file.string() + " 2>&1";
  outcome out;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer;
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr) {
    out.messages += buffer.data();
  }
  out.compiled = pclose(pipe) == 0;
  std::filesystem::remove(file);
  return out;
}

void expect_refused(const std::string& statements, const std::string& message) {
  const outcome o = compile(statements);
  EXPECT_FALSE(o.compiled) << statements;
  EXPECT_NE(o.messages.find(message), std::string::npos) << o.messages;
}

TEST(compile_fail, a_right_program_compiles) {
  const outcome o = compile("gilt::atomically([](gilt::tx& t) { t[x] += t(x); return t(x); });");
  EXPECT_TRUE(o.compiled) << o.messages;
}

TEST(compile_fail, body_that_changes_its_captures) {
  expect_refused("int n = 0; gilt::atomically([n](gilt::tx& t) mutable { n += t(x); });",
                 "const-callable since it may run again");
}

TEST(compile_fail, reference_as_result) {
  expect_refused("gilt::atomically([](gilt::tx&) -> gilt::var<int>& { return x; });",
                 "the body returns a reference");
}

TEST(compile_fail, attempt_that_returns_no_outcome) {
  expect_refused("gilt::attempt([](gilt::tx& t) { return t(x); });", "returns gilt::outcome<T>");
}

TEST(compile_fail, outcome_of_a_reference) {
  expect_refused("gilt::attempt([](gilt::tx&) -> gilt::outcome<int&> { return gilt::retry; });",
                 "T is a reference");
}

TEST(compile_fail, token_made_by_hand) { expect_refused("gilt::tx t;", "gilt::tx t;"); }

TEST(compile_fail, lvalue_kept_for_later) {
  expect_refused("gilt::atomically([](gilt::tx& t) { auto p = t[x]; p = 1; });", "p = 1");
  expect_refused("gilt::atomically([](gilt::tx& t) { auto p = t[x]; p += 1; });", "p += 1");
  expect_refused("gilt::atomically([](gilt::tx& t) { auto p = t[x]; int i = p; });", "int i = p");
}

TEST(compile_fail, access_without_the_token) { expect_refused("x = 1;", "x = 1"); }

TEST(compile_fail, body_that_is_a_coroutine) {
  expect_refused("gilt::atomically([](gilt::tx&) -> coroutine { co_return; });",
                 "the body is a coroutine");
}

TEST(compile_fail, value_whose_destructor_throws) {
  expect_refused("gilt::var<throws_when_it_goes> y;", "destructor must not throw");
}

TEST(compile_fail, domains_do_not_mix) {
  expect_refused("gilt::atomically([](gilt::tx& t) { t[foreign] = 1; });", "t[foreign]");
}

TEST(compile_fail, on_abort_that_may_throw) {
  expect_refused("gilt::atomically([](gilt::tx& t) { t.on_abort([] {}); });", "must be noexcept");
}

}  // namespace
