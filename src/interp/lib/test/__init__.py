# SPDX-License-Identifier: BSL-1.0
"""CPython's own test files, from the installed package; `test.support` is gilt's."""
import sys

__path__.extend(folder + "/test" for folder in sys.path if isinstance(folder, str) and folder.startswith("/"))
