# SPDX-License-Identifier: BSL-1.0
# Ctrl-C ends a loop inside an atomic block, and what was printed and flushed before is seen.
from transaction import atomic
counts = [0, 0]
try:
    print("ready", flush=True)
    with atomic:
        try:
            while True:
                counts[0] += 1
        finally:
            for i in range(300_000):
                counts[1] += 1
except KeyboardInterrupt:
    print("caught")
