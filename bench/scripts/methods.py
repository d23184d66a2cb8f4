# SPDX-License-Identifier: BSL-1.0
"""Method calls, attributes and inheritance."""
from harness import main


class Shape:
    def __init__(self, w, h):
        self.w = w
        self.h = h
        self.moved = 0

    def area(self):
        return self.w * self.h

    def move(self, by):
        self.moved += by
        return self

    def total(self):
        return self.area() + self.moved


class Square(Shape):
    def __init__(self, w):
        super().__init__(w, w)

    def area(self):
        return self.w * self.w + 1


def work():
    shapes = [Shape(2, 3), Square(4), Shape(5, 6), Square(7)]
    s = 0
    for i in range(400000):
        for shape in shapes:
            s += shape.move(1).total()
    return s


main(work)
