# SPDX-License-Identifier: BSL-1.0
raise ValueError("line one\nline two")
