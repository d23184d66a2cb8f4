# SPDX-License-Identifier: BSL-1.0
"""deque and defaultdict.

A deque's items stand in a list from `_head` on; what lies before is free room. Taking from the left
moves the head and putting there uses the room, which is doubled when it is used up, so that all four
ends cost constant time on average.
"""
_showing = set()                                 # ids of what repr() is showing at the moment


class deque:
    __hash__ = None

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._maxlen = maxlen
        self._items, self._head, self._changes = [], 0, 0
        self.extend(iterable)

    @property
    def maxlen(self):
        return self._maxlen

    @maxlen.setter
    def maxlen(self, value):
        raise AttributeError("attribute 'maxlen' of 'collections.deque' objects is not writable")

    def __len__(self):
        return len(self._items) - self._head

    def append(self, item, /):
        if self._maxlen is not None and len(self) >= self._maxlen:
            if not self._maxlen:
                return
            self.popleft()
        self._items.append(item)
        self._changes += 1

    def appendleft(self, item, /):
        if self._maxlen is not None and len(self) >= self._maxlen:
            if not self._maxlen:
                return
            self.pop()
        if not self._head:
            room = len(self._items) + 8
            self._items[:0] = [None] * room
            self._head = room
        self._head -= 1
        self._items[self._head] = item
        self._changes += 1

    def pop(self):
        if len(self._items) == self._head:
            raise IndexError("pop from an empty deque")
        self._changes += 1
        return self._items.pop()

    def popleft(self):
        head = self._head
        if len(self._items) == head:
            raise IndexError("pop from an empty deque")
        item, self._items[head] = self._items[head], None
        self._head = head + 1
        self._changes += 1
        if self._head > 32 and self._head * 2 > len(self._items):
            del self._items[:self._head]
            self._head = 0
        return item

    def _all(self):
        return self._items[self._head:]

    def _replace(self, items):
        self._items, self._head = items, 0
        self._changes += 1

    def extend(self, iterable, /):
        for item in (self._all() if iterable is self else iterable):
            self.append(item)

    def extendleft(self, iterable, /):
        for item in (self._all() if iterable is self else iterable):
            self.appendleft(item)

    def clear(self):
        self._replace([])

    def copy(self):
        return self.__copy__()

    def __copy__(self):
        return type(self)(self) if self._maxlen is None else type(self)(self, self._maxlen)

    def count(self, value, /):
        n, changes = 0, self._changes
        for item in self._all():
            n += item is value or item == value
            if self._changes != changes:
                raise RuntimeError("deque mutated during iteration")
        return n

    def __contains__(self, value):
        changes = self._changes
        for item in self._all():
            if item is value or item == value:
                return True
            if self._changes != changes:
                raise RuntimeError("deque mutated during iteration")
        return False

    def index(self, value, start=0, stop=None, /):
        size, changes = len(self), self._changes
        start = max(start + size, 0) if start < 0 else start
        stop = size if stop is None else max(stop + size, 0) if stop < 0 else min(stop, size)
        items = self._all()
        for i in range(start, stop):
            if items[i] is value or items[i] == value:
                return i
            if self._changes != changes:
                raise RuntimeError("deque mutated during iteration")
        raise ValueError(f"{value!r} is not in deque")

    def insert(self, index, value, /):
        if self._maxlen is not None and len(self) >= self._maxlen:
            raise IndexError("deque already at its maximum size")
        items = self._all()
        items.insert(index, value)
        self._replace(items)

    def remove(self, value, /):
        items, changes = self._all(), self._changes
        for i, item in enumerate(items):
            same = item is value or item == value
            if self._changes != changes:
                raise IndexError("deque mutated during remove().")
            if same:
                del items[i]
                return self._replace(items)
        raise ValueError("deque.remove(x): x not in deque")

    def reverse(self):
        self._replace(self._all()[::-1])

    def rotate(self, n=1, /):
        items = self._all()
        if items:
            n %= len(items)
            self._replace(items[-n:] + items[:-n] if n else items)

    def _place(self, index):
        try:
            index = index.__index__()
        except AttributeError:
            raise TypeError(f"sequence index must be integer, not '{type(index).__name__}'") from None
        at = index + self._head if index >= 0 else index + len(self._items)
        if not self._head <= at < len(self._items):
            raise IndexError("deque index out of range")
        return at

    def __getitem__(self, index):
        return self._items[self._place(index)]

    def __setitem__(self, index, value):
        self._items[self._place(index)] = value

    def __delitem__(self, index):
        at = self._place(index)
        if at == self._head:
            self.popleft()
        else:
            del self._items[at]
            self._changes += 1

    def __iter__(self):
        return _deque_iterator(self)

    def __reversed__(self):
        return _deque_reverse_iterator(self)

    def __repr__(self):
        if id(self) in _showing:
            return "[...]"
        _showing.add(id(self))
        try:
            shown = "[" + ", ".join(map(repr, self._all())) + "]"
        finally:
            _showing.discard(id(self))
        bound = "" if self._maxlen is None else f", maxlen={self._maxlen}"
        return f"{type(self).__name__}({shown}{bound})"

    def __eq__(self, other):
        return self._all() == other._all() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._all() < other._all() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._all() <= other._all() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._all() > other._all() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._all() >= other._all() if isinstance(other, deque) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        made = self.copy()
        made.extend(other)
        return made

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        made = self.__copy__()
        made *= n
        return made

    __rmul__ = __mul__

    def __imul__(self, n):
        items = self._all() * n
        if self._maxlen is not None:
            items = items[max(len(items) - self._maxlen, 0):]
        self._replace(items)
        return self

    def __bool__(self):
        return len(self._items) > self._head

    def __reduce__(self):
        state, slots = self.__getstate__(), None
        if isinstance(state, tuple):
            state, slots = state
        own = ("_maxlen", "_items", "_head", "_changes")
        state = {k: v for k, v in (state or {}).items() if k not in own} or None
        slots = {k: v for k, v in (slots or {}).items() if k not in own}
        return type(self), (() if self._maxlen is None else ((), self._maxlen)), (state, slots) if slots else state, iter(self)

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


class _DequeIterator:
    def __init__(self, deque, step):
        self._deque, self._step = deque, step
        self._at, self._left, self._changes = (0 if step > 0 else len(deque) - 1), len(deque), deque._changes

    def __iter__(self):
        return self

    def __next__(self):
        deque = self._deque
        if self._changes != deque._changes:
            self._left = 0
            raise RuntimeError("deque mutated during iteration")
        if not self._left:
            raise StopIteration
        item = deque._items[deque._head + self._at]
        self._at += self._step
        self._left -= 1
        return item

    def __length_hint__(self):
        return self._left


deque.__module__ = "collections"


class _deque_iterator(_DequeIterator):
    def __init__(self, deque):
        _DequeIterator.__init__(self, deque, 1)


class _deque_reverse_iterator(_DequeIterator):
    def __init__(self, deque):
        _DequeIterator.__init__(self, deque, -1)


class defaultdict(dict):
    __module__ = "collections"

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def __repr__(self):
        return f"{type(self).__name__}({_factory_repr(self)}, {dict.__repr__(self)})"

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        return type(self), (() if self.default_factory is None else (self.default_factory,)), None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


def _factory_repr(self):
    if id(self) in _showing:
        return "..."
    _showing.add(id(self))
    try:
        return repr(self.default_factory)
    finally:
        _showing.discard(id(self))


def _generic_alias(cls, item):
    import types
    return types.GenericAlias(cls, item)


def _count_elements(mapping, iterable):
    get = mapping.get
    for each in iterable:
        mapping[each] = get(each, 0) + 1
