# SPDX-License-Identifier: BSL-1.0
class M:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        print("exit", args[0].__name__)


with M():
    raise NotImplementedError("in block")
