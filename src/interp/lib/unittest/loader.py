# SPDX-License-Identifier: BSL-1.0
"""Finds the cases in a module, a class or a list of names."""
import sys

from unittest.case import TestCase, FunctionTestCase
from unittest.suite import BaseTestSuite, TestSuite

__unittest = True


class TestLoader:
    testMethodPrefix = "test"
    testNamePatterns = None
    suiteClass = TestSuite

    def __init__(self):
        self.errors = []

    @staticmethod
    def sortTestMethodsUsing(a, b):
        return (a > b) - (a < b)

    def getTestCaseNames(self, testCaseClass):
        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            full = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return any(_matches(full, pattern) for pattern in self.testNamePatterns)
        names = [name for name in dir(testCaseClass) if wanted(name)]
        return sorted(names) if self.sortTestMethodsUsing else names

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, BaseTestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = []
        for name in dir(module):
            found = getattr(module, name)
            if isinstance(found, type) and issubclass(found, TestCase) \
                    and found not in (TestCase, FunctionTestCase):
                tests.append(self.loadTestsFromTestCase(found))
        tests = self.suiteClass(tests)
        hook = getattr(module, "load_tests", None)
        return tests if hook is None else hook(self, tests, pattern)

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        if module is None:
            for length in range(len(parts), 0, -1):
                try:
                    __import__(".".join(parts[:length]))
                except ImportError:
                    if length == 1:
                        raise
                else:
                    module = sys.modules[".".join(parts[:length])]
                    parts = parts[length:]
                    break
        holder, found = None, module
        for part in parts:
            holder, found = found, getattr(found, part)
        if isinstance(found, type(sys)):
            return self.loadTestsFromModule(found)
        if isinstance(found, type) and issubclass(found, TestCase):
            return self.loadTestsFromTestCase(found)
        if isinstance(holder, type) and issubclass(holder, TestCase):
            return self.suiteClass([holder(parts[-1])])
        if isinstance(found, BaseTestSuite):
            return found
        if callable(found):
            made = found()
            return made if isinstance(made, BaseTestSuite) else self.suiteClass([made])
        raise TypeError(f"don't know how to make test from: {found!r}")

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])


def _matches(text, pattern):
    """Whether a shell pattern of * and ? fits, or stands in the text if it has neither."""
    if "*" not in pattern and "?" not in pattern:
        return pattern in text
    fits = {0}
    for c in pattern:
        if c == "*":
            fits = set(range(min(fits), len(text) + 1))
        else:
            fits = {i + 1 for i in fits if i < len(text) and c in ("?", text[i])}
        if not fits:
            return False
    return len(text) in fits


defaultTestLoader = TestLoader()


def _loader(prefix, suiteClass=TestSuite):
    loader = TestLoader()
    loader.testMethodPrefix = prefix
    loader.suiteClass = suiteClass
    return loader


def makeSuite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    return _loader(prefix, suiteClass).loadTestsFromTestCase(testCaseClass)


def getTestCaseNames(testCaseClass, prefix, sortUsing=None, testNamePatterns=None):
    loader = _loader(prefix)
    loader.testNamePatterns = testNamePatterns
    return loader.getTestCaseNames(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=None, suiteClass=TestSuite):
    return _loader(prefix, suiteClass).loadTestsFromModule(module)
