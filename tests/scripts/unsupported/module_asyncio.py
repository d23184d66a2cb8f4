# SPDX-License-Identifier: BSL-1.0
# stderr: asyncio
import asyncio
