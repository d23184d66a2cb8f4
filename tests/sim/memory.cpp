// SPDX-License-Identifier: BSL-1.0
// The machine's memory: messages, views, mutexes, parkers, allocation.
#include "machine.hpp"

#include <string_view>

namespace gilt_sim {

namespace {

constexpr bool acquires(std::memory_order o) noexcept {
  return o == std::memory_order_acquire || o == std::memory_order_acq_rel ||
         o == std::memory_order_seq_cst;
}
constexpr bool releases(std::memory_order o) noexcept {
  return o == std::memory_order_release || o == std::memory_order_acq_rel ||
         o == std::memory_order_seq_cst;
}

}  // namespace

void cell::note_birth() noexcept {
  machine& m = machine::get();
  if (!m.running()) return;
  m.stamp_birth(*this);
}

void machine::stamp_birth(cell& c) noexcept {
  c.born_by = static_cast<std::uint8_t>(current_);
  if (scheduled_) ++me().known[current_];
  c.born_at = me().known[current_];
}

void machine::note(operation w, std::memory_order o, int id, int behind, std::uint64_t before,
                   std::uint64_t value, const char* text) {
  if (!scheduled_) return;
  mix(static_cast<std::uint64_t>(current_) << 40 | static_cast<std::uint64_t>(w) << 32 |
      static_cast<std::uint64_t>(id) << 16 | static_cast<std::uint64_t>(behind));
  mix(value);
  if (settings_.trace) {
    events_.push_back({static_cast<std::uint8_t>(current_), w, o, static_cast<std::int16_t>(id),
                       static_cast<std::int16_t>(behind), before, value, text,
                       static_cast<std::int8_t>(me().place)});
  }
  me().place = -1;
}

bool machine::planted(operation on, const location& l) const noexcept {
  return l.flawed && settings_.planted.on == on;
}

std::memory_order machine::weakened(operation on, const location& l,
                                    std::memory_order o) const noexcept {
  const flaw& f = settings_.planted;
  if (l.flawed && f.what == flaw::effect::weaken && f.on == on && f.from == o) return f.to;
  return o;
}

// The location of a cell, with its first message on first use.
int machine::locate(const cell& c) {
  if (c.run == run_) return c.location;
  if (c.run == poison_word32) fail("freed memory is used");
  if (located_ == location_limit) fail("too many locations: raise location_limit in views.hpp");
  const int id = located_++;
  c.run = run_;
  c.location = static_cast<std::int16_t>(id);
  location& l = at(id);
  l.at = &c;
  l.last_access.fill(0);
  l.last_value.fill(c.initial);
  if (l.history.empty()) l.history.resize(64);
  l.length = 1;
  l.history[0].value = c.initial;
  l.history[0].seen = {};
  l.flawed = settings_.planted.what != flaw::effect::none &&
             name_of(&c).starts_with(settings_.planted.where);
  for (auto& f : fibers_) f.known[id] = 0;
  seen_in_order_[id] = 0;
  return id;
}

// The thread is about to use the cell.
void machine::touch(const cell& c, location& l) {
  view& known = me().known;
  if (scheduled_) ++known[current_];
  const auto now = known[current_];
  if (now == INT16_MAX) fail("a thread took more steps than a view can count");
  l.last_access[static_cast<std::size_t>(current_)] = now;
  if (c.born_by < thread_limit && c.born_by != current_ && known[c.born_by] < c.born_at) {
    fail("race: a variable is used by a thread that its construction has not been published to");
  }
}

// A seq_cst store gets its place in the total order.
void machine::place(fiber& f) noexcept {
  if (f.unplaced == 0) return;
  auto& seen = seen_in_order_[f.unplaced];
  if (seen < f.unplaced_index) seen = f.unplaced_index;
  f.unplaced = 0;
}

// Before an access: if it is seq_cst, what is in this thread's past comes earlier.
void machine::enter_order(std::memory_order o) noexcept {
  if (o != std::memory_order_seq_cst) return;
  fiber& mine = me();
  for (auto& f : fibers_) {
    if (f.unplaced != 0 && mine.known[f.unplaced] >= f.unplaced_index) place(f);
  }
}

// The index of the message that a load reads.
int machine::read(int id, std::memory_order o) {
  location& l = at(id);
  view& known = me().known;
  enter_order(o);
  int oldest = known[id];
  if (o == std::memory_order_seq_cst && seen_in_order_[id] > oldest) oldest = seen_in_order_[id];
  const int newest = l.length - 1;
  int behind = 0;
  if (scheduled_ && settings_.weak && oldest < newest) {
    const int count = newest - oldest + 1;
    const int of = count < 8 ? count : 8;
    behind = record(strategy_->next_message(of), of);
  }
  return newest - behind;
}

// What reading message i means for the thread's knowledge.
void machine::learn(int id, int i, std::memory_order o) {
  view& known = me().known;
  known[id] = static_cast<std::int16_t>(i);
  if (acquires(o)) known.join(at(id).history[static_cast<std::size_t>(i)].seen);
  if (o == std::memory_order_seq_cst && seen_in_order_[id] < i) {
    seen_in_order_[id] = static_cast<std::int16_t>(i);
  }
}

void machine::append(int id, std::uint64_t v, std::memory_order o, bool continues) {
  location& l = at(id);
  if (static_cast<std::size_t>(l.length) == l.history.size()) l.history.resize(l.history.size() * 2);
  if (l.length == INT16_MAX) fail("a location was written more often than a view can count");
  const int i = l.length++;
  view& known = me().known;
  known[id] = static_cast<std::int16_t>(i);
  if (o == std::memory_order_seq_cst) {
    fiber& f = me();
    place(f);
    f.unplaced = id;
    f.unplaced_index = static_cast<std::int16_t>(i);
  }
  message& m = l.history[static_cast<std::size_t>(i)];
  m.value = v;
  if (continues) m.seen = l.history[static_cast<std::size_t>(i - 1)].seen;
  if (releases(o)) {
    if (continues) m.seen.join(known); else m.seen = known;
  } else if (!continues) {
    m.seen = {};
  }
  m.seen[id] = static_cast<std::int16_t>(i);
  if (scheduled_) {
    for (int k = 0; k < threads_; ++k) if (k != current_) thread(k).yielded = false;
  }
}

std::uint64_t machine::load(const cell& c, std::memory_order o) {
  if (plain(c)) return c.initial;
  // The director looks over many words that nobody has written.
  if (!scheduled_ && c.run != run_ && c.run != poison_word32) return c.initial;
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  o = weakened(operation::load, l, o);
  const int i = read(id, o);
  learn(id, i, o);
  me().last_read = id;
  std::uint64_t v = l.history[static_cast<std::size_t>(i)].value;
  const flaw& f = settings_.planted;
  if (scheduled_ && planted(operation::load, l)) {
    if (f.what == flaw::effect::read_as) v &= f.keep;
    auto& last = l.last_value[static_cast<std::size_t>(current_)];
    if (f.what == flaw::effect::stale && f.from == o) v = last;
    last = v;
  }
  note(operation::load, o, id, l.length - 1 - i, v, v);
  return v;
}

void machine::store(cell& c, std::uint64_t v, std::memory_order o) {
  if (plain(c)) {
    c.initial = v;
    return;
  }
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  if (scheduled_ && settings_.planted.what == flaw::effect::drop && settings_.planted.from == o &&
      planted(operation::store, l)) {
    return;
  }
  if (scheduled_ && settings_.planted.what == flaw::effect::store_as &&
      planted(operation::store, l)) {
    v &= settings_.planted.keep;
  }
  o = weakened(operation::store, l, o);
  enter_order(o);
  append(id, v, o, false);
  note(operation::store, o, id, 0, 0, v);
}

std::uint64_t machine::rmw(cell& c, update u, std::uint64_t v, std::memory_order o) {
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  o = weakened(operation::rmw, l, o);
  enter_order(o);
  const int i = l.length - 1;
  const std::uint64_t before = l.history[static_cast<std::size_t>(i)].value;
  std::uint64_t after = v;
  switch (u) {
    case update::exchange: break;
    case update::add: after = before + v; break;
    case update::bit_or: after = before | v; break;
    case update::bit_and: after = before & v; break;
  }
  learn(id, i, o);
  if (scheduled_ && settings_.planted.what == flaw::effect::drop && planted(operation::rmw, l)) {
    return before;
  }
  append(id, after, o, true);
  note(operation::rmw, o, id, 0, before, after);
  return before;
}

bool machine::compare_exchange(cell& c, std::uint64_t& expected, std::uint64_t v,
                               std::memory_order o, std::memory_order failure) {
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  o = weakened(operation::rmw, l, o);
  const int newest = l.length - 1;
  const bool blind = scheduled_ && settings_.planted.what == flaw::effect::blind &&
                     planted(operation::rmw, l);
  // A failing compare-exchange is a load: an older message that differs may make it fail.
  int i = blind ? newest : read(id, failure);
  std::uint64_t found = l.history[static_cast<std::size_t>(i)].value;
  if (found == expected || blind) {
    i = newest;
    found = l.history[static_cast<std::size_t>(i)].value;
  }
  if (found == expected || blind) {
    enter_order(o);
    learn(id, i, o);
    append(id, v, o, true);
    note(operation::rmw, o, id, 0, found, v);
    return true;
  }
  learn(id, i, failure);
  me().last_read = id;
  note(operation::failed_rmw, failure, id, newest - i, found, found);
  expected = found;
  return false;
}

// -- mutexes and parkers: locations that hold 1 while locked, or while a permit is there ----------

void machine::lock(cell& c) {
  if (memory_.contains(&c)) return;              // the site table of one thread
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  while (l.history[static_cast<std::size_t>(l.length - 1)].value != 0) {
    block(id, "waits for a mutex");
  }
  learn(id, l.length - 1, std::memory_order_acquire);
  append(id, 1, std::memory_order_acquire, true);
  note(operation::lock, std::memory_order_acquire, id, 0, 0, 1);
}

void machine::unlock(cell& c) {
  if (memory_.contains(&c)) return;
  const int id = locate(c);
  touch(c, at(id));
  append(id, 0, std::memory_order_release, true);
  note(operation::unlock, std::memory_order_release, id, 0, 1, 0);
  wake(id);
}

void machine::park(cell& c) {
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  while (l.history[static_cast<std::size_t>(l.length - 1)].value == 0) block(id, "sleeps");
  learn(id, l.length - 1, std::memory_order_acquire);
  append(id, 0, std::memory_order_acquire, true);
  note(operation::park, std::memory_order_acquire, id, 0, 1, 0);
}

// The time runs out at any moment, at the latest when nobody else can go on.
bool machine::park_or_time_out(cell& c) {
  ++timed_parks_;
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  if (l.history[static_cast<std::size_t>(l.length - 1)].value == 0 && choose(2) != 0) return false;
  me().timed = true;
  while (l.history[static_cast<std::size_t>(l.length - 1)].value == 0) {
    if (!me().timed) return false;
    block(id, "sleeps for a time");
  }
  me().timed = false;
  learn(id, l.length - 1, std::memory_order_acquire);
  append(id, 0, std::memory_order_acquire, true);
  note(operation::park, std::memory_order_acquire, id, 0, 1, 0);
  return true;
}

void machine::unpark(cell& c) {
  point();
  const int id = locate(c);
  location& l = at(id);
  touch(c, l);
  bool sleeper = false;
  for (int i = 0; i < threads_; ++i) sleeper |= thread(i).blocked && thread(i).waits_for == id;
  note(operation::unpark, std::memory_order_release, id, 0, 0, 1);
  if (!sleeper && settings_.planted.what == flaw::effect::forgetful_parker) return;
  append(id, 1, std::memory_order_release, true);
  wake(id);
}

// -- barriers and allocation --------------------------------------------------------------------

void machine::heavy_barrier() {
  point();
  note(operation::heavy_barrier, std::memory_order_seq_cst, 0, 0, 0, 0);
  if (settings_.planted.what == flaw::effect::no_barrier) return;
  for (auto& f : fibers_) place(f);
  view all = seen_in_order_;
  for (int i = 0; i < threads_; ++i) all.join(thread(i).known);
  all.join(me().known);
  for (int i = 0; i < threads_; ++i) {
    const auto own = thread(i).known[i];
    thread(i).known = all;
    thread(i).known[i] = own;
  }
  if (current_ == director) me().known.join(all);
  for (int id = thread_limit; id < located_; ++id) seen_in_order_[id] = all[id];
}

void* machine::allocate(std::size_t bytes, std::size_t alignment, bool may_fail) {
  if (!in_run_) fail("allocation");
  int& left = me().failing_allocation;
  if (may_fail && scheduled_ && left >= 0 && left-- == 0) {
    note(operation::allocate, std::memory_order_relaxed, 0, 0, 0, 0, "fails");
    return nullptr;
  }
  return memory_.allocate(bytes, alignment);
}

void machine::release(void* p) {
  if (p == nullptr) return;
  const std::size_t bytes = memory_.size_of(p);
  const auto begin = reinterpret_cast<std::uintptr_t>(p);
  for (int id = thread_limit; id < located_; ++id) {
    const location& l = at(id);
    const auto a = reinterpret_cast<std::uintptr_t>(l.at);
    if (a < begin || a >= begin + bytes) continue;
    for (int i = 0; i < threads_; ++i) {
      if (i != current_ && l.last_access[static_cast<std::size_t>(i)] > me().known[i]) {
        fail("race: memory is freed while another thread's access to it is not over");
      }
    }
  }
  if (!memory_.release(p)) fail("memory is freed twice, or was never allocated");
}

void machine::for_each_location(
    const std::function<void(const cell&, std::uint64_t)>& f) const {
  for (int id = thread_limit; id < located_; ++id) {
    const location& l = locations_[static_cast<std::size_t>(id)];
    f(*l.at, l.history[static_cast<std::size_t>(l.length - 1)].value);
  }
}

}  // namespace gilt_sim
