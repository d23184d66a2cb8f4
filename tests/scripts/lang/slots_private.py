# SPDX-License-Identifier: BSL-1.0
# Names of __slots__ that are private to the class are mangled as in its methods.
class _Box:
    __slots__ = ("__item", "__both__", "_one")

    def __init__(self, item):
        self.__item = item

    def item(self):
        return self.__item


b = _Box(3)
b.__both__, b._one = 1, 2
print(b.item(), b._Box__item, b.__both__, b._one, sorted(n for n in dir(b) if "item" in n))
try:
    b.__item = 4
except AttributeError as error:
    print(error)


class __:
    __slots__ = "__x"


n = __()
n.__x = 1
print(n.__x)
