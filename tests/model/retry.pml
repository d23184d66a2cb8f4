// SPDX-License-Identifier: BSL-1.0
// retry: sleeping until something read has changed, and who wakes whom (wait_table.hpp,
// context_slow.hpp: wait_for_change).
//
//   waiter     begin, read, decide to wait;
//              register in the wait table under every orec read;
//              watch: set each orec's watched bit by a CAS on the unlocked word, whose version must
//              still be acceptable; otherwise run again;
//              give up announcement and slot; park; leave the table
//   committer  lock CAS (finds the bit), clock, write, unlock (takes the bit off), then wake: a
//              permit to everybody registered on that orec
//   rollback   the release carries the bit on, with the old word (clean) or a new version (dirty)
//
// No wake-up is lost: either the version moved before the waiter's CAS, then it runs again at once,
// or the committer's lock CAS came after it and saw the bit, and the waiter was in the table before.
// A permit is remembered, so waking before parking is as good. A leaver never clears the bit, since
// others may rely on it.
//
// Claim: when nothing can move any more, no parked waiter has seen a value that is no longer there.
// Waiters read x, y or both and sleep twice; one of two may time out and leave. Committers change a
// variable, or lock it and roll back, clean or dirty.
//
// run    lone    WAITERS=1 COMMITTERS=2
// run    crowd   WAITERS=2 COMMITTERS=2 ONE_VARIABLE
// run    both    WAITERS=2 COMMITTERS=1
// mutant REGISTER_LATE      lone   the committer took the bit off and found nobody to wake
// mutant WATCH_ANY_VERSION  lone   the change came before the bit
// mutant WATCH_LOCKED       lone   the lock CAS came before the bit and did not see it
// mutant NO_WATCH           lone   nobody tells the committer
// mutant CLEAN_DROPS_BIT    lone   a rollback restores the word without the bit
// mutant DIRTY_DROPS_BIT    lone   a rollback's new version comes without the bit
// mutant LEAVER_CLEARS_BIT  crowd  the one who stays is forgotten
// mutant WAKE_FIRST_ONLY    crowd  the bit is gone and the second sleeps on
// mutant WAKE_ON_OLD_WORD   lone   bit sampled before the lock CAS, set in between
// mutant PERMIT_FORGOTTEN   lone   a permit given before parking is dropped
// sound  WAKE_BEFORE_UNLOCK lone   the woken one waits for the lock or runs again
// sound  UNLOCK_KEEPS_BIT   both   only costs useless wake-ups

#define VARIABLES 2
#include "orec.inc"

byte clock;
byte orec[VARIABLES];
byte cell[VARIABLES];              // counts its changes; dirty while a rollback is under way
byte registered[VARIABLES];        // the wait table: bits of waiters
byte permits;                      // bits of waiters
byte finished;

#define in(set, v) ((set) & (1 << (v)))

// -- committers -------------------------------------------------------------------------------------

inline lock(v) {
  if
  :: in(writes, v) ->
#ifdef MUTANT_WAKE_ON_OLD_WORD
     seen = orec[v];
     atomic {
       !is_locked(orec[v]);
       old[v] = (seen & orec_watched) | unwatched(orec[v]);
       orec[v] = locked_word(orec[v])
     };
     seen = 0
#else
     atomic {
       !is_locked(orec[v]);
       old[v] = orec[v];
       orec[v] = locked_word(old[v])                             // [MO-watch]
     }
#endif
  :: else
  fi
}

inline unlock(v, with) {
  if
  :: in(writes, v) -> orec[v] = with                             // [MO-orec]
  :: else
  fi
}

// Under the bucket's mutex.
inline wake(v) {
  if
  :: in(writes, v) && (old[v] & orec_watched) ->                 // [MO-watch]
#ifdef MUTANT_WAKE_FIRST_ONLY
     permits = permits | (in(registered[v], 0) -> 1 : registered[v])
#else
     permits = permits | registered[v]
#endif
  :: else
  fi
}

inline change(v) {
  if
  :: in(writes, v) -> cell[v] = cell[v] + 1
  :: else
  fi
}

inline advance_clock() {
  d_step { clock++; wv = clock; assert(wv <= last_version) }
}

#ifdef SOUND_UNLOCK_KEEPS_BIT
#define committed_word(v) (free_word(wv, slot) | (old[v] & orec_watched))
#else
#define committed_word(v) free_word(wv, slot)
#endif
#ifdef MUTANT_CLEAN_DROPS_BIT
#define clean_word(v) unwatched(old[v])
#else
#define clean_word(v) old[v]
#endif
#ifdef MUTANT_DIRTY_DROPS_BIT
#define dirty_word(v) free_word(wv, slot)
#else
#define dirty_word(v) (free_word(wv, slot) | (old[v] & orec_watched))
#endif

