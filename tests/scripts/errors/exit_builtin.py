# SPDX-License-Identifier: BSL-1.0
print('before')
try:
    quit()
except SystemExit as e:
    print('quit', e.code)
exit(7)
