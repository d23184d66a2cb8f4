#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Mutants of the core, and of the interpreter's protocols, against the simulation.

Two kinds are made: every `std::memory_order` in the core's files, weakened step by step, and the
protocol mutants of protocol.py and vm_protocol.py: a line removed, a check turned off, two steps
swapped. Each is compiled into tests/sim's scenarios and run until a schedule fails or the time is up.

An order is weakened until it is killed: seq_cst, acq_rel, acquire or release, relaxed. A step that
no test can tell must be argued where the order stands, in the comment above or beside it:

    // [equivalent acquire: why the program is still correct]

    run.py [--seconds N] [--jobs N] [--only TEXT] [--kind orders|protocol] [--every N] [--list]

Prints a line a mutant and at the end `N killed, N equivalent, N survived`; exit 1 if any survived.
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

from protocol import DEEP, DEEP_ORDERS, PROTOCOL
from vm_protocol import VM_PROTOCOL

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORDER_FILES = [
    "include/gilt/detail/orec.hpp",
    "include/gilt/detail/shared.hpp",
    "include/gilt/detail/slots.hpp",
    "include/gilt/detail/transaction.hpp",
    "include/gilt/atomically.hpp",
    "src/stm/transaction_slow.hpp",
    "src/stm/rollover_slow.hpp",
    "src/stm/context_slow.hpp",
]
WEAKER = {
    "load": {"seq_cst": ["acquire"], "acquire": ["relaxed"]},
    "store": {"seq_cst": ["release"], "release": ["relaxed"]},
    "rmw": {"seq_cst": ["acq_rel"], "acq_rel": ["acquire", "release"], "acquire": ["relaxed"],
            "release": ["relaxed"]},
}
FLAGS = ["-std=c++20", "-O1", "-w"]
ORDER = re.compile(r"std::memory_order_(\w+)")
OPERATION = re.compile(r"\b(load|store|exchange|fetch_\w+|compare_exchange_\w+)\s*\(")
STEP = re.compile(r"\s*\w+::step\(protocol_step::\w+\);$")
ARGUED = re.compile(r"\[equivalent ([\w, ]+): ")


class Mutant:
    """One change of one file. `argued`: why it is expected to survive."""

    def __init__(self, name, path, text, argued=None, next_steps=None, deep=None):
        self.name, self.path, self.text, self.argued = name, path, text, argued
        self.next_steps = next_steps or (lambda: [])
        self.deep = deep or DEEP.get(name)         # the scenarios that alone can tell, if few


def order_mutants():
    for path in ORDER_FILES:
        source = (ROOT / path).read_text()
        for found in ORDER.finditer(source):
            operations = [m for m in OPERATION.finditer(source, 0, found.start())]
            if not operations:
                continue
            kind = operations[-1].group(1)
            if kind.startswith("compare") and "memory_order" in source[operations[-1].end():found.start()]:
                continue                       # the order of a failed compare-exchange
            kind = kind if kind in ("load", "store") else "rmw"
            yield from weaken(path, source, found, kind, found.group(1))


def weaken(path, source, found, kind, order):
    number = source.count("\n", 0, found.start()) + 1
    lines = source.splitlines()
    comment = lines[number - 1]
    # The comment may stand above a statement of several lines, or above its small function.
    for line in reversed(lines[:number - 1]):
        code = re.sub(r"\s*//.*$", "", line)
        if code.endswith((";", "}")) and not STEP.match(code):
            break
        comment = line + "\n" + comment
    argued = {order for orders in ARGUED.findall(comment) for order in orders.split(", ")}
    for weaker in WEAKER[kind].get(order, []):
        text = source[:found.start()] + "std::memory_order_" + weaker + source[found.end():]
        yield Mutant(f"{path}:{number} {kind} {order} -> {weaker}", path, text,
                     "argued in the source" if weaker in argued else None,
                     lambda w=weaker: list(weaken(path, source, found, kind, w)),
                     DEEP_ORDERS if "[MO-era]" in lines[number - 1] else None)


def bare(text):
    """Without comments, empty lines and the names of steps, which change nothing, so that those may
    change without touching protocol.py."""
    lines = (re.sub(r"\s*//.*$", "", line) for line in text.split("\n"))
    kept = [line for line in lines if line.strip() and not STEP.match(line)]
    return "\n".join(kept) + ("\n" if text.endswith("\n") else "")


