# SPDX-License-Identifier: BSL-1.0
"""The registry of encodings and error handlers, and the encodings that str and bytes know themselves.

str.encode() and bytes.decode() come here for every encoding or error handler they do not know.
"""

_searches = []
_found = {}


def register(search_function, /):
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function, /):
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def lookup(encoding, /):
    if not isinstance(encoding, str):
        raise TypeError(f"lookup() argument must be str, not {type(encoding).__name__}")
    if "\0" in encoding:
        raise ValueError("embedded null character")
    name = encoding.replace(" ", "_").lower()
    entry = _found.get(name)
    if entry is not None:
        return entry
    import encodings  # registers the search function of the library
    for search in list(_searches):
        entry = search(name)
        if entry is None:
            continue
        if not isinstance(entry, tuple) or len(entry) != 4:
            raise TypeError("codec search functions must return 4-tuples")
        _found[name] = entry
        return entry
    raise LookupError("unknown encoding: " + encoding)


def encode(obj, encoding="utf-8", errors="strict"):
    result = lookup(encoding)[0](obj, errors)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("encoder must return a tuple (object, integer)")
    return result[0]


def decode(obj, encoding="utf-8", errors="strict"):
    result = lookup(encoding)[1](obj, errors)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("decoder must return a tuple (object,integer)")
    return result[0]


def _encode_text(text, encoding, errors):
    """str.encode() for what it does not know."""
    entry = lookup(encoding)
    if not getattr(entry, "_is_text_encoding", True):
        raise LookupError(f"'{encoding}' is not a text encoding; use codecs.encode() to handle arbitrary codecs")
    result = encode(text, encoding, errors)
    if not isinstance(result, (bytes, bytearray)):
        raise TypeError(f"'{encoding}' encoder returned '{type(result).__name__}' instead of 'bytes'; "
                        "use codecs.encode() to encode to arbitrary types")
    return bytes(result)


def _decode_bytes(data, encoding, errors):
    """bytes.decode() for what it does not know."""
    entry = lookup(encoding)
    if not getattr(entry, "_is_text_encoding", True):
        raise LookupError(f"'{encoding}' is not a text encoding; use codecs.decode() to handle arbitrary codecs")
    result = decode(data, encoding, errors)
    if not isinstance(result, str):
        raise TypeError(f"'{encoding}' decoder returned '{type(result).__name__}' instead of 'str'; "
                        "use codecs.decode() to decode to arbitrary types")
    return result


def _decode_stepwise(data, encoding, errors):
    """bytes.decode() in a known encoding with a registered error handler."""
    out = []
    at = 0
    while True:
        try:
            out.append(data[at:].decode(encoding))
            return "".join(out)
        except UnicodeDecodeError as e:
            error = UnicodeDecodeError(e.encoding, data, at + e.start, at + e.end, e.reason)
        out.append(data[at:error.start].decode(encoding))
        instead, at = _handled(error, errors)
        out.append(instead)


def _encode_stepwise(text, encoding, errors):
    """str.encode(), likewise."""
    out = []
    at = 0
    while True:
        try:
            out.append(text[at:].encode(encoding))
            return b"".join(out)
        except UnicodeEncodeError as e:
            error = UnicodeEncodeError(e.encoding, text, at + e.start, at + e.end, e.reason)
        out.append(text[at:error.start].encode(encoding))
        instead, at = _handled(error, errors)
        if isinstance(instead, str):
            try:
                instead = instead.encode(encoding)
            except UnicodeEncodeError:
                raise error from None
        out.append(instead)


# ---- error handlers ----

def _wrong(error):
    return TypeError(f"don't know how to handle {type(error).__name__} in error callback")


def _strict(error):
    if isinstance(error, BaseException):
        raise error
    raise TypeError("codec must pass exception instance")


def _ignore(error):
    if not isinstance(error, UnicodeError):
        raise _wrong(error)
    return "", error.end


def _replace(error):
    if isinstance(error, UnicodeEncodeError):
        return "?" * (error.end - error.start), error.end
    if isinstance(error, UnicodeDecodeError):
        return "\ufffd", error.end
    if isinstance(error, UnicodeTranslateError):
        return "\ufffd" * (error.end - error.start), error.end
    raise _wrong(error)


def _each(error, show):
    if not isinstance(error, UnicodeEncodeError):
        raise _wrong(error)
    return "".join(map(show, error.object[error.start:error.end])), error.end


