# SPDX-License-Identifier: BSL-1.0
"""Importing with and without the accelerated half of a module."""
import sys
import unittest

from test.support.blocks import contextmanager


def import_module(name, deprecated=False, *, required_on=()):
    try:
        __import__(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error))
    return sys.modules[name]


def _take(name):
    """Out of sys.modules with all its submodules."""
    return {n: sys.modules.pop(n) for n in list(sys.modules) if n == name or n.startswith(name + ".")}


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """The module as if imported for the first time, `blocked` ones missing; None if it cannot be."""
    kept = {}
    for other in (name, *fresh, *blocked):
        kept.update(_take(other))
    for other in blocked:
        sys.modules[other] = None
    try:
        for other in (*fresh, name):
            __import__(other)
        return sys.modules[name]
    except ImportError:
        return None
    finally:
        for other in (name, *fresh, *blocked):
            _take(other)
        sys.modules.update(kept)


class CleanImport:
    def __init__(self, *names, usefrozen=False):
        self.kept = {}
        for name in names:
            self.kept.update(_take(name))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        sys.modules.update(self.kept)


class DirsOnSysPath:
    def __init__(self, *folders):
        self.kept = sys.path, sys.path[:]
        sys.path.extend(folders)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        sys.path, sys.path[:] = self.kept


def forget(name):
    sys.modules.pop(name, None)


def unload(name):
    sys.modules.pop(name, None)


def modules_setup():
    return (sys.modules.copy(),)


def modules_cleanup(kept):
    sys.modules.clear()
    sys.modules.update(kept)


@contextmanager
def frozen_modules(enabled=True):
    yield
