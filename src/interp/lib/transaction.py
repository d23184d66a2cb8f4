# SPDX-License-Identifier: BSL-1.0
"""Atomic blocks (the interface of PyPy-STM's `transaction`).

    from transaction import atomic

    with atomic:
        a.balance -= n
        b.balance += n

A block is isolated against all other code. Blocks nest. An exception leaves the block and what was
done stays done.
"""
from _thread import atomic, is_atomic, hint_commit_soon
