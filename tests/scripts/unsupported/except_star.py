# SPDX-License-Identifier: BSL-1.0
# stderr: except*
try:
    raise ValueError
except* ValueError:
    pass
