"""Datatypes: the built-in library, those of XML Schema with their parameters, and those of DTD compatibility."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from editio.relaxng import moments
from editio.relaxng.lexical import collapsed, is_name, is_ncname, is_nmtoken, replaced, words
from editio.relaxng.regex import RegexError, compiled

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
UNPARSED = "\0"  # before the name of an unparsed entity, among the prefixes
Prefixes = Mapping[str, str]
Parse = Callable[[str, Prefixes], object]  # the value of a text; None if it has none
Facet = Callable[[str, object], bool]


class DatatypeError(ValueError):
    """What is wrong with the name or the parameters of a datatype."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What all datatypes of a name share."""

    parse: Parse
    words: str
    space: Callable[[str], str] = collapsed
    identity: str = ""
    needs_prefixes: bool = False
    length: Callable[[str, object], int] | None = None
    ordered: bool = False
    digits: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Restricted:
    """A datatype with its parameters."""

    library: str
    name: str
    params: tuple[tuple[str, str], ...]
    kind: _Kind
    facets: tuple[Facet, ...] = field(default=())

    @property
    def identity(self) -> str:
        """ID, IDREF or IDREFS."""
        return self.kind.identity

    @property
    def needs_prefixes(self) -> bool:
        """Whether a text means something only with the prefixes in scope."""
        return self.kind.needs_prefixes

    def allows(self, text: str, prefixes: Prefixes) -> bool:
        """Whether a text is of this type."""
        kind = self.kind
        text = kind.space(text)
        value = kind.parse(text, prefixes)
        return value is not None and all(facet(text, value) for facet in self.facets)

    def meaning(self, text: str, prefixes: Prefixes) -> object:
        """The value of a text."""
        return self.kind.parse(self.kind.space(text), prefixes)

    def described(self) -> str:
        """The datatype in words, with what its parameters ask."""
        asked = ", ".join(
            _PATTERNS_IN_WORDS.get(text) or _PARAMS_IN_WORDS[name].format(text) for name, text in self.params
        )
        return f"{self.kind.words} ({asked})" if asked else self.kind.words


# What everybody would otherwise have to read a regular expression for.
_PATTERNS_IN_WORDS = {
    r"\S+": "without spaces",
    r"[^\p{C}\p{Z}]+": "without spaces",
    r"(\p{L}|\p{N}|\p{P}|\p{S})+": "without spaces",
}
_PARAMS_IN_WORDS = {
    "pattern": "of the form {}",
    "length": "exactly {} long",
    "minLength": "at least {} long",
    "maxLength": "at most {} long",
    "minInclusive": "at least {}",
    "maxInclusive": "at most {}",
    "minExclusive": "more than {}",
    "maxExclusive": "less than {}",
    "totalDigits": "at most {} digits",
    "fractionDigits": "at most {} digits after the point",
}


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, params: tuple[tuple[str, str], ...]) -> Restricted:
    """The datatype of a name in a library, with parameters."""
    kinds = _LIBRARIES.get(library)
    if kinds is None:
        raise DatatypeError(f"the datatype library “{library}” is not known")
    kind = kinds.get(name)
    if kind is None:
        raise DatatypeError(f"there is no datatype “{name}”" + ("" if library else " without a datatype library"))
    if params and library != XSD:
        raise DatatypeError(f"the datatype “{name}” takes no parameters")
    return Restricted(library, name, params, kind, tuple(_facet(kind, name, *param) for param in params))


def _facet(kind: _Kind, name: str, param: str, text: str) -> Facet:
    if param == "pattern":
        try:
            expression = compiled(text)
        except RegexError as error:
            raise DatatypeError(f"the pattern “{text}” cannot be read: {error}") from None
        return lambda lexical, _: expression.matches(lexical)
    wrong = DatatypeError(f"the datatype “{name}” has no parameter “{param}”")
    text = collapsed(text)
    if param in ("length", "minLength", "maxLength"):
        if kind.length is None:
            raise wrong
        return _length_facet(kind.length, param, _number(param, text))
    if param in ("totalDigits", "fractionDigits"):
        if not kind.digits:
            raise wrong
        return _digits_facet(param, _number(param, text))
    if param not in _COMPARED or not kind.ordered:
        raise wrong
    bound = kind.parse(text, {})
    if bound is None:
        raise DatatypeError(f"“{text}” is not a value of the datatype “{name}”")
    compare = _COMPARED[param]
    return lambda _, value: compare(value, bound)


