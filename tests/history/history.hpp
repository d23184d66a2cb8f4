// SPDX-License-Identifier: BSL-1.0
#pragma once
// history: what every attempt of a round has read and written, in bounded memory.
//
// Each thread appends to its own arrays; nothing is shared while the round runs, so that recording
// orders no two attempts. Every write stores a value that names it:
//
//   63..40 round | 39..32 thread | 31..8 attempt of that thread | 7..0 operation of that attempt
//
// so a value read says which write it came from. A value of an earlier round must be the one that
// the variable had when this round began.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gilt_history {

using value_id = std::uint64_t;

constexpr value_id name_value(std::uint64_t round, std::uint64_t thread, std::uint64_t attempt,
                              std::uint64_t operation) {
  return round << 40 | thread << 32 | attempt << 8 | operation;
}
constexpr std::uint64_t round_of(value_id v) { return v >> 40; }
constexpr std::size_t thread_of(value_id v) { return v >> 32 & 0xff; }
constexpr std::size_t attempt_of(value_id v) { return v >> 8 & 0xffffff; }
constexpr std::size_t operation_of(value_id v) { return v & 0xff; }

// read: of a variable this attempt had not written. overwritten: a write followed by another of the
// same variable in the same attempt; nobody may ever read it.
enum class action : std::uint8_t { read, write, overwritten };

struct operation {
  value_id value;
  std::uint32_t variable;
  action what;
};

enum class ending : std::uint8_t { committed, aborted };

struct attempt {
  std::int64_t begin, end;         // steady_clock: taken before begin(), after commit or rollback
  std::uint64_t version;           // an update's write version, any other's last read version
  std::uint32_t first;             // its operations in thread_history::operations
  std::uint16_t count;
  ending how;
  bool has_place;                  // version is a write version (updates and ticked commits)
};

struct thread_history {
  std::vector<attempt> attempts;
  std::vector<operation> operations;
  std::string broken;              // what the thread itself found wrong
};

struct history {
  std::uint64_t round = 1;
  std::vector<value_id> before;    // every variable's value as the round began
  std::vector<value_id> after;     // and as it ended
  std::vector<thread_history> threads;

  std::size_t size() const {
    std::size_t n = 0;
    for (const auto& t : threads) n += t.attempts.size();
    return n;
  }
};

// Both give an empty string if the history is opaque and strictly serializable, else a sentence.
std::string check_cycles(const history& h);       // cycles.cpp
std::string check_replay(const history& h);       // replay.cpp

}  // namespace gilt_history
