# SPDX-License-Identifier: BSL-1.0
# Lists.
a = [3, 1, 2]
a.append(5); a.extend([7, 8]); a.extend("ab"); a.insert(0, "first"); a.insert(-1, "second last"); a.insert(100, "end"); a.insert(-100, "start")
print(a, len(a))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove("a"); a.reverse()
print(a, a.index(5), a.count(1), 7 in a, "zz" not in a)
b = a.copy()
b.clear()
print(a != b, b, a == a[:], a is a[:])
c = [1, 2] + [3] * 3 + list("xy") + list(range(3)) + list((1, 2)) + list({"k": 1}) + [*a, *"pq"]
print(c)
c += (9, 9); c *= 2
print(c, len(c))
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 5], [1, [2, 3]] == [1, [2, 3]], [1] == (1,), [1, 2] >= [1, 2])
n = [[0] * 3 for _ in range(3)]
n[1][1] = 5
alias = [[0] * 2] * 3
alias[0][0] = 1
print(n, alias)
s = [5, 2, 9, 1]
s.sort(); print(s)
s.sort(reverse=True); print(s)
words = ["banana", "fig", "Apple", "cherry", "date"]
words.sort(); print(words)
words.sort(key=len); print(words)
words.sort(key=str.lower, reverse=True); print(words)
print(sorted([(2, "b"), (1, "z"), (2, "a")]), sorted("hello"), sorted({3: 1, 1: 2}), sorted([3.5, 1, True, -2]))
pairs = [(i % 3, i) for i in range(10)]
pairs.sort(key=lambda p: p[0]); print(pairs)
pairs.sort(key=lambda p: -p[0], reverse=True); print(pairs)
print(min([3, 1, 2]), max([3, 1, 2]), sum([1, 2, 3]), sum([[1], [2]], []), min("b", "a"), max([1, 5, 3], key=lambda v: -v), min([], default="none"))
print(list(enumerate("abc")), list(enumerate("ab", 5)), list(zip([1, 2, 3], "abc")), list(zip([1, 2], "abc")), list(zip()), list(map(lambda x, y: x + y, [1, 2], [10, 20])), list(filter(None, [0, 1, "", 2])), list(filter(lambda v: v > 1, [1, 2, 3])), list(reversed([1, 2, 3])))
it = iter([1, 2, 3])
print(next(it), list(it), next(it, "done"))
d = [1, 2, 3, 4]
for v in d:
    if v < 3:
        d.append(v * 10)
print(d)
e = [1, 2, 3, 4, 5, 6]
for v in e:
    e.remove(v)
print(e)
rec = [1]
rec.append(rec)
print(rec, rec[1] is rec, repr(rec))
print([1, "a", None, 2.5, (1,), {"k": [1]}, {1}, True], str([]), repr(["it's", 'q"']))
big = list(range(100000))
print(len(big), sum(big), big[-1], big.index(99999))
while len(big) > 10:
    big = big[::2]
print(big)
queue = []
for i in range(1000):
    queue.append(i)
    if i % 3 == 0:
        queue.pop(0)
print(len(queue), queue[0], queue[-1])
x = [1, 2, 3]
y = x
y += [4]
x = x + [5]
print(x, y)
for f in (lambda: [].pop(), lambda: [1].pop(3), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1] + (2,), lambda: [1] * "a", lambda: [1, "a"].sort(), lambda: [1][None], lambda: [1] < 5, lambda: list(5), lambda: [].foo(), lambda: hash([]), lambda: [1].append(), lambda: [1].insert(1), lambda: max([]), lambda: [3] < ["a"], lambda: sum(["a"]), lambda: zip(1), lambda: list(1, 2), lambda: sorted(5), lambda: [].extend(3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
