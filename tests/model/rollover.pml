// SPDX-License-Identifier: BSL-1.0
// rollover: starting the version clock again by quiescence (src/stm/rollover_slow.hpp; the orecs are
// reset by the roller here, by their readers there: tests/sim/scenarios_rollover.cpp).
//
//   begin     announce (a plain store); look at the rollover flag; raised: take the announcement
//             back and wait until it is down; then rv := clock
//   commit    a write version beyond the last one is not used: roll back, and take the flag by a CAS
//   roller    wait, announcement by announcement, until nobody runs: heavy barrier first;
//             version := 0 in every orec, the watched bit stays; clock := 0; drop the flag
//
// Announcement, then flag, against flag, heavy barrier, then announcements: one of the two sees the
// other (asymmetric Dekker). So while versions go back nobody holds a read version, a lock or a
// logged orec. Retired memory may all be destroyed there: stamps do not survive the rollover.
// Orecs must be reachable for the reset, as a striped table or a heap's objects are.
//
// The last version is 2 and the clock starts there. Updaters add to both of two variables or read
// both; the first one always adds and runs FIRST times. Claim: history.inc's, and no version is ahead of the clock when a
// read version is taken: an attempt alone would never get past such an orec.
//
// Source: Felber, Fetzer, Riegel, PPoPP 2008, section 3.1 (clock roll-over).
//
// run    pair   UPDATERS=2 FIRST=2 ROUNDS=1
// long   twice  UPDATERS=2 FIRST=2 ROUNDS=2
// mutant NO_WAIT         pair  a running attempt's read version outlives the reset
// mutant NO_BARRIER      pair  an announcement in the store buffer is missed
// mutant SCAN_FIRST      pair  announced between the scan and the flag
// mutant BEGIN_BLINDLY   pair  an attempt begins in the middle of the reset
// mutant ANNOUNCE_LATE   pair  seen neither by the scan nor by itself
// mutant RV_BEFORE_LOOK  pair  a read version from before the reset
// mutant KEEP_VERSIONS   pair  versions ahead of the clock
// mutant DROP_WATCHED    pair  a sleeper is forgotten
// mutant WRAP            pair  the version starts again while attempts run

#define VARIABLES 2
#define ATTEMPTS ((FIRST + (UPDATERS - 1) * ROUNDS) * 3)
#define last_usable 2

bit rolling;                       // the flag
byte announced[UPDATERS + 1];      // what the roller sees
byte buffered[UPDATERS + 1];       // what the owner has stored

#include "gv1.inc"
#include "tl2.inc"

byte finished;

#define announce(value) buffered[slot] = value                   // [MO-announce]
#define drain(s) announced[s] = buffered[s]

inline heavy_barrier() {
  d_step {
    n = 1;
    do
    :: n <= UPDATERS -> drain(n); n++
    :: else -> break
    od;
    n = 0
  }
}

inline reset(v) {
#ifdef MUTANT_KEEP_VERSIONS
  skip
#elif defined(MUTANT_DROP_WATCHED)
  orec[v] = 0
#else
  d_step {
    assert(!is_locked(orec[v]));
    orec[v] = orec[v] & orec_watched
  }
#endif
}

inline wait_for_attempts() {
#ifndef MUTANT_NO_WAIT
#ifndef MUTANT_NO_BARRIER
  heavy_barrier();
#endif
  n = 1;
  do
  :: n <= UPDATERS -> announced[n] == 0; n++
  :: else -> break
  od;
  n = 0
#else
  skip
#endif
}

// Not inside an attempt. Who finds the flag up waits with the others.
inline roll() {
#ifdef MUTANT_SCAN_FIRST
  wait_for_attempts();
#endif
  atomic {
    if
    :: rolling -> mine = 0
    :: else -> rolling = 1; mine = 1; drain(slot)
    fi
  }
  if
  :: mine ->
#ifndef MUTANT_SCAN_FIRST
     wait_for_attempts();
#endif
     if
     :: clock >= last_usable ->
        reset(0);
        reset(1);
        clock = 0
     :: else                       // somebody has rolled since
     fi;
     rolling = 0;
     mine = 0
  :: else
  fi
}

inline announced_begin() {
#ifdef MUTANT_BEGIN_BLINDLY
  announce(1);
#elif defined(MUTANT_ANNOUNCE_LATE)
  !rolling;
  announce(1);
#else
#ifdef MUTANT_RV_BEFORE_LOOK
  rv = clock;
#endif
  do
  :: announce(1);
     if
     :: rolling -> announce(0); !rolling
     :: else -> break
     fi
  od;
#endif
  attempt_begins(me);
#ifndef MUTANT_RV_BEFORE_LOOK
  d_step {
    rv = clock;                                                  // [MO-clock]
    assert(is_locked(orec[0]) || version_of(orec[0]) <= clock);
    assert(is_locked(orec[1]) || version_of(orec[1]) <= clock)
  }
#endif
}

proctype updater(byte slot_number) {
  attempt_locals;
  byte round, n;
  bit mine, writes, used_up;
  slot = slot_number;
again:
  if
  :: writes = 1
  :: slot != 1 -> writes = 0
  fi;
  announced_begin();
  read(0);
  read(1);
  if
  :: writes -> skip
  :: else -> goto commit
  fi;
  try_lock(0);
  try_lock(1);
#ifdef MUTANT_WRAP
  d_step { clock = (clock >= last_usable -> 0 : clock + 1); wv = clock }
#else
  atomic {
    if
    :: clock >= last_usable -> used_up = 1; goto rollback
    :: else -> clock++; wv = clock
    fi
  }
#endif
  validate();
  d_step { attempt_overwrote(me, 0, cell[0]); cell[0] = me }
  d_step { attempt_overwrote(me, 1, cell[1]); cell[1] = me }
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot) | orec_watched);      // so that a reset that drops it shows
commit: skip;
  d_step { attempt_ends(me, committed); forget_attempt(); writes = 0; round++ }
  announce(0);
  if
  :: round < (slot == 1 -> FIRST : ROUNDS) -> goto again
  :: else -> goto done
  fi;
rollback:
  unlock(0, old[0]);
  unlock(1, old[1]);
  d_step { attempt_ends(me, aborted); forget_attempt(); writes = 0 }
  announce(0);
  if
  :: used_up -> used_up = 0; roll()
  :: else -> round++
  fi;
  if
  :: round < (slot == 1 -> FIRST : ROUNDS) -> goto again
  :: else
  fi;
done: skip;
  d_step { slot_number = 0; slot = 0; round = 0; finished++ }
}

proctype store_buffers() {
end:
  do
  :: atomic { announced[1] != buffered[1] -> drain(1) }
  :: atomic { announced[2] != buffered[2] -> drain(2) }
#if UPDATERS > 2
  :: atomic { announced[3] != buffered[3] -> drain(3) }
#endif
  :: atomic { finished == UPDATERS -> break }
  od
}

init {
  atomic {
    clock = last_usable;           // the next commit rolls
    orec[0] = free_word(clock, 3);
    orec[1] = orec[0] | orec_watched;
    h_j = 0;
    do
    :: h_j < UPDATERS -> h_j++; run updater(h_j)
    :: else -> break
    od;
    h_j = 0;
    run store_buffers()
  }
  finished == UPDATERS;
  check_history();
  assert(!is_locked(orec[0]) && !is_locked(orec[1]) && !rolling);
  assert(orec[1] & orec_watched)
}
