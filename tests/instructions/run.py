#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of the core's hot paths under callgrind and compares with counts.txt.

    run.py PROGRAM            fails where a path takes more, or clearly fewer, than the table says
    run.py PROGRAM --update   writes the table

A path may take 2 % or 3 instructions more. One that has become cheaper by more than that fails
too, asking for --update, so that the table stays the truth and the gain is kept.
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "counts.txt")


def measure(program):
    """{path: instructions for one execution}, in the order of the program."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "cost")
        ran = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, program],
                             capture_output=True, text=True)
        if ran.returncode != 0:
            sys.exit(f"instructions: {program} failed under callgrind:\n{ran.stderr[-2000:]}")
        rounds = int(re.match(r"(\d+) rounds", ran.stdout).group(1))
        found = []
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as dump:
                text = dump.read()
            trigger = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
            if trigger:
                total = int(re.search(r"^(?:totals|summary): (\d+)", text, re.M).group(1))
                part = int(re.search(r"^part: (\d+)", text, re.M).group(1))
                found.append((part, trigger.group(1), total))
    counts = {name: total / rounds for _, name, total in sorted(found)}
    loop = counts.pop("empty loop")
    return {name: round(count - loop, 1) for name, count in counts.items()}


def read_table():
    table = {}
    with open(TABLE, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                count, name = line.split(None, 1)
                table[name.strip()] = float(count)
    return table


def write_table(counts):
    with open(TABLE, "w", encoding="utf-8") as out:
        out.write("# Instructions for one execution, one thread, warm; run.py measures and compares.\n"
                  "# g++ 12.2 -O2, glibc 2.36.\n")
        for name, count in counts.items():
            out.write(f"{count:9.1f}  {name}\n")


def compare(counts, table):
    """Lines that say what is wrong; empty when all is well."""
    wrong = []
    for name in sorted(counts.keys() ^ table.keys()):
        wrong.append(f"{name}: in the {'table' if name in table else 'program'} only")
    for name in counts.keys() & table.keys():
        is_now, was = counts[name], table[name]
        allowed = max(3.0, 0.02 * was)
        if is_now > was + allowed:
            wrong.append(f"{name}: {is_now:.1f} instructions, the table allows {was:.1f}")
        elif is_now < was - allowed:
            wrong.append(f"{name}: {is_now:.1f} instructions, the table says {was:.1f}: "
                         "keep the gain with --update")
    return wrong


def main():
    program, options = sys.argv[1], sys.argv[2:]
    counts = measure(program)
    for name, count in counts.items():
        print(f"{count:9.1f}  {name}")
    if "--update" in options:
        write_table(counts)
        return
    table = read_table()
    # The instrument itself: what a regression of a tenth, a gain and a lost path look like.
    for planted in ({n: c * 1.1 + 4 for n, c in table.items()}, {n: c * 0.9 - 4 for n, c in table.items()},
                    dict(list(table.items())[1:])):
        assert compare(planted, table), "a planted difference goes unnoticed"
    wrong = compare(counts, table)
    if wrong:
        sys.exit("instructions: \n  " + "\n  ".join(wrong))


if __name__ == "__main__":
    main()
