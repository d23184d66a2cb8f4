// SPDX-License-Identifier: BSL-1.0
// check_replay: the linear-time check. The core says at which version each attempt took effect;
// that order is a witness, and running the history in it, one attempt at a time on one array, must
// give every attempt, aborted ones too, the values that it read.
//
//   place of an update       2 * write version       sees all updates with smaller versions
//   place of any other       2 * read version + 1    sees all updates with versions up to it
//
// The witness must also respect real time: an attempt that ended before another began has the
// smaller place, or the same where both only read. Two updates of one version are allowed if
// neither touches what the other writes (a clock that commits share).

#include "history.hpp"

#include <algorithm>
#include <limits>

namespace gilt_history {
namespace {

struct event {
  std::uint64_t place;
  const attempt* who;
  const operation* operations;
};

std::uint64_t place_of(const attempt& a) { return a.version * 2 + (a.has_place ? 0 : 1); }

std::string say(const char* what, const event& e, const operation& o, value_id found) {
  return std::string(what) + ": variable " + std::to_string(o.variable) + " at place " +
         std::to_string(e.place) + (e.who->how == ending::aborted ? " (aborted)" : "") + ": read " +
         std::to_string(o.value) + ", the replay has " + std::to_string(found);
}

// All events by place, in time linear in their number and the range of places.
std::vector<event> in_order(const history& h) {
  std::uint64_t low = std::numeric_limits<std::uint64_t>::max(), high = 0;
  for (const auto& t : h.threads) {
    for (const auto& a : t.attempts) {
      low = std::min(low, place_of(a));
      high = std::max(high, place_of(a));
    }
  }
  std::vector<event> sorted(h.size());
  if (sorted.empty()) return sorted;
  const auto each = [&](auto&& f) {
    for (const auto& t : h.threads) {
      for (const auto& a : t.attempts) f(event{place_of(a), &a, t.operations.data() + a.first});
    }
  };
  if (high - low > 64 * h.size() + 1024) {       // a history made by hand
    std::size_t n = 0;
    each([&](const event& e) { sorted[n++] = e; });
    std::sort(sorted.begin(), sorted.end(),
              [](const event& a, const event& b) { return a.place < b.place; });
    return sorted;
  }
  std::vector<std::uint32_t> start(high - low + 2, 0);
  each([&](const event& e) { ++start[e.place - low + 1]; });
  for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
  each([&](const event& e) { sorted[start[e.place - low]++] = e; });
  return sorted;
}

// For each attempt and each other thread: the greatest place among what ended before it began.
std::string check_real_time(const history& h) {
  for (const auto& t : h.threads) {
    for (const auto& other : h.threads) {
      std::size_t next = 0;
      std::uint64_t greatest = 0;
      bool by_update = false;
      for (const auto& a : t.attempts) {
        for (; next < other.attempts.size() && other.attempts[next].end < a.begin; ++next) {
          const auto& b = other.attempts[next];
          if (next == 0 || place_of(b) >= greatest) {
            greatest = place_of(b);
            by_update = b.has_place;
          }
        }
        if (next == 0) continue;
        if (greatest > place_of(a) || (greatest == place_of(a) && (by_update || a.has_place))) {
          return "real time: an attempt at place " + std::to_string(place_of(a)) +
                 " began after one at place " + std::to_string(greatest) + " had ended";
        }
      }
    }
  }
  return {};
}

}  // namespace

std::string check_replay(const history& h) {
  for (const auto& t : h.threads) {
    if (!t.broken.empty()) return t.broken;
  }
  std::vector<value_id> state = h.before;
  std::vector<std::uint64_t> written_at(state.size(), 0);    // place of the last write
  for (const event& e : in_order(h)) {
    for (std::uint16_t i = 0; i < e.who->count; ++i) {
      const operation& o = e.operations[i];
      if (o.what == action::read) {
        if (o.value != state[o.variable]) return say("stale or torn", e, o, state[o.variable]);
        if (e.who->has_place && written_at[o.variable] == e.place) {
          return say("one version twice", e, o, state[o.variable]);
        }
      }
    }
    if (e.who->how == ending::aborted) continue;
    for (std::uint16_t i = 0; i < e.who->count; ++i) {
      const operation& o = e.operations[i];
      if (o.what != action::write) continue;
      if (written_at[o.variable] == e.place) {
        return say("one version twice", e, o, state[o.variable]);
      }
      state[o.variable] = o.value;
      written_at[o.variable] = e.place;
    }
  }
  for (std::size_t v = 0; v < state.size(); ++v) {
    if (state[v] != h.after[v]) {
      return "variable " + std::to_string(v) + " ended as " + std::to_string(h.after[v]) +
             ", the replay as " + std::to_string(state[v]);
    }
  }
  return check_real_time(h);
}

}  // namespace gilt_history