def _escaped(c):
    n = ord(c)
    return f"\\x{n:02x}" if n < 0x100 else f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}"


def _named(c):
    import unicodedata
    name = unicodedata.name(c, "")
    return f"\\N{{{name}}}" if name else _escaped(c)


def _backslashreplace(error):
    if isinstance(error, UnicodeDecodeError):
        return "".join(f"\\x{b:02x}" for b in error.object[error.start:error.end]), error.end
    if isinstance(error, UnicodeTranslateError):
        return "".join(map(_escaped, error.object[error.start:error.end])), error.end
    return _each(error, _escaped)


def _surrogateescape(error):
    if isinstance(error, UnicodeEncodeError):
        bad = [ord(c) for c in error.object[error.start:error.end]]
        if any(not 0xDC80 <= n <= 0xDCFF for n in bad):
            raise error
        return bytes(n - 0xDC00 for n in bad), error.end
    if isinstance(error, UnicodeDecodeError):
        out = []
        for b in error.object[error.start:min(error.end, error.start + 4)]:
            if b < 128:
                break
            out.append(chr(0xDC00 + b))
        if not out:
            raise error
        return "".join(out), error.start + len(out)
    raise _wrong(error)


def _surrogatepass(error):
    name = error.encoding.lower().replace("_", "-") if isinstance(error, (UnicodeEncodeError, UnicodeDecodeError)) else ""
    if isinstance(error, UnicodeEncodeError):
        part = error.object[error.start:error.end]
        if any(not 0xD800 <= ord(c) <= 0xDFFF for c in part):
            raise error
        return part.encode(name, "surrogatepass"), error.end
    if isinstance(error, UnicodeDecodeError):
        width = 3 if name == "utf-8" else 4 if "32" in name else 2
        try:
            c = error.object[error.start:error.start + width].decode(name, "surrogatepass")
        except UnicodeDecodeError:
            raise error
        if not ("\ud800" <= c <= "\udfff"):
            raise error
        return c, error.start + width
    raise _wrong(error)


_handlers = {
    "strict": _strict, "ignore": _ignore, "replace": _replace, "backslashreplace": _backslashreplace,
    "xmlcharrefreplace": lambda error: _each(error, lambda c: f"&#{ord(c)};"),
    "namereplace": lambda error: _each(error, _named),
    "surrogateescape": _surrogateescape, "surrogatepass": _surrogatepass,
}


def register_error(errors, handler, /):
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name, /):
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


# ---- the encodings that str and bytes know ----

def _encoder(name):
    def encode(str, errors=None, /):
        return str.encode(name, errors or "strict"), len(str)
    return encode


def _whole_decoder(name):
    def decode(data, errors=None, final=False, /):
        data = bytes(data)
        return data.decode(name, errors or "strict"), len(data)
    return decode


def _unfinished_utf8(data):
    """How many bytes at the end begin a character that is not complete."""
    for n in range(1, min(3, len(data)) + 1):
        if data[-n] & 0xC0 != 0x80:
            try:
                data[-n:].decode()
            except UnicodeDecodeError as e:
                return n if e.reason == "unexpected end of data" and e.start == 0 else 0
            return 0
    return 0


def utf_8_decode(data, errors=None, final=False, /):
    data = bytes(data)
    if not final:
        data = data[:len(data) - _unfinished_utf8(data)]
    return data.decode("utf-8", errors or "strict"), len(data)


def _decode_units(data, width, order, errors, final):
    """UTF-16 and UTF-32. order: -1 little, 1 big, 0 by the mark at the beginning."""
    data = bytes(data)
    skip = 0
    if order == 0 and len(data) >= width:
        mark = int.from_bytes(data[:width], "little")
        if mark == 0xFEFF:
            order, skip = -1, width
        elif mark == (0xFFFE if width == 2 else 0xFFFE0000):
            order, skip = 1, width
    end = len(data)
    if not final:
        end -= end % width
        if width == 2 and end - skip >= 2:
            last = int.from_bytes(data[end - 2:end], "big" if order == 1 else "little")
            if 0xD800 <= last < 0xDC00:
                end -= 2
    name = f"utf-{8 * width}-{'be' if order == 1 else 'le'}"
    return data[skip:end].decode(name, errors or "strict"), end, order


