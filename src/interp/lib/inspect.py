# SPDX-License-Identifier: BSL-1.0
"""Asking live objects: what they are, what they take, where they come from."""
import builtins
import collections.abc
import enum
import functools
import sys
import types
from collections import OrderedDict

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 64, 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isframe(object):
    return isinstance(object, types.FrameType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    return isinstance(object, types.CoroutineType) or hasattr(type(object), "__await__") or \
        isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)


def ismethoddescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__get__") and not hasattr(type(object), "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__set__") or hasattr(type(object), "__delete__")


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", ()))


def _has_flag(function, flag):
    function = functools._unwrap_partial(unwrap_method(function))
    return isfunction(function) and bool(function.__code__.co_flags & flag)


def unwrap_method(function):
    while ismethod(function):
        function = function.__func__
    return function


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


# ---- members and places ----

def getmembers(object, predicate=None):
    found = []
    for name in sorted(set(dir(object))):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen.add(id(func))
    return func


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None and isclass(object):
        for base in object.__mro__[1:]:
            if base is not builtins.object and base.__doc__ is not None:
                doc = base.__doc__
                break
    return cleandoc(doc) if isinstance(doc, str) else None


def getmodule(object, _filename=None):
    return object if ismodule(object) else sys.modules.get(getattr(object, "__module__", None))


def getmodulename(path):
    name = path.rpartition("/")[2]
    return name[:-3] if name.endswith(".py") else None


def getfile(object):
    if ismodule(object) or isclass(object):
        module = object if ismodule(object) else sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        raise TypeError(f"{object!r} is a built-in {'module' if ismodule(object) else 'class'}")
    object = unwrap_method(object)
    for name in ("__code__", "tb_frame", "f_code"):
        object = getattr(object, name, object)
    if iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got "
                    f"{type(object).__name__}")


def getsourcefile(object):
    return getfile(object)


def findsource(object):
    try:
        with open(getfile(object)) as source:
            lines = source.readlines()
    except OSError:
        raise OSError("could not get source code") from None
    if ismodule(object):
        return lines, 0
    if isclass(object):
        head = f"class {object.__name__}"
        for number, line in enumerate(lines):
            if line.lstrip().startswith(head):
                return lines, number
        raise OSError("could not find class definition")
    object = unwrap_method(unwrap(object))
    for name in ("__code__", "tb_frame", "f_code"):
        object = getattr(object, name, object)
    return lines, object.co_firstlineno - 1


def getblock(lines):
    """The lines of the block that begins with the first: up to the next that is indented no more."""
    margin = len(lines[0]) - len(lines[0].lstrip())
    end, body = 1, False
    for number, line in enumerate(lines[1:], 1):
        if line.strip():
            indented = len(line) - len(line.lstrip()) > margin
            if not indented and body:
                break
            body = body or indented
            end = number + 1
    return lines[:end]


def getsourcelines(object):
    lines, number = findsource(object)
    return (lines, 0) if ismodule(object) else (getblock(lines[number:]), number + 1)


def getsource(object):
    return "".join(getsourcelines(object)[0])


def currentframe():
    return sys._getframe(1)


def stack(context=1):
    return [(f, f.f_code.co_filename, f.f_lineno, f.f_code.co_name, None, None) for f in _frames(sys._getframe(1))]


def _frames(frame):
    while frame is not None:
        yield frame
        frame = frame.f_back


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"


