// SPDX-License-Identifier: BSL-1.0
#pragma once
// machine: simulated threads over a simulated weak memory, deterministic.
//
// Threads are fibers of one real thread. Before every operation on shared memory, at locks, parking
// and protocol steps, the running fiber asks the strategy (choices.hpp) who goes on. What a load
// may return follows from the views (views.hpp):
//
//   load      any message not older than the thread knows; acquire takes in the message's view
//   store     a new message at the end; release puts the thread's view into it
//   RMW       reads the newest message, and its own message carries that one's view on (release
//             sequence); a failing compare-exchange is a load
//   seq_cst   is acquire and release, and besides, per location, no seq_cst access sees less than
//             an earlier one did (`seen_in_order_`). Earlier means earlier in the total order of
//             C++20, where a store or RMW stands as late as it may: at its thread's next seq_cst
//             access, or when one of another thread has it in its past or reads it. So a relaxed
//             store may be seen before a seq_cst one that precedes it in the program.
//   heavy_barrier    everyone knows what anyone knows; light_barrier nothing: operations of one
//             thread take effect in program order anyway
//
// What it approximates. Stores go to the end of a location's history in the order of execution:
// outcomes that need a store in the middle of the modification order (2+2W), and load buffering
// (a load that sees a store executed later), do not occur. The total order of seq_cst accesses
// differs from the order of execution only by the delay above. heavy_barrier is stronger than
// membarrier in that all threads pass it at one instant, and the order in which a mutex is taken is
// that of execution. So every run is one that C++ allows, but not all of those are run.
//
// Freed memory is poisoned: a location read after it was freed, freed while another thread's access
// does not happen-before it, or reached by a thread for which its construction is no past, fails.
//
// A run ends by its threads' end or by fail(), which abandons all fibers where they stand: the core
// is noexcept, nothing could be unwound.

#include "arena.hpp"
#include "choices.hpp"
#include "views.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace gilt_sim {

// What stands in a simulated atomic. The history lives in the machine.
struct cell {
  constexpr explicit cell(std::uint64_t v) noexcept : initial(v) {
    if (!std::is_constant_evaluated()) note_birth();
  }
  ~cell() = default;
  cell(const cell&) = delete;
  cell& operator=(const cell&) = delete;

  std::uint64_t initial;
  mutable std::uint32_t run = 0;                 // the run that `location` belongs to
  mutable std::int16_t location = 0;
  std::int16_t born_at = 0;                      // by the time of the thread that made it
  std::uint8_t born_by = 0xFF;                   // 0xFF: before all runs

 private:
  void note_birth() noexcept;
};

enum class operation : std::uint8_t {
  load, store, rmw, failed_rmw, lock, unlock, park, unpark, heavy_barrier, allocate, release, step
};
const char* to_string(operation) noexcept;

struct event {
  std::uint8_t thread;
  operation what;
  std::memory_order order;
  std::int16_t location;                         // 0: none
  std::int16_t behind;                           // so many newer messages were not read
  std::uint64_t before, value;
  const char* note;
  std::int8_t place;                             // the protocol step; -1: none
};

// A planted bug, to prove that an oracle sees it.
struct flaw {
  enum class effect : std::uint8_t {
    none,
    weaken,                                      // order `from` acts as `to`
    drop,                                        // a store does nothing
    read_as,                                     // a load returns (value & keep)
    store_as,                                    // a store stores (value & keep)
    stale,                                       // a load returns what the thread saw last time
    blind,                                       // a compare-exchange does not compare
    no_barrier,                                  // heavy_barrier() does nothing
    forgetful_parker                             // unpark() before park() is lost
  };
  effect what = effect::none;
  const char* where = "";                        // beginning of the location's name
  operation on = operation::load;
  std::memory_order from = std::memory_order_relaxed;
  std::memory_order to = std::memory_order_relaxed;
  std::uint64_t keep = 0;
  const char* shows = "";                        // part of the reason that the oracle must give
};

class machine {
 public:
  static machine& get();

  // -- a run --
  struct settings {
    bool weak = true;
    bool trace = false;
    std::uint64_t step_limit = 12'000;
    flaw planted;
  };
  struct outcome {
    bool failed = false;
    std::string reason;
    int thread = 0;                              // that failed; the director: the oracle
    std::uint64_t hash = 0;
    std::uint64_t steps = 0;
    choice_list choices;
  };
  // body: what the director does; it calls run_threads() once.
  const outcome& run(const settings& s, strategy& by, std::uint64_t seed, int threads,
                     const std::function<void()>& body);
  void run_threads(const std::function<void(int)>& body);
  [[noreturn]] void fail(const char* reason);
  bool running() const noexcept { return in_run_; }

  // The director acts as a thread, unscheduled.
  void become(int i) noexcept {
    thread(i).known.join(me().known);
    current_ = i;
  }
  int current() const noexcept { return current_; }

  // -- names for stories and flaws --
  void name(const void* p, std::size_t bytes, const char* text, int number = -1);
  std::string name_of(const void* p) const;
  const std::vector<event>& events() const noexcept { return events_; }
  std::string describe(const event& e) const;
  void name_places(const char* const* names) noexcept { place_names_ = names; }
  // A location that is neither scheduled nor weak: configuration, counters of one thread.
  void set_plain(const cell& a, const cell& b) noexcept { plain_ = {&a, &b}; }

