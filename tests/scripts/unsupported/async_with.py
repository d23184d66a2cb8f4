# SPDX-License-Identifier: BSL-1.0
# stderr: async with
async def f(m):
    async with m:
        pass
