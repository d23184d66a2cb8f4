# SPDX-License-Identifier: BSL-1.0
"""Runs programs one after the other, under either interpreter: driver.py FOLDER NAME...

Each is a module of its own. After it stands a line with how it ended: the exception, and the lines of
the program that its traceback names.
"""
import sys

sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    print('\n=== begin', name)
    try:
        __import__(name)
    except BaseException as e:
        lines = []
        at = e.__traceback__
        while at is not None:
            if at.tb_frame.f_code.co_filename.endswith(name + '.py'):
                lines.append(at.tb_lineno)
            at = at.tb_next
        chain = e.__cause__ or e.__context__
        print('\n=== raised', type(e).__name__, e, lines, type(chain).__name__, chain)
    else:
        print('\n=== done')
    sys.stdout.flush()
