# SPDX-License-Identifier: BSL-1.0
# stderr: ModuleNotFoundError
import asyncio
