// SPDX-License-Identifier: BSL-1.0
// Mixture: random programs against the definition itself. Every attempt, committed or not, must
// have read from one state of the serial order that the write versions give (opacity); a committed
// update from the state just before its own; and none from a state older than what had been
// committed before it began (real time).
//
// Values are unique, so a value names the write it came from. The order of versions is a witness:
// no search for a serial order is needed. Source: Guerraoui, Kapalka, "On the Correctness of
// Transactional Memory", PPoPP 2008 (opacity).
#include "words.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace gilt_sim::mixture_scenarios {
namespace {

using order = std::memory_order;
using effect = flaw::effect;

constexpr std::size_t words = 3;
using state = std::array<word, words>;

struct attempt_record {
  int thread = 0;
  state read{};                                  // what it read of others' values
  std::array<bool, words> did_read{}, did_write{};
  state written{};
  word began_after = 0;                          // the newest version committed before it began
  word version = 0;                              // of its commit, if it wrote
  bool committed = false;
};

template <mode M, bool Serial>
struct mixture_of : scenario {
  std::array<shared_word, words> x{shared_word{1}, shared_word{2}, shared_word{3}};
  std::vector<attempt_record> attempts;
  word newest = 0;
  word next_value = 10;

  void names() override {
    constexpr const char* orecs[] = {"orec a", "orec b", "orec c"};
    constexpr const char* values[] = {"value a", "value b", "value c"};
    for (std::size_t i = 0; i < words; ++i) x[i].call(orecs[i], values[i]);
  }

  void body(int thread) override {
    machine& m = machine::get();
    for (int n = 0; n < 2; ++n) {
      std::array<int, 4> program{};
      for (int& letter : program) letter = m.letter(2 * words + 1);
      const bool serial = Serial && m.letter(3) == 0;
      bool done = false;
      for (int tries = 0; !done && tries < 6; ++tries) {
        attempt_record r;
        r.thread = thread;
        r.began_after = newest;
        done = run_attempt(program, serial, r);
        attempts.push_back(r);
        if (!done) sim_atomics::pause();
      }
    }
  }

  bool run_attempt(const std::array<int, 4>& program, bool serial, attempt_record& r) {
    engine& e = this_engine();
    e.begin();
    attempt<M> t(e);
    bool held = false;
    for (const int letter : program) {
      if (letter == 2 * words) {
        if (!serial) continue;
        if (!e.become_serial()) break;
        held = true;
        continue;
      }
      const auto i = static_cast<std::size_t>(letter) % words;
      if (static_cast<std::size_t>(letter) < words) {
        word v = 0;
        if (!t.read(x[i], v)) break;
        if (r.did_write[i]) {
          expect(v == r.written[i], "an attempt did not read its own write");
        } else if (r.did_read[i]) {
          expect(v == r.read[i], "a value changed under an attempt");
        } else {
          r.did_read[i] = true;
          r.read[i] = v;
        }
      } else {
        const word v = ++next_value;
        if (!t.write(x[i], v)) break;
        r.did_write[i] = true;
        r.written[i] = v;
      }
    }
    const bool writes = std::find(r.did_write.begin(), r.did_write.end(), true) != r.did_write.end();
    r.committed = !e.doomed() && e.commit();
    if (!r.committed) {
      expect(!held, "the holder of the serial flag was aborted");
      e.rollback();
      return false;
    }
    if (writes) {
      r.version = e.write_version();
      newest = std::max(newest, r.version);
    }
    return true;
  }

  void after() override {
    std::vector<const attempt_record*> commits;
    for (const auto& r : attempts) if (r.committed && r.version != 0) commits.push_back(&r);
    std::sort(commits.begin(), commits.end(),
              [](const auto* a, const auto* b) { return a->version < b->version; });
    std::vector<state> states{{1, 2, 3}};
    for (const auto* c : commits) {
      state s = states.back();
      for (std::size_t i = 0; i < words; ++i) if (c->did_write[i]) s[i] = c->written[i];
      states.push_back(s);
    }
    for (std::size_t i = 0; i < words; ++i) {
      expect(x[i].now() == states.back()[i], "the last state is not that of the last commit");
    }
    for (const auto& r : attempts) check(r, commits, states);
  }

  void check(const attempt_record& r, const std::vector<const attempt_record*>& commits,
             const std::vector<state>& states) {
    for (std::size_t k = 0; k < states.size(); ++k) {
      const bool too_old = k < commits.size() && commits[k]->version <= r.began_after;
      if (too_old) continue;
      if (r.version != 0 && !(k < commits.size() && commits[k] == &r)) continue;
      bool fits = true;
      for (std::size_t i = 0; i < words; ++i) fits &= !r.did_read[i] || r.read[i] == states[k][i];
      if (fits) return;
    }
    expect(r.committed, "opacity: an aborted attempt read from no state at all, or from a past one");
    expect(r.version == 0, "a committed update did not read the state before it");
    expect(false, "a committed reader read from no state at all, or from a past one");
  }
};

template <mode M>
using mixture = mixture_of<M, false>;
template <mode M>
using mixture_serial = mixture_of<M, true>;

constexpr flaw no_second_look{.what = effect::stale,
                              .where = "orec",
                              .on = operation::load,
                              .from = order::relaxed};
constexpr flaw no_versions{.what = effect::read_as,
                           .where = "orec",
                           .on = operation::load,
                           .keep = gilt::detail::orec_locked | gilt::detail::orec_slot_mask};
constexpr flaw unseen_flag{
    .what = effect::read_as, .where = "serial flag", .on = operation::load, .keep = 0};

const bool added_mixture = add_modes<mixture>(
    "mixture", {.threads = 3, .proof = no_versions}, {.threads = 3, .proof = no_second_look});
const bool added_mixture_two =
    add_modes<mixture>("mixture_of_two", {.threads = 2, .proof = no_versions});
const bool added_mixture_serial =
    add_modes<mixture_serial>("mixture_serial", {.threads = 3, .proof = unseen_flag, .weight = 0.5});
const bool added_mixture_forced = add_modes<mixture>(
    "mixture_forced", {.threads = 3, .force_abort = 9, .proof = no_versions, .weight = 0.5});

}  // namespace
}  // namespace gilt_sim::mixture_scenarios
