# SPDX-License-Identifier: BSL-1.0
"""Path arithmetic as `os.path` has it on POSIX."""
import _os

sep = "/"
curdir = "."
pardir = ".."
extsep = "."


def join(first, *rest):
    path = first
    for part in rest:
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(path):
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def dirname(path):
    return split(path)[0]


def basename(path):
    return path[path.rfind("/") + 1:]


def splitext(path):
    slash = path.rfind("/")
    dot = path.rfind(".")
    if dot > slash and path[slash + 1:dot].strip("."):
        return path[:dot], path[dot:]
    return path, ""


def isabs(path):
    return path.startswith("/")


def normpath(path):
    if not path:
        return "."
    root = "/" if path.startswith("/") else ""
    if path.startswith("//") and not path.startswith("///"):
        root = "//"
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and (parts and parts[-1] != ".." or root and not parts):
            if parts:
                parts.pop()
            continue
        parts.append(part)
    return root + "/".join(parts) or "."


def abspath(path):
    return normpath(path if isabs(path) else join(_os.getcwd(), path))


def realpath(path):
    return _os.realpath(path)


def exists(path):
    return _os.stat_of(path) is not None


def lexists(path):
    return _os.lstat_of(path) is not None


def _kind(fields):
    return None if fields is None else fields[0] & 0o170000


def isfile(path):
    return _kind(_os.stat_of(path)) == 0o100000


def isdir(path):
    return _kind(_os.stat_of(path)) == 0o040000


def islink(path):
    return _kind(_os.lstat_of(path)) == 0o120000


def getsize(path):
    fields = _os.stat_of(path)
    if fields is None:
        raise FileNotFoundError(2, "No such file or directory", path)
    return fields[1]


def getmtime(path):
    fields = _os.stat_of(path)
    if fields is None:
        raise FileNotFoundError(2, "No such file or directory", path)
    return fields[2]


def expanduser(path):
    if path == "~" or path.startswith("~/"):
        return _os.getenv("HOME", "~") + path[1:]
    return path


def commonprefix(paths):
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low
