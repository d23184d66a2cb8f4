// SPDX-License-Identifier: BSL-1.0
// write_through: updates in place under locks taken at the first write, with an undo log.
//
//   begin     rv := clock
//   read      as in commit.pml; under a lock of our own the value is ours
//   write     lock the orec whatever its version; newer than rv: extend; log the old value; store
//   commit    wv := ++clock; validate unless wv == rv + 1; unlock with (wv, slot)
//   rollback  undo newest first; version := ++clock; unlock with (version, slot); a lock under which
//             nothing was stored gets its old word back
//
// While an owner runs, its cells hold values that may never be committed. A reader is protected by
// the two looks at the orec, and by the rule that a dirty lock never shows its old word again: a
// reader that loaded the orec before the lock and the value during it must not find the same orec
// afterwards.
//
// Attempts may give up anywhere after a write (GIVE_UP), store twice into a variable, and read between their
// writes and the commit. Claim: history.inc's.
//
// Source: Felber, Fetzer, Riegel, "Dynamic Performance Tuning of Word-Based Software Transactional
// Memory", PPoPP 2008 (TinySTM, write-through design).
//
// run    pair   UPDATERS=2 TRIES=1 GIVE_UP
// run    twice  UPDATERS=2 TRIES=2 FEW GIVE_UP
// run    one_each UPDATERS=3 TRIES=1 ONE_EACH
// long   trio   UPDATERS=3 TRIES=1 FEW
// long   all_twice  UPDATERS=2 TRIES=2 GIVE_UP
// mutant ROLLBACK_OLD_VERSION    twice  a dirty value under an orec that looks untouched
// mutant UNLOCK_BEFORE_UNDO      twice  a dirty value under a free orec
// mutant UNDO_OLDEST_FIRST       twice  the first store's value is restored by the second's undo
// mutant STORE_BEFORE_LOCK       twice  a store under somebody else's lock
// mutant LOCK_WITHOUT_EXTEND     twice  a newer variable is written, and read, in an older snapshot
// mutant NO_VALIDATION           twice  write skew
// mutant SKIP_TOO_FAR            twice  one foreign commit since rv was enough to change a read
// mutant VALIDATE_OWN_BLINDLY    twice  a version that moved between read and lock: lost update
// mutant VALIDATE_IGNORES_LOCKS  twice  write skew: the other has validated and not yet unlocked
// mutant UNLOCK_OLD_VERSION      twice  the new value under the old version
// mutant READ_LOCKED             twice  a value in the middle of somebody's attempt
// mutant NO_SECOND_LOOK          twice  the lock came between the orec and the value
// mutant EXTEND_BLINDLY          twice  rv moves over a read that is stale
// mutant CLOCK_NOT_ATOMIC        twice  two commits of one version, each thinks it was alone
// sound  ROLLBACK_CLOCK_FIRST    twice  the new version may be taken before the values are restored:
//                                       the clock gives it to nobody else
// sound  ONE_LOOK                twice  with no redo writer about, a look after the value would do

#define VARIABLES 2
#define ATTEMPTS (UPDATERS * TRIES)
#include "gv1.inc"
#include "tl2.inc"
#include "programs.inc"
#include "in_place.inc"

byte finished;

proctype updater(byte number; byte program) {
  attempt_locals;
  byte before_us[VARIABLES];       // the undo log
  byte dirty;                      // bits: stored into
  byte tries;
  slot = number;
again:
  begin();
  if
  :: reads_first(program) == 1 -> read(0)
  :: reads_first(program) == 2 -> read(1)
  :: else
  fi;
  write(0);
  if
  :: reads_second(program) == 1 -> read(0)
  :: reads_second(program) == 2 -> read(1)
  :: else
  fi;
  write(1);
#ifdef GIVE_UP
  if
  :: dirty -> goto rollback
  :: skip
  fi;
#endif
  if
  :: dirty == 0 -> goto commit
  :: else
  fi;
  advance_clock();
  validate();
  d_step {
    if
    :: dirty & 1 -> attempt_overwrote(me, 0, before_us[0])
    :: else
    fi;
    if
    :: dirty & 2 -> attempt_overwrote(me, 1, before_us[1])
    :: else
    fi
  }
#ifdef MUTANT_UNLOCK_OLD_VERSION
  wv = version_of(old[0]);
#endif
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
commit: skip;
  d_step {
    attempt_ends(me, committed); forget_attempt(); before_us[0] = 0; before_us[1] = 0; dirty = 0
  }
  goto done;
rollback:
#ifdef SOUND_ROLLBACK_CLOCK_FIRST
  if
  :: dirty -> advance_clock()
  :: else
  fi;
#endif
#ifndef MUTANT_UNLOCK_BEFORE_UNDO
  undo_all();
#endif
  if
  :: dirty == 0 -> unlock(0, old[0]); unlock(1, old[1])
  :: else ->
#ifdef MUTANT_ROLLBACK_OLD_VERSION
     unlock(0, old[0]);
     unlock(1, old[1])
#else
#ifndef SOUND_ROLLBACK_CLOCK_FIRST
     advance_clock();
#endif
     unlock(0, free_word(wv, slot));
     unlock(1, free_word(wv, slot))
#endif
  fi;
#ifdef MUTANT_UNLOCK_BEFORE_UNDO
  undo_all();
#endif
  d_step {
    attempt_ends(me, aborted); forget_attempt(); before_us[0] = 0; before_us[1] = 0; dirty = 0;
    tries++
  }
  if
  :: tries < TRIES -> goto again
  :: else
  fi;
done: skip;
  d_step { number = 0; slot = 0; program = 0; tries = 0; finished++ }
}

init {
  start_all(updater, UPDATERS);
  finished == UPDATERS;
  check_history();
  assert(!is_locked(orec[0]) && !is_locked(orec[1]))
}
