// SPDX-License-Identifier: BSL-1.0
// snapshot: read-only attempts that never abort, beside writers under the deferred clock.
//
//   reader   announce (live); tick: rv := ++clock; read: a value older than rv under a free orec, or
//            the saved record with from < rv <= until; locked and no such record: wait
//   writer   lock all; wv := clock; then look whether a snapshot lives; validate; if one lives, save
//            (old value, from = its version, until = wv) of all it overwrites; write back; unlock
//   in place save at the first store with until := the clock after that lock; at commit and at
//            rollback: wv := clock, look, save what is not saved yet, set until := wv in all, then
//            unlock
//
// A writer that misses the announcement loaded the clock before the tick: its version is older than
// rv, so the reader wants the new value. A writer whose version is rv or newer looked after the tick
// and saved. So a reader finds, for each variable, the value that was current at rv.
//
// Claim: a snapshot never meets a variable that is too new and has no record, and history.inc's.
//
// Sources: "Multiverse: Transactional Memory with Dynamic Multiversioning", arXiv 2601.09735;
// Fernandes, Cachopo, "Lock-free and Scalable Multi-Version Software Transactional Memory", 2011.
//
// run    redo_each WRITERS=2 SNAPSHOTS=1 ONE_EACH
// wide   redo      WRITERS=2 SNAPSHOTS=1
// run    skew      WRITERS=2 SNAPSHOTS=1 SKEW
// run    in_place  WRITERS=2 SNAPSHOTS=1 IN_PLACE ONE_EACH
// long   more_redo      WRITERS=2 SNAPSHOTS=1 MORE
// long   more_in_place  WRITERS=2 SNAPSHOTS=1 IN_PLACE MORE
// long   readers        WRITERS=1 SNAPSHOTS=2 MORE
// long   mixed          WRITERS=2 SNAPSHOTS=1 MIXED
// mutant NO_SAVE               redo      the value at rv is gone
// mutant LOOK_BEFORE_CLOCK     redo      announcement and tick between the look and the clock
// mutant TICK_BEFORE_ANNOUNCE  redo      a writer of version rv saw nobody
// mutant NO_UNTIL              redo      a value that was overwritten before rv
// mutant NO_FROM               redo      a value that came after rv
// mutant KEEP_LAST             redo      one record a variable is too few
// mutant SAVE_AFTER_UNLOCK     redo      too new and not there yet
// mutant VALIDATE_BEFORE_CLOCK skew      what was read may change before wv, a snapshot sees both
// mutant IN_PLACE_SAVE_ONCE    in_place  nobody lived at the first store
// mutant UNTIL_NOT_MOVED       in_place  a snapshot between the first store and the commit
// mutant ROLLBACK_SAVES_NOT    in_place  the rolled-back variable has a new version and no record
// mutant UNTIL_OPEN            in_place  a record that reaches beyond the commit it precedes

#define VARIABLES 2
#define ATTEMPTS (WRITERS + SNAPSHOTS)
#define RECORDS 3                  // of a variable
#include "deferred_clock.inc"
#include "tl2.inc"

// Writers: both blindly; reads y, writes x. MORE: also one blindly; reads x, writes y. SKEW: y blindly;
// reads y, writes x.
#ifdef MORE
#define next_program(p) p = (p < 3 -> p + 1 : (p == 3 -> 6 : 9))
#elif defined(SKEW)
#define ONE_EACH
#define next_program(p) p = (p < 2 -> 2 : 9)
#else
#define next_program(p) p = (p < 3 -> 3 : 9)
#endif
#define last_program 9
#include "programs.inc"
#include "redo.inc"

byte live;                         // snapshots announced
byte record_value[VARIABLES * RECORDS];
byte record_from[VARIABLES * RECORDS];
byte record_until[VARIABLES * RECORDS];
byte records[VARIABLES];
byte finished;
hidden byte s_i;

#define record(v, i) ((v) * RECORDS + (i))
#define forever 255

// saved[v]: our record's place + 1.
inline save(v, what, until) {
  d_step {
#ifdef MUTANT_KEEP_LAST
    records[v] = 0;
#endif
    assert(records[v] < RECORDS);
    record_value[record(v, records[v])] = what;
    record_from[record(v, records[v])] = version_of(old[v]);
    record_until[record(v, records[v])] = until;
    records[v] = records[v] + 1;
    saved[v] = records[v]
  }
}

#ifdef MUTANT_UNTIL_OPEN
#define first_until(c) forever
#else
#define first_until(c) c
#endif
#ifdef MUTANT_IN_PLACE_SAVE_ONCE
#define save_at_end(v) false
#else
#define save_at_end(v) (look && !saved[v])
#endif
#ifdef MUTANT_UNTIL_NOT_MOVED
#define move_until(v) false
#else
#define move_until(v) saved[v]
#endif

#define before_store(v) \
  now = clock; \
  if \
  :: live -> save(v, cell[v], first_until(now)) \
  :: else \
  fi; \
  now = 0
#include "in_place.inc"

// In place, before an unlock: what is not saved yet, and until := wv in the rest.
inline publish(v) {
  if
  :: (dirty & (1 << v)) && save_at_end(v) -> save(v, before_us[v], wv)
  :: (dirty & (1 << v)) && !save_at_end(v) && move_until(v) ->
     record_until[record(v, saved[v] - 1)] = wv
  :: else
  fi
}

