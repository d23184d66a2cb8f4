# SPDX-License-Identifier: BSL-1.0
open("/no/such/file")
