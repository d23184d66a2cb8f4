# SPDX-License-Identifier: BSL-1.0
"""Building blocks for loops."""
import operator as _operator

_none = object()


class _Iterator:
    """An iterator whose items a generator makes."""

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


class count(_Iterator):
    def __init__(self, start=0, step=1):
        if not (hasattr(start, "__add__") and hasattr(start, "__sub__")) or isinstance(start, (str, bytes, list, tuple)):
            raise TypeError("a number is required")
        self._at, self._step = start, step

    def __next__(self):
        at = self._at
        self._at = at + self._step
        return at

    def __repr__(self):
        return f"count({self._at!r})" if self._step == 1 and isinstance(self._step, int) else f"count({self._at!r}, {self._step!r})"

    def __reduce__(self):
        return count, ((self._at,) if self._step == 1 and isinstance(self._step, int) else (self._at, self._step))


class repeat(_Iterator):
    def __init__(self, object, times=None):
        self._object = object
        self._left = None if times is None else max(_operator.index(times), 0)

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        return f"repeat({self._object!r})" if self._left is None else f"repeat({self._object!r}, {self._left})"

    def __reduce__(self):
        return repeat, ((self._object,) if self._left is None else (self._object, self._left))


class cycle(_Iterator):
    def __init__(self, iterable, /):
        self._items = self._make(iter(iterable))

    def _make(self, source):
        saved = []
        for item in source:
            saved.append(item)
            yield item
        while saved:
            yield from saved


class chain(_Iterator):
    def __init__(self, *iterables):
        self._items = self._make(iterables)

    @classmethod
    def from_iterable(cls, iterables, /):
        made = cls()
        made._items = made._make(iterables)
        return made

    def _make(self, iterables):
        for each in iterables:
            yield from each

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)


class starmap(_Iterator):
    def __init__(self, function, iterable, /):
        self._items = self._make(function, iter(iterable))

    def _make(self, function, source):
        for arguments in source:
            yield function(*arguments)


class compress(_Iterator):
    def __init__(self, data, selectors):
        self._items = self._make(iter(data), iter(selectors))

    def _make(self, data, selectors):
        for item, wanted in zip(data, selectors):
            if wanted:
                yield item


class takewhile(_Iterator):
    def __init__(self, predicate, iterable, /):
        self._items = self._make(predicate, iter(iterable))

    def _make(self, predicate, source):
        for item in source:
            if not predicate(item):
                return
            yield item


class dropwhile(_Iterator):
    def __init__(self, predicate, iterable, /):
        self._items = self._make(predicate, iter(iterable))

    def _make(self, predicate, source):
        for item in source:
            if not predicate(item):
                yield item
                break
        yield from source


class filterfalse(_Iterator):
    def __init__(self, function, iterable, /):
        self._items = self._make(bool if function is None else function, iter(iterable))

    def _make(self, function, source):
        for item in source:
            if not function(item):
                yield item


class accumulate(_Iterator):
    def __init__(self, iterable, func=None, *, initial=None):
        self._items = self._make(iter(iterable), _operator.add if func is None else func, initial)

    def _make(self, source, function, total):
        if total is None:
            for total in source:
                break
            else:
                return
        yield total
        for item in source:
            total = function(total, item)
            yield total


class pairwise(_Iterator):
    def __init__(self, iterable, /):
        self._items = self._make(iter(iterable))

    def _make(self, source):
        for before in source:
            break
        else:
            return
        for item in source:
            yield before, item
            before = item


