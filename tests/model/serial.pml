// SPDX-License-Identifier: BSL-1.0
// serial: the one attempt that cannot abort (irrevocable, or starved), beside ordinary ones.
//
//   holder   takes the serial flag by a CAS; who finds it taken rolls back everything it holds before
//            it waits;
//            extends, waiting on locked orecs of its read log (their owners are about to see the
//            flag); if that fails it rolls back, drops the flag, and takes it again before the next
//            attempt's first read;
//            from there it must not fail: it waits on every lock, extends, commits without
//            validation, drops the flag after its last unlock
//   writer   looks at the flag after its locks: a redo writer after all of them, a write-through
//            writer after each one and before it stores, so that the lock goes back as it was
//
// Store buffering decides: lock taken, then flag read, against flag taken, then orec read; one of
// the two sees the other. Hence a writer that got past its look has locks that the holder meets.
//
// Claim: no attempt aborts after it became irrevocable, nobody waits for ever, and history.inc's.
// Entrants read none or one variable, perhaps store into y in place, enter, read both and write x.
//
// Source: Welc, Saha, Adl-Tabatabai, "Irrevocable Transactions and their Applications", SPAA 2008.
//
// run    redo_each      WRITERS=2 ENTRANTS=1 ONE_EACH
// run    in_place_each  WRITERS=2 ENTRANTS=1 IN_PLACE ONE_EACH
// wide   redo      WRITERS=2 ENTRANTS=1
// wide   in_place  WRITERS=2 ENTRANTS=1 IN_PLACE
// run    rivals    WRITERS=1 ENTRANTS=2 BLIND
// long   more_redo        WRITERS=2 ENTRANTS=1 MORE
// long   more_in_place    WRITERS=2 ENTRANTS=1 IN_PLACE MORE
// long   rivals_in_place  WRITERS=1 ENTRANTS=2 IN_PLACE
// mutant LOOK_BEFORE_LOCKS   redo      the holder reads between the look and the lock
// mutant LOOK_AT_BEGIN       redo      the same, longer
// mutant NO_LOOK             redo      what the holder has read changes
// mutant LOOK_AFTER_STORE    in_place  the rollback of a dirty lock moves a version the holder read
// mutant LOOK_KEEPS_LOCK     in_place  the clean lock gets a new version among the dirty ones
// mutant ENTER_BLINDLY       redo      a read was stale before the flag was taken
// mutant VALIDATION_GIVES_UP redo      a lock that is about to be let go fails the holder
// mutant READ_GIVES_UP       redo      the holder aborts on a lock
// mutant LOSER_HOLDS         rivals    the loser waits for the flag, the holder for the loser's lock
// mutant DROP_EARLY          redo      a commit without validation is only safe under the flag
// mutant FLAG_NOT_ATOMIC     rivals    two holders

#define VARIABLES 2
#define TRIES 2
#define ATTEMPTS (WRITERS + ENTRANTS * TRIES)

bit serial;                        // the flag
#ifdef MUTANT_READ_GIVES_UP
#define may_wait (held == 0)
#else
#define may_wait (held == 0 || holder)
#endif
#ifdef MUTANT_VALIDATION_GIVES_UP
#define validation_waits false
#else
#define validation_waits holder
#endif
#include "gv1.inc"
#include "tl2.inc"

// Writers: both blindly; reads x, writes y; reads y, writes x. MORE: also one blindly, both to both.
#ifdef MORE
#define next_program(p) p = (p < 3 -> p + 1 : (p == 3 -> 6 : (p == 6 -> 9 : 15)))
#define last_program 15
#else
#define next_program(p) p = p + 3
#ifdef BLIND
#define last_program 3
#else
#define last_program 9
#endif
#endif
#include "programs.inc"
#include "redo.inc"

inline look() {
  if
  :: !holder && serial -> goto rollback                          // [MO-serial]
  :: else
  fi
}
#if defined(MUTANT_LOOK_AFTER_STORE) || defined(MUTANT_NO_LOOK)
#define look_after_lock(v) skip
#elif defined(MUTANT_LOOK_KEEPS_LOCK)
#define look_after_lock(v) look()
#else
#define look_after_lock(v) \
  if \
  :: !holder && serial -> unlock(v, old[v]); goto rollback \
  :: else \
  fi
