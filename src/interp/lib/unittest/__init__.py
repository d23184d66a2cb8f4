# SPDX-License-Identifier: BSL-1.0
"""Unit tests: the interface of the standard library's unittest, written for gilt.

case.py has TestCase and what a test may say of itself (skip, expected failure); assertions.py what
it may claim; suite.py collects cases, result.py counts what became of them, runner.py prints that
and is the program (`unittest.main()`).
"""
from unittest.result import TestResult
from unittest.case import (TestCase, FunctionTestCase, SkipTest, skip, skipIf, skipUnless,
                           expectedFailure, addModuleCleanup, doModuleCleanups, enterModuleContext)
from unittest.suite import BaseTestSuite, TestSuite
from unittest.loader import (TestLoader, defaultTestLoader, makeSuite, getTestCaseNames,
                             findTestCases)
from unittest.runner import TextTestRunner, TextTestResult, TestProgram, main

__all__ = ["TestResult", "TestCase", "IsolatedAsyncioTestCase", "TestSuite", "TextTestRunner",
           "TestLoader", "FunctionTestCase", "main", "defaultTestLoader", "SkipTest", "skip",
           "skipIf", "skipUnless", "expectedFailure", "TextTestResult", "addModuleCleanup",
           "doModuleCleanups", "enterModuleContext", "makeSuite", "getTestCaseNames",
           "findTestCases"]


class IsolatedAsyncioTestCase(TestCase):
    """Its coroutine methods are driven by hand: there is no event loop."""

    def _call(self, method, *args):
        made = method(*args)
        if not hasattr(made, "send"):
            return made
        try:
            while True:
                made.send(None)
        except StopIteration as end:
            return end.value

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def _set_up(self):
        self.setUp()
        self._call(self.asyncSetUp)

    def _tear_down(self):
        self._call(self.asyncTearDown)
        self.tearDown()

    def addAsyncCleanup(self, function, /, *args, **kwargs):
        self.addCleanup(lambda: self._call(lambda: function(*args, **kwargs)))
