// SPDX-License-Identifier: BSL-1.0
#include "core_rules.hpp"

#include "core.hpp"

#include <iterator>
#include <new>

namespace gilt_sim {

namespace {

gilt::detail::totals accounted;                  // of the run that is ending

// Counters of threads that ended stay in the domain.
void take_departed() {
  auto& s = shared();
  accounted = s.departed;
  s.departed = {};
  while (s.departed_sites != nullptr) {
    auto* const e = s.departed_sites;
    s.departed_sites = e->next;
    sim_atomics::destroy(e);
  }
}

}  // namespace

void fresh_domain(const options& how, bool after_failure) {
  auto& s = shared();
  if (after_failure) {
    using domain_state = gilt::detail::shared<sim_atomics>;
    s.~domain_state();
    new (&s) domain_state();
  }
  s.participants = nullptr;
  machine::get().set_plain(s.line.force_every.raw(), s.line.spin_limit.raw());
  s.line.force_every.store(how.force_abort, std::memory_order_relaxed);
  s.line.spin_limit.store(how.spin_limit, std::memory_order_relaxed);
  s.last_tick = how.last_tick;
  s.deferred = how.deferred;
  sim_atomics::has_heavy_barrier = how.has_heavy_barrier;
}

namespace {

// In the order of protocol_step.hpp.
constexpr const char* step_names[] = {
    "slot",   "begin", "announce",   "read",   "value", "recheck",  "extend",
    "validate", "lock", "locked",    "store",  "serial", "clock",   "write back",
    "unlock", "wake",  "rollback",   "end",    "watch", "park",     "unregister",
    "retire", "reclaim", "quiesce",  "rollover", "thread exit"};
static_assert(std::size(step_names) == gilt::detail::protocol_step_count);

}  // namespace

const char* const* protocol_step_names() { return step_names; }

void name_domain() {
  auto& s = shared();
  machine& m = machine::get();
  m.name_places(step_names);
  m.name(&s.line.clock, sizeof s.line.clock, "clock");
  m.name(&s.line.era, sizeof s.line.era, "era");
  m.name(&s.line.serial, sizeof s.line.serial, "serial flag");
  m.name(&s.slots, sizeof s.slots, "slots");
  for (int i = 1; i <= 8; ++i) {
    auto& a = s.slots.announcement(static_cast<word>(i));
    m.name(&a, sizeof a, "announcement", i);
  }
  m.name(&s.waiters, sizeof s.waiters, "wait table");
  m.name(&s.registry, sizeof s.registry, "registry");
  m.name(&s.orphans_lock, sizeof s.orphans_lock, "orphans");
}

void warm_up_thread() {
  engine& e = this_engine();
  static_cast<void>(e.read_log().reserve_one());
  e.begin();
  e.commit();
}

void drain() {
  gilt::quiesce<domain>();
  gilt::quiesce<domain>();
}

void check_rules(std::size_t blocks_before) {
  auto& s = shared();
  machine& m = machine::get();
  constexpr auto now = std::memory_order_seq_cst;
  expect(s.participants == nullptr, "a transaction object is still registered");
  take_departed();
  expect(accounted.starts == accounted.commits + accounted.aborts,
         "statistics: starts != commits + aborts");
  expect(s.line.serial.load(now) == 0, "the serial flag is still set");
  expect(s.orphans == nullptr, "retired memory was left behind");
  m.for_each_location([&](const cell& c, std::uint64_t newest) {
    if ((newest >> 63) != 0) {
      m.fail(("a lock is left behind: " + m.name_of(&c)).c_str());
    }
  });
  for (word slot = 1; slot <= 8; ++slot) {
    expect(s.slots.announcement(slot).load(now) == 0, "an announcement is left behind");
  }
  expect(m.memory().live() == blocks_before, "memory is left behind");
}

}  // namespace gilt_sim
