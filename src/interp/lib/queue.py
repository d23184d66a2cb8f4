# SPDX-License-Identifier: BSL-1.0
"""Queues between threads. Queue and SimpleQueue are native and transactional."""
from _queue import Queue, SimpleQueue, Empty, Full
from threading import Condition, Lock
from time import monotonic as _now


class _Ordered:
    """A queue whose `_get` decides the order; the interface is Queue's."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.queue = []
        self.unfinished_tasks = 0
        self.mutex = Lock()
        self.not_empty = Condition(self.mutex)
        self.not_full = Condition(self.mutex)
        self.all_tasks_done = Condition(self.mutex)

    def _wait_until(self, condition, ready, block, timeout, failure):
        if ready():
            return
        if not block:
            raise failure
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not condition.wait_for(ready, timeout):
            raise failure

    def put(self, item, block=True, timeout=None):
        with self.mutex:
            if self.maxsize > 0:
                self._wait_until(self.not_full, lambda: len(self.queue) < self.maxsize,
                                 block, timeout, Full)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        with self.mutex:
            self._wait_until(self.not_empty, lambda: len(self.queue) > 0, block, timeout, Empty)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def qsize(self):
        return len(self.queue)

    def empty(self):
        return not self.queue

    def full(self):
        return 0 < self.maxsize <= len(self.queue)

    def task_done(self):
        with self.mutex:
            if self.unfinished_tasks <= 0:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            if self.unfinished_tasks == 0:
                self.all_tasks_done.notify_all()

    def join(self):
        with self.mutex:
            self.all_tasks_done.wait_for(lambda: self.unfinished_tasks == 0)


class LifoQueue(_Ordered):
    """Last in, first out."""

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class PriorityQueue(_Ordered):
    """Smallest first: a binary heap."""

    def _put(self, item):
        heap = self.queue
        heap.append(item)
        at = len(heap) - 1
        while at > 0:
            parent = (at - 1) >> 1
            if not item < heap[parent]:
                break
            heap[at] = heap[parent]
            at = parent
        heap[at] = item

    def _get(self):
        heap = self.queue
        least = heap[0]
        item = heap.pop()
        size = len(heap)
        if size:
            at = 0
            while True:
                child = 2 * at + 1
                if child >= size:
                    break
                if child + 1 < size and heap[child + 1] < heap[child]:
                    child += 1
                if not heap[child] < item:
                    break
                heap[at] = heap[child]
                at = child
            heap[at] = item
        return least
