# SPDX-License-Identifier: BSL-1.0
"""Times the programs of this folder (and the examples) under gilt and CPython; run it with CPython.

    python3 bench/scripts/run.py [--gilt build/release/gilt] [--repetitions 5] [--threads] [NAME ...]

Repetitions are interleaved (gilt, python3, gilt, python3 ...), medians are shown, and a program whose
outputs differ gets no figure. With --threads also two threads that each do the whole work: under `stm`
1.00x means that the second thread was free, and 2.00x that it waited for the first.
"""
import argparse
import math
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PYTHON = "/usr/bin/python3"


def timed(words):
    start = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    return time.perf_counter() - start, done.stdout if done.returncode == 0 else done.stderr[-300:]


def measure(ways, repetitions):
    times = {name: [] for name in ways}
    outputs = {}
    for _ in range(repetitions):
        for name, words in ways.items():
            seconds, output = timed(words)
            times[name].append(seconds)
            outputs[name] = output
    return {name: statistics.median(t) for name, t in times.items()}, outputs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gilt", default=os.path.join(ROOT, "build/release/gilt"))
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    programs = sorted(f for f in os.listdir(HERE) if f.endswith(".py") and f not in ("harness.py", "run.py"))
    if options.names:
        programs = [p for p in programs if p[:-3] in options.names]
    head = f"{'seconds, median':16} {'python3':>8} {'stm':>8} {'ratio':>6} {'no-solo':>8} {'ratio':>6}"
    if options.threads:
        head += f" {'2 threads':>10} {'of 1':>6} {'python3 2':>10}"
    print(head)
    ratios = []
    for program in programs:
        path = os.path.join(HERE, program)
        run = [options.gilt, "run"]
        ways = {"python3": [PYTHON, path], "stm": run + [path], "no-solo": run + ["--no-solo", path]}
        if options.threads:
            ways["no-solo 1"] = run + ["--no-solo", path, "1"]
            ways["stm 2"] = run + [path, "2"]
            ways["python3 2"] = [PYTHON, path, "2"]
        times, outputs = measure(ways, options.repetitions)
        wrong = [w for w in ("stm", "no-solo") if outputs[w] != outputs["python3"]]
        wrong += [w for w in ("no-solo 1", "stm 2") if w in ways and outputs[w] != outputs["python3 2"]]
        if wrong:
            print(f"{program[:-3]:16} differs under {', '.join(wrong)}: {outputs[wrong[0]][-200:]!r}")
            continue
        ratios.append(times["stm"] / times["python3"])
        line = (f"{program[:-3]:16} {times['python3']:8.3f} {times['stm']:8.3f} {ratios[-1]:6.2f} "
                f"{times['no-solo']:8.3f} {times['no-solo'] / times['stm']:6.2f}")
        if options.threads:
            line += f" {times['stm 2']:10.3f} {times['stm 2'] / times['no-solo 1']:5.2f}x {times['python3 2']:10.3f}"
        print(line, flush=True)
    if ratios:
        print(f"geometric mean of stm / python3: {math.exp(statistics.fmean(map(math.log, ratios))):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
