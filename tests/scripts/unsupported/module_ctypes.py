# SPDX-License-Identifier: BSL-1.0
# stderr: ctypes
from ctypes import CDLL