#endif
#include "in_place.inc"

byte finished;

inline release_and_restore() {
  if
  :: dirty ->
     undo_all();
     advance_clock();
     unlock(0, free_word(wv, slot));
     unlock(1, free_word(wv, slot))
  :: else ->
     unlock(0, old[0]);
     unlock(1, old[1])
  fi
}
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

proctype writer(byte number; byte program) {
  attempt_locals;
  byte before_us[VARIABLES];
  byte dirty;
  bit holder;                      // never
  slot = number;
  begin();
#ifdef MUTANT_LOOK_AT_BEGIN
  look();
#endif
  if
  :: reads_first(program) == 1 -> read(0)
  :: reads_first(program) == 2 -> read(1)
  :: else
  fi;
#ifdef IN_PLACE
  write(0);
#endif
  if
  :: reads_second(program) == 1 -> read(0)
  :: reads_second(program) == 2 -> read(1)
  :: else
  fi;
#ifdef IN_PLACE
  write(1);
#ifdef MUTANT_LOOK_AFTER_STORE
  look();
#endif
  advance_clock();
  validate();
  note_overwritten();
#else
#ifdef MUTANT_LOOK_BEFORE_LOCKS
  look();
#endif
  lock_writes();
#if !defined(MUTANT_LOOK_BEFORE_LOCKS) && !defined(MUTANT_LOOK_AT_BEGIN) && \
    !defined(MUTANT_NO_LOOK)
  look();
#endif
  advance_clock();
  validate();
  write_back(0);
  write_back(1);
#endif
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
  d_step { attempt_ends(me, committed); forget_attempt() }
  goto done;
rollback:
  release_and_restore();
  d_step { attempt_ends(me, aborted); forget_attempt() }
done: skip;
  d_step {
    number = 0; slot = 0; program = 0; before_us[0] = 0; before_us[1] = 0; dirty = 0; finished++
  }
}

inline take_flag() {
#ifdef MUTANT_LOSER_HOLDS
  atomic { !serial -> serial = 1 }                               // [MO-serial]
#elif defined(MUTANT_FLAG_NOT_ATOMIC)
  if
  :: serial -> goto rollback
  :: else
  fi;
  serial = 1
#else
  atomic {
    if
    :: serial -> goto rollback
    :: else -> serial = 1                                        // [MO-serial]
    fi
  }
#endif
}

proctype entrant(byte number) {
  attempt_locals;
  byte before_us[VARIABLES];
  byte dirty, program, tries;
  bit holder, irrevocable;
  slot = number;
again:
  if
  :: tries == 1 ->                 // starved: the flag before anything is read
     atomic { !serial -> serial = 1 }
     holder = 1
  :: else
  fi;
  begin();
  if
  :: holder -> irrevocable = 1
  :: else ->
     if
     :: skip
     :: read(0)
     :: skip; program = 2; write(1)
     fi;
     take_flag();
     holder = 1;
#ifndef MUTANT_ENTER_BLINDLY
     extend();
#endif
     irrevocable = 1
  fi;
  read(1);
  read(0);
  program = 1;
#ifdef MUTANT_DROP_EARLY
  serial = 0;
#endif
  lock_writes();
  advance_clock();
  note_overwritten();
  write_back(0);
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
#ifndef MUTANT_DROP_EARLY
  serial = 0;
#endif
  d_step { attempt_ends(me, committed); forget_attempt() }
  goto done;
rollback: skip;
  assert(!irrevocable);
  release_and_restore();
  if
  :: holder -> serial = 0; holder = 0
  :: else
  fi;
  d_step {
    attempt_ends(me, aborted); forget_attempt(); before_us[0] = 0; before_us[1] = 0; dirty = 0;
    program = 0; tries++
  }
  goto again;
done: skip;
  d_step {
    number = 0; slot = 0; program = 0; before_us[0] = 0; before_us[1] = 0; dirty = 0; tries = 0;
    holder = 0; irrevocable = 0; finished++
  }
}

init {
  start_all(writer, WRITERS);
  run entrant(WRITERS + 1);
#if ENTRANTS == 2
  run entrant(WRITERS + 2);
#endif
  finished == WRITERS + ENTRANTS;
  check_history();
  assert(!serial && !is_locked(orec[0]) && !is_locked(orec[1]))
}
