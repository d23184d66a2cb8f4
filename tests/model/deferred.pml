// SPDX-License-Identifier: BSL-1.0
// deferred: the deferred clock (the policy that is to become the default). Commits do not write the
// clock; an orec's slot says who committed, so that a thread accepts its own last commits.
//
//   begin        take a slot, rv := clock
//   read         as in commit.pml, but accepted are versions < rv, strictly, and words whose slot is
//                ours: such a commit ended before this attempt began. Newer: move the clock past it,
//                extend
//   commit       lock all; wv := clock, after the last lock; validate, always; write back; unlock
//                with (wv, slot)
//   in place     lock, store, ...; wv := clock; validate; unlock
//   rollback     restore; version := clock; unlock with (version, slot): no value of this attempt is
//                accepted, since it is gone before the version is there
//   end          give the slot back after the last unlock
//
// A slot belongs to an attempt. Given back before the unlock, or taken after the first read, it lets
// an attempt take another's commit for its own past.
//
// A ticker stands for the rest of the world and moves the clock once at any time. Claim: history.inc.
//
// Sources: GV5: Dice, Shalev, Shavit, DISC 2006; Ramalhete and Correia, "Scaling Up Transactions
// with Slower Clocks", PPoPP 2024 (DCTL).
//
// run    redo_few    UPDATERS=2 TRIES=1 TICKS=1 FEW
// wide   redo        UPDATERS=2 TRIES=1 TICKS=1
// run    in_place    UPDATERS=2 TRIES=1 TICKS=1 IN_PLACE GIVE_UP FEW
// run    trio        UPDATERS=3 TRIES=1 TICKS=0 ONE_EACH
// run    in_turn     UPDATERS=2 TRIES=2 TICKS=0 IN_TURN FEW
// long   again       UPDATERS=2 TRIES=2 TICKS=1 FEW IN_TURN
// long   mixed       UPDATERS=2 TRIES=2 TICKS=0 MIXED GIVE_UP IN_TURN FEW
// long   trio_more      UPDATERS=3 TRIES=1 TICKS=0 FEW
// long   trio_in_place  UPDATERS=3 TRIES=1 TICKS=0 FEW IN_PLACE
// mutant ACCEPT_EQUAL           redo      a commit at rv came after the snapshot was taken
// mutant CLOCK_BEFORE_LOCKS     redo      the clock moves on before the locks, readers miss them
// mutant VALIDATE_BEFORE_LOCKS  redo      write skew
// mutant NO_VALIDATION          redo      lost update
// mutant SKIP_IF_CLOCK_UNMOVED  redo      commits do not move the clock: it proves nothing
// mutant VALIDATE_OWN_BLINDLY   redo      lost update
// mutant VALIDATE_IGNORES_LOCKS redo      write skew
// mutant NO_SECOND_LOOK         redo      a whole commit between the orec and the value
// mutant ONE_LOOK               redo      the value before a commit, the orec after
// mutant EXTEND_BLINDLY         redo      rv moves over a read that is stale
// mutant EXTEND_CLOCK_LATE      again     a commit between validation and clock is taken as covered
// mutant UNLOCK_BEFORE_WRITE_BACK redo    the old value under the new version
// mutant SLOT_LATE              in_turn   a slot that committed after this attempt began
// mutant SLOT_EARLY             in_turn   the next owner takes the commit for its own past
// mutant ROLLBACK_OLD_VERSION   in_place  a dirty value under an orec that looks untouched
// mutant ROLLBACK_CLOCK_EARLY   in_place +ONE_LOOK  with one look only, a version from before
//                                         the values were restored covers a dirty value
// sound  ROLLBACK_CLOCK_FIRST   in_place  with two looks it does not matter
// sound  SLOT_AFTER_CLOCK       again     before the first read is early enough

#define VARIABLES 2
#define ATTEMPTS (UPDATERS * TRIES)
#include "deferred_clock.inc"
#include "tl2.inc"
#include "programs.inc"
#include "redo.inc"
#include "in_place.inc"

byte finished;
byte taken;                        // bits of slots

inline take_slot() {
  atomic {                                                       // [MO-slot]
#ifdef IN_TURN
    if
    :: !(taken & 2) -> slot = 1
    :: !(taken & 4) -> slot = 2
    fi;
#else
    slot = (taken & 2 -> (taken & 4 -> 3 : 2) : 1);      // slots are alike until one is reused
#endif
    taken = taken | (1 << slot)
  }
}
#define give_slot() taken = taken & (255 - (1 << slot))

