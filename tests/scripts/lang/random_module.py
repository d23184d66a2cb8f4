# random: CPython's sequences for given seeds, states, and what needs no seed.
import random

random.seed(42)
print([random.random() for _ in range(3)], random.randrange(1000), random.randint(1, 6), random.choice("abcdef"))
print(random.sample(range(100), 5), random.getrandbits(100), random.uniform(1, 2), random.gauss(0, 1), random.shuffle(list(range(9))))
for seed in (0, -7, 2 ** 100, 1.5, "text", b"bytes", bytearray(b"x")):
    r = random.Random(seed)
    print(seed, r.random(), r.getrandbits(33), r.choices([1, 2, 3], [1, 2, 3], k=4))
r = random.Random(1)
state = r.getstate()
first = [r.random() for _ in range(700)]
r.setstate(state)
print(first == [r.random() for _ in range(700)], state[0], len(state[1]), sum(state[1]) % 1000, r.getrandbits(0))
free = random.Random()
state = free.getstate()
x = free.random()
free.setstate(state)
print(free.random() == x, 0 <= random.Random().random() < 1)
for wrong in (lambda: r.getrandbits(-1), lambda: r.setstate((3, (1, 2), None)), lambda: r.choice([]), lambda: r.randrange(0)):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
