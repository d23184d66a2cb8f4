# SPDX-License-Identifier: BSL-1.0
# globals() is the module's namespace itself: writing to it defines and changes globals.
globals()["made"] = 42
print(made)
globals()["made"] += 1
print(made, "made" in globals(), globals().get("none"))
del globals()["made"]
try: made
except NameError as e: print(e)
def f(): globals().update(a=1, b=2)
f(); print(a + b)
