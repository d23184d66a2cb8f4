# SPDX-License-Identifier: BSL-1.0
"""What became of the tests of one run."""
import sys


class TestResult:
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures = []
        self.errors = []
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.testsRun = 0
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False

    def printErrors(self):
        pass

    def startTestRun(self):
        pass

    def stopTestRun(self):
        pass

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def _fails(self, where, test, err):
        where.append((test, _shown(err, test)))
        if self.failfast:
            self.stop()

    def addError(self, test, err):
        self._fails(self.errors, test, err)

    def addFailure(self, test, err):
        self._fails(self.failures, test, err)

    def addSubTest(self, test, subtest, err):
        if err is None:
            return
        if issubclass(err[0], test.failureException):
            self._fails(self.failures, subtest, err)
        else:
            self._fails(self.errors, subtest, err)

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, _shown(err, test)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        if self.failfast:
            self.stop()

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True

    def __repr__(self):
        return (f"<{type(self).__module__}.{type(self).__qualname__} run={self.testsRun} "
                f"errors={len(self.errors)} failures={len(self.failures)}>")


def _inside(trace):
    return "__unittest" in trace.tb_frame.f_globals


def _shown(err, test):
    """The traceback without the frames of unittest itself."""
    import traceback
    kind, error, trace = err
    while trace is not None and _inside(trace):
        trace = trace.tb_next
    if trace is not None and isinstance(error, test.failureException):
        last = trace
        while last.tb_next is not None and not _inside(last.tb_next):
            last = last.tb_next
        last.tb_next = None
    error = error.with_traceback(trace)
    return "".join(traceback.format_exception(kind, error, trace))


__unittest = True
