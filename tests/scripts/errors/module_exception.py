# SPDX-License-Identifier: BSL-1.0
class Outer:
    class Inner(Exception):
        pass


raise Outer.Inner("nested class")
