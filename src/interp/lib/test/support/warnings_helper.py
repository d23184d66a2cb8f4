# SPDX-License-Identifier: BSL-1.0
"""Warnings that a test expects."""
import sys
import warnings

from test.support.blocks import contextmanager


class WarningsRecorder:
    def __init__(self, caught):
        self._warnings = caught
        self._seen = 0

    def __getattr__(self, name):
        if len(self._warnings) > self._seen:
            return getattr(self._warnings[-1], name)
        if name in warnings.WarningMessage._WARNING_DETAILS:
            return None
        raise AttributeError(f"{self!r} has no attribute {name!r}")

    @property
    def warnings(self):
        return self._warnings[self._seen:]

    def reset(self):
        self._seen = len(self._warnings)


@contextmanager
def _checked(filters, quiet):
    import re
    registry = sys._getframe(2).f_globals.get("__warningregistry__")
    if registry:
        registry.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield WarningsRecorder(caught)
    rest = list(caught)
    missing = []
    for pattern, category in filters:
        fits = [w for w in rest if issubclass(w.category, category) and re.match(pattern, str(w.message), re.I)]
        if not fits and not quiet:
            missing.append((pattern, category.__name__))
        rest = [w for w in rest if w not in fits]
    if rest:
        raise AssertionError(f"unhandled warning {rest[0]}")
    if missing:
        raise AssertionError(f"filter ({missing[0][0]!r}, {missing[0][1]}) did not catch any warning")


def check_warnings(*filters, **kwargs):
    quiet = kwargs.get("quiet")
    if not filters:
        filters = (("", Warning),)
        if quiet is None:
            quiet = True
    return _checked(filters, quiet)


@contextmanager
def check_no_warnings(testcase, message="", category=Warning, force_gc=False):
    with warnings.catch_warnings(record=True) as caught:
        warnings.filterwarnings("always", message=message, category=category)
        yield
    testcase.assertEqual(caught, [])


@contextmanager
def check_no_resource_warning(testcase):
    with check_no_warnings(testcase, category=ResourceWarning):
        yield


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SyntaxWarning)
        compile(statement, "<testcase>", "exec")
    testcase.assertEqual(len(caught), 1, caught)
    testcase.assertTrue(issubclass(caught[0].category, SyntaxWarning))
    if errtext:
        testcase.assertRegex(str(caught[0].message), errtext)
    testcase.assertEqual(caught[0].filename, "<testcase>")
    testcase.assertEqual(caught[0].lineno, lineno)


def ignore_warnings(*, category):
    def decorate(test):
        def quiet(self, *args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return test(self, *args, **kwargs)
        quiet.__name__ = test.__name__
        return quiet
    return decorate


@contextmanager
def save_restore_warnings_filters():
    kept = warnings.filters[:]
    try:
        yield
    finally:
        warnings.filters[:] = kept
