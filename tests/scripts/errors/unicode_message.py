# SPDX-License-Identifier: BSL-1.0
raise ValueError("größe 世界 \U0001F30D")
