# SPDX-License-Identifier: BSL-1.0
def work():
    try:
        raise OSError(5, "I/O broke")
    finally:
        print("cleaned up")


try:
    work()
finally:
    print("outer cleanup")
