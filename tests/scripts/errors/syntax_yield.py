# SPDX-License-Identifier: BSL-1.0
yield 5