#define note_overwritten() \
  d_step { \
    if \
    :: dirty & 1 -> attempt_overwrote(me, 0, before_us[0]) \
    :: else \
    fi; \
    if \
    :: dirty & 2 -> attempt_overwrote(me, 1, before_us[1]) \
    :: else \
    fi \
  }

#if defined(SOUND_ROLLBACK_CLOCK_FIRST) || defined(MUTANT_ROLLBACK_CLOCK_EARLY)
#define rollback_clock_first
#endif

#if defined(MIXED)
#define choose_mode() \
  if \
  :: in_place = 0 \
  :: in_place = 1 \
  fi
#elif defined(IN_PLACE)
#define choose_mode() in_place = 1
#else
#define choose_mode() skip
#endif

inline commit_redo() {
#ifdef MUTANT_VALIDATE_BEFORE_LOCKS
  validate();
  lock_writes();
  advance_clock();
#elif defined(MUTANT_CLOCK_BEFORE_LOCKS)
  advance_clock();
  lock_writes();
  validate();
#else
  lock_writes();
  advance_clock();
  validate();
#endif
#ifdef MUTANT_UNLOCK_BEFORE_WRITE_BACK
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
#endif
  write_back(0);
  write_back(1)
}

proctype updater(byte number; byte program) {
  attempt_locals;
  byte before_us[VARIABLES];
  byte dirty, tries;
  bit in_place;
  number = 0;
  choose_mode();
again:
#if defined(MUTANT_SLOT_LATE)
  begin();
#elif defined(SOUND_SLOT_AFTER_CLOCK)
  begin();
  take_slot();
#else
  take_slot();
  begin();
#endif
  if
  :: reads_first(program) == 1 -> read(0)
  :: reads_first(program) == 2 -> read(1)
  :: else
  fi;
#ifdef MUTANT_SLOT_LATE
  take_slot();
#endif
  if
  :: in_place -> write(0)
  :: else
  fi;
  if
  :: reads_second(program) == 1 -> read(0)
  :: reads_second(program) == 2 -> read(1)
  :: else
  fi;
  if
  :: in_place ->
     write(1);
#ifdef GIVE_UP
     if
     :: dirty -> goto rollback
     :: skip
     fi;
#endif
     if
     :: dirty -> advance_clock(); validate(); note_overwritten()
     :: else
     fi
  :: !in_place && written(program) ->
#ifdef MUTANT_SLOT_EARLY
     give_slot();
#endif
     commit_redo()
  :: else
  fi;
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
  d_step {
    attempt_ends(me, committed);
#ifdef MUTANT_SLOT_EARLY
    if
    :: written(program) == 0 -> give_slot()
    :: else
    fi;
#else
    give_slot();                                                 // [MO-slot]
#endif
    forget_attempt(); slot = 0; before_us[0] = 0; before_us[1] = 0; dirty = 0
  }
#ifdef IN_TURN
  tries++;
  if
  :: tries < TRIES -> goto again
  :: else
  fi;
#endif
  goto done;
rollback: skip;
#ifdef rollback_clock_first
  if
  :: dirty -> advance_clock()
  :: else
  fi;
#endif
  undo_all();
  if
  :: dirty ->
#ifdef MUTANT_ROLLBACK_OLD_VERSION
     unlock(0, old[0]);
     unlock(1, old[1])
#else
#ifndef rollback_clock_first
     advance_clock();
#endif
     unlock(0, free_word(wv, slot));
     unlock(1, free_word(wv, slot))
#endif
  :: else ->
     unlock(0, old[0]);
     unlock(1, old[1])
  fi;
  d_step {
    attempt_ends(me, aborted);
    if
    :: slot -> give_slot()
    :: else
    fi;
    forget_attempt(); slot = 0; before_us[0] = 0; before_us[1] = 0; dirty = 0; tries++
  }
  if
  :: tries < TRIES -> goto again
  :: else
  fi;
done: skip;
  d_step { program = 0; tries = 0; in_place = 0; finished++ }
}

proctype ticker() {
  byte ticks;
  do
  :: ticks < TICKS -> d_step { ticks++; clock++ }
  :: break
  od
}

init {
  start_all(updater, UPDATERS);
  run ticker();
  finished == UPDATERS;
  check_history();
  assert(!is_locked(orec[0]) && !is_locked(orec[1]) && taken == 0)
}
