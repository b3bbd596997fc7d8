"""Name classes: which names an element or attribute may have (RELAX NG 4.8 to 4.11, 6.1, 7.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns"
NOWHERE = "\0"  # a namespace and a name that no schema can write down


@dataclass(frozen=True, slots=True)
class Name:
    """Exactly this name."""

    namespace: str
    local: str


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name but the excepted."""

    excepted: NameClass | None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of a namespace but the excepted."""

    namespace: str
    excepted: NameClass | None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Every name of any of the parts."""

    parts: tuple[NameClass, ...]


NameClass = Name | AnyName | NsName | NameChoice


def contains(names: NameClass, name: Name) -> bool:
    """Whether a name is one of the names."""
    match names:
        case Name():
            return names == name
        case AnyName(excepted):
            return excepted is None or not contains(excepted, name)
        case NsName(namespace, excepted):
            return namespace == name.namespace and (excepted is None or not contains(excepted, name))
        case NameChoice(parts):
            return any(contains(part, name) for part in parts)


def plain_names(names: NameClass) -> list[Name]:
    """The names that are named one by one."""
    match names:
        case Name():
            return [names]
        case NameChoice(parts):
            return [name for part in parts for name in plain_names(part)]
        case _:
            return []


def is_infinite(names: NameClass) -> bool:
    """Whether there are names that are not named one by one."""
    match names:
        case Name():
            return False
        case NameChoice(parts):
            return any(is_infinite(part) for part in parts)
        case _:
            return True


def overlap(one: NameClass, other: NameClass) -> bool:
    """Whether some name is in both; it is enough to try the names that tell them apart (7.4)."""
    return any(
        contains(one, name) and contains(other, name) for name in (*_representatives(one), *_representatives(other))
    )


def _representatives(names: NameClass) -> Iterator[Name]:
    match names:
        case Name():
            yield names
        case AnyName(excepted):
            yield Name(NOWHERE, NOWHERE)
            if excepted is not None:
                yield from _representatives(excepted)
        case NsName(namespace, excepted):
            yield Name(namespace, NOWHERE)
            if excepted is not None:
                yield from _representatives(excepted)
        case NameChoice(parts):
            for part in parts:
                yield from _representatives(part)


def name_of(expanded: str) -> Name:
    """The name that expat writes as ``namespace}local``, or ``local``."""
    namespace, _, local = expanded.rpartition("}")
    return Name(namespace, local)


def expanded(name: Name) -> str:
    """A name as expat writes it."""
    return f"{name.namespace}}}{name.local}" if name.namespace else name.local


def shown(names: NameClass) -> list[str]:
    """The names in words, as they are listed in messages."""
    match names:
        case Name(local=local):
            return [f"xml:{local}" if names.namespace == XML else local]
        case AnyName():
            return ["any name"]
        case NsName(namespace):
            return [f"any name of {namespace}" if namespace else "any name without namespace"]
        case NameChoice(parts):
            return [word for part in parts for word in shown(part)]
