# SPDX-License-Identifier: BSL-1.0
"""What a test may claim. A claim that fails raises failureException, with the values in its text."""
import sys

__unittest = True

_longest_shown = 80


def safe_repr(value, short=False):
    try:
        text = repr(value)
    except Exception:
        text = object.__repr__(value)
    return text[:_longest_shown] + " [truncated]..." if short and len(text) > _longest_shown else text


def _difference(first, second):
    """A line-by-line comparison of two values, where the modules for that can be had."""
    try:
        import difflib
        import pprint
    except ImportError:
        return ""
    lines = [v.splitlines() if isinstance(v, str) else pprint.pformat(v).splitlines() for v in (first, second)]
    return "\n" + "\n".join(difflib.ndiff(*lines))


class AssertRaises:
    """with self.assertRaises(X) as caught: ..., or the call itself."""

    def __init__(self, expected, case, pattern=None):
        self.expected, self.case, self.pattern = expected, case, pattern
        self.msg = None
        self.exception = None

    def handle(self, name, args, kwargs):
        classes = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        if not all(isinstance(c, type) and issubclass(c, BaseException) for c in classes):
            raise TypeError(f"{name}() arg 1 must be an exception type or tuple of exception types")
        if not args:
            self.msg = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        function, *args = args
        self.called = getattr(function, "__name__", str(function))
        with self:
            function(*args, **kwargs)
        return None

    called = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            names = getattr(self.expected, "__name__", str(self.expected))
            self.case._claim_failed(self.msg, f"{names} not raised" + (f" by {self.called}" if self.called else ""))
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        if self.pattern is not None and not _search(self.pattern, str(error)):
            shown = self.pattern if isinstance(self.pattern, str) else self.pattern.pattern
            self.case._claim_failed(self.msg, f'"{shown}" does not match "{error}"')
        return True

    @classmethod
    def __class_getitem__(cls, item):
        return cls


def _search(pattern, text):
    import re
    return re.compile(pattern).search(text) if isinstance(pattern, str) else pattern.search(text)


class AssertWarns:
    def __init__(self, expected, case, pattern=None):
        self.expected, self.case, self.pattern = expected, case, pattern
        self.msg = None

    def handle(self, args, kwargs):
        if not args:
            self.msg = kwargs.pop("msg", None)
            return self
        function, *args = args
        with self:
            function(*args, **kwargs)
        return None

    def __enter__(self):
        import warnings
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self._caught = warnings.catch_warnings(record=True)
        self.warnings = self._caught.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, error, trace):
        self._caught.__exit__(kind, error, trace)
        if kind is not None:
            return
        names = getattr(self.expected, "__name__", str(self.expected))
        last = None
        for seen in self.warnings:
            if not isinstance(seen.message, self.expected):
                continue
            last = seen.message
            if self.pattern is None or _search(self.pattern, str(last)):
                self.warning, self.filename, self.lineno = last, seen.filename, seen.lineno
                return
        if last is not None:
            self.case._claim_failed(self.msg, f'"{self.pattern}" does not match "{last}"')
        self.case._claim_failed(self.msg, f"{names} not triggered")


class AssertLogs:
    def __init__(self, case, logger, level, wanted):
        self.case, self.logger, self.level, self.wanted = case, logger, level, wanted

    def __enter__(self):
        import logging
        outer = self

        class Collector(logging.Handler):
            def emit(self, record):
                outer.records.append(record)
                outer.output.append(self.format(record))
        self.records, self.output = [], []
        self._target = self.logger if isinstance(self.logger, logging.Logger) else logging.getLogger(self.logger)
        level = logging._nameToLevel.get(self.level, self.level) if self.level else logging.INFO
        handler = Collector()
        handler.setLevel(level)
        handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
        self._kept = self._target.handlers[:], self._target.level, self._target.propagate
        self._target.handlers, self._target.propagate = [handler], False
        self._target.setLevel(level)
        return self if self.wanted else None

    def __exit__(self, kind, error, trace):
        self._target.handlers, level, self._target.propagate = self._kept
        self._target.setLevel(level)
        if kind is not None:
            return False
        if bool(self.records) != self.wanted:
            self.case._claim_failed(None, f"no logs of level {self.level or 'INFO'} or higher triggered on {self._target.name}"
                                    if self.wanted else f"Unexpected logs found: {self.output!r}")