class islice(_Iterator):
    def __init__(self, iterable, /, *bounds):
        if not 1 <= len(bounds) <= 3:
            raise TypeError(f"islice expected at least 2 arguments, got {1 + len(bounds)}" if not bounds else
                            f"islice expected at most 4 arguments, got {1 + len(bounds)}")
        start, stop, step = (None, bounds[0], None) if len(bounds) == 1 else (*bounds, None)[:3]
        for value, text in ((stop, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."),
                            (start, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")):
            if value is not None:
                try:
                    good = 0 <= _operator.index(value) <= 2 ** 63 - 1
                except TypeError:
                    good = False
                if not good:
                    raise ValueError(text if len(bounds) == 1 or value is start else
                                     "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        if step is not None:
            try:
                good = 0 < _operator.index(step) <= 2 ** 63 - 1
            except TypeError:
                good = False
            if not good:
                raise ValueError("Step for islice() must be a positive integer or None.")
        self._items = self._make(iter(iterable), 0 if start is None else _operator.index(start),
                                 stop if stop is None else _operator.index(stop), 1 if step is None else _operator.index(step))

    def _make(self, source, start, stop, step):
        wanted, at = start, 0
        while stop is None or at < stop:
            if stop is not None and wanted >= stop:
                # What lies before the end is taken from the source as well.
                while at < stop:
                    if next(source, _none) is _none:
                        return
                    at += 1
                return
            while at < wanted:
                if next(source, _none) is _none:
                    return
                at += 1
            item = next(source, _none)
            if item is _none:
                return
            at += 1
            wanted += step
            yield item


class zip_longest(_Iterator):
    def __init__(self, *iterables, fillvalue=None):
        self._items = self._make([iter(each) for each in iterables], fillvalue)

    def _make(self, sources, fill):
        left = len(sources)
        while left:
            row = []
            for i, source in enumerate(sources):
                item = fill if source is None else next(source, _none)
                if item is _none:
                    left -= 1
                    if not left:
                        return
                    sources[i] = None
                    item = fill
                row.append(item)
            yield tuple(row)


class groupby(_Iterator):
    def __init__(self, iterable, key=None):
        self._source, self._key = iter(iterable), key
        self._item, self._value, self._group = _none, _none, None
        self._ended = False

    def _advance(self):
        self._item = next(self._source, _none)
        if self._item is _none:
            self._ended = True
            return False
        self._value = self._item if self._key is None else self._key(self._item)
        return True

    def __next__(self):
        group, self._group = self._group, None
        if self._ended or self._item is _none and not self._advance():
            raise StopIteration
        while group is not None and self._value == group:
            if not self._advance():
                raise StopIteration
        self._group = value = self._value
        self._token = token = object()
        return value, self._members(value, token)

    def _members(self, value, token):
        while not self._ended and self._token is token:
            yield self._item
            if self._token is not token or not self._advance() or not self._value == value:
                return


class _Tee(_Iterator):
    """Reads a chain of [item, next] links that all copies share."""

    def __init__(self, source, link):
        self._source, self._link = source, link

    def __next__(self):
        link = self._link
        if not link:
            item = next(self._source)
            if not link:
                link[:] = [item, []]
        item, self._link = link
        return item

    def __copy__(self):
        return _Tee(self._source, self._link)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    source = iter(iterable)
    if hasattr(source, "__copy__"):
        return (source, *(source.__copy__() for _ in range(n - 1)))
    first = _Tee(source, [])
    return (first, *(first.__copy__() for _ in range(n - 1)))


class product(_Iterator):
    def __init__(self, *iterables, repeat=1):
        repeat = _operator.index(repeat)
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        self._items = self._make([tuple(each) for each in iterables] * repeat)

    def _make(self, pools):
        if not all(pools):
            return
        at = [0] * len(pools)
        while True:
            yield tuple([pool[i] for pool, i in zip(pools, at)])
            for place in range(len(pools) - 1, -1, -1):
                at[place] += 1
                if at[place] < len(pools[place]):
                    break
                at[place] = 0
            else:
                return


def _size(r):
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


class combinations(_Iterator):
    def __init__(self, iterable, r):
        self._items = self._make(tuple(iterable), r)

    def __new__(cls, iterable, r):
        if r < 0:
            raise ValueError("r must be non-negative")
        return super().__new__(cls)

    def _make(self, pool, r):
        n = len(pool)
        if r > n:
            return
        at = list(range(r))
        while True:
            yield tuple([pool[i] for i in at])
            for place in range(r - 1, -1, -1):
                if at[place] < n - r + place:
                    break
            else:
                return
            at[place] += 1
            for later in range(place + 1, r):
                at[later] = at[later - 1] + 1


class combinations_with_replacement(_Iterator):
    def __new__(cls, iterable, r):
        if r < 0:
            raise ValueError("r must be non-negative")
        return super().__new__(cls)

    def __init__(self, iterable, r):
        self._items = self._make(tuple(iterable), r)

    def _make(self, pool, r):
        n = len(pool)
        if not n and r:
            return
        at = [0] * r
        while True:
            yield tuple([pool[i] for i in at])
            for place in range(r - 1, -1, -1):
                if at[place] < n - 1:
                    break
            else:
                return
            at[place:] = [at[place] + 1] * (r - place)


class permutations(_Iterator):
    def __new__(cls, iterable, r=None):
        if r is not None:
            _size(r)
        return super().__new__(cls)

    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        self._items = self._make(pool, len(pool) if r is None else r)

    def _make(self, pool, r):
        n = len(pool)
        if r > n:
            return
        at = list(range(n))
        left = list(range(n, n - r, -1))
        while True:
            yield tuple([pool[i] for i in at[:r]])
            for place in range(r - 1, -1, -1):
                left[place] -= 1
                if left[place] == 0:
                    at[place:] = at[place + 1:] + at[place:place + 1]
                    left[place] = n - place
                else:
                    other = n - left[place]
                    at[place], at[other] = at[other], at[place]
                    break
            else:
                return
