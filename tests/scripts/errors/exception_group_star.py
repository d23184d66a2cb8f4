def deeper(n):
    return ExceptionGroup(str(n), [deeper(n - 1) if n else ValueError(n)])


try:
    raise ExceptionGroup("some", [ValueError(1), deeper(11), KeyError(2)])
except* KeyError as e:
    raise RuntimeError("while handling")