def getattr_static(obj, attr, default=enum):
    if not isclass(obj):
        own = getattr(obj, "__dict__", {})
        if attr in own:
            return own[attr]
    for cls in (obj if isclass(obj) else type(obj)).__mro__:
        if attr in cls.__dict__:
            return cls.__dict__[attr]
    if default is not enum:
        return default
    raise AttributeError(attr)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if isclass(obj):
        found = obj.__dict__.get("__annotations__")
    elif ismodule(obj) or callable(obj):
        found = getattr(obj, "__annotations__", None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if not found:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(found)
    if globals is None:
        globals = getattr(unwrap(obj), "__globals__", None) or vars(sys.modules[getattr(obj, "__module__", "builtins")])
    if locals is None and isclass(obj):
        locals = dict(vars(obj))
    return {name: eval(value, globals, locals) if isinstance(value, str) else value for name, value in found.items()}


# ---- signatures ----

class _empty:
    """Marks what a parameter or signature does not have."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        made = int.__new__(cls, len(cls.__members__))
        made._value_ = len(cls.__members__)
        made.description = description
        return made

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class Parameter:
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL = _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL
    KEYWORD_ONLY, VAR_KEYWORD = _KEYWORD_ONLY, _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        kind = _ParameterKind(kind)
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if not name.isidentifier() and not (name[:1] == "." and name[1:].isdigit()):
            raise ValueError(f"{name!r} is not a valid parameter name")
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, *, name=enum, kind=enum, annotation=enum, default=enum):
        pick = lambda given, own: own if given is enum else given
        return type(self)(pick(name, self.name), pick(kind, self.kind), default=pick(default, self.default),
                          annotation=pick(annotation, self.annotation))

    def __str__(self):
        text = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self.kind, "") + self.name
        annotated = self.annotation is not _empty
        if annotated:
            text += f": {formatannotation(self.annotation)}"
        if self.default is not _empty:
            text += f" = {self.default!r}" if annotated else f"={self.default!r}"
        return text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        found = []
        for name, p in self.signature.parameters.items():
            if p.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if p.kind == _VAR_POSITIONAL:
                found.extend(self.arguments[name])
            else:
                found.append(self.arguments[name])
        return tuple(found)

    @property
    def kwargs(self):
        found, by_name = {}, False
        for name, p in self.signature.parameters.items():
            by_name = by_name or p.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments
            if by_name and name in self.arguments:
                if p.kind == _VAR_KEYWORD:
                    found.update(self.arguments[name])
                else:
                    found[name] = self.arguments[name]
        return found

    def apply_defaults(self):
        full = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                full[name] = self.arguments[name]
            elif p.default is not _empty:
                full[name] = p.default
            elif p.kind is _VAR_POSITIONAL:
                full[name] = ()
            elif p.kind is _VAR_KEYWORD:
                full[name] = {}
        self.arguments = full

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{k}={v!r}' for k, v in self.arguments.items())})>"


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        self._parameters = OrderedDict((p.name, p) for p in parameters or ())
        last, defaults = _POSITIONAL_ONLY, False
        for p in parameters or ():
            if p.kind < last:
                raise ValueError(f"wrong parameter order: {last.description} parameter before {p.kind.description} parameter")
            last = p.kind
            if p.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if p.default is _empty and defaults:
                    raise ValueError("non-default argument follows default argument")
                defaults = defaults or p.default is not _empty
        if len(self._parameters) != len(list(parameters or ())):
            raise ValueError("duplicate parameter name")
        self._return_annotation = return_annotation

    @property
    def parameters(self):
        return types.MappingProxyType(self._parameters)

    @property
    def return_annotation(self):
        return self._return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature(obj, follow_wrapped)

    def replace(self, *, parameters=enum, return_annotation=enum):
        return type(self)(self._parameters.values() if parameters is enum else parameters,
                          return_annotation=self._return_annotation if return_annotation is enum else return_annotation)

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self._parameters.values()) == list(other._parameters.values()) and \
            self._return_annotation == other._return_annotation

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return_annotation))

    def _bind(self, args, kwargs, partial):
        found, args, kwargs = {}, list(args), dict(kwargs)
        rest = None
        for p in self._parameters.values():
            if p.kind == _VAR_POSITIONAL:
                if args:
                    found[p.name], args = tuple(args), []
            elif p.kind == _VAR_KEYWORD:
                rest = p.name
            elif args and p.kind != _KEYWORD_ONLY:
                if p.name in kwargs and p.kind != _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {p.name!r}")
                found[p.name] = args.pop(0)
            elif p.name in kwargs and p.kind != _POSITIONAL_ONLY:
                found[p.name] = kwargs.pop(p.name)
            elif p.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {p.name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs and rest is None:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        if kwargs:
            found[rest] = kwargs
        return BoundArguments(self, found)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        shown, slash, star = [], False, False
        for p in self._parameters.values():
            if p.kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                shown.append("/")
                slash = False
            if p.kind == _VAR_POSITIONAL:
                star = True
            elif p.kind == _KEYWORD_ONLY and not star:
                shown.append("*")
                star = True
            shown.append(str(p))
        if slash:
            shown.append("/")
        returned = "" if self._return_annotation is _empty else f" -> {formatannotation(self._return_annotation)}"
        return f"({', '.join(shown)}){returned}"

    def __repr__(self):
        return f"<Signature {self}>"


def _of_function(function):
    code, notes = function.__code__, function.__annotations__
    names, defaults = code.co_varnames, function.__defaults__ or ()
    positional, only = code.co_argcount, code.co_posonlyargcount
    made = []
    for i, name in enumerate(names[:positional]):
        made.append(Parameter(name, _POSITIONAL_ONLY if i < only else _POSITIONAL_OR_KEYWORD,
                              default=defaults[i - positional] if i >= positional - len(defaults) else _empty,
                              annotation=notes.get(name, _empty)))
    at = positional + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        made.append(Parameter(names[at], _VAR_POSITIONAL, annotation=notes.get(names[at], _empty)))
    for name in names[positional:at]:
        made.append(Parameter(name, _KEYWORD_ONLY, default=(function.__kwdefaults__ or {}).get(name, _empty),
                              annotation=notes.get(name, _empty)))
    at += bool(code.co_flags & CO_VARARGS)
    if code.co_flags & CO_VARKEYWORDS:
        made.append(Parameter(names[at], _VAR_KEYWORD, annotation=notes.get(names[at], _empty)))
    return Signature(made, return_annotation=notes.get("return", _empty))


def _without_first(found):
    parameters = list(found.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    return found if parameters[0].kind is _VAR_POSITIONAL else found.replace(parameters=parameters[1:])


def _of_partial(partial):
    found = _signature(partial.func)
    given = found.bind_partial(*partial.args, **partial.keywords).arguments
    made, by_name = [], False
    for p in found.parameters.values():
        if p.name in partial.keywords:
            by_name = True
            made.append(p.replace(kind=_KEYWORD_ONLY, default=partial.keywords[p.name]))
        elif p.name in given and p.kind not in (_VAR_POSITIONAL, _VAR_KEYWORD):
            continue
        elif by_name and p.kind is _POSITIONAL_OR_KEYWORD:
            made.append(p.replace(kind=_KEYWORD_ONLY))
        elif not (by_name and p.kind is _VAR_POSITIONAL):
            made.append(p)
    return found.replace(parameters=made)


def _signature(obj, follow_wrapped=True):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return _without_first(_signature(obj.__func__, follow_wrapped))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
        if ismethod(obj):
            return _signature(obj)
    own = getattr(obj, "__signature__", None)
    if own is not None:
        if not isinstance(own, Signature):
            raise TypeError(f"unexpected object {own!r} in __signature__ attribute")
        return own
    if isfunction(obj):
        return _of_function(obj)
    if isinstance(obj, functools.partial):
        return _of_partial(obj)
    if isclass(obj):
        for cls, name in ((type(obj), "__call__"), (obj, "__new__"), (obj, "__init__")):
            found = getattr(cls, name, None)
            if isfunction(found):
                return _without_first(_signature(found))
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
    else:
        found = getattr(type(obj), "__call__", None)
        if isfunction(found):
            return _without_first(_signature(found))
    raise ValueError(f"no signature found for builtin {obj!r}")


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped)


class FullArgSpec(tuple):
    _fields = ("args", "varargs", "varkw", "defaults", "kwonlyargs", "kwonlydefaults", "annotations")

    def __getattr__(self, name):
        if name in self._fields:
            return self[self._fields.index(name)]
        raise AttributeError(name)


def getfullargspec(func):
    try:
        found = _signature(func, False)
    except ValueError:
        raise TypeError("unsupported callable") from None
    args, kwonly, defaults, by_name, notes, varargs, varkw = [], [], [], {}, {}, None, None
    for p in found.parameters.values():
        if p.kind is _VAR_POSITIONAL:
            varargs = p.name
        elif p.kind is _VAR_KEYWORD:
            varkw = p.name
        elif p.kind is _KEYWORD_ONLY:
            kwonly.append(p.name)
            if p.default is not _empty:
                by_name[p.name] = p.default
        else:
            args.append(p.name)
            if p.default is not _empty:
                defaults.append(p.default)
        if p.annotation is not _empty:
            notes[p.name] = p.annotation
    if found.return_annotation is not _empty:
        notes["return"] = found.return_annotation
    if ismethod(func):
        args.insert(0, func.__func__.__code__.co_varnames[0])
    return FullArgSpec((args, varargs, varkw, tuple(defaults) or None, kwonly, by_name or None, notes))
