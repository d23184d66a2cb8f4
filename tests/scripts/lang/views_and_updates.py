# SPDX-License-Identifier: BSL-1.0
# Views of dicts are compared item by item, without hashes; a dict that is changed while another takes it in.
a, b = {1: [1], 2: [2]}, {2: [2], 1: [1]}
print(a.items() == b.items(), a.items() != b.items(), a.items() <= b.items(), a.items() < b.items())
print({1: []}.items() < a.items(), {1: [1]}.items() < a.items(), a.items() > {2: [2]}.items(), a.items() >= {3: [2]}.items())
print(a.keys() == {1, 2}, {1, 2} == a.keys(), a.keys() < {1, 2, 3}, {1, 2, 3} > a.keys(), {1}.issubset(a.keys()), a.keys() == [1, 2])
print(a.keys() >= frozenset([1]), a.keys() != b.keys(), {} .items() == set(), a.items() == {(1, 2)})


class Clears:
    def __hash__(self):
        return 0

    def __eq__(self, other):
        source.clear()
        return False


source = {Clears(): 0, 5: 5}
try:
    {Clears(): 1}.update(source)
except RuntimeError as error:
    print(error)
names = {"a": 1}
names.update(names)
print(names)