def _number(param: str, text: str) -> int:
    if not re.fullmatch(r"\+?[0-9]{1,18}", text) or (param == "totalDigits" and not int(text)):
        raise DatatypeError(f"“{param}” must be a number, not “{text}”")
    return int(text)


def _length_facet(length: Callable[[str, object], int], param: str, number: int) -> Facet:
    match param:
        case "length":
            return lambda text, value: length(text, value) == number
        case "minLength":
            return lambda text, value: length(text, value) >= number
    return lambda text, value: length(text, value) <= number


def _digits_facet(param: str, number: int) -> Facet:
    def fits(text: str, _: object) -> bool:
        whole, _, fraction = text.lstrip("+-").partition(".")
        fraction = fraction.rstrip("0")
        return len(fraction) + (len(whole.lstrip("0")) if param == "totalDigits" else 0) <= number

    return fits


def _before(one: object, other: object) -> bool:
    match one, other:
        case moments.Moment(), moments.Moment():
            return one.before(other)
        case moments.Duration(), moments.Duration():
            return one.before(other)
        case Decimal(), Decimal():
            return one < other
        case float(), float():
            return one < other
    return False


_COMPARED: dict[str, Callable[[object, object], bool]] = {
    "minInclusive": lambda value, bound: value == bound or _before(bound, value),
    "maxInclusive": lambda value, bound: value == bound or _before(value, bound),
    "minExclusive": lambda value, bound: _before(bound, value),
    "maxExclusive": _before,
}


# --- how the values of datatypes are read


def _text(text: str, _: Prefixes) -> object:
    return text


def _matching(fits: Callable[[str], object]) -> Parse:
    return lambda text, _: text if fits(text) else None


def _several(fits: Callable[[str], object]) -> Parse:
    def parse(text: str, _: Prefixes) -> object:
        found = words(text)
        return tuple(found) if found and all(fits(word) for word in found) else None

    return parse


def _boolean(text: str, _: Prefixes) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _decimal(text: str, _: Prefixes) -> object:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _integer(least: int | None = None, most: int | None = None) -> Parse:
    def parse(text: str, _: Prefixes) -> object:
        if not _INTEGER.fullmatch(text):
            return None
        value = Decimal(text)
        return value if (least is None or value >= least) and (most is None or value <= most) else None

    return parse


def _double(text: str, _: Prefixes) -> object:
    if text in ("INF", "-INF"):
        return float(text)
    if text == "NaN":
        return "NaN"  # which is equal to itself here, and in no order
    return float(text) if _DOUBLE.fullmatch(text) else None


def _float(text: str, prefixes: Prefixes) -> object:
    value = _double(text, prefixes)
    if not isinstance(value, float):
        return value
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _hexadecimal(text: str, _: Prefixes) -> object:
    return bytes.fromhex(text) if re.fullmatch("(?:[0-9A-Fa-f]{2})*", text) else None


_BASE64 = re.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?")


def _base64(text: str, _: Prefixes) -> object:
    packed = text.replace(" ", "")
    return base64.b64decode(packed) if _BASE64.fullmatch(packed) else None


def _qname(text: str, prefixes: Prefixes) -> object:
    prefix, colon, local = text.rpartition(":")
    if not is_ncname(local) or (colon and (not is_ncname(prefix) or prefix not in prefixes)):
        return None
    return prefixes.get(prefix, ""), local


def _entity(text: str, prefixes: Prefixes) -> object:
    return text if is_ncname(text) and UNPARSED + text in prefixes else None


def _entities(text: str, prefixes: Prefixes) -> object:
    found = tuple(words(text))
    return found if found and all(_entity(word, prefixes) for word in found) else None


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*\Z")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _uri(text: str, _: Prefixes) -> object:
    """A reference whose escapes are whole, with one fragment at most and a scheme, if any, that can be one."""
    if text.isalnum():
        return text
    before, _mark, fragment = text.partition("#")
    if "#" in fragment or ("%" in text and _PERCENT.search(text)):
        return None
    head, colon, rest = before.partition(":")
    if colon and "/" not in head and "?" not in head and (not _SCHEME.match(head) or not rest):
        return None
    return text


def _characters(text: str, _: object) -> int:
    return len(text)


def _items(_: str, value: object) -> int:
    return len(value) if isinstance(value, Sequence | bytes) else 0


