# SPDX-License-Identifier: BSL-1.0
class Thing:
    pass


print(Thing().zzqqxx)
