# SPDX-License-Identifier: BSL-1.0
"""What string.Formatter needs of str.format(): the fields of a format string, and of a field's name."""


def formatter_parser(text):
    """Yields (literal text, field name, format spec, conversion); the last three are None after the last field."""
    if not isinstance(text, str):
        raise TypeError(f"expected str, got {type(text).__name__}")
    return _fields(text)


def _fields(text):
    at, end = 0, len(text)
    while at < end:
        begin = at
        while at < end and text[at] not in "{}":
            at += 1
        literal = text[begin:at]
        if at == end:
            yield literal, None, None, None
            return
        brace = text[at]
        at += 1
        if at < end and text[at] == brace:              # doubled: the brace itself
            at += 1
            yield literal + brace, None, None, None
            continue
        if brace == "}":
            raise ValueError("Single '}' encountered in format string")
        if at == end:
            raise ValueError("Single '{' encountered in format string")
        begin = at
        while at < end and text[at] not in "{}:!":
            if text[at] == "[":
                while at + 1 < end and text[at + 1] != "]":
                    at += 1
            at += 1
        if at == end:
            raise ValueError("expected '}' before end of string")
        if text[at] == "{":
            raise ValueError("unexpected '{' in field name")
        name, mark, conversion, spec = text[begin:at], text[at], None, ""
        at += 1
        if mark == "!":
            if at == end:
                raise ValueError("end of string while looking for conversion specifier")
            conversion = text[at]
            at += 1
            if at == end:
                raise ValueError("unmatched '{' in format spec")
            mark = text[at]
            at += 1
            if mark not in ":}":
                raise ValueError("expected ':' after conversion specifier")
        if mark == ":":
            begin, depth = at, 1
            while True:
                if at == end:
                    raise ValueError("unmatched '{' in format spec")
                depth += (text[at] == "{") - (text[at] == "}")
                at += 1
                if depth == 0:
                    break
            spec = text[begin:at - 1]
        yield literal, name, spec, conversion


def _number(text):
    """The index that the text is, or the text."""
    if not text or not all("0" <= c <= "9" for c in text):
        return text
    if int(text) > 2 ** 63 - 1:
        raise ValueError("Too many decimal digits in format string")
    return int(text)


def formatter_field_name_split(name):
    """The first part, and an iterator of (is attribute, name or index) for the rest."""
    if not isinstance(name, str):
        raise TypeError(f"expected str, got {type(name).__name__}")
    at = 0
    while at < len(name) and name[at] not in ".[":
        at += 1
    return _number(name[:at]), _parts(name, at)


def _parts(name, at):
    end = len(name)
    while at < end:
        mark = name[at]
        at += 1
        begin = at
        if mark == ".":
            while at < end and name[at] not in ".[":
                at += 1
            if at == begin:
                raise ValueError("Empty attribute in format string")
            yield True, name[begin:at]
        elif mark == "[":
            at = name.find("]", at)
            if at < 0:
                raise ValueError("Missing ']' in format string")
            if at == begin:
                raise ValueError("Empty attribute in format string")
            yield False, _number(name[begin:at])
            at += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
