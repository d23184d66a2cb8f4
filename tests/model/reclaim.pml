// SPDX-License-Identifier: BSL-1.0
// reclaim: when memory that a commit unlinked may be destroyed (reclaim.hpp).
//
//   attempt    rv := clock; announce rv + 1: a plain store, which may sit in the store buffer;
//              read the head, then the node it points to; touch both until the end;
//              announce 0 after the last touch
//   writer     besides: lock the head, clock, link a new node, unlock; end;
//              retire the old node with stamp := clock
//   scan       heavy barrier: everybody's store buffer is drained; then load every announcement,
//              one after the other; destroy the nodes whose stamp < every announced read version
//
// An announcement that the scan misses was made after the barrier, hence after the writer's lock:
// the reads that follow it see the lock or the new head and never reach the node. The only weak
// order modelled is the one the barrier is for: a store buffer of one entry for each announcement,
// drained at any time, by the process's own RMW, or by the heavy barrier.
//
// Claim: no node is touched after it was destroyed, in attempts that abort neither.
//
// Sources: Fraser, "Practical lock-freedom", 2004, section 5.2.3 (epochs); the asymmetric barrier:
// Dice, Huang, Yang, "Asymmetric Dekker Synchronization", 2001.
//
// run    pair     WRITERS=1 READERS=1 REPLACEMENTS=3
// run    crowd    WRITERS=2 READERS=1 REPLACEMENTS=1
// long   readers  WRITERS=1 READERS=2 REPLACEMENTS=2
// mutant NO_BARRIER          pair   the announcement is still in the store buffer when scanned
// mutant BARRIER_BEFORE_LOCK pair   the reader announced after it and read before the lock
// mutant NO_SCAN             pair   somebody is there
// mutant ANNOUNCE_AFTER_READ pair   held, but not yet announced
// mutant DROP_EARLY          pair   a last touch after the announcement
// mutant STAMP_AT_BEGIN      crowd  an attempt that began after the writer, not after the unlinking
// mutant STAMP_BACKWARDS     pair   a running reader counts only if it began after the unlinking
// sound  NO_SECOND_LOOK      crowd  what the head held after the announcement is protected, be it
//                                   consistent or not
// sound  STAMP_EQUAL         crowd  stamp <= rv: who began at the unlinking commit's version or
//                                   later finds the head locked or new

#define VARIABLES 1
#include "orec.inc"

#define SLOTS (WRITERS + READERS)
#define NODES (1 + WRITERS * REPLACEMENTS)
#define nobody 255

byte clock;
byte orec;
byte head = 1;
byte next_node = 2;
bit  destroyed[NODES + 2];
byte announced[SLOTS + 1];         // what a scan sees
byte buffered[SLOTS + 1];          // what the owner has stored
byte finished;

#define announce(value) buffered[slot] = value                   // [MO-announce]
#define drain(s) announced[s] = buffered[s]

inline heavy_barrier() {
  d_step {
    n = 1;
    do
    :: n <= SLOTS -> drain(n); n++
    :: else -> break
    od;
    n = 0
  }
}

#define touch(x) assert(!destroyed[x])

// The head and the node behind it. Nothing else was read, so an extension succeeds.
inline read_head() {
  do
  :: seen = orec;
     if
     :: is_locked(seen) -> !is_locked(orec)
     :: !is_locked(seen) && seen < bound_of(rv) ->
        node = head;
#ifdef SOUND_NO_SECOND_LOOK
        break
#else
        atomic {
          if
          :: orec == seen -> break
          :: else
          fi
        }
#endif
     :: else -> rv = clock
     fi
  od;
  seen = 0
}

#ifdef MUTANT_STAMP_AT_BEGIN
#define stamp_now() stamp = first_rv
#else
#define stamp_now() stamp = clock
#endif
#ifdef SOUND_STAMP_EQUAL
#define blocks(a) (a != 0 && stamp > a - 1)
#elif defined(MUTANT_STAMP_BACKWARDS)
#define blocks(a) (a != 0 && stamp < a - 1)
#else
#define blocks(a) (a != 0 && stamp >= a - 1)
#endif

// old: the node to destroy when nobody can hold it; scanned again until then.
inline scan() {
  do
  :: old == 0 -> break
  :: else ->
#if !defined(MUTANT_NO_BARRIER) && !defined(MUTANT_BARRIER_BEFORE_LOCK)
     heavy_barrier();
#endif
     blocked = 0;
#ifndef MUTANT_NO_SCAN
     n = 1;
     do
     :: n <= SLOTS ->
        atomic {
          if
          :: blocks(announced[n]) -> blocked = n
          :: else
          fi;
          n++
        }
     :: else -> break
     od;
     n = 0;
#endif
     if
     :: blocked -> (!blocks(announced[blocked]) || !blocks(buffered[blocked]))
     :: else -> destroyed[old] = 1; old = 0; stamp = 0
     fi
  od;
  blocked = 0
}

inline begin() {
  rv = clock;
#ifdef MUTANT_STAMP_AT_BEGIN
  first_rv = rv;
#endif
#ifdef MUTANT_ANNOUNCE_AFTER_READ
  read_head();
  announce(rv + 1)
#else
  announce(rv + 1);
  read_head()
#endif
}

proctype reader(byte slot) {
  byte rv, seen, node, first_rv, tries;
  do
  :: tries < 2 ->
     begin();
     touch(node);
#ifdef MUTANT_DROP_EARLY
     announce(0);
#endif
     touch(node);
     announce(0);
     d_step { rv = 0; node = 0; tries++ }
  :: else -> break
  od;
  finished++
}

proctype writer(byte slot) {
  byte rv, seen, node, first_rv, old, mine, stamp, n, blocked, done;
  do
  :: done < REPLACEMENTS ->
     begin();
     touch(node);
#ifdef MUTANT_BARRIER_BEFORE_LOCK
     heavy_barrier();
#endif
     atomic {
       !is_locked(orec);
       seen = orec;
       orec = locked_word(seen);                                 // [MO-orec]
       drain(slot)
     }
     if
     :: seen >= bound_of(rv) ->
        orec = seen;                                             // not what we have read: again
        announce(0);
        d_step { seen = 0; node = 0; rv = 0 }
     :: else ->
        d_step { clock++; rv = clock; assert(clock <= last_version) }
        d_step { mine = next_node; next_node++ }
        old = node;
        head = mine;
        orec = free_word(rv, slot);
        touch(node);                       // the log is gone through once more
        announce(0);                                             // [MO-announce]
        stamp_now();
        scan();
        d_step { seen = 0; node = 0; rv = 0; mine = 0; first_rv = 0; done++ }
     fi
  :: else -> break
  od;
  finished++
}

// Store buffers drain when they like.
proctype store_buffers() {
end:
  do
  :: atomic { announced[1] != buffered[1] -> drain(1) }
  :: atomic { announced[2] != buffered[2] -> drain(2) }
#if WRITERS + READERS > 2
  :: atomic { announced[3] != buffered[3] -> drain(3) }
#endif
  :: atomic { finished == SLOTS -> break }
  od
}

init {
  byte n;
  atomic {
    n = 1;
    do
    :: n <= WRITERS -> run writer(n); n++
    :: n > WRITERS && n <= SLOTS -> run reader(n); n++
    :: else -> break
    od;
    n = 0;
    run store_buffers()
  }
}
