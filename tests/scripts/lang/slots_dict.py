# SPDX-License-Identifier: BSL-1.0
# The __dict__ of an object whose base has slots holds what is in no slot.
class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
class Child(Slots): pass
c = Child(); c.c = 5
print(c.__dict__, vars(c), c.a, sorted(n for n in dir(c) if not n.startswith("_")))
print(sorted(n for n in dir(Child) if not n.startswith("_")), "a" in dir(Slots()))
