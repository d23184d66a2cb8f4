# SPDX-License-Identifier: BSL-1.0
e = ValueError("has a note")
e.add_note("remember this")
raise e
