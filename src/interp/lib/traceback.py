# SPDX-License-Identifier: BSL-1.0
"""Tracebacks as text. The text itself is what gilt prints for an uncaught exception."""
import sys
from _traceback import format_exception as _text

_given = object()


def _exception(exc, value):
    if value is _given:
        return exc
    return value


def _lines(text):
    return text.splitlines(keepends=True)


def format_exception(exc, /, value=_given, tb=_given, limit=None, chain=True):
    error = _exception(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    if tb is not _given and tb is not error.__traceback__:
        kept = error.__traceback__
        try:
            return _lines(_text(error.with_traceback(tb), chain))
        finally:
            error.__traceback__ = kept
    return _lines(_text(error, chain))


def format_exception_only(exc, /, value=_given):
    error = _exception(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    kept = error.__traceback__
    try:
        return _lines(_text(error.with_traceback(None), False))
    finally:
        error.__traceback__ = kept


def print_exception(exc, /, value=_given, tb=_given, limit=None, file=None, chain=True):
    (sys.stderr if file is None else file).write("".join(format_exception(exc, value, tb, limit, chain)))


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exception(), chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


class FrameSummary:
    def __init__(self, filename, lineno, name, line=None):
        self.filename, self.lineno, self.name, self._line = filename, lineno, name, line
        self.locals = None

    @property
    def line(self):
        if self._line is None:
            self._line = ""
            try:
                with open(self.filename) as source:
                    for number, text in enumerate(source, 1):
                        if number == self.lineno:
                            self._line = text.strip()
                            break
            except (OSError, UnicodeDecodeError):
                pass
        return self._line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]

    def __len__(self):
        return 4

    def __eq__(self, other):
        return tuple(self) == tuple(other)

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    @classmethod
    def from_list(cls, frames):
        return cls(f if isinstance(f, FrameSummary) else FrameSummary(*f) for f in frames)

    @classmethod
    def extract(cls, frames, *, limit=None, lookup_lines=True, capture_locals=False):
        found = [FrameSummary(f.f_code.co_filename, line, f.f_code.co_name) for f, line in frames]
        if limit is not None:
            found = found[:limit] if limit >= 0 else found[limit:]
        return cls(found)

    def format(self):
        out = []
        for f in self:
            text = f'  File "{f.filename}", line {f.lineno}, in {f.name}\n'
            out.append(text + (f"    {f.line}\n" if f.line else ""))
        return out


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(1)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    found = StackSummary.extract(walk_stack(sys._getframe(1) if f is None else f), limit=limit)
    found.reverse()
    return found


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    (sys.stderr if file is None else file).write("".join(format_tb(tb, limit)))


def format_stack(f=None, limit=None):
    return extract_stack(sys._getframe(1) if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    (sys.stderr if file is None else file).write("".join(format_stack(sys._getframe(1) if f is None else f, limit)))


def clear_frames(tb):
    pass


class TracebackException:
    """What format_exception() says, taken now and shown later."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
                 capture_locals=False, compact=False, max_group_width=15, max_group_depth=10):
        self.exc_type = exc_type
        self.stack = extract_tb(exc_traceback, limit)
        self._all = format_exception(exc_type, exc_value, exc_traceback)
        self._only = format_exception_only(exc_type, exc_value)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True):
        yield from self._all

    def format_exception_only(self):
        yield from self._only

    def print(self, *, file=None, chain=True):
        (sys.stderr if file is None else file).write("".join(self.format(chain=chain)))
