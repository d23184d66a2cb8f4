# SPDX-License-Identifier: BSL-1.0
def decorate(f):
    raise TypeError("cannot decorate " + f.__name__)


@decorate
def target():
    pass
