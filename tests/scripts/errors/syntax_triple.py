# SPDX-License-Identifier: BSL-1.0
x = """never
closed