def protocol_mutants():
    for name, path, old, new, *rest in PROTOCOL + VM_PROTOCOL:
        source = bare((ROOT / path).read_text())
        argued = None
        changes = [(old, new)]
        for more in rest:
            if isinstance(more, str):
                argued = more
            else:
                changes.append(more)
        for before, after in changes:
            before = bare(before)
            if source.count(before) != 1:
                sys.exit(f"mutants: '{name}': its text occurs {source.count(before)} times in {path}; "
                         f"bring protocol.py up to date:\n{before}")
            source = source.replace(before, after)
        yield Mutant(name, path, source, argued)


def compile_fixed(folder):
    """What does not depend on the core is compiled once."""
    objects = []
    for source in ["tests/sim/arena.cpp", "tests/sim/machine.cpp", "tests/sim/memory.cpp",
                   "tests/sim/story.cpp", "tests/sim/explore.cpp", "tests/mutants/mutant_main.cpp"]:
        target = folder / (pathlib.Path(source).stem + ".o")
        subprocess.run(["g++", *FLAGS, "-O2", f"-I{ROOT}", f"-I{ROOT}/include", "-c",
                        str(ROOT / source), "-o", str(target)], check=True)
        objects.append(str(target))
    return objects


def run(mutant, objects, seconds):
    with tempfile.TemporaryDirectory(prefix="gilt-mutant-") as name:
        folder = pathlib.Path(name)
        shutil.copytree(ROOT / "include", folder / "include")
        shutil.copytree(ROOT / "src/stm", folder / "src/stm")
        shutil.copytree(ROOT / "src/interp/concurrency", folder / "src/interp/concurrency")
        of_vm = mutant.path.startswith("src/interp/")
        (folder / mutant.path).write_text(mutant.text)
        program = folder / "mutant"
        build = subprocess.run(
            ["g++", *FLAGS, f"-I{folder}/include", f"-I{folder}/src", f"-I{ROOT}",
             str(ROOT / f"tests/mutants/mutant_{'vm' if of_vm else 'core'}.cpp"), *objects, "-lboost_context", "-o",
             str(program)], capture_output=True, text=True)
        if build.returncode != 0:
            return "broken", "does not compile: " + build.stderr.splitlines()[0]
        for scenarios in ([], mutant.deep) if mutant.deep else ([],):
            try:
                done = subprocess.run([str(program), str(seconds), *scenarios], text=True,
                                      capture_output=True, timeout=seconds * 3 + 60, errors="replace")
            except subprocess.TimeoutExpired:
                return "killed", "hangs"
            said = ["no word", *(done.stdout + done.stderr).strip().splitlines()][-1]
            if done.returncode != 0:
                return "killed", said
        return "survived", said


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--equivalent-seconds", type=float, default=5)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="")
    parser.add_argument("--kind", choices=["orders", "protocol"])
    parser.add_argument("--every", type=int, default=1, help="a sample: one of so many, argued ones left out")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()

    mutants = []
    if arguments.kind != "protocol":
        mutants += order_mutants()
    if arguments.kind != "orders":
        mutants += protocol_mutants()
    mutants = [m for m in mutants if arguments.only in m.name]
    if arguments.every > 1:
        mutants = [m for m in mutants if not m.argued][::arguments.every]
    if arguments.list:
        for mutant in mutants:
            print(mutant.name, "(argued)" if mutant.argued else "")
        return 0

    killed = equivalent = survived = 0
    with tempfile.TemporaryDirectory(prefix="gilt-mutants-") as name:
        objects = compile_fixed(pathlib.Path(name))
        unchanged = "include/gilt/gilt.hpp"
        verdict, said = run(Mutant("the core itself", unchanged, (ROOT / unchanged).read_text()),
                            objects, arguments.equivalent_seconds)
        print(f"{'unchanged':10} {verdict}: {said}", flush=True)
        if verdict != "survived":
            sys.exit("mutants: the unchanged core does not pass; nothing can be learnt from mutants")
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            def start(mutant):
                limit = arguments.equivalent_seconds if mutant.argued else arguments.seconds
                return pool.submit(run, mutant, objects, limit), mutant
            waiting = [start(m) for m in mutants]
            while waiting:
                future, mutant = waiting.pop(0)
                verdict, said = future.result()
                if verdict == "killed" and mutant.argued:
                    verdict, said = "survived", "argued to be equivalent, and yet " + said
                elif verdict == "survived" and mutant.argued:
                    verdict = "equivalent"
                if verdict == "killed":
                    killed += 1
                elif verdict == "equivalent":
                    equivalent += 1
                    waiting += [start(m) for m in mutant.next_steps()]
                else:
                    survived += 1
                print(f"{verdict:10} {mutant.name}: {said}", flush=True)
    print(f"{killed} killed, {equivalent} equivalent, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
