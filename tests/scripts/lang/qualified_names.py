# SPDX-License-Identifier: BSL-1.0
# Argument errors name a function as it is qualified.
def outer():
    try: (lambda x: x)()
    except TypeError as e: print(e)
    def inner(a): pass
    try: inner()
    except TypeError as e: print(e)
class C:
    class D:
        def m(self, a): pass
try: C.D().m()
except TypeError as e: print(e)
outer()
