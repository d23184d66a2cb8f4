// SPDX-License-Identifier: BSL-1.0
// gilt: the program. Flags are parsed here and nowhere else.
#include <CLI/CLI.hpp>

#include <fmt/format.h>

#include "cli/commands.hpp"
#if __has_include("interp/interpreter/run_main.hpp")
#include "interp/interpreter/repl.hpp"
#include "interp/interpreter/run_main.hpp"
#define GILT_HAVE_INTERPRETER 1
#endif

namespace {

#ifdef GILT_HAVE_INTERPRETER
// Splits at the first argument that names the script: all after it belongs to the script.
struct split_arguments {
  std::vector<std::string> own, script;
};
split_arguments split_run(int argc, char** argv) {
  split_arguments out;
  bool rest = false;
  for (int i = 2; i < argc; ++i) {
    const std::string a = argv[i];
    if (rest) {
      out.script.push_back(a);
      continue;
    }
    out.own.push_back(a);
    if (a == "-c" || a == "--engine" || a == "--stdlib") {
      if (i + 1 < argc) out.own.push_back(argv[++i]);
      rest = a == "-c";
    } else if (a == "-" || a[0] != '-') {
      rest = true;
    }
  }
  return out;
}

int run_command(int argc, char** argv) {
  CLI::App app("Run a Python script without a global lock.", "gilt run");
  gilt::interp::run_options o;
  std::string file, code;
  o.engine = "stm";
  bool no_solo = false;
  app.add_option("FILE", file, "script; - reads it from standard input");
  app.add_option("-c", code, "program text");
  app.add_option("--engine", o.engine, "stm: slices as transactions; gil: one lock")
      ->check(CLI::IsMember({"stm", "gil"}));
  app.add_flag("--no-solo", no_solo, "barriers on even while one thread runs");
  std::string library;
  app.add_option("--stdlib", library, "folder of an installed python3's library, for modules gilt lacks (default: found)");
  bool no_library = false;
  app.add_flag("--no-stdlib", no_library, "only gilt's own modules and the script's folder");
  app.add_flag("--stats", o.stats, "commits and aborts by script line, to stderr");
  split_arguments split = split_run(argc, argv);
  try {
    std::reverse(split.own.begin(), split.own.end());
    app.parse(split.own);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : gilt::cli::usage;
  }
  o.solo = !no_solo;
  if (no_library) o.stdlib.reset();
  else o.stdlib = library;
  const bool has_code = app.count("-c") > 0;
  if (!has_code && file.empty()) {
    fmt::print(stderr, "gilt run: no script given\nhelp: gilt run FILE, gilt run -c CODE, or gilt run - < FILE\n");
    return gilt::cli::usage;
  }
  o.source_kind = has_code ? "command" : file == "-" ? "stdin" : "file";
  o.text_or_path = has_code ? code : file;
  o.argv.push_back(has_code ? "-c" : file);
  o.argv.insert(o.argv.end(), split.script.begin(), split.script.end());
  return gilt::interp::run_main(o);
}

std::string history_file() {
  if (const char* given = std::getenv("GILT_HISTORY")) return given;
  const char* home = std::getenv("HOME");
  return home == nullptr ? std::string() : std::string(home) + "/.gilt_history";
}
#endif

}  // namespace

