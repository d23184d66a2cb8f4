# SPDX-License-Identifier: BSL-1.0
"""Prints a run as it goes, and the program `python3 -m unittest` and `unittest.main()` are."""
import sys
import time

from unittest.loader import defaultTestLoader
from unittest.result import TestResult

__unittest = True


class TextTestResult(TestResult):
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self.descriptions = descriptions
        self._open = False                       # "name ... " waits for its outcome

    def getDescription(self, test):
        first = test.shortDescription()
        if self.descriptions and first:
            return f"{test}\n{first}"
        return str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + " ... ")
            self.stream.flush()
            self._open = True

    def _say(self, test, long, short):
        if self.showAll:
            if not self._open or not hasattr(test, "_testMethodName"):
                self.stream.write(("\n" if self._open else "") + ("  " if hasattr(test, "test_case") else "") + self.getDescription(test) + " ... ")
            self._open = False
            self.stream.write(long + "\n")
        elif self.dots:
            self.stream.write(short)
        self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._say(subtest, "FAIL" if failed else "ERROR", "F" if failed else "E")
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._say(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._say(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._say(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._say(test, "unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.write("\n")
        for flavour, found in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in found:
                self.stream.write(f"{self.separator1}\n{flavour}: {self.getDescription(test)}\n"
                                  f"{self.separator2}\n{text}\n")
        if self.unexpectedSuccesses:
            self.stream.write(self.separator1 + "\n")
            for test in self.unexpectedSuccesses:
                self.stream.write(f"UNEXPECTED SUCCESS: {self.getDescription(test)}\n")
        self.stream.flush()


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False,
                 resultclass=None, warnings=None, *, tb_locals=False):
        self.stream = sys.stderr if stream is None else stream
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        result.buffer = self.buffer
        started = time.perf_counter()
        result.startTestRun()
        try:
            test(result)
        finally:
            result.stopTestRun()
        taken = time.perf_counter() - started
        result.printErrors()
        run = result.testsRun
        notes = [f"{word}={len(found)}" for word, found in (
            ("failures", result.failures), ("errors", result.errors), ("skipped", result.skipped),
            ("expected failures", result.expectedFailures),
            ("unexpected successes", result.unexpectedSuccesses)) if found]
        verdict = "OK" if result.wasSuccessful() else "FAILED"
        self.stream.write("-" * 70 + f"\nRan {run} test{'' if run == 1 else 's'} in {taken:.3f}s\n\n"
                          + verdict + (f" ({', '.join(notes)})" if notes else "") + "\n")
        self.stream.flush()
        return result


class TestProgram:
    """Reads the arguments (-v, -q, -f, -b, -k PATTERN, names), runs, and leaves with 0 or 1."""

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None,
                 testLoader=defaultTestLoader, exit=True, verbosity=1, failfast=None,
                 catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        self.module = module
        names, patterns = [], []
        arguments = iter((sys.argv if argv is None else argv)[1:])
        for argument in arguments:
            if argument in ("-v", "--verbose"):
                verbosity = 2
            elif argument in ("-q", "--quiet"):
                verbosity = 0
            elif argument in ("-f", "--failfast"):
                failfast = True
            elif argument in ("-b", "--buffer"):
                buffer = True
            elif argument in ("-c", "--catch", "--locals"):
                pass
            elif argument == "-k":
                patterns.append(next(arguments))
            elif argument.startswith("-k"):
                patterns.append(argument[2:])
            elif argument.startswith("-"):
                sys.stderr.write(f"unittest: unknown option {argument}\n")
                sys.exit(2)
            else:
                names.append(argument)
        if patterns:
            testLoader.testNamePatterns = patterns
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        if names:
            self.test = testLoader.loadTestsFromNames(names, module)
        else:
            self.test = testLoader.loadTestsFromModule(module)
        testLoader.testNamePatterns = None
        if testRunner is None:
            testRunner = TextTestRunner
        if isinstance(testRunner, type):
            testRunner = testRunner(verbosity=verbosity, failfast=bool(failfast), buffer=bool(buffer))
        self.result = testRunner.run(self.test)
        if exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
