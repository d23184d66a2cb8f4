# SPDX-License-Identifier: BSL-1.0
# stderr: socket
import socket
