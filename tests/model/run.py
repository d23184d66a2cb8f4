#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the protocol models of this folder with spin: every model must hold, every mutant must fail.

A model's head says what is run, one line each:

    // run    NAME defines...            the model holds under these macros
    // wide   NAME defines...            the same, only with GILT_LONG=1; its mutants always
    // long   NAME defines...            the same, and its mutants too only then
    // mutant WHAT RUN [+defines] why    with MUTANT_WHAT as well, that run must fail
    // sound  WHAT RUN [+defines] why    with SOUND_WHAT as well, it must still hold

A run holds if the search was exhaustive and found neither a violated assertion nor a state in which
nobody can go on. A mutant is caught by one of these two, not by running out of memory or of depth.
Every MUTANT_ and SOUND_ in the model must have its line and every line its macro.

    run.py [MODEL ...] [-j N] [--only TEXT] [--list] [--self-test]
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MEGABYTES = 6000                       # a search that wants more is a fault of the model
DEPTH = 1_000_000


class Job:
    """One search: a model under some macros, and what must come out."""

    def __init__(self, model, name, defines, holds, why, long=False):
        self.model, self.name, self.defines = model, name, defines
        self.holds, self.why, self.long = holds, why, long


def head_of(path):
    for line in path.read_text().splitlines():
        if not line.startswith("//"):
            return
        yield line[2:].strip()


def sources_of(path, seen):
    """The text of a model and of what it includes."""
    if path in seen:
        return ""
    seen.add(path)
    text = path.read_text()
    for name in re.findall(r'^#include "([^"]+)"', text, re.M):
        text += sources_of(path.parent / name, seen)
    return text


def jobs_of(path, long):
    runs, jobs, named = {}, [], set()
    for line in head_of(path):
        words = line.split()
        if len(words) < 2:
            continue
        kind, name = words[0], words[1]
        if kind in ("run", "wide", "long"):
            runs[name] = (words[2:], kind == "long")
            if kind == "run" or long:
                jobs.append(Job(path, name, words[2:], True, "", kind != "run"))
        elif kind in ("mutant", "sound") and name.isupper():
            if len(words) < 3 or words[2] not in runs:
                raise ValueError(f"{path.name}: {kind} {name} names no run above it")
            rest = words[3:]
            more = [w[1:] for w in rest if w.startswith("+")]
            macro = f"{kind.upper()}_{name}"
            named.add(macro)
            defines, long_run = runs[words[2]]
            if long or not long_run:
                jobs.append(Job(path, f"{kind} {name}", defines + more + [macro], kind == "sound",
                                " ".join(w for w in rest if not w.startswith("+")), long_run))
    used = set(re.findall(r"\b(?:MUTANT|SOUND)_[A-Z0-9_]+", path.read_text()))
    reachable = set(re.findall(r"\b(?:MUTANT|SOUND)_[A-Z0-9_]+", sources_of(path, set())))
    for macro in sorted((used - named) | (named - reachable)):
        raise ValueError(f"{path.name}: {macro} is either used without a line in the head or named "
                         "there without a use")
    if not runs:
        raise ValueError(f"{path.name}: its head names no run")
    return jobs