class Assertions:
    def _formatMessage(self, msg, standard):
        if not self.longMessage:
            return msg or standard
        return standard if msg is None else f"{standard} : {msg}"

    def _claim_failed(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def fail(self, msg=None):
        raise self.failureException(msg)

    def addTypeEqualityFunc(self, typeobj, function):
        self._equalities[typeobj] = function

    # ---- truth, identity, order ----

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._claim_failed(msg, f"{safe_repr(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        if expr:
            self._claim_failed(msg, f"{safe_repr(expr)} is not false")

    def assertEqual(self, first, second, msg=None):
        if type(first) is type(second):
            check = self._equalities.get(type(first))
            if check is not None:
                return (getattr(self, check) if isinstance(check, str) else check)(first, second, msg=msg)
        self._baseAssertEqual(first, second, msg)

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._claim_failed(msg, f"{safe_repr(first)} != {safe_repr(second)}")

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._claim_failed(msg, f"{safe_repr(first)} == {safe_repr(second)}")

    def assertIs(self, first, second, msg=None):
        if first is not second:
            self._claim_failed(msg, f"{safe_repr(first)} is not {safe_repr(second)}")

    def assertIsNot(self, first, second, msg=None):
        if first is second:
            self._claim_failed(msg, f"unexpectedly identical: {safe_repr(first)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._claim_failed(msg, f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._claim_failed(msg, "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._claim_failed(msg, f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._claim_failed(msg, f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._claim_failed(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._claim_failed(msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._claim_failed(msg, f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._claim_failed(msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._claim_failed(msg, f"{safe_repr(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._claim_failed(msg, f"{safe_repr(obj)} is an instance of {cls!r}")

    def _close(self, first, second, places, delta):
        """Whether they are almost equal, and how that reads."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        apart = abs(first - second)
        if delta is not None:
            return apart <= delta, f"within {safe_repr(delta)} delta ({safe_repr(apart)} difference)"
        places = 7 if places is None else places
        return round(apart, places) == 0, f"within {places!r} places ({safe_repr(apart)} difference)"

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        close, how = self._close(first, second, places, delta)
        if not close:
            self._claim_failed(msg, f"{safe_repr(first)} != {safe_repr(second)} {how}")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if not first == second and not self._close(first, second, places, delta)[0]:
            return
        how = self._close(first, second, places, delta)[1]
        self._claim_failed(msg, f"{safe_repr(first)} == {safe_repr(second)} {how}")

    # ---- containers ----

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        name = "sequence" if seq_type is None else seq_type.__name__
        if seq_type is not None:
            for place, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{place} sequence is not a {name}: {safe_repr(seq)}")
        if seq1 == seq2:
            return
        try:
            count1, count2 = len(seq1), len(seq2)
        except (TypeError, NotImplementedError):
            self._claim_failed(msg, f"{safe_repr(seq1)} != {safe_repr(seq2)}")
        text = f"{name.capitalize()}s differ: {safe_repr(seq1, True)} != {safe_repr(seq2, True)}\n"
        for at in range(min(count1, count2)):
            if seq1[at] != seq2[at]:
                text += f"\nFirst differing element {at}:\n{safe_repr(seq1[at])}\n{safe_repr(seq2[at])}\n"
                break
        else:
            if count1 == count2 and seq_type is None and type(seq1) is not type(seq2):
                return
        if count1 != count2:
            longer, at, which = (seq1, count2, "First") if count1 > count2 else (seq2, count1, "Second")
            text += (f"\n{which} {name} contains {abs(count1 - count2)} additional elements.\n"
                     f"First extra element {at}:\n{safe_repr(longer[at])}\n")
        self._claim_failed(msg, text + _difference(seq1, seq2))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        try:
            only1, only2 = set1.difference(set2), set2.difference(set1)
        except TypeError as error:
            self.fail(f"invalid type when attempting set difference: {error}")
        except AttributeError as error:
            self.fail(f"{'second' if hasattr(set1, 'difference') else 'first'} argument does not support set difference: {error}")
        if not only1 and not only2:
            return
        lines = []
        for which, extra in (("first", only1), ("second", only2)):
            if extra:
                lines.append(f"Items in the {which} set but not the {'second' if which == 'first' else 'first'}:")
                lines.extend(map(repr, extra))
        self._claim_failed(msg, "\n".join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            self._claim_failed(msg, f"{safe_repr(d1, True)} != {safe_repr(d2, True)}" + _difference(d1, d2))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        missing = [k for k in subset if k not in dictionary]
        wrong = [k for k in subset if k in dictionary and subset[k] != dictionary[k]]
        if missing or wrong:
            self._claim_failed(msg, f"Missing: {missing!r}; Mismatched values: {wrong!r}")

    def assertCountEqual(self, first, second, msg=None):
        first, rest = list(first), list(second)
        extra = []
        for item in first:
            try:
                rest.remove(item)
            except ValueError:
                extra.append(item)
        if extra or rest:
            self._claim_failed(msg, "Element counts were not equal:\n" +
                               "\n".join([f"First has 1, Second has 0:  {i!r}" for i in extra] +
                                         [f"First has 0, Second has 1:  {i!r}" for i in rest]))

    # ---- text ----

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first != second:
            self._claim_failed(msg, f"{safe_repr(first, True)} != {safe_repr(second, True)}" +
                               (_difference(first, second) if len(first) < 2 ** 16 > len(second) else ""))

    def assertRegex(self, text, expected_regex, msg=None):
        if not _search(expected_regex, text):
            shown = getattr(expected_regex, "pattern", expected_regex)
            self._claim_failed(msg, f"Regex didn't match: {shown!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        found = _search(unexpected_regex, text)
        if found:
            self._claim_failed(msg, f"Regex matched: {found.group()!r} matches {found.re.pattern!r} in {text!r}")

    # ---- what happens ----

    def assertRaises(self, expected_exception, *args, **kwargs):
        return AssertRaises(expected_exception, self).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return AssertRaises(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return AssertWarns(expected_warning, self).handle(args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return AssertWarns(expected_warning, self, expected_regex).handle(args, kwargs)

    def assertLogs(self, logger=None, level=None):
        return AssertLogs(self, logger, level, True)

    def assertNoLogs(self, logger=None, level=None):
        return AssertLogs(self, logger, level, False)

    # ---- names of old ----

    failUnlessEqual = assertEquals = assertEqual
    assertNotEquals = assertNotEqual
    assert_ = assertTrue
    assertAlmostEquals = assertAlmostEqual
    assertNotAlmostEquals = assertNotAlmostEqual
    assertRegexpMatches = assertRegex
    assertNotRegexpMatches = assertNotRegex
    assertRaisesRegexp = assertRaisesRegex