inline save_overwritten(v) {
#ifndef MUTANT_NO_SAVE
  if
  :: look && (written(program) & (1 << v)) -> save(v, was[v], wv)
  :: else
  fi
#else
  skip
#endif
}

inline clock_and_look() {
#ifdef MUTANT_LOOK_BEFORE_CLOCK
  look = (live > 0);
  advance_clock()
#else
  advance_clock();
  look = (live > 0)
#endif
}

inline commit_redo() {
  lock_writes();
#ifdef MUTANT_VALIDATE_BEFORE_CLOCK
  validate();
  clock_and_look();
#else
  clock_and_look();
  validate();
#endif
  d_step { was[0] = cell[0]; was[1] = cell[1] }       // under our locks where it matters
#ifdef MUTANT_SAVE_AFTER_UNLOCK
  write_back(0);
  write_back(1);
  d_step { from[0] = old[0]; from[1] = old[1] }
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot));
  d_step { old[0] = from[0]; old[1] = from[1]; from[0] = 0; from[1] = 0 }
  save_overwritten(0);
  save_overwritten(1)
#else
  save_overwritten(0);
  save_overwritten(1);
  write_back(0);
  write_back(1);
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot))
#endif
}

inline commit_in_place() {
  clock_and_look();
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
  publish(0);
  publish(1);
  unlock(0, free_word(wv, slot));
  unlock(1, free_word(wv, slot))
}

proctype writer(byte number; byte program) {
  attempt_locals;
  byte before_us[VARIABLES];
  byte was[VARIABLES], saved[VARIABLES];
#ifdef MUTANT_SAVE_AFTER_UNLOCK
  byte from[VARIABLES];
#endif
  byte dirty;
  bit look, in_place;
  slot = number;
#ifdef MIXED
  if
  :: in_place = 0
  :: in_place = 1
  fi;
#elif defined(IN_PLACE)
  in_place = 1;
#endif
  begin();
  if
  :: reads_first(program) == 1 -> read(0)
  :: reads_first(program) == 2 -> read(1)
  :: else
  fi;
  if
  :: in_place ->
     write(0);
     write(1);
     if
     :: goto rollback              // gives up
     :: skip
     fi;
     commit_in_place()
  :: else -> commit_redo()
  fi;
  d_step { attempt_ends(me, committed); forget_attempt() }
  goto done;
rollback:
  if
  :: dirty ->
     undo_all();
     clock_and_look();
#ifndef MUTANT_ROLLBACK_SAVES_NOT
     publish(0);
     publish(1);
#endif
     unlock(0, free_word(wv, slot));
     unlock(1, free_word(wv, slot))
  :: else ->
     unlock(0, old[0]);
     unlock(1, old[1])
  fi;
  d_step { attempt_ends(me, aborted); forget_attempt() }
done: skip;
  d_step {
    number = 0; slot = 0; program = 0; before_us[0] = 0; before_us[1] = 0; dirty = 0; look = 0;
    was[0] = 0; was[1] = 0; saved[0] = 0; saved[1] = 0; old[0] = 0; old[1] = 0; in_place = 0;
    finished++
  }
}

#ifdef MUTANT_NO_UNTIL
#define covers(from, until) (from < rv)
#elif defined(MUTANT_NO_FROM)
#define covers(from, until) (rv <= until)
#else
#define covers(from, until) (from < rv && rv <= until)
#endif

inline find_record(v) {
  d_step {
    ok = 0;
    s_i = 0;
    do
    :: s_i < records[v] ->
       if
       :: covers(record_from[record(v, s_i)], record_until[record(v, s_i)]) ->
          value = record_value[record(v, s_i)];
          ok = 1
       :: else
       fi;
       s_i++
    :: else -> break
    od;
    s_i = 0
  }
}

inline read_snapshot(v) {
  do
  :: seen = orec[v];
     if
     :: !is_locked(seen) && version_of(seen) < rv ->
        value = cell[v];
        ok = (orec[v] == seen)
     :: else ->
        find_record(v);
        if
        :: !ok && is_locked(seen) -> !is_locked(orec[v])
        :: else -> assert(ok)                        // too new and no record
        fi
     fi;
     if
     :: ok -> break
     :: else
     fi
  od;
  skip;
  d_step { attempt_saw(me, v, value); seen = 0; value = 0; ok = 0 }
}

proctype snapshot() {
  byte me, rv, seen, value;
  bit ok;
  attempt_begins(me);
#ifdef MUTANT_TICK_BEFORE_ANNOUNCE
  d_step { clock++; rv = clock }
  live++;
#else
  live++;
  d_step { clock++; rv = clock }
#endif
  if
  :: skip; read_snapshot(0); read_snapshot(1)
  :: skip; read_snapshot(1); read_snapshot(0)
  fi;
  d_step { attempt_ends(me, committed); me = 0; rv = 0; live--; finished++ }
}

init {
  start_all(writer, WRITERS);
  run snapshot();
#if SNAPSHOTS == 2
  run snapshot();
#endif
  finished == WRITERS + SNAPSHOTS;
  check_history();
  assert(!is_locked(orec[0]) && !is_locked(orec[1]))
}
