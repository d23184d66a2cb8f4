# SPDX-License-Identifier: BSL-1.0
# only a comment