# SPDX-License-Identifier: BSL-1.0
class AppError(Exception):
    def __str__(self):
        return "the application " + str(self.args[0])


class Service:
    def run(self):
        for i in range(3):
            if i == 2:
                raise AppError("failed", i)


Service().run()
