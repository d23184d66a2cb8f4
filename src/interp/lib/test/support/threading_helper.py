# SPDX-License-Identifier: BSL-1.0
"""Threads that a test starts and must not leave behind."""
import _thread
import threading
import time
import unittest

from test import support
from test.support.blocks import contextmanager


def threading_setup():
    return _thread._count(), len(threading.enumerate())


def threading_cleanup(*before):
    until = time.monotonic() + support.SHORT_TIMEOUT
    while _thread._count() > before[0] and time.monotonic() < until:
        time.sleep(0.01)


def reap_threads(function):
    def checked(*args, **kwargs):
        before = threading_setup()
        try:
            return function(*args, **kwargs)
        finally:
            threading_cleanup(*before)
    checked.__name__ = function.__name__
    checked.__dict__.update(function.__dict__)
    return checked


@contextmanager
def wait_threads_exit(timeout=None):
    before = _thread._count()
    try:
        yield
    finally:
        until = time.monotonic() + (support.SHORT_TIMEOUT if timeout is None else timeout)
        while _thread._count() > before:
            if time.monotonic() > until:
                raise AssertionError(f"{_thread._count() - before} threads are still running")
            time.sleep(0.01)


def join_thread(thread, timeout=None):
    timeout = support.SHORT_TIMEOUT if timeout is None else timeout
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError(f"failed to join the thread in {timeout:.1f} seconds")


@contextmanager
def start_threads(threads, unlock=None):
    threads = list(threads)
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        if unlock:
            unlock()
        for thread in threads:
            join_thread(thread)


class catch_threading_exception:
    def __enter__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = None
        self._kept = threading.excepthook
        threading.excepthook = self._hook
        return self

    def _hook(self, args):
        self.exc_type, self.exc_value = args.exc_type, args.exc_value
        self.exc_traceback, self.thread = args.exc_traceback, args.thread

    def __exit__(self, *error):
        threading.excepthook = self._kept
        del self.exc_type, self.exc_value, self.exc_traceback, self.thread


can_start_thread = True


def requires_working_threading(*, module=False):
    return None if module else (lambda test: test)
