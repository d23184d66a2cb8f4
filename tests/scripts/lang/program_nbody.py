# SPDX-License-Identifier: BSL-1.0
# The n-body problem: floats in lists, tuples and nested loops.
PI = 3.14159265358979323
SOLAR, DAYS = 4 * PI * PI, 365.24
BODIES = {
    "sun": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR),
    "jupiter": ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109], [0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS], 0.000954791938424326609 * SOLAR),
    "saturn": ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381], [-0.00276742510726411021 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS], 0.000285885980666130812 * SOLAR),
    "uranus": ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734], [0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS], 0.0000436624404335156298 * SOLAR),
    "neptune": ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181], [0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS], 0.0000515138902046611451 * SOLAR),
}
def pairs_of(l):
    return [(l[i], l[j]) for i in range(len(l) - 1) for j in range(i + 1, len(l))]
system = list(BODIES.values())
pairs = pairs_of(system)
def advance(dt, n):
    for _ in range(n):
        for (p1, v1, m1), (p2, v2, m2) in pairs:
            dx, dy, dz = p1[0] - p2[0], p1[1] - p2[1], p1[2] - p2[2]
            mag = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            b1, b2 = m1 * mag, m2 * mag
            v1[0] -= dx * b2; v1[1] -= dy * b2; v1[2] -= dz * b2
            v2[0] += dx * b1; v2[1] += dy * b1; v2[2] += dz * b1
        for r, (vx, vy, vz), m in system:
            r[0] += dt * vx; r[1] += dt * vy; r[2] += dt * vz
def energy():
    e = 0.0
    for (p1, _, m1), (p2, _, m2) in pairs:
        dx, dy, dz = p1[0] - p2[0], p1[1] - p2[1], p1[2] - p2[2]
        e -= m1 * m2 / (dx * dx + dy * dy + dz * dz) ** 0.5
    for _, (vx, vy, vz), m in system: e += m * (vx * vx + vy * vy + vz * vz) / 2.0
    return e
px = py = pz = 0.0
for _, (vx, vy, vz), m in system: px -= vx * m; py -= vy * m; pz -= vz * m
sun = system[0][1]
sun[0], sun[1], sun[2] = px / SOLAR, py / SOLAR, pz / SOLAR
print("%.9f" % energy())
advance(0.01, 1000)
print("%.9f" % energy(), system[3][0])
