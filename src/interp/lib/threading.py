# SPDX-License-Identifier: BSL-1.0
"""Threads as CPython's `threading` has them.

Lock and Event are native: transactional words, so that one taken inside an `atomic` block cannot
deadlock with it. Everything else is built from them here.
"""
import _thread
from _thread import Lock, Event, get_ident, _local as local, error as ThreadError
from time import monotonic as _now

TIMEOUT_MAX = _thread.TIMEOUT_MAX
_counter = 0


def _new_name(pattern):
    global _counter
    with _thread.atomic:
        _counter += 1
        return pattern % _counter


class Thread:
    """One thread of control; `target(*args, **kwargs)` runs in it."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if group is not None:
            raise AssertionError("group argument must be None for now")
        self._target = target
        if name is None:
            name = _new_name("Thread-%d")
            if target is not None:
                label = getattr(target, "__name__", None)
                if label is not None:
                    name = name + " (" + label + ")"
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else bool(daemon)
        self._handle = None
        self._initialized = True

    def start(self):
        if not getattr(self, "_initialized", False):
            raise RuntimeError("thread.__init__() not called")
        if self._handle is not None:
            raise RuntimeError("threads can only be started once")
        self._handle = _thread.start_joinable(self._bootstrap, self._daemonic, self)

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as error:
            excepthook(ExceptHookArgs((type(error), error, error.__traceback__, self)))

    def join(self, timeout=None):
        if not getattr(self, "_initialized", False):
            raise RuntimeError("Thread.__init__() not called")
        if self._handle is None:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        self._handle.join(timeout)

    def is_alive(self):
        return self._handle is not None and self._handle.is_alive()

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._handle is not None:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    @property
    def ident(self):
        return None if self._handle is None else self._handle.ident()

    @property
    def native_id(self):
        return self.ident

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def __repr__(self):
        status = "initial"
        if self._handle is not None:
            status = "started" if self.is_alive() else "stopped"
        if self._daemonic:
            status += " daemon"
        if self.ident is not None:
            status += " %s" % self.ident
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, status)


class _MainThread(Thread):
    def __init__(self):
        self._target = None
        self._args = ()
        self._kwargs = {}
        self._name = "MainThread"
        self._daemonic = False
        self._handle = _thread.main_handle()
        self._initialized = True


class _DummyThread(Thread):
    """Stands for a thread that was not started by this module."""

    def __init__(self):
        self._target = None
        self._args = ()
        self._kwargs = {}
        self._name = _new_name("Dummy-%d")
        self._daemonic = True
        self._handle = None
        self._ident = get_ident()
        self._initialized = True

    ident = property(lambda self: self._ident)

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise AssertionError("cannot join a dummy thread")


class ExceptHookArgs(tuple):
    """(exc_type, exc_value, exc_traceback, thread) of an exception that left a thread."""

    @property
    def exc_type(self):
        return self[0]

    @property
    def exc_value(self):
        return self[1]

    @property
    def exc_traceback(self):
        return self[2]

    @property
    def thread(self):
        return self[3]


def excepthook(args):
    if args[0] is SystemExit:
        return
    thread = args[3]
    name = thread.name if thread is not None else str(get_ident())
    _thread.report_exception("Exception in thread " + name + ":\n", args[1])


_main = _MainThread()
_thread.set_main_thread(_main)


def main_thread():
    return _main


def current_thread():
    found = _thread.current()
    if type(found) is not _thread._Task:
        return _main if found is None else found
    if found.thread is None:
        found.thread = _DummyThread()
    return found.thread


currentThread = current_thread


def enumerate():
    known = (found.thread if type(found) is _thread._Task else found for found in _thread.alive())
    return [thread for thread in known if thread is not None]


def active_count():
    return len(enumerate())


activeCount = active_count


class RLock:
    """A lock its owner may take again."""

    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return True
        if self._lock.acquire(blocking, timeout):
            self._owner = me
            self._count = 1
            return True
        return False

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if self._count == 0:
            self._owner = None
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, kind, error, trace):
        self.release()

    def _is_owned(self):
        return self._owner == get_ident()

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        state = (self._count, self._owner)
        self._count = 0
        self._owner = None
        self._lock.release()
        return state

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._count, self._owner = state

    def __repr__(self):
        return "<%s threading.RLock object owner=%r count=%d>" % (
            "locked" if self._count else "unlocked", self._owner, self._count)


class Condition:
    """Wait for a notification while a lock is released."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, kind, error, trace):
        return self._lock.__exit__(kind, error, trace)

    def _is_owned(self):
        owned = getattr(self._lock, "_is_owned", None)
        if owned is not None:
            return owned()
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        if _thread.is_atomic():
            raise RuntimeError("Condition.wait inside an atomic block")
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        signal = Event()
        self._waiters.append(signal)
        save = getattr(self._lock, "_release_save", None)
        if save is not None:
            state = save()
        else:
            state = None
            self._lock.release()
        got = False
        try:
            got = signal.wait(timeout)
            return got
        finally:
            if save is not None:
                self._lock._acquire_restore(state)
            else:
                self._lock.acquire()
            if not got and signal in self._waiters:
                self._waiters.remove(signal)

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if timeout is not None:
            deadline = _now() + timeout
        while not result:
            if timeout is None:
                self.wait()
            else:
                left = deadline - _now()
                if left <= 0:
                    break
                self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        while n > 0 and self._waiters:
            self._waiters.pop(0).set()
            n -= 1

    def notify_all(self):
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    """A counter that cannot go below zero: acquire() waits."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if self._value == 0:
                if not blocking:
                    return False
                if not self._cond.wait_for(lambda: self._value > 0, timeout):
                    return False
            self._value -= 1
            return True

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, kind, error, trace):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that refuses more releases than acquisitions."""

    def __init__(self, value=1):
        Semaphore.__init__(self, value)
        self._initial_value = value

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    """`parties` threads wait for each other."""

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._generation = 0
        self._count = 0
        self._broken = False

    def wait(self, timeout=None):
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            if self._broken:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            generation = self._generation
            if self._count == self._parties:
                try:
                    if self._action is not None:
                        self._action()
                except BaseException:
                    self._broken = True
                    self._cond.notify_all()
                    raise
                self._count = 0
                self._generation += 1
                self._cond.notify_all()
                return index
            if not self._cond.wait_for(
                    lambda: self._generation != generation or self._broken, timeout):
                self._broken = True
                self._cond.notify_all()
                raise BrokenBarrierError
            if self._generation == generation and self._broken:
                raise BrokenBarrierError
            return index

    def reset(self):
        with self._cond:
            if self._count > 0:
                self._broken = True
                self._cond.notify_all()
                self._count = 0
                self._generation += 1
            self._broken = False

    def abort(self):
        with self._cond:
            self._broken = True
            self._cond.notify_all()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count

    @property
    def broken(self):
        return self._broken


class Timer(Thread):
    """Calls a function after `interval` seconds unless cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()
