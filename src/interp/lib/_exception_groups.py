# SPDX-License-Identifier: BSL-1.0
"""Exception groups: their methods, and what `except*` does (PEP 654). The compiler calls match() for
each clause and remaining() at the end."""


def _is_class(c):
    return isinstance(c, type) and issubclass(c, BaseException)


def _test(condition):
    if _is_class(condition) or isinstance(condition, tuple) and all(map(_is_class, condition)):
        return lambda e: isinstance(e, condition)
    if callable(condition) and not isinstance(condition, type):
        return condition
    raise TypeError("expected a function, exception type or tuple of exception types")


def _like(group, members):
    """A group of these members that otherwise is as the other; None of none."""
    if not members:
        return None
    made = group.derive(members)
    if not isinstance(made, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    made.__traceback__ = group.__traceback__
    made.__context__ = group.__context__
    made.__cause__ = group.__cause__
    notes = getattr(group, "__notes__", None)
    if isinstance(notes, (list, tuple)):
        made.__notes__ = list(notes)
    return made


def _parts(e, test):
    if test(e):
        return e, None
    if not isinstance(e, BaseExceptionGroup):
        return None, e
    yes, no = [], []
    for member in e.exceptions:
        match, rest = _parts(member, test)
        if match is not None:
            yes.append(match)
        if rest is not None:
            no.append(rest)
    return _like(e, yes), _like(e, no)


def split(group, condition):
    return _parts(group, _test(condition))


def subgroup(group, condition):
    return _parts(group, _test(condition))[0]


def derive(group, members):
    return BaseExceptionGroup(group.message, members)


def match(e, classes):
    """What of the exception, which may be None by now, a clause handles, and what is left."""
    for c in classes if isinstance(classes, tuple) else (classes,):
        if not _is_class(c):
            raise TypeError("catching classes that do not inherit from BaseException is not allowed")
        if issubclass(c, BaseExceptionGroup):
            raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
    if e is None:
        return None, None
    if isinstance(e, classes):
        if not isinstance(e, BaseExceptionGroup):
            e = BaseExceptionGroup("", [e])
        return e, None
    if isinstance(e, BaseExceptionGroup):
        return split(e, classes)
    return None, e


def _leaves(e):
    if isinstance(e, BaseExceptionGroup):
        for member in e.exceptions:
            yield from _leaves(member)
    else:
        yield e


def _same_origin(a, b):
    return (isinstance(a, BaseExceptionGroup) and a.__traceback__ is b.__traceback__
            and a.__cause__ is b.__cause__ and a.__context__ is b.__context__
            and getattr(a, "__notes__", None) == getattr(b, "__notes__", None))


def remaining(caught, outcomes):
    """What a try statement raises in the end, or None: what its clauses raised, and in the shape that
    it had in the exception caught, what they let through or raised again."""
    outcomes = [e for e in outcomes if e is not None]
    if not outcomes:
        return None
    if not isinstance(caught, BaseExceptionGroup):
        return outcomes[0]
    raised = [e for e in outcomes if not _same_origin(e, caught)]
    kept = {id(leaf) for e in outcomes if _same_origin(e, caught) for leaf in _leaves(e)}
    again = _parts(caught, lambda e: not isinstance(e, BaseExceptionGroup) and id(e) in kept)[0]
    if not raised:
        return again
    if again is not None:
        raised.append(again)
    return raised[0] if len(raised) == 1 else BaseExceptionGroup("", raised)
