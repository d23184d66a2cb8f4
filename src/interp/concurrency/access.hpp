// SPDX-License-Identifier: BSL-1.0
#pragma once
// access: how code touches the mutable words of objects. One policy type per way; the VM's loop is
// a template over it, so a researcher adds an engine here and one instantiation line.
//
//   plain_access  no barriers: one thread runs (solo), or holds the global lock (gil), or has
//                 stopped the others (irrevocable natives)
//   stm_access    words go through the thread's transaction: encounter-time locks, in-place writes
//                 with undo, reads validated against the slice's snapshot
//   any_access    asks thread_state::barriers at each call: for natives outside the hot loop
//
// Every function returns false on a conflict: the caller returns `empty` at once with
// thread_state::why == signal::conflict, and the VM rolls the slice back. Words are loaded acquire
// and stored release under stm [MO-word], relaxed under plain (handing the world over synchronizes).
#include "interp/concurrency/thread_state.hpp"

namespace gilt::interp {

GILT_INLINE bool conflict(thread_state& t) {
  t.why = signal::conflict;
  return false;
}

struct plain_access {
  static constexpr bool barriers = false;
  static GILT_INLINE bool read(thread_state&, object*, slot& s, value& out) {
    out.bits = s.load(std::memory_order_relaxed);
    return true;
  }
  // Several raw loads that must fit together; f may run more than once and see torn state.
  template <class F>
  static GILT_INLINE bool section(thread_state&, object*, F&& f) { f(); return true; }
  // Takes the object for writing: afterwards `store` may be used on its slots, plain loads read them.
  static GILT_INLINE bool own(thread_state&, object*) { return true; }
  static GILT_INLINE void store(thread_state&, object*, slot& s, value v) { s.store(v.bits, std::memory_order_relaxed); }
  static GILT_INLINE bool write(thread_state&, object*, slot& s, value v) {
    s.store(v.bits, std::memory_order_relaxed);
    return true;
  }
};

struct stm_access {
  static constexpr bool barriers = true;
  static GILT_INLINE bool newborn(const thread_state& t, const object* o) {
    return o->lock.load_relaxed() == t.born;
  }
  static GILT_INLINE bool read(thread_state& t, object* o, slot& s, value& out) {
    if (GILT_LIKELY(t.tx.read(o->lock, s, out.bits))) return true;
    return conflict(t);
  }
  template <class F>
  static GILT_INLINE bool section(thread_state& t, object* o, F&& f) {
    if (GILT_LIKELY(t.tx.read_section(o->lock, f))) return true;
    return conflict(t);
  }
  static GILT_INLINE bool own(thread_state& t, object* o) {
    if (newborn(t, o)) return true;
    if (GILT_LIKELY(t.tx.lock(o->lock))) return true;
    return conflict(t);
  }
  static GILT_INLINE void store(thread_state& t, object* o, slot& s, value v) {
    if (newborn(t, o)) s.store(v.bits, std::memory_order_relaxed);
    else t.tx.store_locked(s, v.bits);
  }
  static GILT_INLINE bool write(thread_state& t, object* o, slot& s, value v) {
    if (newborn(t, o)) {
      s.store(v.bits, std::memory_order_relaxed);
      return true;
    }
    if (GILT_LIKELY(t.tx.write(o->lock, s, v.bits))) return true;
    return conflict(t);
  }
};

struct any_access {
  static bool read(thread_state& t, object* o, slot& s, value& out) {
    return t.barriers ? stm_access::read(t, o, s, out) : plain_access::read(t, o, s, out);
  }
  template <class F>
  static bool section(thread_state& t, object* o, F&& f) {
    return t.barriers ? stm_access::section(t, o, f) : plain_access::section(t, o, f);
  }
  static bool own(thread_state& t, object* o) { return t.barriers ? stm_access::own(t, o) : true; }
  static void store(thread_state& t, object* o, slot& s, value v) {
    if (t.barriers) stm_access::store(t, o, s, v);
    else plain_access::store(t, o, s, v);
  }
  static bool write(thread_state& t, object* o, slot& s, value v) {
    return t.barriers ? stm_access::write(t, o, s, v) : plain_access::write(t, o, s, v);
  }
};

}  // namespace gilt::interp
