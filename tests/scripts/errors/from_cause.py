# SPDX-License-Identifier: BSL-1.0
def read():
    raise KeyError("setting")


def load():
    try:
        read()
    except KeyError as error:
        raise ValueError("bad configuration") from error


load()
