// SPDX-License-Identifier: BSL-1.0
// Mixture: random programs against the definition itself. Every attempt, committed or not, must
// have read from one state of a serial order that agrees with the write versions (opacity); a committed
// update from the state just before its own; and none from a state older than what had been
// committed before it began (real time).
//
// Values are unique, so a value names the write it came from. The order of versions is a witness: only
// among updates of the same version (deferred clock) is an order searched. Source: Guerraoui, Kapalka, "On the Correctness of
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
  word began_after = 0;                          // so many updates were over before it began
  word number = 0;                               // of the updates, in the order in which they ended
  word version = 0;                              // of its commit, if it wrote
  bool committed = false;
};

template <mode M, bool Serial>
struct mixture_of : scenario {
  std::array<shared_word, words> x{shared_word{1}, shared_word{2}, shared_word{3}};
  std::vector<attempt_record> attempts;
  word updates = 0;
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
        r.began_after = updates;
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
      r.number = ++updates;
    }
    return true;
  }

  void after() override {
    for (const auto& r : attempts) if (r.committed && r.version != 0) commits.push_back(&r);
    std::sort(commits.begin(), commits.end(),
              [](const auto* a, const auto* b) { return a->version < b->version; });
    states.push_back({1, 2, 3});
    if (!search()) expect(false, why);
  }

  // Takes any order of the updates that share a version; true: one of them explains everything.
  bool search() {
    const std::size_t done = taken.size();
    if (done == commits.size()) return explains();
    const attempt_record* first = nullptr;       // of those not yet taken: the lowest version
    for (const attempt_record* c : commits) {
      if (std::find(taken.begin(), taken.end(), c) != taken.end()) continue;
      if (first == nullptr) first = c;
      if (c->version != first->version) break;
      if (!fits(*c, states.back())) {
        why = "a committed update did not read the state before it";
        continue;
      }
      state s = states.back();
      for (std::size_t i = 0; i < words; ++i) if (c->did_write[i]) s[i] = c->written[i];
      taken.push_back(c);
      states.push_back(s);
      if (search()) return true;
      taken.pop_back();
      states.pop_back();
    }
    return false;
  }

  static bool fits(const attempt_record& r, const state& s) {
    for (std::size_t i = 0; i < words; ++i) if (r.did_read[i] && r.read[i] != s[i]) return false;
    return true;
  }

  bool explains() {
    for (std::size_t i = 0; i < words; ++i) {
      if (x[i].now() == states.back()[i]) continue;
      why = "the last state is not that of the last commit";
      return false;
    }
    for (const auto& r : attempts) {
      std::size_t k = 0;                         // the first state with all that was over when r began
      for (std::size_t i = 0; i < taken.size(); ++i) if (taken[i]->number <= r.began_after) k = i + 1;
      if (r.version != 0) {
        const auto at = static_cast<std::size_t>(std::find(taken.begin(), taken.end(), &r) - taken.begin());
        if (k <= at) continue;                   // what it read was looked at on the way
        why = "an update was serialized before one that was over when it began";
        return false;
      }
      while (k < states.size() && !fits(r, states[k])) ++k;
      if (k < states.size()) continue;
      why = r.committed ? "a committed reader read from no state at all, or from a past one"
                        : "opacity: an aborted attempt read from no state at all, or from a past one";
      return false;
    }
    return true;
  }

  std::vector<const attempt_record*> commits, taken;
  std::vector<state> states;
  const char* why = "";
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
