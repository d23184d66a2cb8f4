# SPDX-License-Identifier: BSL-1.0
x = "\N{NO SUCH NAME AT ALL}"
