# SPDX-License-Identifier: BSL-1.0
"""Files that tests make and remove."""
import os
import unittest

from test.support.blocks import contextmanager

FS_NONASCII = "\xe6"
TESTFN_ASCII = f"/tmp/@test_{os.getpid()}_tmp"
TESTFN = TESTFN_ASCII + "\xe6"
TESTFN_NONASCII = TESTFN
TESTFN_UNICODE = TESTFN
TESTFN_UNENCODABLE = None
TESTFN_UNDECODABLE = None
SAVEDCWD = os.getcwd()


def unlink(filename):
    try:
        os.unlink(filename)
    except (FileNotFoundError, NotADirectoryError):
        pass


def rmdir(path):
    try:
        os.rmdir(path)
    except FileNotFoundError:
        pass


def rmtree(path):
    if os.path.isdir(path) and not os.path.islink(path):
        for name in os.listdir(path):
            rmtree(os.path.join(path, name))
        rmdir(path)
    else:
        unlink(path)


def create_empty_file(filename):
    with open(filename, "w"):
        pass


@contextmanager
def temp_dir(path=None, quiet=False):
    path = TESTFN_ASCII + "_dir" if path is None else path
    os.mkdir(path)
    try:
        yield path
    finally:
        rmtree(path)


@contextmanager
def change_cwd(path, quiet=False):
    kept = os.getcwd()
    os.chdir(path)
    try:
        yield os.getcwd()
    finally:
        os.chdir(kept)


@contextmanager
def temp_cwd(name="tempcwd", quiet=False):
    with temp_dir(TESTFN_ASCII + name) as path:
        with change_cwd(path):
            yield path


def can_symlink():
    return False


def skip_unless_symlink(test):
    return unittest.skip("symbolic links")(test)


class EnvironmentVarGuard:
    """os.environ, put back when the block ends."""

    def __init__(self):
        self._kept = None

    def __enter__(self):
        self._kept = dict(os.environ)
        return self

    def __exit__(self, *error):
        for name in list(os.environ):
            if name not in self._kept:
                del os.environ[name]
        for name, value in self._kept.items():
            os.environ[name] = value

    def __getitem__(self, name):
        return os.environ[name]

    def __setitem__(self, name, value):
        os.environ[name] = value

    def __delitem__(self, name):
        os.environ.pop(name, None)

    def set(self, name, value):
        os.environ[name] = value

    def unset(self, name):
        os.environ.pop(name, None)


class FakePath:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        if isinstance(self.path, BaseException) or \
                isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path
