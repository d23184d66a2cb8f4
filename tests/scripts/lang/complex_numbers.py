# SPDX-License-Identifier: BSL-1.0
# Complex numbers.
z, w = 3 + 4j, complex(1, -2)
print(z, w, z + w, z - w, z * w, z / w, z ** 2, abs(z), z.real, z.imag, z.conjugate(), -z, +z, z == 3 + 4j, z != w, complex("1+2j"), complex(2), 1j * 1j, 2 + z, z - 1.5, bool(0j), hash(complex(1, 0)) == hash(1), repr(1j), str(-0j), complex(1.5, float("inf")), {1 + 0j: 1}[1], z ** 0.5, 2 ** z, sum([z, w]), f"{z:.2f}", "%s" % z)
for bad in (lambda: z < w, lambda: int(z), lambda: z // w, lambda: z % 2, lambda: z / 0, lambda: complex("x"), lambda: complex("1", 2)):
    try: print(bad())
    except (TypeError, ZeroDivisionError, ValueError) as e: print(type(e).__name__, e)
