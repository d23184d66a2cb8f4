# SPDX-License-Identifier: BSL-1.0
"""Streams in memory, and the names under which open files are known."""
import abc
from _io import UnsupportedOperation, open

DEFAULT_BUFFER_SIZE = 8192
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
BlockingIOError = BlockingIOError
open_code = lambda path: open(path, "rb")


def text_encoding(encoding, stacklevel=2):
    return "locale" if encoding is None else encoding


class IOBase(metaclass=abc.ABCMeta):
    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    @property
    def closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def flush(self):
        self._check()

    def fileno(self):
        self._unsupported("fileno")

    def isatty(self):
        self._check()
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def seek(self, offset, whence=0):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None):
        self._unsupported("truncate")

    def readline(self, size=-1):
        self._unsupported("readline")

    def readlines(self, hint=None):
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if hint is not None and 0 < hint <= length:
                break
        return lines

    def writelines(self, lines):
        self._check()
        for line in lines:
            self.write(line)

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    def detach(self):
        self._unsupported("detach")


class TextIOBase(IOBase):
    encoding = newlines = errors = None

    def detach(self):
        self._unsupported("detach")


class _Memory:
    """A position in a buffer of characters or bytes; `_buffer` is replaced, never changed."""

    def readable(self):
        self._check()
        return True

    writable = seekable = readable

    def getvalue(self):
        self._check()
        return self._buffer

    def read(self, size=-1, /):
        self._check()
        if size is not None and not hasattr(size, "__index__"):
            raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'")
        end = len(self._buffer) if size is None or size < 0 else self._at + size
        found = self._buffer[self._at:end]
        self._at = max(min(end, len(self._buffer)), self._at)
        return found

    def readline(self, size=-1, /):
        self._check()
        end = self._buffer.find(self._newline_mark, self._at)
        end = len(self._buffer) if end < 0 else end + 1
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        found = self._buffer[self._at:end]
        self._at += len(found)
        return found

    def tell(self):
        self._check()
        return self._at

    def truncate(self, size=None, /):
        self._check()
        size = self._at if size is None else size
        if size < 0:
            raise ValueError(f"Negative size value {size}" if isinstance(self, StringIO) else f"negative size value {size}")
        self._buffer = self._buffer[:size]
        return size

    def _put(self, text, padding):
        """Overwrites from the position on, in constant time at the end."""
        at, size = self._at, len(self._buffer)
        if at > size:
            self._buffer += padding * (at - size)
            size = at
        self._buffer = self._buffer + text if at == size else self._buffer[:at] + text + self._buffer[at + len(text):]
        self._at = at + len(text)
        return len(text)


class StringIO(_Memory, TextIOBase):
    _newline_mark = "\n"

    def __init__(self, initial_value="", newline="\n"):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._newline = newline
        self._pieces, self._text, self._at, self._size = [], "", 0, 0
        if initial_value:
            self.write(initial_value)
            self._at = 0

    # What is written at the end is kept in pieces, and joined when somebody looks.
    @property
    def _buffer(self):
        if self._pieces:
            self._text += "".join(self._pieces)
            self._pieces = []
        return self._text

    @_buffer.setter
    def _buffer(self, text):
        self._text, self._pieces, self._size = text, [], len(text)

    def write(self, text, /):
        self._check()
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got '{type(text).__name__}'")
        given = len(text)
        if self._newline is None:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        if self._at == self._size:
            self._pieces.append(text)
            self._at += len(text)
            self._size = self._at
        else:
            self._put(text, "\0")
        return given

    def seek(self, offset, whence=0, /):
        self._check()
        if whence not in (0, 1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence and offset:
            raise OSError("Can't do nonzero cur-relative seeks")
        if offset < 0:
            raise ValueError(f"Negative seek position {offset}")
        self._at = offset if whence == 0 else self._at if whence == 1 else len(self._buffer)
        return self._at

    @property
    def line_buffering(self):
        return False

    def __repr__(self):
        return f"<_io.StringIO object at {hex(id(self))}>"


class BytesIO(_Memory, BufferedIOBase):
    _newline_mark = b"\n"

    def __init__(self, initial_bytes=b""):
        self._buffer, self._at = bytes(initial_bytes or b""), 0

    def write(self, data, /):
        self._check()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return self._put(bytes(data), b"\0")

    read1 = _Memory.read

    def readinto(self, target, /):
        data = self.read(len(target))
        target[:len(data)] = data
        return len(data)

    def seek(self, offset, whence=0, /):
        self._check()
        if whence == 0 and offset < 0:
            raise ValueError(f"negative seek value {offset}")
        if whence not in (0, 1, 2):
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        self._at = max(offset + (0, self._at, len(self._buffer))[whence], 0)
        return self._at

    def getbuffer(self):
        return memoryview(bytearray(self._buffer))

    def __repr__(self):
        return f"<_io.BytesIO object at {hex(id(self))}>"


import sys as _sys
TextIOWrapper = type(_sys.__stdout__)
FileIO = BufferedReader = BufferedWriter = BufferedRandom = TextIOWrapper
TextIOBase.register(TextIOWrapper)
