# SPDX-License-Identifier: BSL-1.0
data = {"a": 1}
print(data["a"])
print(data[("tuple", 1)])
