# SPDX-License-Identifier: BSL-1.0
"""Streams in memory, the classes that streams derive from, and open() for what `io` takes from here.

Files themselves are the interpreter's (open() returns one); BytesIO and StringIO keep their content
in a bytearray and in a list of characters' text.
"""
from builtins import open, BlockingIOError

DEFAULT_BUFFER_SIZE = 8192
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class UnsupportedOperation(OSError, ValueError):
    pass


UnsupportedOperation.__module__ = "io"


class _IOBase:
    __module__ = "io"
    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def seek(self, offset, whence=0, /):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None, /):
        self._unsupported("truncate")

    def fileno(self):
        self._unsupported("fileno")

    def flush(self):
        self._check_closed()

    def close(self):
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    @property
    def closed(self):
        return self._closed

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def isatty(self):
        self._check_closed()
        return False

    def _check_closed(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    _checkClosed = _check_closed

    def _checkReadable(self):
        if not self.readable():
            raise UnsupportedOperation("File or stream is not readable.")

    def _checkWritable(self):
        if not self.writable():
            raise UnsupportedOperation("File or stream is not writable.")

    def _checkSeekable(self):
        if not self.seekable():
            raise UnsupportedOperation("File or stream is not seekable.")

    def __enter__(self):
        self._check_closed()
        return self

    def __exit__(self, *error):
        self.close()

    def readline(self, size=-1, /):
        size = -1 if size is None else size
        out = bytearray()
        while size < 0 or len(out) < size:
            b = self.read(1)
            if not b:
                break
            out += b
            if b == b"\n":
                break
        return bytes(out)

    def __iter__(self):
        self._check_closed()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=None, /):
        out, total = [], 0
        for line in self:
            out.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return out

    def writelines(self, lines, /):
        self._check_closed()
        for line in lines:
            self.write(line)


class _RawIOBase(_IOBase):
    def read(self, size=-1, /):
        if size is None or size < 0:
            return self.readall()
        room = bytearray(size)
        n = self.readinto(room)
        return None if n is None else bytes(room[:n])

    def readall(self):
        out = bytearray()
        while part := self.read(DEFAULT_BUFFER_SIZE):
            out += part
        return bytes(out) if out or part is not None else None

    def readinto(self, buffer, /):
        self._unsupported("readinto")

    def write(self, data, /):
        self._unsupported("write")