  // -- operations --
  std::uint64_t load(const cell& c, std::memory_order o);
  void store(cell& c, std::uint64_t v, std::memory_order o);
  enum class update : std::uint8_t { exchange, add, bit_or, bit_and };
  std::uint64_t rmw(cell& c, update u, std::uint64_t v, std::memory_order o);
  bool compare_exchange(cell& c, std::uint64_t& expected, std::uint64_t v, std::memory_order o,
                        std::memory_order failure);
  void lock(cell& c);
  void unlock(cell& c);
  void park(cell& c);
  bool park_or_time_out(cell& c);
  void unpark(cell& c);
  void pause();
  void heavy_barrier();
  void step(const char* note);                   // a point where others may run
  // The thread is at a named place of the protocol.
  void reach(int place) noexcept {
    me().place = place;
    ++reached_[static_cast<std::size_t>(place)];
  }
  // How many times a thread went to sleep until a time, in all runs.
  std::uint64_t timed_parks() const noexcept { return timed_parks_; }
  static constexpr std::size_t places = 64;
  const std::array<std::uint64_t, places>& reached() const noexcept { return reached_; }
  // A number below count, chosen like everything else in a run.
  int choose(int count);
  int letter(int count);                         // the same program in every exhaustive schedule
  void* allocate(std::size_t bytes, std::size_t alignment, bool may_fail);
  void release(void* p);

  arena& memory() noexcept { return memory_; }
  // The current thread's nth allocation from now on fails, from 0; -1: none does.
  void fail_allocation(int n) noexcept { me().failing_allocation = n; }
  // Every word that was used in this run: f(cell, newest value).
  void for_each_location(const std::function<void(const cell&, std::uint64_t)>& f) const;
  void stamp_birth(cell& c) noexcept;

  static bool own_is_plain(const cell& c) noexcept { return get().memory_.contains(&c); }
  static constexpr std::size_t keys = 16;
  std::array<std::array<void*, keys>, thread_limit> locals{};
  struct exit_call {
    void (*f)(void*);
    void* argument;
  };
  std::array<std::vector<exit_call>, thread_limit> exit_calls;
  void run_exit_calls();

 private:
  struct message {
    std::uint64_t value;
    view seen;
  };
  struct location {
    const cell* at = nullptr;
    std::vector<message> history;
    std::array<std::int16_t, thread_limit> last_access{};
    std::array<std::uint64_t, thread_limit> last_value{};
    int length = 0;                              // of history; the rest are spare buffers
    bool flawed = false;                         // the planted flaw applies here
  };
  struct fiber {
    void* context = nullptr;
    char* stack = nullptr;
    void* caught = nullptr;                      // the exception globals, which are per real thread
    unsigned uncaught = 0;
    view known;
    bool done = true, blocked = false, yielded = false, acted = true;
    bool timed = false;                          // its sleep has an end
    int waits_for = 0;                           // the location that blocks it
    int last_read = 0;
    int pauses = 0;
    int place = -1;                              // the protocol step it is at, until told
    int unplaced = 0;                            // location of its last seq_cst store, and ...
    std::int16_t unplaced_index = 0;             // ... the message, not yet in the total order
    int failing_allocation = -1;
    const char* doing = "";
  };
  struct named {
    const void* p;
    std::size_t bytes;
    const char* text;
    int number;
  };

  machine();
  friend struct fiber_entry;
  void thread_main(int i);
  void director_main();
  void jump(int to);
  [[noreturn]] void leave_run();
  bool scheduled() const noexcept { return scheduled_; }
  fiber& me() noexcept { return fibers_[static_cast<std::size_t>(current_)]; }
  fiber& thread(int i) noexcept { return fibers_[static_cast<std::size_t>(i)]; }
  location& at(int id) noexcept { return locations_[static_cast<std::size_t>(id)]; }

  bool plain(const cell& c) const noexcept { return &c == plain_[0] || &c == plain_[1]; }
  void point();
  candidates others(bool pausing) noexcept;
  void settle(const candidates& c);
  void block(int on, const char* doing);
  void wake(int on);
  int pass_time() noexcept;
  int locate(const cell& c);
  void touch(const cell& c, location& l);
  int read(int id, std::memory_order o);
  void place(fiber& f) noexcept;
  int record(int taken, int count);
  void enter_order(std::memory_order o) noexcept;
  void learn(int id, int i, std::memory_order o);
  void append(int id, std::uint64_t v, std::memory_order o, bool continues);
  void note(operation w, std::memory_order o, int id, int behind, std::uint64_t before,
            std::uint64_t value, const char* text = nullptr);
  bool planted(operation on, const location& l) const noexcept;
  std::memory_order weakened(operation on, const location& l, std::memory_order o) const noexcept;
  void mix(std::uint64_t v) noexcept { outcome_.hash = (outcome_.hash ^ v) * 0x9E3779B97F4A7C15ull; }

  arena memory_;
  settings settings_;
  outcome outcome_;
  strategy* strategy_ = nullptr;
  const std::function<void()>* body_ = nullptr;
  const std::function<void(int)>* thread_body_ = nullptr;
  std::array<fiber, thread_limit> fibers_;
  std::vector<location> locations_;
  int located_ = thread_limit;                   // ids below are threads' times
  view seen_in_order_;
  std::vector<event> events_;
  std::vector<named> names_;
  std::array<const cell*, 2> plain_{};
  std::uint32_t run_ = 0;
  int current_ = director;
  int threads_ = 0;
  std::array<std::uint64_t, places> reached_{};
  std::uint64_t timed_parks_ = 0;
  int idle_ = 0;                                 // the director's pauses
  bool in_run_ = false, scheduled_ = false;
  const char* const* place_names_ = nullptr;
  void* outside_ = nullptr;                      // the context that called run()
  void* outside_caught_ = nullptr;
  unsigned outside_uncaught_ = 0;
};

}  // namespace gilt_sim
