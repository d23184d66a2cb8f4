# SPDX-License-Identifier: BSL-1.0
"""What CPython's own test files expect of `test.support`, as far as it makes sense here.

Tests of CPython's implementation (@cpython_only, @impl_detail, sizes, reference counts) are skipped
with that reason, so that a table can count them.
"""
import sys
import unittest

from test.support.blocks import contextmanager

__all__ = ["cpython_only", "impl_detail", "check_impl_detail", "gc_collect", "captured_stdout"]

verbose = 1
failfast = False
use_resources = None
max_memuse = 0
real_max_memuse = 0
junit_xml_list = None
PGO = False
_2G = 2 << 30
_4G = 4 << 30
_1M = 1 << 20
_1G = 1 << 30
MAX_Py_ssize_t = sys.maxsize
LOOPBACK_TIMEOUT = 10.0
INTERNET_TIMEOUT = 60.0
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0
is_jython = False
is_android = False
is_emscripten = False
is_wasi = False
is_apple = False
has_fork_support = False
has_subprocess_support = False
has_socket_support = False
has_strftime_extensions = True
has_fork = False
MS_WINDOWS = False
Py_DEBUG = False
Py_TRACE_REFS = False
HAVE_DOCSTRINGS = True
MISSING_C_DOCSTRINGS = True
requires_limited_api = unittest.skip("C API")
unix_shell = "/bin/sh"
NHASHBITS = 64
TEST_HOME_DIR = "/usr/lib/python3.11/test"
TEST_SUPPORT_DIR = TEST_HOME_DIR + "/support"
STDLIB_DIR = "/usr/lib/python3.11"


class Error(Exception):
    pass


class TestFailed(Error):
    pass


class TestDidNotRun(Error):
    pass


class ResourceDenied(unittest.SkipTest):
    pass


# ---- what is skipped ----

_implementation = "CPython's implementation detail"


def cpython_only(test):
    return unittest.skip(_implementation)(test)


def check_impl_detail(**guards):
    """Whether a test for the named implementations, or for all but these, is one for gilt."""
    return bool(guards) and not any(guards.values())


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return lambda test: test
    return unittest.skip(msg or _implementation)


def no_tracing(function):
    return function


def refcount_test(test):
    return unittest.skip(_implementation + ": reference counts")(test)


def check_sizeof(test, o, size):
    raise unittest.SkipTest(_implementation + ": sizes")


def calcobjsize(fmt):
    return 0


calcvobjsize = calcobjsize


def requires_docstrings(test):
    return unittest.skip("docstrings of builtins")(test)


def requires_fork():
    return unittest.skip("fork")


def requires_subprocess():
    return unittest.skip("subprocess")


def requires_venv_with_pip():
    return unittest.skip("venv")


def requires_working_socket(*, module=False):
    if module:
        raise unittest.SkipTest("socket")
    return unittest.skip("socket")


def requires_legacy_unicode_capi(test):
    return unittest.skip("C API")(test)


def requires_mac_ver(*version):
    return lambda test: test


def requires_linux_version(*version):
    return lambda test: test


def requires_resource(resource):
    return unittest.skip(f"resource {resource!r} is not enabled")


def requires(resource, msg=None):
    raise ResourceDenied(msg or f"resource {resource!r} is not enabled")


def is_resource_enabled(resource):
    return False


def requires_IEEE_754(test):
    return test


def requires_zlib(reason="zlib"):
    return unittest.skip(reason)


requires_gzip = requires_bz2 = requires_lzma = requires_zlib


def skip_if_pgo_task(test):
    return test


def skip_if_sanitizer(reason=None, **kinds):
    return lambda test: test


def skip_if_broken_multiprocessing_synchronize():
    raise unittest.SkipTest("multiprocessing")


def check_sanitizer(**kinds):
    return False


def bigaddrspacetest(test):
    return unittest.skip("needs a whole address space")(test)


def bigmemtest(size, memuse, dry_run=True):
    """The test runs on a small size, as it does in CPython without -M."""
    def decorate(test):
        def small(self):
            if not dry_run:
                raise unittest.SkipTest("needs gigabytes of memory")
            return test(self, 5147)
        small.__name__ = test.__name__
        return small
    return decorate


def precisionbigmemtest(size, memuse, dry_run=True):
    return bigmemtest(size, memuse, dry_run)


def run_with_locale(catstr, *locales):
    return lambda test: test


def run_with_tz(tz):
    return unittest.skip("time zones")


def run_in_subinterp(code):
    raise unittest.SkipTest("sub-interpreters")


def get_attribute(obj, name):
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest(f"object {obj!r} has no attribute {name!r}")


# ---- values ----

class _AlwaysEqual:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NeverEqual:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


ALWAYS_EQ = _AlwaysEqual()
NEVER_EQ = _NeverEqual()


class _Largest:
    def __eq__(self, other):
        return isinstance(other, _Largest)

    def __lt__(self, other):
        return False

    def __le__(self, other):
        return self == other

    def __gt__(self, other):
        return not self == other

    def __ge__(self, other):
        return True


class _Smallest:
    def __eq__(self, other):
        return isinstance(other, _Smallest)

    def __lt__(self, other):
        return not self == other

    def __le__(self, other):
        return True

    def __gt__(self, other):
        return False

    def __ge__(self, other):
        return self == other


LARGEST = _Largest()
SMALLEST = _Smallest()


class FakePath:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        if isinstance(self.path, BaseException) or \
                isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path


# ---- surroundings ----