def _unit_functions(width):
    bits = 8 * width

    def ordered(order):
        def decode(data, errors=None, final=False, /):
            return _decode_units(data, width, order, errors, final)[:2]
        return decode

    def extended(data, errors=None, byteorder=0, final=False, /):
        return _decode_units(data, width, byteorder, errors, final)

    def encode(str, errors=None, byteorder=0, /):
        name = f"utf-{bits}" + ("" if byteorder == 0 else "-le" if byteorder < 0 else "-be")
        return str.encode(name, errors or "strict"), len(str)
    return ordered(0), ordered(-1), ordered(1), extended, encode


utf_16_decode, utf_16_le_decode, utf_16_be_decode, utf_16_ex_decode, utf_16_encode = _unit_functions(2)
utf_32_decode, utf_32_le_decode, utf_32_be_decode, utf_32_ex_decode, utf_32_encode = _unit_functions(4)
utf_16_le_encode, utf_16_be_encode = _encoder("utf-16-le"), _encoder("utf-16-be")
utf_32_le_encode, utf_32_be_encode = _encoder("utf-32-le"), _encoder("utf-32-be")
utf_8_encode = _encoder("utf-8")
ascii_encode, ascii_decode = _encoder("ascii"), _whole_decoder("ascii")
latin_1_encode, latin_1_decode = _encoder("latin-1"), _whole_decoder("latin-1")


def readbuffer_encode(data, errors=None, /):
    data = data.encode() if isinstance(data, str) else bytes(data)
    return data, len(data)


# ---- tables ----

def charmap_build(map, /):
    return {ord(c): n for n, c in enumerate(map)}


def charmap_encode(str, errors=None, mapping=None, /):
    if mapping is None:
        return latin_1_encode(str, errors)
    out = bytearray()
    at = 0

    def put(text):
        for c in text:
            try:
                b = mapping[ord(c)]
            except LookupError:
                return False
            if b is None:
                return False
            if isinstance(b, int):
                if not 0 <= b < 256:
                    raise TypeError("character mapping must be in range(256)")
                out.append(b)
            elif isinstance(b, bytes):
                out.extend(b)
            else:
                raise TypeError(f"character mapping must return integer, bytes or None, not {type(b).__name__}")
        return True

    while at < len(str):
        if put(str[at]):
            at += 1
            continue
        end = at + 1
        while end < len(str) and mapping.get(ord(str[end])) is None if hasattr(mapping, "get") else False:
            end += 1
        instead, at = _handled(UnicodeEncodeError("charmap", str, at, end, "character maps to <undefined>"), errors)
        if isinstance(instead, bytes):
            out += instead
        elif not put(instead):
            raise UnicodeEncodeError("charmap", str, at - 1, at, "character maps to <undefined>")
    return bytes(out), len(str)


def charmap_decode(data, errors=None, mapping=None, /):
    data = bytes(data)
    if mapping is None:
        return latin_1_decode(data, errors)
    out = []
    at = 0
    while at < len(data):
        try:
            c = mapping[data[at]]
        except LookupError:
            c = None
        if isinstance(c, int):
            if not 0 <= c < 0x110000:
                raise TypeError("character mapping must be in range(0x110000)")
            c = chr(c)
        elif c is not None and not isinstance(c, str):
            raise TypeError("character mapping must return integer, None or str")
        if c is None or c == "\ufffe":
            c, at = _handled(UnicodeDecodeError("charmap", data, at, at + 1, "character maps to <undefined>"), errors)
        else:
            at += 1
        out.append(c)
    return "".join(out), len(data)


def _handled(error, errors):
    """What the handler puts in the place of the error, and where to go on."""
    encodes = isinstance(error, UnicodeEncodeError)
    result = lookup_error(errors or "strict")(error)
    if not (isinstance(result, tuple) and len(result) == 2 and isinstance(result[0], (str, bytes) if encodes else str)
            and isinstance(result[1], int)):
        raise TypeError(f"{'encoding' if encodes else 'decoding'} error handler must return "
                        f"({'str/bytes' if encodes else 'str'}, int) tuple")
    instead, at = result
    length = len(error.object)
    if at < 0:
        at += length
    if not 0 <= at <= length:
        raise IndexError(f"position {at} from error handler out of bounds")
    return instead, at


# ---- escapes ----

_plain = {"\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
          "\n": ""}
_digits = {"x": 2, "u": 4, "U": 8}


