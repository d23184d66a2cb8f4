# SPDX-License-Identifier: BSL-1.0
"""A list of cases and suites that runs them in order, with the fixtures of classes and modules."""
import sys

__unittest = True


class _Fixture:
    """Stands for a class or module in reports when its setUp or tearDown failed."""
    failureException = AssertionError

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0

    def __str__(self):
        return self.description

    __repr__ = __str__


class BaseTestSuite:
    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def addTest(self, test):
        if not callable(test):
            raise TypeError("{} is not callable".format(repr(test)))
        if isinstance(test, type):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        if not isinstance(other, BaseTestSuite):
            return NotImplemented
        return list(self) == list(other)

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} tests={list(self)}>"

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def run(self, result):
        for test in self:
            if result.shouldStop:
                break
            test(result)
        return result

    def debug(self):
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    def run(self, result, debug=False):
        outermost = not result._testRunEntered
        if outermost:
            result._testRunEntered = True
            result._previousTestClass = None
        for test in self:
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite):
                _change_class(result, type(test))
                if result._moduleSetUpFailed or getattr(type(test), "_classSetupFailed", False):
                    continue
            test(result)
        if outermost:
            _change_class(result, None)
            result._testRunEntered = False
        return result


def _report(result, where, error):
    from unittest.case import SkipTest
    fixture = _Fixture(where)
    if isinstance(error, SkipTest):
        result.addSkip(fixture, str(error))
    else:
        result.addError(fixture, (type(error), error, error.__traceback__))


def _name(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def _attempt(result, where, action):
    try:
        action()
        return True
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        _report(result, where, error)
        return False


def _change_class(result, cls):
    """Leaves the class, and module, whose tests ran last and enters that of the next."""
    from unittest.case import doModuleCleanups
    last = result._previousTestClass
    if cls is last:
        return
    result._previousTestClass = cls
    if last is not None and not getattr(last, "_classSetupFailed", False) and not result._moduleSetUpFailed \
            and not getattr(last, "__unittest_skip__", False):
        _attempt(result, f"tearDownClass ({_name(last)})", getattr(last, "tearDownClass", lambda: None))
        _class_cleanups(result, last, "tearDownClass")
    old = None if last is None else last.__module__
    new = None if cls is None else cls.__module__
    if old != new:
        if old is not None and old in sys.modules and not result._moduleSetUpFailed:
            tear_down = getattr(sys.modules[old], "tearDownModule", None)
            if tear_down is not None:
                _attempt(result, f"tearDownModule ({old})", tear_down)
            _attempt(result, f"tearDownModule ({old})", doModuleCleanups)
        result._moduleSetUpFailed = False
        if new is not None and new in sys.modules:
            set_up = getattr(sys.modules[new], "setUpModule", None)
            if set_up is not None and not _attempt(result, f"setUpModule ({new})", set_up):
                result._moduleSetUpFailed = True
                _attempt(result, f"setUpModule ({new})", doModuleCleanups)
    if cls is None or result._moduleSetUpFailed or getattr(cls, "__unittest_skip__", False):
        return
    set_up = getattr(cls, "setUpClass", None)
    if set_up is None:
        return
    cls._classSetupFailed = False
    if not _attempt(result, f"setUpClass ({_name(cls)})", set_up):
        cls._classSetupFailed = True
        _class_cleanups(result, cls, "setUpClass")


def _class_cleanups(result, cls, when):
    if not hasattr(cls, "doClassCleanups"):
        return
    cls.doClassCleanups()
    for kind, error, trace in cls.tearDown_exceptions:
        _report(result, f"{when} ({_name(cls)})", error)
