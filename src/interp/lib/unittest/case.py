# SPDX-License-Identifier: BSL-1.0
"""One test: setUp, the method, tearDown, and the clean-ups that were asked for."""
import sys

from unittest.assertions import Assertions, AssertRaises
from unittest.result import TestResult

__unittest = True


class SkipTest(Exception):
    """Raised by a test that cannot be run here."""


class _ShouldStop(Exception):
    """Ends the test after a failed sub-test when only the first failure is wanted."""


def skip(reason):
    def mark(item):
        if isinstance(item, type):
            item.__unittest_skip__ = True
            item.__unittest_skip_why__ = reason
            return item

        def skipped(*args, **kwargs):
            raise SkipTest(reason)
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(skipped, name, getattr(item, name))
        skipped.__dict__.update(item.__dict__)
        skipped.__wrapped__ = item
        skipped.__unittest_skip__ = True
        skipped.__unittest_skip_why__ = reason
        return skipped
    if callable(reason) and not isinstance(reason, (str, type)):
        item, reason = reason, ""
        return mark(item)
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return lambda item: item if condition else skip(reason)(item)


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


def _enter(manager, add_cleanup):
    cls = type(manager)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol") from None
    result = enter(manager)
    add_cleanup(leave, manager, None, None, None)
    return result


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    return _enter(cm, addModuleCleanup)


def doModuleCleanups():
    failed = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]


class TestCase(Assertions):
    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _classSetupFailed = False

    def __init_subclass__(cls, *args, **kwargs):
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._result = None
        self._subtest = None
        self._cleanups = []
        self._equalities = {}
        self._testMethodDoc = None
        method = getattr(self, methodName, None)
        if method is None:
            if methodName != "runTest":
                raise ValueError(f"no such test method in {type(self)}: {methodName}")
        else:
            self._testMethodDoc = method.__doc__
        for kind, check in ((dict, "assertDictEqual"), (list, "assertListEqual"), (tuple, "assertTupleEqual"),
                            (set, "assertSetEqual"), (frozenset, "assertSetEqual"), (str, "assertMultiLineEqual")):
            self.addTypeEqualityFunc(kind, check)

    # ---- to be overridden ----

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def defaultTestResult(self):
        return TestResult()

    def _set_up(self):
        self.setUp()

    def _tear_down(self):
        self.tearDown()

    def _call(self, method):
        return method()

    # ---- clean-ups ----

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        return _enter(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        return _enter(cm, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def doCleanups(self):
        good = True
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            good = self._attempt(lambda: function(*args, **kwargs)) and good
        return good

    # ---- what it is called ----

    def countTestCases(self):
        return 1

    def id(self):
        return f"{type(self).__module__}.{type(self).__qualname__}.{self._testMethodName}"

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def __str__(self):
        return f"{self._testMethodName} ({self.id()})"

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} testMethod={self._testMethodName}>"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    # ---- running ----

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=None, **params):
        return _SubTestContext(self, msg, params)

    def _attempt(self, action):
        """Runs one step and reports how it failed, if it did."""
        try:
            action()
            return True
        except KeyboardInterrupt:
            raise
        except _ShouldStop:
            self._passed = False
        except SkipTest as reason:
            self._passed = False
            self._result.addSkip(self, str(reason))
        except BaseException as error:
            info = (type(error), error, error.__traceback__)
            if self._expects_failure:
                self._expected = info
            else:
                self._passed = False
                if isinstance(error, self.failureException):
                    self._result.addFailure(self, info)
                else:
                    self._result.addError(self, info)
        return False

    def run(self, result=None):
        own = result is None
        if own:
            result = self.defaultTestResult()
            result.startTestRun()
        method = getattr(self, self._testMethodName)
        result.startTest(self)
        self._result, self._passed, self._expected = result, True, None
        self._expects_failure = getattr(type(self), "__unittest_expecting_failure__", False) or \
            getattr(method, "__unittest_expecting_failure__", False)
        try:
            for marked in (type(self), method):
                if getattr(marked, "__unittest_skip__", False):
                    result.addSkip(self, getattr(marked, "__unittest_skip_why__", ""))
                    return result
            expects, self._expects_failure = self._expects_failure, False
            if self._attempt(self._set_up):
                self._expects_failure = expects
                self._attempt(lambda: self._call(method))
                self._expects_failure = False
                self._attempt(self._tear_down)
            self.doCleanups()
            if self._passed:
                if not expects:
                    result.addSuccess(self)
                elif self._expected is not None:
                    result.addExpectedFailure(self, self._expected)
                else:
                    result.addUnexpectedSuccess(self)
            return result
        finally:
            self._expected = None
            result.stopTest(self)
            if own:
                result.stopTestRun()

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)


class _SubTest:
    """A sub-test in a report."""

    def __init__(self, case, message, params):
        self.test_case = case
        self.failureException = case.failureException
        self._message = message
        self.params = params

    def _parameters(self):
        parts = [] if self._message is None else [f"[{self._message}]"]
        if self.params:
            parts.append("(" + ", ".join(f"{k}={v!r}" for k, v in self.params.items()) + ")")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._parameters()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def countTestCases(self):
        return 1

    def __str__(self):
        return f"{self.test_case} {self._parameters()}"


class _SubTestContext:
    def __init__(self, case, message, params):
        self.case = case
        outer = case._subtest
        self.subtest = _SubTest(case, message, {**(outer.params if outer else {}), **params})

    def __enter__(self):
        self.outer, self.case._subtest = self.case._subtest, self.subtest

    def __exit__(self, kind, error, trace):
        case = self.case
        case._subtest = self.outer
        result = case._result
        if kind is None:
            if hasattr(result, "addSubTest"):
                result.addSubTest(case, self.subtest, None)
            return False
        if not issubclass(kind, Exception) or issubclass(kind, _ShouldStop) or case._expects_failure:
            return False
        if issubclass(kind, SkipTest):
            result.addSkip(self.subtest, str(error))
            return True
        case._passed = False
        result.addSubTest(case, self.subtest, (kind, error, trace))
        if result.failfast:
            raise _ShouldStop
        return True


class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._function, self._before, self._after, self._text = testFunc, setUp, tearDown, description

    def setUp(self):
        if self._before is not None:
            self._before()

    def tearDown(self):
        if self._after is not None:
            self._after()

    def runTest(self):
        self._function()

    def id(self):
        return self._function.__name__

    def shortDescription(self):
        return self._text or super().shortDescription()

    def __str__(self):
        return f"{type(self).__qualname__} ({self._function.__name__})"