def escape_encode(data, errors=None, /):
    if not isinstance(data, bytes):
        raise TypeError(f"escape_encode() argument 1 must be bytes, not {type(data).__name__}")
    text = repr(data + b'"')[2:-2]                     # the quote makes repr choose the other one
    return text.replace("'", "\\'").encode("latin-1") if "'" in text else text.encode("latin-1"), len(data)


def escape_decode(data, errors=None, /):
    data = data.encode() if isinstance(data, str) else bytes(data)
    text = data.decode("latin-1")
    out = []
    at = 0
    while at < len(text):
        c = text[at]
        at += 1
        if c != "\\":
            out.append(c)
            continue
        if at == len(text):
            raise ValueError("Trailing \\ in string")
        kind = text[at]
        at += 1
        if kind in _plain:
            out.append(_plain[kind])
        elif kind in "01234567":
            end = at
            while end < at + 2 and text[end:end + 1] and text[end] in "01234567":
                end += 1
            out.append(chr(int(text[at - 1:end], 8) & 255))
            at = end
        elif kind == "x":
            code = text[at:at + 2]
            if len(code) == 2 and all(h in "0123456789abcdefABCDEF" for h in code):
                out.append(chr(int(code, 16)))
                at += 2
            elif errors in (None, "strict"):
                raise ValueError(f"invalid \\x escape at position {at - 2}")
            else:
                out.append("?" if errors == "replace" else "")
                at += len(code) > 0 and code[0] in "0123456789abcdefABCDEF"
        else:
            out.append("\\" + kind)
    return "".join(out).encode("latin-1"), len(data)


def unicode_escape_encode(str, errors=None, /):
    special = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}
    return "".join(special.get(c) or (c if " " <= c < "\x7f" else _escaped(c)) for c in str).encode("ascii"), len(str)


def raw_unicode_escape_encode(str, errors=None, /):
    return "".join(c if c < "\u0100" else _escaped(c) for c in str).encode("latin-1"), len(str)


def _unescape(data, errors, final, codec, raw):
    data = data.encode() if isinstance(data, str) else bytes(data)
    text = data.decode("latin-1")
    out = []
    at = 0
    while at < len(text):
        begin = at
        c = text[at]
        at += 1
        if c != "\\" or (raw and text[at:at + 1] not in ("u", "U")):
            out.append(c)
            if raw and c == "\\" and at < len(text):    # a doubled backslash begins no escape
                out.append(text[at])
                at += 1
            continue
        reason = None
        kind = text[at:at + 1]
        at += 1
        if not kind:
            if not final:
                return "".join(out), begin
            at = len(text)
            reason = "\\ at end of string"
        elif not raw and kind in _plain:
            out.append(_plain[kind])
        elif not raw and kind in "01234567":
            end = at
            while end < at + 2 and text[end:end + 1] and text[end] in "01234567":
                end += 1
            out.append(chr(int(text[at - 1:end], 8)))
            at = end
        elif kind in _digits:
            end = at
            while end < at + _digits[kind] and text[end:end + 1] and text[end] in "0123456789abcdefABCDEF":
                end += 1
            code, at = text[at:end], end
            if len(code) == _digits[kind]:
                if int(code, 16) < 0x110000:
                    out.append(chr(int(code, 16)))
                else:
                    reason = "\\Uxxxxxxxx out of range" if raw else "illegal Unicode character"
            elif end == len(text) and not final:
                return "".join(out), begin
            else:
                reason = f"truncated \\{kind}{('X' if kind != 'x' else 'X') * _digits[kind]} escape"
        elif kind == "N" and not raw:
            end = text.find("}", at)
            if text[at:at + 1] == "{" and end > at + 1:
                import unicodedata
                try:
                    out.append(unicodedata.lookup(text[at + 1:end]))
                except KeyError:
                    reason = "unknown Unicode character name"
                at = end + 1
            elif end < 0 and not final and text[at:at + 1] in ("", "{"):
                return "".join(out), begin
            else:
                reason = "malformed \\N character escape"
                at = len(text) if end < 0 else end + 1
        else:
            out.append("\\" + kind)
        if reason:
            instead, at = _handled(UnicodeDecodeError(codec, data, begin, at, reason), errors)
            out.append(instead)
    return "".join(out), len(data)


def unicode_escape_decode(data, errors=None, final=True, /):
    return _unescape(data, errors, final, "unicodeescape", False)


def raw_unicode_escape_decode(data, errors=None, final=True, /):
    return _unescape(data, errors, final, "rawunicodeescape", True)
