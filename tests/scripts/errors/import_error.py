# SPDX-License-Identifier: BSL-1.0
import no_such_module_anywhere
