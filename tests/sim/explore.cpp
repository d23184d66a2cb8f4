// SPDX-License-Identifier: BSL-1.0
#include "explore.hpp"

#include "core_rules.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <unistd.h>

namespace gilt_sim {

namespace {

// For the signal handler: what was running.
const char* running_name = "";
const char* running_search = "";
std::uint64_t running_seed = 0;

void crashed(int number) {
  char text[256];
  const int n = std::snprintf(text, sizeof text, "simulation: signal %d in %s, %s seed %llu\n",
                              number, running_name, running_search,
                              static_cast<unsigned long long>(running_seed));
  if (n > 0 && write(2, text, static_cast<std::size_t>(n)) < 0) _exit(3);
  _exit(3);
}

void catch_crashes() {
  static const bool once = [] {
    static char stack[64 * 1024];
    stack_t s{};
    s.ss_sp = stack;
    s.ss_size = sizeof stack;
    sigaltstack(&s, nullptr);
    struct sigaction a {};
    a.sa_handler = crashed;
    a.sa_flags = SA_ONSTACK;
    for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) {
      sigaction(number, &a, nullptr);
    }
    return true;
  }();
  static_cast<void>(once);
}

machine::outcome run_one(const registered_scenario& s, strategy& by, std::uint64_t seed,
                         const machine::settings& settings) {
  static bool failed_before = false;
  catch_crashes();
  running_name = s.name.c_str();
  running_seed = seed;
  machine& m = machine::get();
  fresh_domain(s.how, failed_before);
  const int threads = s.how.threads;
  machine::outcome result = m.run(settings, by, seed, threads, [&] {
    name_domain();
    const std::size_t blocks = m.memory().live();
    scenario* const mine = s.make();
    mine->names();
    if (s.how.warm) {
      for (int i = 0; i < threads; ++i) {
        m.become(i);
        warm_up_thread();
      }
      m.become(director);
    }
    m.run_threads([&](int i) {
      mine->body(i);
      if (s.how.exits) m.run_exit_calls();
    });
    for (int i = 0; i < threads; ++i) {
      m.become(i);
      m.run_exit_calls();
    }
    m.become(director);
    mine->after();
    s.destroy(mine);
    drain();
    m.run_exit_calls();
    check_rules(blocks);
  });
  failed_before = result.failed;
  return result;
}

machine::settings settings_of(const plan& p, bool trace) {
  machine::settings s;
  s.weak = p.weak;
  s.trace = trace;
  s.planted = p.planted;
  return s;
}

std::unique_ptr<strategy> make_strategy(const registered_scenario& s, const plan& p) {
  if (p.how == search::random) return std::make_unique<random_strategy>();
  // Change points fall within the length of a plain run.
  const choice_list none;
  const auto plain = run_choices(s, {.planted = p.planted}, none, true);
  return std::make_unique<pct_strategy>(3, static_cast<int>(std::max<std::uint64_t>(plain.steps, 8)));
}

std::size_t deviations(const choice_list& list) {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [](const choice& c) { return c.taken != 0; }));
}

// Delta debugging over the choices that are not plain (Zeller, Hildebrandt, "Simplifying and
// Isolating Failure-Inducing Input", TSE 2002): sets chunks of them to 0 while the run still fails
// for the same reason.
void shrink(const registered_scenario& s, const plan& p, failure& f) {
  const auto still_fails = [&](const choice_list& list, machine::outcome& out) {
    out = run_choices(s, p, list, f.eager);
    return out.failed && out.reason == f.reason;
  };
  machine::outcome out;
  bool smaller = true;
  for (int round = 0; smaller && round < 8; ++round) {
    smaller = false;
    for (std::size_t chunk = std::max<std::size_t>(deviations(f.choices) / 2, 1);; chunk /= 2) {
      std::size_t from = 0;
      while (from < f.choices.size()) {
        choice_list tried = f.choices;
        std::size_t zeroed = 0, i = from;
        for (; i < tried.size() && zeroed < chunk; ++i) {
          if (tried[i].taken != 0) {
            tried[i].taken = 0;
            ++zeroed;
          }
        }
        if (zeroed == 0) break;
        if (still_fails(tried, out) && deviations(out.choices) < deviations(f.choices)) {
          f.choices = out.choices;
          f.hash = out.hash;
          smaller = true;
        } else {
          from = i;
        }
      }
      if (chunk == 1) break;
    }
  }
  while (!f.choices.empty() && f.choices.back().taken == 0) f.choices.pop_back();
}

std::string tell(const registered_scenario& s, const plan& p, const failure& f) {
  const auto out = run_choices(s, p, f.choices, f.eager, true);
  std::string story = s.name + ": " + f.reason + "\n  found by " + to_string(p.how) + " seed " +
                      std::to_string(f.seed) + "; shrunk to " +
                      std::to_string(deviations(f.choices)) + " unforced choices:\n";
  machine& m = machine::get();
  int before = -1;
  std::size_t told = 0;
  for (const event& e : m.events()) {
    if (++told > 400) {
      story += "    ...\n";
      break;
    }
    if (e.thread != before) story += "    --\n";
    before = e.thread;
    story += "    " + m.describe(e) + "\n";
  }
  story += out.thread == director ? "    at the end: " : "    T" + std::to_string(out.thread) + ": ";
  story += out.reason + "\n";
  if (!out.failed) story += "  (the shrunk run did not fail again: please report this)\n";
  return story;
}

}  // namespace

std::vector<registered_scenario>& all_scenarios() {
  static std::vector<registered_scenario> all;
  return all;
}

const char* to_string(search how) noexcept {
  switch (how) {
    case search::random: return "random";
    case search::pct: return "pct";
    case search::exhaustive: return "exhaustive";
    case search::sequential: return "sequential";
  }
  return "?";
}

machine::outcome run_seed(const registered_scenario& s, const plan& p, std::uint64_t seed) {
  return run_one(s, *make_strategy(s, p), seed, settings_of(p, false));
}

machine::outcome run_choices(const registered_scenario& s, const plan& p, const choice_list& list,
                             bool eager, bool trace) {
  replay_strategy by(list, eager);
  running_search = "replay";
  return run_one(s, by, 0, settings_of(p, trace));
}

report explore(const registered_scenario& s, const plan& p) {
  report r;
  const bool bounded = is_exhaustive(p.how), weak = p.how == search::exhaustive;
  const int most = weak ? s.how.preemptions : s.how.sequential_preemptions;
  const auto all_within = [&](int preemptions) {
    return std::make_unique<exhaustive_strategy>(preemptions, weak ? s.how.old_reads : 0);
  };
  auto all = all_within(0);
  std::unique_ptr<strategy> sampled;
  if (!bounded) sampled = make_strategy(s, p);
  const auto start = std::chrono::steady_clock::now();
  for (std::uint64_t seed = p.first_seed; r.schedules < p.schedules; ++seed) {
    running_search = to_string(p.how);
    strategy& by = bounded ? *all : *sampled;
    const auto out = run_one(s, by, seed, settings_of(p, false));
    ++r.schedules;
    r.steps += out.steps;
    if (out.failed) {
      r.found = failure{out.reason, seed, out.hash, out.choices, by.eager(), {}};
      break;
    }
    if (bounded && !all->advance()) {
      if (++r.reached == most) {
        r.complete = true;
        break;
      }
      all = all_within(r.reached + 1);
    }
  }
  r.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (r.found && p.explain) {
    shrink(s, p, *r.found);
    r.found->story = tell(s, p, *r.found);
  }
  return r;
}

}  // namespace gilt_sim
