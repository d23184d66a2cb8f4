# SPDX-License-Identifier: BSL-1.0
"""The part of `os` that scripts commonly need."""
import _os
import sys
from _os import open, close, read, write
from _os import (O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_NONBLOCK, O_CLOEXEC, O_NOFOLLOW,
                 O_DIRECTORY)
from _os import urandom, listdir, getcwd, getpid, cpu_count, getenv, remove, rmdir, mkdir

unlink = remove
supports_dir_fd = supports_fd = supports_follow_symlinks = frozenset()
name = "posix"
sep = "/"
linesep = "\n"
curdir = "."
pardir = ".."
pathsep = ":"
devnull = "/dev/null"
environ = _os.environ_dict()
error = OSError


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    method = getattr(type(path), "__fspath__", None)
    if method is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)
    return method(path)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class stat_result:
    def __init__(self, fields):
        self.st_mode, self.st_size, self.st_mtime = fields


def stat(path):
    fields = _os.stat_of(path)
    if fields is None:
        raise FileNotFoundError(2, "No such file or directory", path)
    return stat_result(fields)


def makedirs(path, mode=0o777, exist_ok=False):
    head = _path.dirname(path)
    if head and not _path.exists(head):
        makedirs(head, mode, True)
    if exist_ok and _path.isdir(path):
        return
    mkdir(path)


def walk(top):
    names = sorted(listdir(top))
    folders = [n for n in names if _path.isdir(_path.join(top, n))]
    yield top, folders, [n for n in names if not _path.isdir(_path.join(top, n))]
    for folder in folders:
        if not _path.islink(_path.join(top, folder)):
            yield from walk(_path.join(top, folder))


import posixpath as _path
path = _path
sys.modules["os.path"] = _path
