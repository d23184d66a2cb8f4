# SPDX-License-Identifier: BSL-1.0
class Stop(BaseException):
    pass


try:
    raise Stop("not an Exception")
except Exception:
    print("never")
