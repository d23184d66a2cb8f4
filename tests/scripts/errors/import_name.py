# SPDX-License-Identifier: BSL-1.0
from math import no_such_name_anywhere
