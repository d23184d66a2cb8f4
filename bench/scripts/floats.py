# SPDX-License-Identifier: BSL-1.0
"""Floats on locals: a pendulum."""
from harness import main


def work():
    angle, speed, dt, energy = 0.5, 0.0, 0.001, 0.0
    for i in range(2000000):
        pull = angle - angle * angle * angle / 6.0
        speed -= 9.81 * pull * dt
        angle += speed * dt
        energy = 0.5 * speed * speed + 9.81 * angle * angle / 2.0
    return angle, speed, energy


main(work)
