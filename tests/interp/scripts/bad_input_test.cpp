// SPDX-License-Identifier: BSL-1.0
// Bad input: files that are no scripts, texts at the edge of what a compiler bears, wrong flags. Always
// one clear message and an exit code, never a crash.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "tests/interp/scripts/comparison.hpp"

namespace {

namespace fs = std::filesystem;
using scripts::job;
using scripts::outcome;

std::string program() {
  const char* other = std::getenv("GILT_PROGRAM");
  return other != nullptr ? other : GILT_PROGRAM;
}

outcome gilt(std::vector<std::string> words, const std::string& input = {}) {
  job j;
  j.words = {program()};
  j.words.insert(j.words.end(), words.begin(), words.end());
  j.input = input;
  j.limit = std::chrono::seconds(60);
  return run(j);
}
outcome cpython(std::vector<std::string> words, const std::string& input = {}) {
  job j;
  j.words = {"/usr/bin/python3", "-W", "ignore"};
  j.words.insert(j.words.end(), words.begin(), words.end());
  j.input = input;
  return run(j);
}

// A folder of its own, gone at the end.
class folder {
 public:
  folder() : path_((fs::temp_directory_path() / "gilt_bad_XXXXXX").string()) {
    EXPECT_NE(::mkdtemp(path_.data()), nullptr);
  }
  ~folder() { fs::remove_all(path_); }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  std::string file(const std::string& name, const std::string& text) const {
    const fs::path p = fs::path(path_) / name;
    std::ofstream(p, std::ios::binary) << text;
    return p;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string repeated(const std::string& what, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += what;
  return out;
}

// A crash would be 128 + signal; a clear end is 0, 1 or 2.
void expect_clear_end(const outcome& r, const std::string& what) {
  EXPECT_FALSE(r.late) << what;
  EXPECT_LE(r.code, 2) << what << "\n" << r.errors.substr(0, 2000);
}
void expect_as_cpython(const std::string& path, bool errors) {
  const outcome wanted = cpython({path}), got = gilt({"run", path});
  EXPECT_EQ(difference(wanted, got, {false, errors}, path), "") << path;
}

TEST(bad_input, a_missing_file_is_one_line) {
  const outcome r = gilt({"run", "/no/such/script.py"});
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.output, "");
  EXPECT_EQ(scripts::lines_of(r.errors).size(), 1u) << r.errors;
  EXPECT_NE(r.errors.find("/no/such/script.py"), std::string::npos) << r.errors;
  EXPECT_NE(r.errors.find("No such file or directory"), std::string::npos) << r.errors;
}
TEST(bad_input, a_folder_is_one_line) {
  const folder f;
  const outcome r = gilt({"run", f.path()});
  EXPECT_GE(r.code, 1);
  EXPECT_LE(r.code, 2);
  EXPECT_EQ(scripts::lines_of(r.errors).size(), 1u) << r.errors;
  EXPECT_NE(r.errors.find(f.path()), std::string::npos) << r.errors;
}
TEST(bad_input, an_unknown_flag_is_a_usage_error) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"run", "--nonsense", "x.py"}, {"run", "--engine", "nonsense", "x.py"}, {"run"}, {"run", "-c"}}) {
    const outcome r = gilt(words);
    EXPECT_EQ(r.code, 2) << words.back();
    EXPECT_NE(r.errors, "") << words.back();
    EXPECT_EQ(r.output, "") << words.back();
  }
}
TEST(bad_input, what_follows_the_script_is_the_script_s) {
  const folder f;
  const std::string path = f.file("a.py", "import sys\nprint(sys.argv[1:])\n");
  EXPECT_EQ(gilt({"run", path, "--engine", "x", "-c", "--", "-h"}).output,
            "['--engine', 'x', '-c', '--', '-h']\n");
  EXPECT_EQ(gilt({"run", "-c", "import sys; print(sys.argv)", "a", "-b"}).output, "['-c', 'a', '-b']\n");
  EXPECT_EQ(gilt({"run", "-", "a"}, "import sys\nprint(sys.argv)\n").output, "['-', 'a']\n");
}
TEST(bad_input, standard_input_and_command_text_name_themselves_in_errors) {
  EXPECT_EQ(gilt({"run", "-"}, "x = 1\n1 / 0\n").code, 1);
  EXPECT_NE(gilt({"run", "-"}, "x = 1\n1 / 0\n").errors.find("File \"<stdin>\", line 2"), std::string::npos);
  EXPECT_NE(gilt({"run", "-c", "x = 1\n1 / 0\n"}).errors.find("File \"<string>\", line 2"), std::string::npos);
  EXPECT_NE(gilt({"run", "-c", "x = ("}).errors.find("SyntaxError"), std::string::npos);
}
TEST(bad_input, input_reads_what_comes) {
  const std::string code = "print(input('name? '))\ntry:\n    input()\nexcept EOFError as e:\n    print(e)\n";
  const outcome got = gilt({"run", "-c", code}, "Ann\n"), wanted = cpython({"-c", code}, "Ann\n");
  EXPECT_EQ(got.output, wanted.output);
}
TEST(bad_input, odd_files_are_read_as_cpython_reads_them) {
  for (const auto& entry : fs::directory_iterator(fs::path(GILT_SOURCE_DIR) / "tests/scripts/bad_input")) {
    if (entry.path().filename() != "invalid_utf8.py" && entry.path().filename() != "nul_byte.py") {
      expect_as_cpython(entry.path(), true);
    }
  }
}
TEST(bad_input, bytes_that_are_no_text_are_a_syntax_error) {
  for (const char* name : {"invalid_utf8.py", "nul_byte.py"}) {
    const outcome r = gilt({"run", fs::path(GILT_SOURCE_DIR) / "tests/scripts/bad_input" / name});
    EXPECT_EQ(r.code, 1) << name;
    EXPECT_EQ(r.output, "") << name;
    EXPECT_NE(r.errors.find("SyntaxError"), std::string::npos) << r.errors;
  }
}
TEST(bad_input, large_texts_compile) {
  const folder f;
  std::string numbers = "x = [", names, locals = "def f():\n", branches = "x = 250\nif x == -1:\n  pass\n";
  for (int i = 0; i < 20000; ++i) numbers += std::to_string(i) + ", ";
  for (int i = 0; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    names += "name_" + n + " = " + n + "\n";
    locals += "  v" + n + " = " + n + "\n";
    if (i < 300) branches += "elif x == " + n + ":\n  print(" + n + ")\n";
  }
  expect_as_cpython(f.file("numbers.py", numbers + "]\nprint(len(x), sum(x))\n"), true);
  expect_as_cpython(f.file("names.py", names + locals + "  return v0 + v999\nprint(name_999 + f())\n"), true);
  expect_as_cpython(f.file("branches.py", branches), true);
  expect_as_cpython(f.file("sum.py", "x = 1" + repeated(" + 1", 300) + "\nprint(x)\n"), true);
  expect_as_cpython(f.file("calls.py", "def f(*a): return len(a)\nprint(f(" + repeated("1, ", 2000) + "))\n"), true);
  expect_as_cpython(f.file("text.py", "x = '" + repeated("long ", 100000) + "'\nprint(len(x))\n"), true);
  expect_as_cpython(f.file("digits.py", "x = " + repeated("123456789", 100) + "\nprint(x % 1000007)\n"), true);
  expect_as_cpython(f.file("string.py", "x = (" + repeated("'ab' ", 3000) + ")\nprint(len(x))\n"), true);
}
TEST(bad_input, texts_too_deep_are_refused_without_a_crash) {
  const folder f;
  const std::vector<std::string> texts = {
      "x = " + repeated("(", 100000) + repeated(")", 100000),
      "x = " + repeated("[", 100000),
      "x = " + repeated("-", 100000) + "1",
      "x = " + repeated("not ", 100000) + "1",
      "x = " + repeated("lambda: ", 20000) + "1",
      "x = 1" + repeated(" + 1", 100000),
      "x = a" + repeated(".b", 100000),
      "x = f" + repeated("()", 100000),
      "x = 1" + repeated(" if 1 else 1", 20000),
      "x = 1" + repeated(" ** 1", 20000),
      "x = " + repeated("f(", 50000) + repeated(")", 50000),
      "x = f'" + repeated("{", 1000),
      "x " + repeated("= x ", 50000) + "= 1",
      repeated("@d\n", 20000) + "def f(): pass",
      "match 1:\n  case " + repeated("[", 5000) + repeated("]", 5000) + ": pass",
  };
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string path = f.file("deep" + std::to_string(i) + ".py", texts[i] + "\n");
    expect_clear_end(gilt({"run", path}), texts[i].substr(0, 60));
  }
  std::string steps;
  for (int i = 0; i < 150; ++i) steps += std::string(static_cast<std::size_t>(i), ' ') + "if 1:\n";
  expect_as_cpython(f.file("indent.py", steps + std::string(150, ' ') + "pass\n"), true);
  expect_as_cpython(f.file("parentheses.py", "x = " + repeated("(", 5000) + "1" + repeated(")", 5000)), true);
}
TEST(bad_input, random_bytes_never_crash_it) {
  const folder f;
  std::uint64_t state = 88172645463325252u;
  const std::vector<std::string> pieces = {"def ", "f", "(", ")", ":", "\n", "    ", "x", "=", "1", "+", "'", "\"\"\"",
                                           "f'{", "}", "[", "]", "class ", "if ", "else", "\t", "\\", "lambda ", "é",
                                           "#", "*", "yield ", "async ", "match ", "case ", "\x01", "\xff", ",", "."};
  for (int k = 0; k < 60; ++k) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      text += pieces[state % pieces.size()];
    }
    expect_clear_end(gilt({"run", f.file("r.py", text)}), text);
  }
}
TEST(bad_input, a_closed_output_is_no_crash) {
  const outcome r = scripts::run({{"/bin/sh", "-c",
                                   program() + " run -c 'for i in range(200000): print(i)' | head -n 1"},
                                  {}, {}, std::chrono::seconds(60)});
  EXPECT_FALSE(r.late);
  EXPECT_EQ(r.output, "0\n");
  EXPECT_EQ(r.errors.find("terminate"), std::string::npos) << r.errors;
}

}  // namespace
