#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""The speed goals as a table: what, goal, measured, reached or not.

    table.py MICRO [GILT] [--repetitions N] [--json FILE]

MICRO is the Google Benchmark program of this folder, GILT the `gilt` tool, whose `bench` has the
peers libitm and tbb. All benchmarks of a program run interleaved, several times; a figure is the
median of the ratios of two benchmarks in the same repetition, and the spread their quartiles.
Nothing is timed that the programs have not checked.
"""
import json
import os
import platform
import statistics
import subprocess
import sys


def run_micro(program, repetitions):
    """{name: [nanoseconds in each repetition]}, {name: [writes a second]}"""
    found, rates = {}, {}
    for _ in range(repetitions):
        out = subprocess.run([program, "--benchmark_min_time=0.05", "--benchmark_format=json",
                              "--benchmark_enable_random_interleaving=true"],
                             capture_output=True, text=True, check=True).stdout
        for b in json.loads(out)["benchmarks"]:
            if b.get("error_occurred"):
                sys.exit(f"{b['name']}: {b['error_message']}")
            name = b["name"].replace("/real_time", "")
            unit = {"ns": 1, "us": 1e3, "ms": 1e6}[b["time_unit"]]
            found.setdefault(name, []).append(b["real_time"] * unit)
            if "writes_per_s" in b:
                rates.setdefault(name, []).append(b["writes_per_s"])
    return found, rates


def run_bench(program, repetitions, threads, workload, backends):
    """{backend: [ns per transaction]}"""
    out = subprocess.run([program, "bench", "--filter", "^" + workload, "--backend", ",".join(backends),
                          "--threads", str(threads), "--duration", "200ms", "--warmup", "50ms",
                          "--repetitions", str(repetitions), "--format", "json"],
                         capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit(f"gilt bench {workload}: {out.stderr.strip()}")
    found = {}
    for b in json.loads(out.stdout)["benchmarks"]:
        if b.get("run_type") == "iteration":
            backend = b["name"].split("backend:")[1].split("/")[0]
            found.setdefault(backend, []).append(b["real_time"])
    return found


def ratio(a, b):
    """(median, lower quartile, upper quartile) of a/b, pair by pair."""
    r = sorted(x / y for x, y in zip(a, b))
    if len(r) < 2:
        return r[0], r[0], r[0]
    quarter = statistics.quantiles(r, n=4)
    return statistics.median(r), quarter[0], quarter[2]


class table:
    def __init__(self):
        self.rows = []

    def add(self, line, what, goal, at_most, measured, unit="x"):
        middle, low, high = measured
        good = middle <= goal if at_most else middle >= goal
        self.rows.append({"line": line, "what": what, "goal": goal, "at_most": at_most, "unit": unit,
                          "measured": middle, "low": low, "high": high, "reached": good})
        sign = "<=" if at_most else ">="
        print(f"{line:>3}  {what:<58} {sign} {goal:<6g} {middle:8.2f} {unit:<2} "
              f"[{low:.2f} .. {high:.2f}]  {'reached' if good else 'not reached'}", flush=True)


def main():
    words = [w for w in sys.argv[1:] if not w.startswith("--")]
    options = dict(zip(sys.argv[1:], sys.argv[2:]))
    repetitions = int(options.get("--repetitions", 9))
    program = words[0]
    tool = words[1] if len(words) > 1 and os.path.basename(words[1]) == "gilt" else None
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.2f}; {repetitions} repetitions; median [quartiles] of paired ratios")
    if os.getloadavg()[0] > 0.5:
        print("warning: the machine is busy with something else")
    m, rates = run_micro(program, repetitions)
    t = table()

    def minus(a, b):
        return [x - y for x, y in zip(m[a], m[b])]

    def absolute(values):
        return ratio(values, [1.0] * len(values))

    t.add(1, "one-variable update / fetch_add", 1.10, True, ratio(m["update_now"], m["fetch_add"]))
    t.add(2, "one read and write / fetch_add", 2.0, True, ratio(m["read_and_write"], m["fetch_add"]))
    t.add(2, "one read and write / std::mutex", 0.9, True, ratio(m["read_and_write"], m["mutex_add"]))
    t.add(3, "read-only begin and commit", 1.2, True, absolute(m["read_only_nothing"]), "ns")
    t.add(3, "each read of a cached word, over bare", 0.5, True,
          absolute([(a - b - c) / 100 for a, b, c in
                    zip(m["read_100"], m["bare_read_100"], m["read_only_nothing"])]), "ns")
    for name, goal in (("list", 1.06), ("hash", 1.2), ("tree", 1.2)):
        t.add(4, f"read-only search of a {name} / bare", goal, True,
              ratio(m[f"{name}_search<transactional>"], m[f"{name}_search<bare>"]))
    t.add(5, "10 writes", 80, True, absolute(m["write_n/10"]), "ns")
    t.add(5, "100 writes", 250, True, absolute(m["write_n/100"]), "ns")
    if tool:
        for workload, goal in (("counter", 3.0), ("array", 1.5), ("hash", 1.5), ("bank", 1.5)):
            b = run_bench(tool, repetitions, 1, workload, ["gilt", "libitm"])
            t.add(6, f"1 thread, {workload}: libitm / gilt", goal, False, ratio(b["libitm"], b["gilt"]))
    t.add(7, "disjoint writers, throughput of 2 threads / of 1", 1.9, False,
          ratio([2 * x for x in m["disjoint_writers/threads:1"]],
                [2 * x for x in m["disjoint_writers/threads:2"]]))
    if tool:
        b = run_bench(tool, repetitions, 2, "hash", ["gilt", "tbb"])
        t.add(8, "2 threads, hash 20 %: tbb / gilt", 2.0, False, ratio(b["tbb"], b["gilt"]))
    t.add(9, "scan of 100,000 words beside a writer: its rate / alone", 0.5, False,
          ratio(m["scan_alone"], m["scan_beside_writer"]))
    t.add(9, "the writer's rate / alone", 0.5, False,
          ratio(rates["scan_beside_writer"], [1e9 / x for x in m["writer_alone"]]))
    t.add(10, "bank with audits, 2 threads: tbb::spin_rw_mutex / gilt", 1.0, False,
          ratio(m["bank_tbb/threads:2"], m["bank_gilt/threads:2"]))
    t.add(11, "abort and rerun, uncontended", 30, True,
          absolute(minus("abort_and_rerun", "read_only_nothing")), "ns")
    t.add(11, "contended update - one line transfer", 100, True,
          absolute([2 * a - b / 2 for a, b in zip(m["contended_update/threads:2"], m["line_transfer"])]),
          "ns")
    t.add(12, "waking a blocked retry / condition variable", 1.3, True,
          ratio(m["wake_by_retry"], m["wake_by_condition_variable"]))
    if "--json" in options:
        with open(options["--json"], "w", encoding="utf-8") as out:
            json.dump(t.rows, out, indent=1)


if __name__ == "__main__":
    main()
