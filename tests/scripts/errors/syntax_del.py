# SPDX-License-Identifier: BSL-1.0
del f()
