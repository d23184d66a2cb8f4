// SPDX-License-Identifier: BSL-1.0
#include "vm_driver.hpp"

namespace gilt_sim {

gilt::interp::world_protocol<sim_atomics>& vm::world(thread&) { return vm_scenario::the_world; }
gilt::interp::wait_queue<sim_atomics>& vm::queue(thread&) { return vm_scenario::the_world.waiters; }
bool vm::wants_collection(thread& t) { return t.of->wants_collection; }
std::int64_t vm::longest(thread& t) { return t.of->longest; }

void vm::save(thread& t) {
  t.now.why = t.why;
  t.saved = t.now;
  for (const vm_thread* other : t.of->threads_) {
    expect(other == nullptr || other == &t || other->born != t.born, "two slices have one born word");
  }
}
void vm::restore(thread& t) {
  t.now = t.saved;
  t.why = t.now.why;
}

void vm::carry_out(thread& t) {
  const auto wakes = t.wakes;
  const auto starts = t.starts;
  const std::size_t wake_count = t.wake_count, start_count = t.start_count;
  forget_deferred(t);
  for (std::size_t i = 0; i < wake_count; ++i) queue(t).wake(wakes[i]);
  for (std::size_t i = 0; i < start_count; ++i) {
    expect(!t.of->started_[static_cast<std::size_t>(starts[i])], "a thread is started twice");
    t.of->started_[static_cast<std::size_t>(starts[i])] = true;
    world(t).start_counting();
    t.of->start_[static_cast<std::size_t>(starts[i])].unpark();
  }
}

void vm::collect(thread& t) {
  t.of->look_alone(t);
  t.of->wants_collection = false;
  t.of->collected();
}

void vm_scenario::look_alone(const vm_thread& t) {
  const word before = executed_;
  const auto were = threads_;
  for (int i = 0; i < 2; ++i) {
    machine::get().step("looks whether it is alone");
    expect(executed_ == before, "an instruction was executed while the world stood still");
    for (std::size_t k = 0; k < threads_.size(); ++k) {
      const vm_thread* const other = threads_[k];
      expect(were[k] == nullptr || other != nullptr, "a thread has ended while the world stood still");
      expect(other == nullptr || other == &t || !other->inside, "somebody is inside an instruction");
    }
  }
  if (!t.exclusive) return;
  for (const vm_thread* other : threads_) {
    expect(other == nullptr || other == &t || other->tx.locks() == 0, "a slice with locks is under way");
  }
}

bool vm_scenario::read(vm_thread& t, vm_object& o, word& out) {
  if (!t.barriers) {
    out = o.content.load(std::memory_order_relaxed);
    return true;
  }
  if (t.tx.read(o.lock, o.content, out)) return true;
  t.why = signal::conflict;
  return false;
}
bool vm_scenario::write(vm_thread& t, vm_object& o, word v) {
  if (!t.barriers || o.lock.load_relaxed() == t.born) {
    o.content.store(v, std::memory_order_relaxed);
    return true;
  }
  if (t.tx.write(o.lock, o.content, v)) return true;
  t.why = signal::conflict;
  return false;
}
bool vm_scenario::add(vm_thread& t, vm_object& o, word n) {
  word v = 0;
  return read(t, o, v) && write(t, o, v + n);
}

// As block_on(): the instruction is over only when it does not get here.
bool vm_scenario::wait_for(vm_thread& t, vm_object& o, bool timed) {
  if (t.wait.registered && t.wait.on != &o) vm::queue(t).remove(t);
  if (!t.wait.registered) t.wait.on = &o;
  t.wait.has_deadline = timed;
  t.wait.requested = true;
  t.why = signal::block;
  return false;
}
void vm_scenario::wake_on_commit(vm_thread& t, vm_object& o) {
  if (!t.barriers || !t.tx.active()) return vm::queue(t).wake(&o);
  t.wakes[t.wake_count++] = &o;
}
void vm_scenario::start_on_commit(vm_thread& t, int thread) {
  t.starts[t.start_count++] = thread;
  if (!t.barriers) vm::carry_out(t);
}

void vm_scenario::interrupt(int thread) {
  vm_thread* const t = threads_[static_cast<std::size_t>(thread)];
  the_world.ask(t != nullptr ? *t : *main_, gilt::interp::poll_interrupt);
}

// The VM's answers. False: t.why is conflict, or an exception that nobody handles here.
bool vm_scenario::answer(vm_thread& t, step s) {
  if (s != step::failed) return true;
  if (t.why != signal::exception) return false;
  t.why = signal::none;
  ++t.now.interrupts;
  return true;
}
bool vm_scenario::safepoint(vm_thread& t) {
  if (--t.budget >= 0) return true;
  return answer(t, vm_slices::reach_safepoint(t));
}

void vm_scenario::run(vm_thread& t) {
  if (t.barriers) vm_slices::begin(t);
  for (;;) {
    // An exception that was pending when an undone slice began.
    if (t.why == signal::exception) {
      t.why = signal::none;
      ++t.now.interrupts;
    }
    if (t.now.pc == length(t.index)) {
      if (!t.barriers || vm_slices::commit(t)) return;
      vm_slices::roll_back(t);
      continue;
    }
    const std::size_t pc = t.now.pc;
    t.inside = true;
    ++executed_;
    if (!t.barriers) look_alone(t);
    const bool done = execute(t);
    t.inside = false;
    if (done && t.now.pc == pc) ++t.now.pc;
    const bool fine = done ? safepoint(t) : t.why == signal::block && answer(t, vm_slices::wait_for_it(t));
    if (!fine) vm_slices::roll_back(t);
  }
}

void vm_scenario::body(int i) {
  const auto at = static_cast<std::size_t>(i);
  if (i >= at_start) start_[at].park();
  vm_thread& t = *sim_atomics::create<vm_thread>(*this, i);
  t.progress.length = longest;
  threads_[at] = &t;
  the_world.enter(t);
  run(t);
  expect(t.atomic_depth == 0, "an atomic block is still open");
  vm::queue(t).remove(t);
  vm_slices::end_exclusive(t);
  the_world.end(t, [&] {
    threads_[at] = nullptr;
    if (i == 0) main_ = &t;                        // a signal may come at any time
    else sim_atomics::destroy(&t);
  });
}

}  // namespace gilt_sim