def gc_collect():
    import gc
    gc.collect()
    gc.collect()


@contextmanager
def disable_gc():
    yield


class _Patched:
    """Sets an attribute or an item while a block runs."""

    def __init__(self, read, write, remove, key, value):
        self.read, self.write, self.remove, self.key, self.value = read, write, remove, key, value

    def __enter__(self):
        try:
            self.old = self.read(self.key)
            self.there = True
        except (AttributeError, KeyError):
            self.old, self.there = None, False
        self.write(self.key, self.value)
        return self.old

    def __exit__(self, *error):
        if self.there:
            self.write(self.key, self.old)
        else:
            self.remove(self.key)


def swap_attr(obj, attr, new_val):
    return _Patched(lambda k: getattr(obj, k), lambda k, v: setattr(obj, k, v), lambda k: delattr(obj, k), attr, new_val)


def swap_item(obj, item, new_val):
    return _Patched(obj.__getitem__, obj.__setitem__, obj.__delitem__, item, new_val)


def patch(test, obj, attr, value):
    patched = swap_attr(obj, attr, value)
    patched.__enter__()
    test.addCleanup(patched.__exit__)


class captured_output:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        import io
        self.kept = getattr(sys, self.name)
        stream = io.StringIO()
        setattr(sys, self.name, stream)
        return stream

    def __exit__(self, *error):
        setattr(sys, self.name, self.kept)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


@contextmanager
def infinite_recursion(max_depth=75):
    kept = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max_depth)
        yield
    finally:
        sys.setrecursionlimit(kept)


@contextmanager
def adjust_int_max_str_digits(max_digits):
    kept = sys.get_int_max_str_digits()
    try:
        sys.set_int_max_str_digits(max_digits)
        yield
    finally:
        sys.set_int_max_str_digits(kept)


def setswitchinterval(interval):
    return sys.setswitchinterval(interval)


class SuppressCrashReport:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


class catch_unraisable_exception:
    def __enter__(self):
        self.unraisable = None
        self._kept = getattr(sys, "unraisablehook", None)
        sys.unraisablehook = self._hook
        return self

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __exit__(self, *error):
        sys.unraisablehook = self._kept
        del self.unraisable


class Stopwatch:
    def __enter__(self):
        import time
        self._clock = time.perf_counter
        self.started = self._clock()
        return self

    def __exit__(self, *error):
        self.seconds = self._clock() - self.started


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    import time
    delay = init_delay
    for _ in busy_retry(timeout, err_msg, error=error):
        yield
        time.sleep(delay)
        delay = min(delay * 2, max_delay)


def busy_retry(timeout, err_msg=None, /, *, error=True):
    import time
    until = time.monotonic() + timeout
    while True:
        yield
        if time.monotonic() >= until:
            break
    if error:
        raise AssertionError(err_msg or f"timeout ({timeout} seconds)")


def findfile(filename, subdir=None):
    import os
    if os.path.isabs(filename):
        return filename
    if subdir is not None:
        filename = os.path.join(subdir, filename)
    for folder in [TEST_HOME_DIR] + sys.path:
        path = os.path.join(folder, filename)
        if os.path.exists(path):
            return path
    return filename


def optim_args_from_interpreter_flags():
    return []


def args_from_interpreter_flags():
    return []


def reap_children():
    pass


def print_warning(msg):
    sys.stderr.write(f"Warning -- {msg}\n")


# ---- checks ----

def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    testcase.assertIsNotNone(error.offset)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_free_after_iterating(test, iter, cls, args=()):
    raise unittest.SkipTest(_implementation + ": finalization by reference count")


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    name = f"{tp.__module__}.{tp.__name__}" if tp.__module__ != "builtins" else tp.__name__
    with testcase.assertRaises(TypeError) as caught:
        tp(*args, **kwds)
    testcase.assertEqual(str(caught.exception), f"cannot create '{name}' instances")


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    names = (module.__name__,) if name_of_module is None else \
        (name_of_module,) if isinstance(name_of_module, str) else name_of_module
    expected = set(extra)
    for name in dir(module):
        if name.startswith("_") or name in not_exported:
            continue
        found = getattr(module, name)
        if getattr(found, "__module__", None) in names or \
                not hasattr(found, "__module__") and not isinstance(found, type(sys)):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)


def collision_stats(nbins, nballs):
    """Mean and standard deviation of collisions when nballs fall into nbins at random."""
    n, k = nbins, nballs
    empty = (1 - 1 / n) ** k
    mean = k - n + n * empty
    both_empty = (1 - 2 / n) ** k
    variance = n * (n - 1) * both_empty + n * empty - (n * empty) ** 2
    return mean, max(variance, 0) ** 0.5


def run_unittest(*classes):
    suite = unittest.TestSuite()
    for each in classes:
        if isinstance(each, str):
            suite.addTest(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[each]))
        elif isinstance(each, (unittest.TestSuite, unittest.TestCase)):
            suite.addTest(each)
        else:
            suite.addTest(unittest.makeSuite(each))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if not result.wasSuccessful():
        raise TestFailed(f"{len(result.failures)} failures, {len(result.errors)} errors")


def run_doctest(module, verbosity=None, optionflags=0):
    import doctest
    failed, tried = doctest.testmod(module, optionflags=optionflags)
    if failed:
        raise TestFailed(f"{failed} of {tried} doctests failed")
    return failed, tried


def wait_process(pid, *, exitcode, timeout=None):
    raise unittest.SkipTest("processes")