proctype committer(byte slot) {
  byte writes, wv, seen;
  byte old[VARIABLES];
#ifdef ONE_VARIABLE
  writes = 1;
#else
  if
  :: writes = 1
  :: writes = 2
  :: writes = 3
  fi;
#endif
  lock(0);
  lock(1);
  if
  :: skip;                                            // commits
     advance_clock();
     change(0);
     change(1);
#ifdef SOUND_WAKE_BEFORE_UNLOCK
     wake(0);
     wake(1);
#endif
     unlock(0, committed_word(0));
     unlock(1, committed_word(1));
#ifndef SOUND_WAKE_BEFORE_UNLOCK
     wake(0);
     wake(1)
#endif
  :: skip;                                            // rolled back before it stored anything
     unlock(0, clean_word(0));
     unlock(1, clean_word(1))
  :: skip;                                            // rolled back after it stored
     if
     :: in(writes, 0) -> cell[0] = cell[0] + 100; cell[0] = cell[0] - 100
     :: else -> cell[1] = cell[1] + 100; cell[1] = cell[1] - 100
     fi;
     advance_clock();
     unlock(0, dirty_word(0));
     unlock(1, dirty_word(1))
  fi;
  d_step { writes = 0; wv = 0; old[0] = 0; old[1] = 0; slot = 0; finished++ }
}

// -- waiters ----------------------------------------------------------------------------------------

// Newer than rv: run again (an extension would only save work).
inline read(v) {
  if
  :: in(reads, v) ->
     do
     :: seen = orec[v];
        if
        :: is_locked(seen) -> !is_locked(orec[v])
        :: !is_locked(seen) && unwatched(seen) >= bound_of(rv) -> goto run_again
        :: else ->
           saw[v] = cell[v];
           atomic {
             if
             :: unwatched(orec[v]) == unwatched(seen) -> break
             :: else
             fi
           }
        fi
     od
  :: else
  fi
}

inline register(v) {
  if
  :: in(reads, v) -> registered[v] = registered[v] | (1 << me)
  :: else
  fi
}
#define leave_table() \
  registered[0] = registered[0] & (255 - (1 << me)); \
  registered[1] = registered[1] & (255 - (1 << me))

#ifdef MUTANT_WATCH_ANY_VERSION
#define may_watch(w) !is_locked(w)
#elif defined(MUTANT_WATCH_LOCKED)
#define may_watch(w) ((unwatched(w) & (255 - orec_locked)) < bound_of(rv))
#else
#define may_watch(w) (unwatched(w) < bound_of(rv))
#endif

inline watch(v) {
#ifndef MUTANT_NO_WATCH
  if
  :: in(reads, v) ->
     atomic {
       if
       :: may_watch(orec[v]) -> orec[v] = orec[v] | orec_watched       // [MO-watch]
       :: else -> goto run_again
       fi
     }
  :: else
  fi
#else
  skip
#endif
}

#define unchanged(v) (!in(reads, v) || cell[v] == saw[v])

#ifdef ONE_VARIABLE
#define TIMES_OUT (me == 0)
#else
#define TIMES_OUT false
#endif

proctype waiter(byte me) {
  byte reads, rv, seen, sleeps;
  byte saw[VARIABLES];
#ifdef ONE_VARIABLE
  reads = 1;
#else
  if
  :: reads = 1
  :: reads = 2
  :: reads = 3
  fi;
#endif
again:
  rv = clock;
  read(0);
  read(1);
  if
  :: sleeps == 2 -> goto leave       // what it waited for is there
  :: else -> sleeps++
  fi;
#ifndef MUTANT_REGISTER_LATE
  register(0);
  register(1);
#endif
  watch(0);
  watch(1);
#ifdef MUTANT_REGISTER_LATE
  register(0);
  register(1);
#endif
  // Announcement and slot are given up here; nothing logged is dereferenced any more.
park:
#ifdef MUTANT_PERMIT_FORGOTTEN
  permits = permits & (255 - (1 << me));
#endif
  if
  :: permits & (1 << me) -> goto run_again                       // [MO-permit]
  :: TIMES_OUT -> goto leave
  :: timeout -> assert(unchanged(0) && unchanged(1)); goto leave
  fi;
run_again: skip;
  d_step { leave_table(); }
  d_step { permits = permits & (255 - (1 << me)); seen = 0; saw[0] = 0; saw[1] = 0 }
  goto again;
leave: skip;
  d_step {
    leave_table();
    permits = permits & (255 - (1 << me));
    rv = 0; seen = 0; saw[0] = 0; saw[1] = 0
  }
#ifdef MUTANT_LEAVER_CLEARS_BIT
  atomic {
    if
    :: in(reads, 0) && !is_locked(orec[0]) -> orec[0] = unwatched(orec[0])
    :: else
    fi
  }
#endif
  d_step { reads = 0; sleeps = 0; finished++ }
}

init {
  byte n;
  atomic {
    do
    :: n < WAITERS -> run waiter(n); n++
    :: else -> break
    od;
    n = 0;
    do
    :: n < COMMITTERS -> n++; run committer(n)
    :: else -> break
    od;
    n = 0
  }
  finished == WAITERS + COMMITTERS;
  assert(!is_locked(orec[0]) && !is_locked(orec[1]));
  assert(registered[0] == 0 && registered[1] == 0)
}