class _BufferedIOBase(_IOBase):
    def read(self, size=-1, /):
        self._unsupported("read")

    def read1(self, size=-1, /):
        self._unsupported("read1")

    def write(self, data, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")

    def _into(self, buffer, data):
        view = memoryview(buffer).cast("B")
        view[:len(data)] = data
        return len(data)

    def readinto(self, buffer, /):
        return self._into(buffer, self.read(memoryview(buffer).nbytes))

    def readinto1(self, buffer, /):
        return self._into(buffer, self.read1(memoryview(buffer).nbytes))


class _TextIOBase(_IOBase):
    encoding = newlines = errors = None

    def read(self, size=-1, /):
        self._unsupported("read")

    def readline(self, size=-1, /):
        self._unsupported("readline")

    def write(self, text, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")


def _size(size):
    if size is None:
        return -1
    try:
        return size.__index__()
    except AttributeError:
        raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'") from None


def _place(stream, offset, whence, at, end):
    """Where seek() leads to in a stream of bytes."""
    if whence == 0:
        if offset < 0:
            raise ValueError(f"negative seek value {offset}")
        return offset
    if whence not in (1, 2):
        raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
    return max(0, (at if whence == 1 else end) + offset)


class BytesIO(_BufferedIOBase):
    def __init__(self, initial_bytes=b""):
        self._content = bytearray(b"" if initial_bytes is None else initial_bytes)
        self._at = 0
        self._closed = False

    def _open(self):
        if self._closed:
            raise ValueError("I/O operation on closed file.")

    def getvalue(self):
        self._open()
        return bytes(self._content)

    def getbuffer(self):
        self._open()
        return memoryview(self._content)

    def read(self, size=-1, /):
        self._open()
        size = _size(size)
        end = len(self._content) if size < 0 else min(len(self._content), self._at + size)
        out = bytes(self._content[self._at:end])
        self._at += len(out)
        return out

    read1 = read

    def readline(self, size=-1, /):
        self._open()
        size = _size(size)
        end = self._content.find(b"\n", self._at) + 1 or len(self._content)
        return self.read(max(0, min(end - self._at, size) if size >= 0 else end - self._at))

    def write(self, data, /):
        self._open()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(memoryview(data))
        if data:
            if self._at > len(self._content):
                self._content += bytes(self._at - len(self._content))
            self._content[self._at:self._at + len(data)] = data
            self._at += len(data)
        return len(data)

    def seek(self, offset, whence=0, /):
        self._open()
        self._at = _place(self, offset, whence, self._at, len(self._content))
        return self._at

    def tell(self):
        self._open()
        return self._at

    def truncate(self, size=None, /):
        self._open()
        size = self._at if size is None else size
        if size < 0:
            raise ValueError(f"negative size value {size}")
        del self._content[size:]
        return size

    def readable(self):
        self._open()
        return True

    writable = seekable = readable

    def flush(self):
        self._open()

    def close(self):
        self._closed = True
        self._content = bytearray()

    def __getstate__(self):
        self._open()
        return bytes(self._content), self._at, None

    def __setstate__(self, state):
        self._content, self._at = bytearray(state[0]), state[1]


class StringIO(_TextIOBase):
    def __init__(self, initial_value="", newline="\n"):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            if not isinstance(newline, str):
                raise TypeError(f"newline must be str or None, not {type(newline).__name__}")
            raise ValueError(f"illegal newline value: {newline!r}")
        if not isinstance(initial_value, (str, type(None))):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._newline = newline
        self._parts, self._text, self._at = [], "", 0
        self._closed = False
        if initial_value:
            self.write(initial_value)
            self._at = 0

    def _open(self):
        if self._closed:
            raise ValueError("I/O operation on closed file")

    def _whole(self):
        """What is written at the end is only collected until somebody looks."""
        if self._parts:
            self._text += "".join(self._parts)
            self._parts = []
        return self._text

    def getvalue(self):
        self._open()
        return self._whole()

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got '{type(text).__name__}'")
        self._open()
        length = len(text)
        if self._newline is None:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        if not text:
            return length
        if self._parts or self._at == len(self._text):
            if self._parts and self._at != self._end:
                self._whole()
                return self._overwrite(text, length)
            self._parts.append(text)
            self._at += len(text)
            self._end = self._at
            return length
        return self._overwrite(text, length)

    def _overwrite(self, text, length):
        whole = self._whole()
        if self._at > len(whole):
            whole += "\0" * (self._at - len(whole))
        self._text = whole[:self._at] + text + whole[self._at + len(text):]
        self._at += len(text)
        return length

    def read(self, size=-1, /):
        self._open()
        size = _size(size)
        whole = self._whole()
        out = whole[self._at:] if size < 0 else whole[self._at:self._at + size]
        self._at += len(out)
        return out

    def readline(self, size=-1, /):
        self._open()
        size = _size(size)
        whole = self._whole()
        ends = ("\n", "\r\n", "\r") if self._newline == "" else (self._newline or "\n",)
        end = len(whole)
        for mark in ends:
            found = whole.find(mark, self._at, end)
            if found >= 0:
                end = min(end, found + len(mark)) if mark != "\r" or whole[found:found + 2] != "\r\n" else end
        return self.read(max(0, end - self._at if size < 0 else min(size, end - self._at)))

    def seek(self, offset, whence=0, /):
        self._open()
        if whence not in (0, 1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0 and offset < 0:
            raise ValueError(f"Negative seek position {offset}")
        if whence != 0 and offset != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._at = offset if whence == 0 else self._at if whence == 1 else len(self._whole())
        return self._at

    def tell(self):
        self._open()
        return self._at

    def truncate(self, size=None, /):
        self._open()
        size = self._at if size is None else size
        if size < 0:
            raise ValueError(f"Negative size value {size}")
        self._text = self._whole()[:size]
        return size

    def readable(self):
        self._open()
        return True

    writable = seekable = readable

    def flush(self):
        self._open()

    def close(self):
        self._closed = True

    @property
    def line_buffering(self):
        self._open()
        return False

    def __next__(self):
        self._open()
        line = self.readline()
        if not line:
            raise StopIteration
        return line


def open_code(path, /):
    return open(path, "rb")


def text_encoding(encoding, stacklevel=2, /):
    return "locale" if encoding is None else encoding


# The interpreter's own files stand for the layers that CPython builds them of.
def _file_class():
    with open("/dev/null") as f:
        return type(f)


TextIOWrapper = _file_class()
for _name in ("FileIO", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom"):
    _base = _RawIOBase if _name == "FileIO" else _BufferedIOBase
    globals()[_name] = type(_name, (_base,), {"__module__": "io"})


class IncrementalNewlineDecoder:
    """Text with \\r and \\r\\n as \\n; a \\r at the end waits for what follows."""

    def __init__(self, decoder, translate, errors="strict"):
        self._decoder, self._translate, self._waiting, self._seen = decoder, translate, False, set()

    def decode(self, input, final=False):
        text = input if self._decoder is None else self._decoder.decode(input, final=final)
        if self._waiting and (text or final):
            text = "\r" + text
            self._waiting = False
        if text.endswith("\r") and not final:
            text = text[:-1]
            self._waiting = True
        rest = text.replace("\r\n", "")
        for mark, where in (("\r\n", text), ("\r", rest), ("\n", rest)):
            if mark in where:
                self._seen.add(mark)
        return text.replace("\r\n", "\n").replace("\r", "\n") if self._translate else text

    def reset(self):
        self._waiting, self._seen = False, set()
        if self._decoder is not None:
            self._decoder.reset()

    @property
    def newlines(self):
        found = tuple(mark for mark in ("\r", "\n", "\r\n") if mark in self._seen)
        return None if not found else found[0] if len(found) == 1 else found