def _moment(parse: Callable[[str], object]) -> Parse:
    return lambda text, _: parse(text)


def _same(text: str) -> str:
    return text


_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_INTEGERS: dict[str, tuple[int | None, int | None, str]] = {
    "integer": (None, None, "a whole number"),
    "nonPositiveInteger": (None, 0, "a whole number, 0 or less"),
    "negativeInteger": (None, -1, "a whole number less than 0"),
    "nonNegativeInteger": (0, None, "a whole number, 0 or more"),
    "positiveInteger": (1, None, "a whole number, 1 or more"),
    **{
        name: (-(2**bits), 2**bits - 1, f"a whole number from {-(2**bits)} to {2**bits - 1}")
        for name, bits in (("long", 63), ("int", 31), ("short", 15), ("byte", 7))
    },
    **{
        name: (0, 2**bits - 1, f"a whole number from 0 to {2**bits - 1}")
        for name, bits in (("unsignedLong", 64), ("unsignedInt", 32), ("unsignedShort", 16), ("unsignedByte", 8))
    },
}
_MOMENTS = {
    "dateTime": "a date and time like 1862-08-22T10:30:00",
    "time": "a time like 10:30:00",
    "date": "a date like 1862-08-22",
    "gYearMonth": "a year and month like 1862-08",
    "gYear": "a year like 1862",
    "gMonthDay": "a month and day like --08-22",
    "gDay": "a day like ---22",
    "gMonth": "a month like --08",
}
_BUILT_IN = {
    "string": _Kind(_text, "any text", space=_same),
    "token": _Kind(_text, "any text"),
}
_NCNAME = _matching(is_ncname)
_ID = _Kind(_NCNAME, "an identifier, a name without colon", identity="ID", length=_characters)
_IDREF = _Kind(_NCNAME, "the identifier of an element", identity="IDREF", length=_characters)
_IDREFS = _Kind(_several(is_ncname), "identifiers of elements", identity="IDREFS", length=_items)
_LIBRARIES: dict[str, dict[str, _Kind]] = {
    "": _BUILT_IN,
    COMPATIBILITY: {"ID": _ID, "IDREF": _IDREF, "IDREFS": _IDREFS},
    XSD: {
        "string": _Kind(_text, "any text", space=_same, length=_characters),
        "normalizedString": _Kind(_text, "any text", space=replaced, length=_characters),
        "token": _Kind(_text, "any text", length=_characters),
        "language": _Kind(_matching(_LANGUAGE.fullmatch), "a language tag like de or en-GB", length=_characters),
        "Name": _Kind(_matching(is_name), "a name", length=_characters),
        "NCName": _Kind(_NCNAME, "a name without colon", length=_characters),
        "NMTOKEN": _Kind(_matching(is_nmtoken), "a word of letters, digits and . - _ :", length=_characters),
        "NMTOKENS": _Kind(_several(is_nmtoken), "words of letters, digits and . - _ :", length=_items),
        "ID": _ID,
        "IDREF": _IDREF,
        "IDREFS": _IDREFS,
        "ENTITY": _Kind(_entity, "the name of an unparsed entity", needs_prefixes=True, length=_characters),
        "ENTITIES": _Kind(_entities, "names of unparsed entities", needs_prefixes=True, length=_items),
        "QName": _Kind(_qname, "a name whose prefix is declared", needs_prefixes=True, length=_characters),
        "NOTATION": _Kind(_qname, "the name of a notation", needs_prefixes=True, length=_characters),
        "anyURI": _Kind(_uri, "a URI", length=_characters),
        "boolean": _Kind(_boolean, "true, false, 1 or 0"),
        "decimal": _Kind(_decimal, "a decimal number", ordered=True, digits=True),
        "float": _Kind(_float, "a number", ordered=True),
        "double": _Kind(_double, "a number", ordered=True),
        "hexBinary": _Kind(_hexadecimal, "bytes in hexadecimal digits", length=_items),
        "base64Binary": _Kind(_base64, "bytes in base64", length=_items),
        "duration": _Kind(_moment(moments.duration), "a duration like P1Y2M3D", ordered=True),
        **{
            name: _Kind(_integer(least, most), said, ordered=True, digits=True)
            for name, (least, most, said) in _INTEGERS.items()
        },
        **{name: _Kind(_moment(read), _MOMENTS[name], ordered=True) for name, read in moments.parsers().items()},
    },
}
