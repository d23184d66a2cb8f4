#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Looks at the machine code of the read barrier (barrier.cpp): from its entry to its return there
must be a way that calls nothing, locks nothing and takes at most LONGEST instructions. The other
ways are the slow ones.

    barrier.py OBJECT

Searches the graph of the function's instructions: nodes are instructions, a conditional jump has
two successors, a call, a locked instruction, an xchg with memory or a fence is a wall.
"""
import re
import subprocess
import sys

LONGEST = 40
LINE = re.compile(r"^\s*([0-9a-f]+):\s+(.*?)\s*$")
HEAD = re.compile(r"^[0-9a-f]+ <(.+)>:$")


def functions(path):
    """{name: [(address, text)]}"""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path], capture_output=True,
                          text=True, check=True).stdout
    found, now = {}, None
    for line in text.splitlines():
        head = HEAD.match(line)
        if head:
            now = found.setdefault(head.group(1), [])
        elif now is not None and LINE.match(line):
            address, instruction = LINE.match(line).groups()
            now.append((int(address, 16), instruction.split("#")[0].strip()))
    return found


def is_wall(text):
    return (re.match(r"(call|lock|mfence|lfence|sfence|repz? |syscall)", text) is not None
            or re.match(r"xchg.*\(", text) is not None)


def shortest_way(code):
    """Instructions on the shortest way from the entry to a return without a wall, or None."""
    at = {address: i for i, (address, _) in enumerate(code)}
    ahead, seen, length = [0], {0}, 0
    while ahead:
        length += 1
        further = []
        for i in ahead:
            text = code[i][1]
            if is_wall(text):
                continue
            if re.match(r"(repz )?ret", text):
                return length
            jump = re.match(r"j(\w+)\s+([0-9a-f]+)", text)
            successors = [] if jump and jump.group(1) == "mp" else [i + 1]
            if jump and int(jump.group(2), 16) in at:
                successors.append(at[int(jump.group(2), 16)])
            elif re.match(r"jmp", text) and not jump:
                successors = []                  # through a register: not followed
            for s in successors:
                if s < len(code) and s not in seen:
                    seen.add(s)
                    further.append(s)
        ahead = further
    return None


def main():
    code = functions(sys.argv[1])
    for planted in ("planted_with_call", "planted_with_lock"):
        assert shortest_way(code[planted]) is None, f"{planted}: its wall goes unnoticed"
    failed = []
    for name in ("read_barrier", "read_barrier_of_double"):
        way = shortest_way(code[name])
        print(f"{name}: {way} instructions without a call, a lock or a fence")
        if way is None or way > LONGEST:
            failed.append(f"{name}: the shortest way without a call or a locked instruction takes "
                          f"{way} instructions; at most {LONGEST} are allowed")
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
