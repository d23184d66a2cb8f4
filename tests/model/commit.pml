// SPDX-License-Identifier: BSL-1.0
// commit: updates with a redo log, TL2 by the book (src/stm/transaction_slow.hpp).
//
//   begin        rv := clock
//   read         orec, value, orec again: free, no newer than rv, unchanged; newer: extend
//   write        only remembered
//   lock_writes  every orec that is to be written, whatever its version
//   clock        wv := ++clock, the linearization point
//   validate     what was read is still no newer than rv and locked by nobody else; needless when
//                wv == rv + 1
//   write_back   the values
//   unlock       with (wv, slot)
//
// Updaters read none, one or both of two variables in either order and then write none, one or
// both: lost updates, write skew, zombies that see half a commit, readers that disagree on the
// order of two commits, all are among these. Claim: history.inc's, over all attempts.
//
// Sources: Dice, Shalev, Shavit, "Transactional Locking II", DISC 2006; extension: Riegel, Felber,
// Fetzer, "A Lazy Snapshot Algorithm with Eager Validation", DISC 2006.
//
// run    twice  UPDATERS=2 TRIES=2
// run    one_each UPDATERS=3 TRIES=1 ONE_EACH
// wide   trio   UPDATERS=3 TRIES=1 FEW
// long   trio_more UPDATERS=3 TRIES=1 MORE
// mutant CLOCK_BEFORE_LOCKS      twice  a reader that begins at wv still finds old values unlocked
// mutant VALIDATE_BEFORE_LOCKS   twice  two attempts miss each other's locks: write skew
// mutant NO_VALIDATION           twice  lost update
// mutant SKIP_TOO_FAR            twice  one foreign commit since rv was enough to change a read
// mutant VALIDATE_OWN_BLINDLY    twice  a version that moved between read and lock: lost update
// mutant VALIDATE_IGNORES_LOCKS  twice  write skew: the other has validated and not yet unlocked
// mutant UNLOCK_BEFORE_WRITE_BACK twice  the old value under the new version
// mutant UNLOCK_OLD_VERSION      twice  the new value under the old version
// mutant READ_NEWER              twice  a commit after rv is half seen
// mutant READ_LOCKED             twice  a commit in the middle of its write-back is half seen
// mutant NO_SECOND_LOOK          twice  a whole commit between the orec and the value
// mutant ONE_LOOK                trio   the value before a commit, the orec after: also newer than rv
// mutant EXTEND_BLINDLY          twice  rv moves over a read that is stale
// mutant EXTEND_CLOCK_LATE       trio   a commit between validation and clock is taken as covered
// mutant CLOCK_NOT_ATOMIC        twice  two commits of one version, each thinks it was alone
// sound  VALIDATE_BEFORE_CLOCK   twice  with all locks held the validation may also come first: a
//                                       reader at a later clock value waits for the lock anyhow

#define VARIABLES 2
#define ATTEMPTS (UPDATERS * TRIES)
#include "gv1.inc"
#include "tl2.inc"
#include "programs.inc"
#include "redo.inc"

byte finished;

proctype updater(byte number; byte program) {
  attempt_locals;
  byte tries;
  slot = number;
again:
  begin();
  if
  :: reads_first(program) == 1 -> read(0)
  :: reads_first(program) == 2 -> read(1)
  :: else
  fi;
  if
  :: reads_second(program) == 1 -> read(0)
  :: reads_second(program) == 2 -> read(1)
  :: else
  fi;
  if
  :: written(program) == 0 -> goto commit     // a read-only attempt is consistent by its reads alone
  :: else
  fi;
#ifdef MUTANT_VALIDATE_BEFORE_LOCKS
  first_invalid();
  if
  :: ok -> skip
  :: else -> goto rollback
  fi;
#endif
#ifdef MUTANT_CLOCK_BEFORE_LOCKS
  advance_clock();
  lock_writes();
  validate();
#elif defined(MUTANT_VALIDATE_BEFORE_LOCKS)
  lock_writes();
  advance_clock();
#elif defined(SOUND_VALIDATE_BEFORE_CLOCK)
  lock_writes();
  first_invalid();
  if
  :: ok -> skip
  :: else -> goto rollback
  fi;
  advance_clock();
#else
  lock_writes();
  advance_clock();
  validate();
#endif
#ifdef MUTANT_UNLOCK_BEFORE_WRITE_BACK
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
  write_back(0);
  write_back(1);
#elif defined(MUTANT_UNLOCK_OLD_VERSION)
  write_back(0);
  write_back(1);
  unlock(0, old[0]);
  unlock(1, old[1]);
#else
  write_back(0);
  write_back(1);
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
#endif
commit: skip;
  d_step { attempt_ends(me, committed); forget_attempt() }
  goto done;
rollback:
  unlock(0, old[0]);               // nothing dirty: the old word
  unlock(1, old[1]);
  d_step { attempt_ends(me, aborted); forget_attempt(); tries++ }
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
