// SPDX-License-Identifier: BSL-1.0
// Every script below tests/scripts and examples, run by gilt and by CPython: the same output wanted.
//
// One test is one folder under one variant (engine, solo or not, slices of one bytecode, forced
// aborts); it names every script that differs. A script may say in its first lines
//   # compare: sorted     its output lines come in any order
//   # compare: stderr     standard error is compared too
//   # heavy               not with one-bytecode slices or forced aborts, nor under a sanitizer
//   # stderr: TEXT        (folder unsupported) exit code 1 and a message that holds TEXT
// tests/scripts/not_yet.txt lists scripts that do not pass yet, with the reason; they are counted aloud.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "tests/interp/scripts/comparison.hpp"

namespace {

namespace fs = std::filesystem;
using scripts::aspects;
using scripts::job;
using scripts::outcome;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

constexpr const char* oracle = "/usr/bin/python3";
constexpr auto limit = std::chrono::seconds(sanitized ? 60 : 20);

const fs::path root = GILT_SOURCE_DIR;

std::string program() {
  const char* other = std::getenv("GILT_PROGRAM");
  return other != nullptr ? other : GILT_PROGRAM;
}

bool have_oracle() {
  static const bool found =
      scripts::run({{oracle, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"}, {}, {}})
          .code == 0;
  return found;
}

struct variant {
  std::string name;
  std::vector<std::string> flags, environment;
  bool fierce = false;  // heavy scripts are left out
};

const std::vector<variant> variants = {
    {"stm", {"--engine", "stm"}, {}},
    {"gil", {"--engine", "gil"}, {}},
    {"no_solo", {"--no-solo"}, {}},
    {"slice_of_one", {"--no-solo"}, {"GILT_SLICE=1"}, true},
    {"aborts", {"--no-solo"}, {"GILT_FORCE_ABORT=7"}, true},
    {"collecting", {}, {"GILT_GC_CYCLE=65536"}, true},
    {"slice_of_one_aborts", {"--no-solo"}, {"GILT_SLICE=1", "GILT_FORCE_ABORT=13"}, true},
};

const variant& variant_named(const std::string& name) {
  for (const auto& v : variants) {
    if (v.name == name) return v;
  }
  return variants.front();
}

// The words `# key: rest` of a script's head.
struct remarks {
  aspects what;
  bool heavy = false;
  std::string wanted_error;
};
remarks remarks_of(const fs::path& script) {
  remarks r;
  std::ifstream in(script);
  std::string line;
  for (int i = 0; i < 5 && std::getline(in, line); ++i) {
    r.what.sorted |= line.rfind("# compare: sorted", 0) == 0;
    r.what.errors |= line.rfind("# compare: stderr", 0) == 0;
    r.heavy |= line.rfind("# heavy", 0) == 0;
    if (line.rfind("# stderr: ", 0) == 0) r.wanted_error = line.substr(10);
  }
  return r;
}

std::vector<fs::path> scripts_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".py") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// tests/scripts/not_yet.txt: `folder/name.py[@variant]  reason`.
std::string reason_to_skip(const fs::path& script, const std::string& variant_name) {
  static const auto listed = [] {
    std::map<std::string, std::string> all;
    std::ifstream in(root / "tests/scripts/not_yet.txt");
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      const auto gap = line.find(' ');
      all[line.substr(0, gap)] = gap == std::string::npos ? "no reason given" : line.substr(gap + 1);
    }
    return all;
  }();
  const std::string key = script.parent_path().filename() / script.filename();
  for (const auto& k : {key, key + "@" + variant_name}) {
    if (const auto at = listed.find(k); at != listed.end()) return at->second;
  }
  return {};
}

// `only`: the environment's GILT_ONLY restricts a run to scripts whose path holds it.
bool wanted(const fs::path& script) {
  const char* only = std::getenv("GILT_ONLY");
  return only == nullptr || script.string().find(only) != std::string::npos;
}

job oracle_job(const fs::path& script, const std::vector<std::string>& arguments) {
  job j;
  j.words = {oracle, "-W", "ignore", script.string()};
  j.words.insert(j.words.end(), arguments.begin(), arguments.end());
  j.environment = {"PYTHONPATH=" + (root / "tests/scripts/support").string(),
                   "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8",
                   "PYTHONUNBUFFERED="};
  j.limit = std::chrono::seconds(20);
  return j;
}

job gilt_job(const fs::path& script, const variant& v, const std::vector<std::string>& arguments) {
  job j;
  j.words = {program(), "run"};
  j.words.insert(j.words.end(), v.flags.begin(), v.flags.end());
  j.words.push_back(script.string());
  j.words.insert(j.words.end(), arguments.begin(), arguments.end());
  j.environment = v.environment;
  j.limit = limit;
  return j;
}

class tally {
 public:
  void add(const std::string& name, const std::string& problem) {
    ++run_;
    if (problem.empty()) return;
    ++failed_;
    problems_ += "\n  " + name + ": " + problem;
  }
  void skip(const std::string& name, const std::string& reason) {
    std::cout << "not yet: " << name << " (" << reason << ")\n";
    ++skipped_;
  }
  void report() const {
    std::cout << run_ << " scripts run, " << failed_ << " differ, " << skipped_ << " not yet\n";
    EXPECT_EQ(failed_, 0) << problems_;
    if (std::getenv("GILT_ONLY") == nullptr) {
      EXPECT_GT(run_, 0);
    }
  }

 private:
  int run_ = 0, failed_ = 0, skipped_ = 0;
  std::string problems_;
};

void compare_folder(const std::string& folder, const variant& v, bool errors,
                    const std::vector<std::string>& arguments = {}) {
  if (!have_oracle()) GTEST_FAIL() << oracle << " is missing or no Python 3.11: ./x installs it";
  tally all;
  for (const auto& script : scripts_in(root / folder)) {
    auto said = remarks_of(script);
    said.what.errors |= errors;
    const std::string name = script.filename();
    if (!wanted(script) || (said.heavy && (v.fierce || sanitized))) continue;
    if (const auto reason = reason_to_skip(script, v.name); !reason.empty()) {
      all.skip(name, reason);
      continue;
    }
    const outcome expected = run(oracle_job(script, arguments));
    const outcome got = run(gilt_job(script, v, arguments));
    all.add(name, difference(expected, got, said.what, script));
  }
  all.report();
}

class lang : public testing::TestWithParam<std::string> {};
TEST_P(lang, prints_what_cpython_prints) {
  compare_folder("tests/scripts/lang", variant_named(GetParam()), false);
}

class threads : public testing::TestWithParam<std::string> {};
TEST_P(threads, end_as_under_a_gil) {
  compare_folder("tests/scripts/threads", variant_named(GetParam()), false);
}

class errors : public testing::TestWithParam<std::string> {};
TEST_P(errors, are_told_as_cpython_tells_them) {
  compare_folder("tests/scripts/errors", variant_named(GetParam()), true);
}

class examples : public testing::TestWithParam<std::string> {};
TEST_P(examples, print_the_same_for_any_number_of_threads) {
  if (!have_oracle()) GTEST_FAIL() << oracle << " is missing or no Python 3.11: ./x installs it";
  const std::map<std::string, std::vector<std::vector<std::string>>> calls = {
      {"wordcount.py", {{"1", "lock", "1"}, {"2", "lock", "2"}, {"3", "atomic", "2"}}},
      {"mandelbrot.py", {{"1", "40"}, {"2", "40"}, {"3", "70"}}},
      {"queens.py", {{"1", "6"}, {"2", "6"}, {"3", "7"}}},
      {"bank.py", {{"2", "300"}, {"4", "100"}}},
      {"philosophers.py", {{"5", "40"}, {"2", "60"}}},
      {"producer_consumer.py", {{"1", "150"}, {"3", "150"}}},
  };
  tally all;
  for (const auto& script : scripts_in(root / "examples")) {
    const auto found = calls.find(script.filename());
    ASSERT_NE(found, calls.end()) << script << " is not run by this test: add it";
    for (auto arguments : found->second) {
      if (!wanted(script)) continue;
      const outcome got = run(gilt_job(script, variant_named(GetParam()), arguments));
      const std::string name = script.filename().string() + " " + arguments[0] + " " + arguments[1];
      if (script.filename() != "philosophers.py" && script.filename() != "bank.py") arguments[0] = "1";
      all.add(name, difference(run(oracle_job(script, arguments)), got, {}, script));
    }
  }
  all.report();
}

std::vector<std::string> names(std::vector<std::string> fast, std::vector<std::string> slow) {
  return sanitized ? slow : fast;
}
std::string own_name(const testing::TestParamInfo<std::string>& i) { return i.param; }

INSTANTIATE_TEST_SUITE_P(engine, lang,
                         testing::ValuesIn(names({"stm", "gil", "no_solo", "slice_of_one", "aborts", "collecting"},
                                                 {"no_solo", "slice_of_one"})),
                         own_name);
INSTANTIATE_TEST_SUITE_P(engine, threads,
                         testing::ValuesIn(names({"stm", "gil", "no_solo", "slice_of_one", "aborts",
                                                  "collecting", "slice_of_one_aborts"},
                                                 {"stm", "gil", "slice_of_one", "aborts", "collecting"})),
                         own_name);
INSTANTIATE_TEST_SUITE_P(engine, errors,
                         testing::ValuesIn(names({"stm", "gil", "no_solo", "slice_of_one", "aborts"},
                                                 {"no_solo"})),
                         own_name);
INSTANTIATE_TEST_SUITE_P(engine, examples,
                         testing::ValuesIn(names({"stm", "gil", "no_solo", "slice_of_one", "aborts"},
                                                 {"stm", "gil"})),
                         own_name);

TEST(unsupported, is_named_in_the_message) {
  tally all;
  for (const auto& script : scripts_in(root / "tests/scripts/unsupported")) {
    if (!wanted(script)) continue;
    const auto said = remarks_of(script);
    ASSERT_FALSE(said.wanted_error.empty()) << script << " lacks its `# stderr: TEXT`";
    const outcome got = run(gilt_job(script, variants[0], {}));
    const auto lines = scripts::lines_of(got.errors);
    std::string problem;
    if (got.code != 1) problem = "exit code " + std::to_string(got.code);
    if (lines.empty() || lines.back().find(said.wanted_error) == std::string::npos) {
      problem += " no '" + said.wanted_error + "' in: " + (lines.empty() ? "nothing" : lines.back());
    }
    all.add(script.filename(), problem);
  }
  all.report();
}

class interrupt : public testing::TestWithParam<std::string> {};
TEST_P(interrupt, raises_keyboard_interrupt_in_the_main_thread) {
  if (!have_oracle()) GTEST_FAIL() << oracle << " is missing or no Python 3.11: ./x installs it";
  tally all;
  for (const auto& script : scripts_in(root / "tests/scripts/interrupt")) {
    if (!wanted(script)) continue;
    if (const auto reason = reason_to_skip(script, GetParam()); !reason.empty()) {
      all.skip(script.filename(), reason);
      continue;
    }
    job theirs = oracle_job(script, {}), ours = gilt_job(script, variant_named(GetParam()), {});
    theirs.interrupt = theirs.insist = ours.interrupt = true;
    const outcome expected = run(theirs), got = run(ours);
    std::string problem = difference(expected, got, {}, script);
    const auto wanted_lines = scripts::lines_of(expected.errors), lines = scripts::lines_of(got.errors);
    if (problem.empty() && !wanted_lines.empty() &&
        (lines.empty() || lines.back() != wanted_lines.back())) {
      problem = "the last line of stderr is not " + wanted_lines.back();
    }
    all.add(script.filename(), problem);
  }
  all.report();
}
INSTANTIATE_TEST_SUITE_P(engine, interrupt, testing::ValuesIn(names({"stm", "gil", "no_solo", "aborts"}, {"stm"})),
                         own_name);

// The instrument itself must notice what it is for.
TEST(comparison, notices_what_differs) {
  const outcome good{1, false, "a\nb\n",
                     "Traceback (most recent call last):\n  File \"s.py\", line 2, in <module>\n    x\n    ^\n"
                     "  File \"/usr/lib/q.py\", line 9, in f\n    y\nNameError: x\n"};
  const aspects plain{}, sorted{true, false}, whole{false, true};
  const auto changed = [&](auto change) {
    outcome other = good;
    change(other);
    return other;
  };
  EXPECT_EQ(difference(good, good, whole, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.code = 0; }), plain, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.late = true; }), plain, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.output = "b\na\n"; }), plain, "s.py"), "");
  EXPECT_EQ(difference(good, changed([](outcome& o) { o.output = "b\na\n"; }), sorted, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.output = "a\na\n"; }), sorted, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.output = "a\nb"; }), plain, "s.py"), "");
  EXPECT_NE(difference(good, changed([](outcome& o) { o.output = ""; }), plain, "s.py"), "");
  const auto errors = [&](const std::string& text) {
    return difference(good, changed([&](outcome& o) { o.errors = text; }), whole, "s.py");
  };
  EXPECT_EQ(errors("Traceback (most recent call last):\n  File \"s.py\", line 2, in <module>\n    x\nNameError: x\n"), "");
  EXPECT_NE(errors("Traceback (most recent call last):\n  File \"s.py\", line 3, in <module>\n    x\nNameError: x\n"), "");
  EXPECT_NE(errors("Traceback (most recent call last):\n  File \"s.py\", line 2, in <module>\n    x\nNameError: y\n"), "");
  EXPECT_NE(errors(""), "");
}
TEST(process, is_killed_when_late_and_interrupted_when_asked) {
  EXPECT_TRUE(scripts::run({{"/bin/sleep", "30"}, {}, {}, std::chrono::milliseconds(50)}).late);
  const outcome r = scripts::run({{"/bin/sh", "-c", "echo x; exec sleep 30"}, {}, {}, limit, true});
  EXPECT_EQ(r.code, 130);
  EXPECT_EQ(r.output, "x\n");
  EXPECT_EQ(scripts::run({{"/bin/cat"}, {}, "text"}).output, "text");
}

}  // namespace