def check(job):
    """(as wanted, one line for the report)."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gilt-model-") as folder:
        text, good = search(job, folder)
    seconds = time.monotonic() - started
    return good, f"{job.model.stem:14} {job.name:34} {text} {seconds:6.1f} s"


def search(job, folder):
    defines = [f"-D{d}" for d in job.defines]
    made = subprocess.run(["spin", *defines, "-a", str(job.model)], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if not os.path.exists(os.path.join(folder, "pan.c")):
        return f"BROKEN: spin: {made.stdout.strip()}", False
    # A second of optimizing pays only where a search is long.
    compiler = ["gcc", "-O2" if job.long else "-O0", "-w", "-DSAFETY", "-DVECTORSZ=2048",
                f"-DMEMLIM={MEGABYTES}", "-o", "pan", "pan.c"]
    made = subprocess.run(compiler, cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if made.returncode != 0:
        return f"BROKEN: gcc: {made.stdout.strip()}", False
    out = subprocess.run(["./pan", f"-m{DEPTH}", "-w22"], cwd=folder, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    states = re.search(r"(\d+(?:\.\d+e\+\d+)?) states, stored", out)
    count = f"{int(float(states[1])):>10} states" if states else "         ? states"
    errors = re.search(r"errors: (\d+)", out)
    reason = re.search(r"pan:\d+: (.*?) \(at depth|pan:\d+: (invalid end state)", out)
    found = (reason[1] or reason[2]) if reason else ""
    proper = found.startswith("assertion violated") or found.startswith("invalid end state")
    if errors is None or "out of memory" in out or "max search depth too small" in out:
        return f"{count}  BROKEN: the search did not finish: {out[-400:]}", False
    if errors[1] == "0":
        if "Search not completed" in out:
            return f"{count}  BROKEN: the search did not finish", False
        if job.holds:
            return f"{count}  holds", True
        return f"{count}  LIVES ({job.why})", False
    if not proper:
        return f"{count}  BROKEN: {found or out[-400:]}", False
    if job.holds:
        return f"{count}  FAILS: {found}{story(job, folder)}", False
    return f"{count}  caught: {found[:40]}", True


def story(job, folder):
    """The last steps of the counterexample, a step a line."""
    told = subprocess.run(["spin", *[f"-D{d}" for d in job.defines], "-t", "-p", str(job.model)],
                          cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT).stdout.splitlines()
    return "\n" + "\n".join(told[-80:]) + "\n"


SELF_TEST = """// run always
// mutant NONE always  harmless
// sound WRONG always  harmful
byte x;
init {
#ifdef SOUND_WRONG
  assert(x == 1);
#endif
#ifdef MUTANT_NONE
  x = 2;
#endif
  x = 1
}
"""


def self_test(python, here):
    """The runner must fail on a mutant that lives, on a model that fails and without spin."""
    with tempfile.TemporaryDirectory(prefix="gilt-model-") as folder:
        model = pathlib.Path(folder) / "tiny.pml"
        model.write_text(SELF_TEST)
        verdicts = {j.name: check(j) for j in jobs_of(model, False)}
        lives, fails = verdicts["mutant NONE"], verdicts["sound WRONG"]
        good = (verdicts["always"][0] and not lives[0] and "LIVES" in lives[1] and
                not fails[0] and "FAILS" in fails[1])
        model.write_text(SELF_TEST.replace("// mutant NONE always  harmless\n", ""))
        try:
            jobs_of(model, False)
            good = False
        except ValueError:
            pass
        bare = subprocess.run([python, here, "commit"], env={"PATH": folder}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        good = good and bare.returncode == 1 and "spin" in bare.stdout
    print("runner:", "sees a living mutant, a failing model, an unnamed mutant and a missing spin"
          if good else f"BLIND: {verdicts} {bare.stdout}")
    return 0 if good else 1


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("models", nargs="*", help="names without .pml; default: all")
    arguments.add_argument("-j", type=int, default=os.cpu_count(), help="searches at a time")
    arguments.add_argument("--only", default="", help="those whose name contains this text")
    arguments.add_argument("--list", action="store_true")
    arguments.add_argument("--self-test", action="store_true")
    chosen = arguments.parse_args()
    missing = [tool for tool in ("spin", "gcc") if shutil.which(tool) is None]
    if missing:
        print(f"models: {' and '.join(missing)} missing: apt-get install {' '.join(missing)}, "
              "or let ./x test install what it needs")
        return 1
    if chosen.self_test:
        return self_test(sys.executable, str(pathlib.Path(__file__).resolve()))
    paths = [HERE / f"{name}.pml" for name in chosen.models] or sorted(HERE.glob("*.pml"))
    jobs = [j for p in paths for j in jobs_of(p, os.environ.get("GILT_LONG") == "1")
            if chosen.only in j.name]
    if chosen.list:
        for j in jobs:
            print(f"{j.model.stem:14} {j.name:34} {' '.join(j.defines)}  {j.why}")
        return 0
    if not jobs:
        print(f"models: nothing is called '{chosen.only}'")
        return 1
    started, bad = time.monotonic(), 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=max(chosen.j, 1)) as pool:
        for good, line in pool.map(check, jobs):
            bad += not good
            print(("     " if good else "BAD  ") + line, flush=True)
    print(f"{len(jobs)} searches, {bad} not as wanted, {time.monotonic() - started:.1f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
