# SPDX-License-Identifier: BSL-1.0
"""Differential fuzzing: random programs under gilt and under CPython 3.11 print the same.

    run.py GILT [--count N] [--seed S] [--flags '--no-solo'] [--jobs J] [--mutate] [--keep FOLDER]

Program k of seed S is programs.make(S * 1_000_000 + k). Batches run in one process per interpreter; a
program after which a batch broke off runs alone. A difference is made smaller, line by line, while it
stays a difference, and shown; the exit code is then 1. GILT_LONG=1: 500,000 programs. Fewer than 70 % of the programs running to
their end is a fault of the generator: exit code 2.
"""
import argparse
import concurrent.futures
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import mutations  # noqa: E402
import programs  # noqa: E402

ORACLE = ['/usr/bin/python3', '-B', '-X', 'utf8']


def run(command, folder, names, limit):
    """What each program printed, by name; a missing name: the process ended before or in it."""
    try:
        p = subprocess.run(command + [os.path.join(HERE, 'driver.py'), folder, *names], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit)
        output, code, errors = p.stdout, p.returncode, p.stderr
    except subprocess.TimeoutExpired as e:
        output, code, errors = e.stdout or b'', 'timeout', b''
    parts = {}
    for part in output.split(b'\n=== begin ')[1:]:
        name, _, text = part.partition(b'\n')
        if b'\n=== done' in text or b'\n=== raised' in text:
            parts[name.decode()] = re.sub(rb'0x[0-9a-f]{6,}', b'ADDRESS', text)
    return parts, code, errors.decode(errors='replace')[-800:]


def write(folder, name, text):
    with open(os.path.join(folder, name + '.py'), 'w', encoding='utf-8') as f:
        f.write(text)


class Fuzzer:
    def __init__(self, gilt, flags, mutated=False):
        self.gilt = [gilt, 'run', *flags]
        self.mutated = mutated

    def make(self, seed):
        text = programs.make(seed)
        return mutations.mutate(text, seed) if self.mutated else text

    def both(self, text):
        """(gilt's, CPython's) account of one program."""
        with tempfile.TemporaryDirectory() as folder:
            write(folder, 'p', text)
            answers = []
            for command in (self.gilt, ORACLE):
                parts, code, errors = run(command, folder, ['p'], 20)
                answers.append(parts.get('p', f'ended with {code}: {errors}'.encode()))
            return answers

    def batch(self, seeds):
        """Counts those that ended normally; the seeds whose programs differ; how many ran."""
        different, normal = [], 0
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for seed in seeds:
                names.append(f'p{seed}')
                write(folder, names[-1], self.make(seed))
            expected, _, _ = run(ORACLE, folder, names, 300)
            got = {}
            rest = names
            while rest:
                parts, _, _ = run(self.gilt, folder, rest, 300)
                got.update(parts)
                rest = rest[len(parts) + 1:]       # one that broke off has no account: it differs
            for seed, name in zip(seeds, names):
                if name not in expected:
                    continue
                normal += b'\n=== done' in expected[name]
                if got.get(name) != expected[name]:
                    different.append(seed)
        return normal, different, len(expected)

    def smaller(self, text):
        """Drops lines, longest runs first, while the program stays valid and the answers differ."""
        def differs(lines):
            candidate = '\n'.join(lines) + '\n'
            if not self.mutated:
                try:
                    compile(candidate, 'p', 'exec')
                except (SyntaxError, ValueError):
                    return False
            mine, theirs = self.both(candidate)
            return mine != theirs and (self.mutated or b'NameError' not in theirs)
        lines = text.splitlines()
        size = len(lines) // 2
        budget = 150
        while size > 0 and budget > 0:
            at = 0
            while at < len(lines) and budget > 0:
                candidate = lines[:at] + lines[at + size:]
                budget -= 1
                if differs(candidate):
                    lines = candidate
                else:
                    at += size
            size //= 2
        return '\n'.join(lines) + '\n'


def main():
    p = argparse.ArgumentParser()
    p.add_argument('gilt')
    p.add_argument('--count', type=int, default=1000)
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--flags', default='')
    p.add_argument('--mutate', action='store_true', help='change some tokens: most programs then end in an exception')
    p.add_argument('--jobs', type=int, default=1)
    p.add_argument('--batch', type=int, default=250)
    p.add_argument('--keep', help='folder for the programs that differ')
    p.add_argument('--show', type=int, default=5, help='how many differences to make smaller')
    a = p.parse_args()
    if os.environ.get('GILT_LONG'):
        a.count = max(a.count, 500_000)
    fuzzer = Fuzzer(a.gilt, shlex.split(a.flags), a.mutate)
    seeds = [a.seed * 1_000_000 + k for k in range(a.count)]
    batches = [seeds[k:k + a.batch] for k in range(0, len(seeds), a.batch)]
    normal = ran = 0
    different = []
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        for good, bad, total in pool.map(fuzzer.batch, batches):
            normal, ran, different = normal + good, ran + total, different + bad
            if bad:
                print('different:', *bad, file=sys.stderr, flush=True)
    print(f'{ran} of {a.count} programs compared, {100 * normal / max(ran, 1):.1f} % ran to their end, {len(different)} differ')
    for seed in different[:a.show]:
        text = fuzzer.make(seed)
        mine, theirs = fuzzer.both(text)
        if mine == theirs:
            print(f'--- seed {seed}: not different alone')
            continue
        text = fuzzer.smaller(text)
        mine, theirs = fuzzer.both(text)
        print(f'--- seed {seed}\n{text}--- gilt\n{mine.decode(errors="replace")}\n--- CPython\n{theirs.decode(errors="replace")}')
        if a.keep:
            os.makedirs(a.keep, exist_ok=True)
            write(a.keep, f'seed_{seed}', text)
    if different:
        return 1
    return 0 if a.mutate or (ran == a.count and normal >= 0.7 * ran) else 2


if __name__ == '__main__':
    sys.exit(main())
