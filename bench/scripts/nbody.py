# SPDX-License-Identifier: BSL-1.0
"""The n-body problem: objects with float attributes."""
from harness import main


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def work():
    bodies = [Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.5), Body(4.8, -1.2, -0.1, 0.6, 2.8, -0.02, 0.037),
              Body(8.3, 4.1, -0.4, -1.0, 1.8, 0.008, 0.011), Body(12.9, -15.1, -0.2, 1.1, 0.9, -0.01, 0.0017),
              Body(15.4, -25.9, 0.2, 1.0, 0.6, -0.03, 0.002)]
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
    for _ in range(60000):
        for a, b in pairs:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            d2 = dx * dx + dy * dy + dz * dz
            pull = 0.001 / (d2 * d2 ** 0.5)
            a.vx -= dx * b.mass * pull
            a.vy -= dy * b.mass * pull
            a.vz -= dz * b.mass * pull
            b.vx += dx * a.mass * pull
            b.vy += dy * a.mass * pull
            b.vz += dz * a.mass * pull
        for b in bodies:
            b.x += 0.001 * b.vx
            b.y += 0.001 * b.vy
            b.z += 0.001 * b.vz
    return [round(b.x, 9) for b in bodies]


main(work)
