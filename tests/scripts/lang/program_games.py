# SPDX-License-Identifier: BSL-1.0
# Life, sudoku, queens, knights, a small virtual machine, Brainfuck.
def life(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy: counts[x + dx, y + dy] = counts.get((x + dx, y + dy), 0) + 1
    return {c for c, n in counts.items() if n == 3 or n == 2 and c in cells}
cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)} | {(10, y) for y in range(3)}
for _ in range(24): cells = life(cells)
print(sorted(cells))
def sudoku(grid):
    cells = [int(c) for c in grid]
    def options(i):
        r, c = divmod(i, 9)
        used = {cells[r * 9 + k] for k in range(9)} | {cells[k * 9 + c] for k in range(9)} | {cells[(r // 3 * 3 + k // 3) * 9 + c // 3 * 3 + k % 3] for k in range(9)}
        return [v for v in range(1, 10) if v not in used]
    def solve():
        empty = [(len(o := options(i)), i, o) for i in range(81) if not cells[i]]
        if not empty: return True
        _, i, choice = min(empty)
        for v in choice:
            cells[i] = v
            if solve(): return True
        cells[i] = 0
        return False
    return "".join(map(str, cells)) if solve() else None
print(sudoku("530070000600195000098000060800060003400803001700020006060000280000419005000080079"))
def queens(n):
    out = []
    def place(row, cols, d1, d2, board):
        if row == n: out.append(tuple(board)); return
        for c in range(n):
            if c not in cols and row + c not in d1 and row - c not in d2: place(row + 1, cols | {c}, d1 | {row + c}, d2 | {row - c}, board + [c])
    place(0, frozenset(), frozenset(), frozenset(), [])
    return out
print(len(queens(6)), queens(6), len(queens(7)))
def bits(n):
    full, count = (1 << n) - 1, 0
    def go(cols, left, right):
        nonlocal count
        if cols == full: count += 1; return
        free = full & ~(cols | left | right)
        while free: b = free & -free; free ^= b; go(cols | b, (left | b) << 1, (right | b) >> 1)
    go(0, 0, 0)
    return count
print([bits(n) for n in range(1, 9)])
def knight(n):
    moves = ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2))
    board = [[-1] * n for _ in range(n)]; x = y = 0
    def free(x, y): return [(x + a, y + b) for a, b in moves if 0 <= x + a < n and 0 <= y + b < n and board[x + a][y + b] < 0]
    for step in range(n * n):
        board[x][y] = step
        following = free(x, y)
        if not following: break
        x, y = min(following, key=lambda p: (len(free(*p)), p))
    return board
print("\n".join(" ".join(f"{v:2}" for v in row) for row in knight(6)))
class Machine:
    def __init__(self, code): self.code, self.stack, self.vars, self.pc, self.out, self.steps = code, [], {}, 0, [], 0
    def run(self):
        while self.pc < len(self.code):
            op, *args = self.code[self.pc]; self.pc += 1; self.steps += 1
            getattr(self, "op_" + op)(*args)
        return self.out, self.steps
    def op_push(self, v): self.stack.append(v)
    def op_load(self, n): self.stack.append(self.vars[n])
    def op_store(self, n): self.vars[n] = self.stack.pop()
    def op_add(self): b = self.stack.pop(); self.stack[-1] += b
    def op_mul(self): b = self.stack.pop(); self.stack[-1] *= b
    def op_less(self): b = self.stack.pop(); self.stack[-1] = self.stack[-1] < b
    def op_jump(self, t): self.pc = t
    def op_jump_if(self, t):
        if self.stack.pop(): self.pc = t
    def op_emit(self): self.out.append(self.stack.pop())
print(Machine([("push", 1), ("store", "i"), ("push", 1), ("store", "f"), ("load", "f"), ("load", "i"), ("mul",), ("store", "f"), ("load", "i"), ("push", 1), ("add",), ("store", "i"), ("load", "i"), ("push", 26), ("less",), ("jump_if", 4), ("load", "f"), ("emit",)]).run())
def brainfuck(code, data=""):
    jump, stack = {}, []
    for i, c in enumerate(code):
        if c == "[": stack.append(i)
        elif c == "]": j = stack.pop(); jump[i], jump[j] = j, i
    tape, p, pc, out = [0] * 300, 0, 0, []
    while pc < len(code):
        c = code[pc]
        if c == ">": p += 1
        elif c == "<": p -= 1
        elif c == "+": tape[p] = tape[p] + 1 & 255
        elif c == "-": tape[p] = tape[p] - 1 & 255
        elif c == ".": out.append(chr(tape[p]))
        elif c == "[" and not tape[p] or c == "]" and tape[p]: pc = jump[pc]
        pc += 1
    return "".join(out)
print(brainfuck("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."))
def hanoi(n):
    pegs, moves = [list(range(n, 0, -1)), [], []], 0
    def move(k, a, b, c):
        nonlocal moves
        if k: move(k - 1, a, c, b); pegs[b].append(pegs[a].pop()); moves += 1; move(k - 1, c, b, a)
    move(n, 0, 1, 2)
    return pegs, moves
print(hanoi(8))
