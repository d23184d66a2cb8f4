// SPDX-License-Identifier: BSL-1.0
// The program's manners: exit codes, where messages go, wrong flags.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace {

struct outcome {
  int code;
  std::string output;
};
// Runs `gilt ARGUMENTS` through the shell.
outcome gilt(const std::string& arguments, const std::string& environment = "") {
  FILE* pipe = ::popen((environment + " " + std::string(GILT_PROGRAM) + " " + arguments).c_str(), "r");
  outcome r{-1, {}};
  std::array<char, 4096> chunk;
  for (std::size_t n; (n = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;) r.output.append(chunk.data(), n);
  const int status = ::pclose(pipe);
  r.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return r;
}

TEST(cli, version) {
  const auto r = gilt("--version");
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.output.rfind("gilt ", 0), 0u);
}
TEST(cli, an_unknown_flag_is_a_usage_error) {
  for (const char* arguments : {"--nonsense", "bench --nonsense", "run --nonsense x.py", "nonsense"}) {
    const auto r = gilt(std::string(arguments) + " 2>&1 >/dev/null");
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_FALSE(r.output.empty()) << arguments;
  }
}
TEST(cli, bench_rejects_wrong_values_with_a_sentence) {
  for (const char* arguments : {"bench --threads 0", "bench --filter '['", "bench --filter nothing_is_called_so",
                                "bench --backend nonsense", "bench --format xml", "bench --duration -1"}) {
    const auto r = gilt(std::string(arguments) + " 2>&1 >/dev/null");
    EXPECT_EQ(r.code, 2) << arguments << r.output;
    EXPECT_FALSE(r.output.empty()) << arguments;
  }
}
TEST(cli, bench_prints_json) {
  const auto r = gilt("bench --filter counter --backend gilt,mutex --threads 1 --duration 10ms --warmup 0s --repetitions 2 --format json");
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(nlohmann::json::parse(r.output).at("benchmarks").size(), 10u);
}
TEST(cli, bench_lists_its_workloads) {
  const auto r = gilt("bench list");
  EXPECT_EQ(r.code, 0);
  EXPECT_NE(r.output.find("counter"), std::string::npos);
}
TEST(cli, an_interrupted_bench_prints_what_it_has) {
  const auto r = gilt("bench --filter counter --backend mutex --threads 1 --duration 100ms --repetitions 1000 & p=$!; sleep 1; kill -INT $p; wait $p");
  EXPECT_EQ(r.code, 130);
  EXPECT_NE(r.output.find("counter"), std::string::npos);
}

TEST(cli, stats_name_the_line_the_cause_and_the_object) {
  const std::string script = R"(run --stats - 2>&1 <<'END'
from threading import Thread
shared = []
def work():
    for i in range(400):
        shared.append(i)
threads = [Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
END
)";
  const auto calm = gilt(script);
  EXPECT_EQ(calm.code, 0) << calm.output;
  EXPECT_NE(calm.output.find("slices: "), std::string::npos) << calm.output;
  const auto forced = gilt(script, "GILT_FORCE_ABORT=5");
  EXPECT_EQ(forced.code, 0) << forced.output;
  EXPECT_NE(forced.output.find("forced"), std::string::npos) << forced.output;
  EXPECT_NE(forced.output.find(":5 in work"), std::string::npos) << forced.output;
}

}  // namespace
