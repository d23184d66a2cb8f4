# -*- coding: latin-1 -*-
# SPDX-License-Identifier: BSL-1.0
print("é" == chr(233))