int main(int argc, char** argv) {
#ifdef GILT_HAVE_INTERPRETER
  if (argc > 1 && std::string(argv[1]) == "run") return run_command(argc, argv);
#endif

  CLI::App app("Software transactional memory, and Python without a global lock.", "gilt");
  app.require_subcommand(0, 1);
  bool version = false;
  app.add_flag("--version", version, "print the version");
  app.add_subcommand("run", "run a Python script (gilt run --help)");

  gilt::cli::bench_arguments bench;
  double duration = 1, warmup = 0.1;
  std::string what;
  auto* b = app.add_subcommand("bench", "measure contention beside locks, TBB and libitm");
  b->add_option("what", what, "list: name workloads and backends")->check(CLI::IsMember({"list"}));
  b->add_option("--threads", bench.run.threads, "thread counts")->delimiter(',')->check(CLI::Range(1, 1024));
  b->add_option("--filter", bench.run.filter, "regular expression of workloads");
  b->add_option("--backend", bench.run.backends, "gilt,gilt-tl2,mutex,shared_mutex,tbb,libitm,seq")->delimiter(',');
  b->add_option("--duration", duration, "seconds of one repetition")
      ->transform(CLI::AsNumberWithUnit(std::map<std::string, double>{{"s", 1}, {"ms", 1e-3}}))
      ->check(CLI::Range(0.001, 3600.0));
  b->add_option("--warmup", warmup, "seconds before the first repetition")
      ->transform(CLI::AsNumberWithUnit(std::map<std::string, double>{{"s", 1}, {"ms", 1e-3}}))
      ->check(CLI::Range(0.0, 3600.0));
  b->add_option("--repetitions", bench.run.repetitions, "how often, interleaved")->check(CLI::Range(1, 10000));
  b->add_option("--seed", bench.run.seed, "of the random numbers");
  b->add_option("--format", bench.format, "table, json or csv")->check(CLI::IsMember({"table", "json", "csv"}));
  b->add_option("--out", bench.out, "write JSON to this file as well");

  gilt::cli::demo_arguments demo;
  demo.program = argv[0];
  auto* d = app.add_subcommand("demo", "run the examples under both engines and a contention sweep");
  d->add_option("--examples", demo.examples, "folder of the example scripts");
  d->add_option("--out", demo.out, "folder for the results");
  d->add_option("--repetitions", demo.repetitions, "of each script")->check(CLI::Range(1, 100));
  d->add_option("--sweep", demo.sweep_seconds, "seconds of the contention sweep")->check(CLI::Range(0.0, 3600.0));

#ifdef GILT_HAVE_INTERPRETER
  gilt::interp::repl_options repl;
  repl.version = "0.1.0";
  repl.history_file = history_file();
  bool no_solo = false, no_library = false;
  std::string library;
  auto* r = app.add_subcommand("repl", "Python statement by statement, with history and completion");
  r->add_flag("-q,--quiet", repl.quiet, "no banner");
  r->add_option("--engine", repl.run.engine, "stm or gil")->check(CLI::IsMember({"stm", "gil"}));
  r->add_flag("--no-solo", no_solo, "barriers on even while one thread runs");
  r->add_option("--stdlib", library, "folder of an installed python3's library (default: found)");
  r->add_flag("--no-stdlib", no_library, "only gilt's own modules");
  r->add_flag("--stats", repl.run.stats, "commits and aborts by line at the end, to stderr");
  r->add_option("--history", repl.history_file, "file of the lines typed; empty: none (default: GILT_HISTORY, ~/.gilt_history)");

  gilt::cli::dis_arguments dis;
  auto* dis_app = app.add_subcommand("dis", "show the bytecode of a script");
  dis_app->add_option("FILE", dis.file, "script; - reads it from standard input");
  dis_app->add_option("-c", dis.code, "program text");

  gilt::cli::check_arguments check;
  auto* check_app = app.add_subcommand("check", "find what cannot work in scripts, without running them");
  check_app->add_option("FILE", check.files, "scripts; - reads standard input")->required();
  check_app->add_option("--format", check.format, "text or sarif")->check(CLI::IsMember({"text", "sarif"}));
#endif

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : gilt::cli::usage;
  }
  if (version) {
    fmt::print("gilt 0.1.0\n");
    return gilt::cli::good;
  }
  if (b->parsed()) {
    bench.list = what == "list";
    bench.run.duration = std::chrono::duration<double>(duration);
    bench.run.warmup = std::chrono::duration<double>(warmup);
    return gilt::cli::bench_command(std::move(bench));
  }
  if (d->parsed()) return gilt::cli::demo_command(demo);
#ifdef GILT_HAVE_INTERPRETER
  if (r->parsed()) {
    repl.run.solo = !no_solo;
    if (no_library) repl.run.stdlib.reset();
    else repl.run.stdlib = library;
    return gilt::interp::run_repl(repl);
  }
  if (dis_app->parsed()) {
    dis.has_code = dis_app->count("-c") > 0;
    return gilt::cli::dis_command(dis);
  }
  if (check_app->parsed()) return gilt::cli::check_command(check);
#endif
  fmt::print(stderr, "{}", app.help());
  return gilt::cli::usage;
}
