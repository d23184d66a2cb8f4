# SPDX-License-Identifier: BSL-1.0
x = 1
y = x ==  
z = 3
