# SPDX-License-Identifier: BSL-1.0
# sys, time, imports.
import sys, time
import math as m, os.path
from os import path, getcwd as cwd
from math import *
print(sys.argv[1:], len(sys.argv), sys.argv[0].endswith("module_sys_time.py"), sys.maxsize, sys.byteorder, sys.version_info[:2] >= (3, 11), sys.platform, isinstance(sys.version, str), type(sys.path).__name__, "sys" in sys.modules, sys.modules["math"] is m, isinstance(sys.executable, str), sys.getdefaultencoding())
print(__name__, __file__.endswith("module_sys_time.py"), __doc__, m.sqrt(4), floor(2.5), path is os.path, cwd() == os.getcwd(), m.__name__, type(m).__name__)
a = time.time(); b = time.perf_counter(); c = time.monotonic()
time.sleep(0.01)
print(time.time() > a, 0.009 < time.perf_counter() - b < 5, time.monotonic() - c >= 0.009, isinstance(time.time_ns(), int), time.process_time() >= 0, a > 1.6e9)
print(sys.intern("abc") == "abc", sys.getsizeof([]) > 0, sys.getrecursionlimit() > 50)
for bad in ("import nonexistent_module", "from math import nope", "from nonexistent_package.x import y"):
    try:
        if bad == "import nonexistent_module": import nonexistent_module
        elif bad == "from math import nope": from math import nope
        else: from nonexistent_package.x import y
    except ImportError as e: print(type(e).__name__, str(e).split(" (")[0], e.name)
def local_import():
    import math
    from time import sleep
    return math.pi, sleep.__name__
print(local_import())
try:
    sys.exit(3)
except SystemExit as e: print(e.code, repr(e))
try:
    sys.exit()
except SystemExit as e: print(e.code)
try:
    exit_code = "message"; sys.exit(exit_code)
except SystemExit as e: print(e.code, e.args)
try:
    time.sleep(-1)
except ValueError as e: print(e)
sys.stderr.write("to stderr\n")
print("also", file=sys.stderr)
if __name__ == "__main__": print("main")
