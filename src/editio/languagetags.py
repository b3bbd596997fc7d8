"""Knows which language tags are well-formed and whose parts are registered (BCP 47: RFC 5646, the IANA registry)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from editio.languages import NAMES

# RFC 5646, section 2.1
LANGTAG = re.compile(
    r"""(?P<language>[a-z]{2,3}(?P<extlang>(?:-[a-z]{3}){0,3})|[a-z]{4}|[a-z]{5,8})
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
    (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
    (?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)
    (?:-x(?:-[a-z0-9]{1,8})+)?""",
    re.X | re.I | re.A,
)
PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.I | re.A)
GRANDFATHERED = frozenset(
    "en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu "
    "sgn-be-fr sgn-be-nl sgn-ch-de art-lojban cel-gaulish no-bok no-nyn zh-guoyu zh-hakka zh-min zh-min-nan "
    "zh-xiang".split()
)
# Tags for no language in particular; they need no declaration.
UNSPECIFIC = frozenset({"und", "zxx", "mul", "mis"})
# Codes of three letters (ISO 639-2, both sets) where the registry has one of two.
LONG_CODES = dict(
    pair.split(":")
    for pair in (
        "eng:en deu:de ger:de fra:fr fre:fr ita:it spa:es por:pt lat:la ell:el gre:el rus:ru pol:pl ces:cs cze:cs slk:sk "
        "slo:sk nld:nl dut:nl dan:da swe:sv nor:no fin:fi hun:hu heb:he yid:yi ara:ar tur:tr ukr:uk bel:be bul:bg hrv:hr "
        "srp:sr slv:sl ron:ro rum:ro est:et lav:lv lit:lt gle:ga cym:cy wel:cy isl:is ice:is cat:ca eus:eu baq:eu "
        "glg:gl hye:hy arm:hy kat:ka geo:ka fas:fa per:fa hin:hi san:sa zho:zh chi:zh jpn:ja kor:ko vie:vi"
    ).split()
)
COMMON = frozenset(NAMES.values()) | UNSPECIFIC
# What everyday tags go on with: the registry, which is long, need not be read for them.
COMMON_SCRIPTS = frozenset("latn cyrl grek hebr arab hans hant".split())
COMMON_REGIONS = frozenset("gb us ca au ie de at ch fr be it es pt br nl pl ru ua gr il eg tr cn tw jp in".split())
# Ranges of the registry for private use, RFC 5646 section 2.2
OWN_USE = {
    "language": re.compile(r"q[a-t][a-z]"),
    "script": re.compile(r"qa[a-b][a-x]"),
    "region": re.compile(r"aa|q[m-z]|x[a-z]|zz"),
}


@lru_cache(maxsize=1024)
def is_well_formed(tag: str) -> bool:
    """Whether a tag has the form of RFC 5646."""
    found = LANGTAG.fullmatch(tag)
    if found is None:
        return bool(PRIVATE.fullmatch(tag)) or tag.lower() in GRANDFATHERED
    return not _repeats(found["variants"]) and not _repeats("-".join(re.findall(r"-(\w)(?=-)", found["extensions"])))


@lru_cache(maxsize=1024)
def unregistered_part(tag: str) -> tuple[str, str]:
    """The first part of a well-formed tag that the registry does not have, and what it stands for; empty if it has all."""
    if _is_everyday(tag.lower()) or tag.lower() in GRANDFATHERED:
        return "", ""
    found = LANGTAG.fullmatch(tag.lower())
    for kind, part in _parts(found) if found else ():
        own = OWN_USE.get(kind)
        if kind not in _registry().get(part, {}) and not (own and own.fullmatch(part)):
            return part, kind
    return "", ""


def _is_everyday(tag: str) -> bool:
    language, _, rest = tag.partition("-")
    script, _, region = rest.partition("-") if rest[4:5] in ("", "-") and len(rest) > 3 else ("", "", rest)
    return language in COMMON and (not script or script in COMMON_SCRIPTS) and (not region or region in COMMON_REGIONS)


def suggestion(tag: str) -> str:
    """The tag that was likely meant; empty if that cannot be told."""
    tried = tag.strip().replace("_", "-").replace(" ", "-")
    first, hyphen, rest = tried.partition("-")
    language = LONG_CODES.get(first.lower()) or NAMES.get(first.lower()) or first
    made = f"{language}{hyphen}{rest}"
    return made if made != tag and is_well_formed(made) and not unregistered_part(made)[0] else ""


@lru_cache(maxsize=1024)
def covers(declared: str, used: str) -> bool:
    """Whether one of two tags says the same as the other, or more: ``de`` and ``de-AT``."""
    one, other = (f"{suggestion(tag) or tag}-".lower() for tag in (declared, used))
    return other.startswith(one) or one.startswith(other)


def _parts(found: re.Match[str]) -> list[tuple[str, str]]:
    language, *extended = found["language"].split("-")
    parts = [("language", language), *(("extlang", one) for one in extended)]
    parts += [(kind, found[kind]) for kind in ("script", "region") if found[kind]]
    return parts + [("variant", one) for one in found["variants"].split("-") if one]


def _repeats(parts: str) -> bool:
    all = [part for part in parts.lower().split("-") if part]
    return len(set(all)) < len(all)


@cache
def _registry() -> Mapping[str, Mapping[str, int]]:
    """The kinds of each registered subtag."""
    package = find_spec("language_tags")  # to import it would read all of its tables
    assert package is not None and package.origin is not None, "a dependency of Editio"
    text = (Path(package.origin).parent / "data/json/index.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, int]] = json.loads(text)
    return found
