# SPDX-License-Identifier: BSL-1.0
# What int() refuses is shown, up to 200 characters.
for text in ('1' * 198 + '.', '1' * 199 + '.', '7' * 300 + '.0', 'ä' * 250, b'x' * 250, '\n' * 120):
    try:
        int(text)
    except ValueError as e:
        print(len(str(e)), e)
