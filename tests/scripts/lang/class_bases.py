# SPDX-License-Identifier: BSL-1.0
# A base that is no class: its class is called as the metaclass is.
class Meta:
    def __init__(self, *a):
        print('made', a[0], len(a[1]), sorted(k for k in a[2] if k[:1] != '_'))


m = Meta('m', (), {})


class A(m):
    x = 1


print(type(A).__name__)
for base in (5, 'text', None, 1.5, [1]):
    try:
        class B(base):
            pass
    except TypeError as e:
        print('TypeError', e)
try:
    class C(int, 5.0):
        pass
except TypeError as e:
    print('TypeError', e)
