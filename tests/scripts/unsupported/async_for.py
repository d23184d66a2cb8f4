# SPDX-License-Identifier: BSL-1.0
# stderr: async for
async def f(m):
    async for x in m:
        pass
