"""The authority files an entry can be linked to: how their identifiers are written, checked and addressed.

Where the forms come from, and by which published identifiers the check digits were verified:

- GND: “Berechnung der Prüfziffern” in the wiki of the Deutsche Nationalbibliothek, and Wikidata P227. The last digit
  is modulo 11 with weights from 2; numbers with a hyphen that came from SWD and GKD keep the complement
  (118540238, 118627813, 4074255-6, 2024703-5, 1231643-X, 10129254-6).
- ISNI, ORCID: ISO 7064 MOD 11-2, “Structure of the ORCID Identifier” (0000-0002-1825-0097, 0000000121691048).
- BnF: the check character of NOID over the name of the ARK without its authority number (cb119016075, cb12423662g).
- IdRef: the number of the Sudoc, modulo 11 as in the GND (027274527, 03322286X).
- ROR: Crockford's base 32 with a checksum by ISO 7064 MOD 97-10 (021nxhr62, 05rrcem69).
- LCNAF: “LCCN Namespace” of the Library of Congress (n79021164, no2001089331, n78-890351).
- VIAF, Wikidata, GeoNames, TGN, ULAN, Pleiades, CERL have no check digit; their forms are those of Wikidata
  (P214, P1566, P1667, P245, P1584, P1871).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz"
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
# The types under which an idno holds an address instead of an identifier.
ADDRESSES = frozenset({"uri", "url", "iri", "http"})
SPACE_OR_HYPHEN = re.compile(r"[\s-]+")
LONGEST = 200


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _as_typed(text: str) -> str:
    return text


def _always(identifier: str) -> bool:
    return True


@dataclass(frozen=True)
class Authority:
    """An authority file: the @type of its idno, its address with ``{}`` for the identifier, the form of identifiers.

    ``spaces`` are the beginnings of its addresses, without scheme; ``looks`` says the form to an editor.
    """

    type: str
    name: str
    address: str
    pattern: re.Pattern[str]
    looks: str
    spaces: tuple[str, ...]
    example: str
    canonical: Callable[[str], str] = _as_typed
    adds_up: Callable[[str], bool] = _always
    aliases: tuple[str, ...] = ()

    def bare(self, text: str) -> str:
        """The identifier in its canonical form, of one that may be typed otherwise or as an address."""
        text = " ".join(text.split())
        inside = _inside(text, self.spaces)
        return self.canonical(text if inside is None else inside)

    def fault(self, text: str) -> str:
        """What is wrong with an identifier or address, in words; empty for a good one."""
        elsewhere = of_address(text)
        if elsewhere and elsewhere[0] is not self:
            return f"“{_short(text)}” is an address of {elsewhere[0].name}, not of {self.name}"
        bare = self.bare(text)
        if len(bare) > LONGEST or not self.pattern.fullmatch(bare):
            return f"“{_short(text)}” is not an identifier of {self.name}, which has {self.looks}"
        if not self.adds_up(bare):
            return f"the check digit of “{_short(text)}” is not right, so a character of this {self.name} is mistyped"
        return ""

    def link(self, text: str) -> str:
        """The address of what an identifier stands for."""
        return self.address.format(self.bare(text))


def of_type(type: str) -> Authority | None:
    """The authority file that the @type of an idno names."""
    return _BY_TYPE.get(type.casefold())


def of_address(text: str) -> tuple[Authority, str] | None:
    """The authority file that an address lies in, and the identifier there."""
    text = text.strip()
    if not re.match(r"(?i)https?://", text):
        return None
    for authority in AUTHORITIES:
        found = _inside(text, authority.spaces)
        if found is not None:
            return authority, authority.canonical(found)
    return None


def _inside(text: str, spaces: tuple[str, ...]) -> str | None:
    """What stands behind the beginning of an address: one segment of its path, or None if it lies elsewhere."""
    rest = re.sub(r"(?i)^https?://(www\.)?", "", text)
    for space in spaces:
        if rest.casefold().startswith(space):
            return unquote(re.split(r"[/?#]", rest[len(space) :], maxsplit=1)[0])
    return None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"


# --- canonical forms ----------------------------------------------------------------------------


def _joined(text: str) -> str:
    return SPACE_OR_HYPHEN.sub("", text).upper()


def _orcid(text: str) -> str:
    joined = _joined(text)
    return "-".join(joined[at : at + 4] for at in range(0, len(joined), 4))


def _lccn(text: str) -> str:
    """Normalised as the LCCN namespace says: no blanks, what follows a hyphen filled up to six digits."""
    before, hyphen, behind = re.sub(r"\s", "", text).casefold().partition("-")
    return before + (behind.rjust(6, "0") if hyphen else "")


def _ark(text: str) -> str:
    name = text.casefold().removeprefix("ark:").removeprefix("/").removeprefix("12148/")
    return name if name.startswith("cb") else f"cb{name}"


# --- check digits -------------------------------------------------------------------------------


def _modulo_11(digits: str) -> int:
    """The sum of the digits, weighted by 2, 3 … from the right, modulo 11."""
    return sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 2)) % 11


def _digit(value: int) -> str:
    return "X" if value == 10 else str(value)


def _ppn(identifier: str) -> bool:
    return identifier[-1] == _digit(-_modulo_11(identifier[:-1]) % 11)


def _gnd(identifier: str) -> bool:
    digits, hyphen, last = identifier.partition("-")
    if not hyphen:
        return _ppn(identifier)
    old = last == _digit(_modulo_11(digits))
    # only numbers of more than seven digits were given since the GND counts all alike
    return old or (len(digits) > 7 and _ppn(digits + last))


def _iso_7064(identifier: str) -> bool:
    digits = identifier.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == _digit((12 - total % 11) % 11)


def _noid(identifier: str) -> bool:
    values = (position * max(BETANUMERIC.find(char), 0) for position, char in enumerate(identifier[:-1], 1))
    return identifier[-1] == BETANUMERIC[sum(values) % len(BETANUMERIC)]


def _ror(identifier: str) -> bool:
    number = 0
    for char in identifier[:-2]:
        number = number * 32 + CROCKFORD.index(char)
    return int(identifier[-2:]) == 98 - number * 100 % 97


AUTHORITIES = (
    Authority(
        "gnd",
        "GND",
        "https://d-nb.info/gnd/{}",
        _form(r"1[0-9]?\d{7}[\dX]|3\d{7}[\dX]|[1-9]\d{0,7}-[\dX]"),
        "nine or ten digits, or up to eight, a hyphen and one more; the last may be X",
        ("d-nb.info/gnd/", "lobid.org/gnd/", "explore.gnd.network/gnd/"),
        "118540238",
        str.upper,
        _gnd,
        ("pnd", "gkd", "swd"),
    ),
    Authority(
        "viaf",
        "VIAF",
        "https://viaf.org/viaf/{}",
        _form(r"[1-9]\d{1,8}|[1-9]\d{18,21}"),
        "two to nine digits, or nineteen to twenty-two",
        ("viaf.org/viaf/", "viaf.org/en/viaf/"),
        "24602065",
    ),
    Authority(
        "wikidata",
        "Wikidata",
        "https://www.wikidata.org/entity/{}",
        _form(r"Q[1-9]\d{0,9}"),
        "a Q and digits",
        ("wikidata.org/entity/", "wikidata.org/wiki/", "m.wikidata.org/wiki/"),
        "Q5879",
        str.upper,
        aliases=("wd",),
    ),
    Authority(
        "geonames",
        "GeoNames",
        "https://sws.geonames.org/{}/",
        _form(r"[1-9]\d{0,8}"),
        "up to nine digits",
        ("sws.geonames.org/", "geonames.org/"),
        "4933887",
    ),
    Authority(
        "isni",
        "ISNI",
        "https://isni.org/isni/{}",
        _form(r"\d{15}[\dX]"),
        "sixteen digits, the last of which may be X",
        ("isni.org/isni/", "isni-url.oclc.nl/isni/"),
        "0000000121691048",
        _joined,
        _iso_7064,
    ),
    Authority(
        "orcid",
        "ORCID",
        "https://orcid.org/{}",
        _form(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"),
        "four groups of four digits, the last of which may be X",
        ("orcid.org/",),
        "0000-0002-1825-0097",
        _orcid,
        _iso_7064,
    ),
    Authority(
        "lcnaf",
        "LC Name Authority File",
        "https://id.loc.gov/authorities/names/{}",
        _form(r"n[abnors]?(?:\d{8}|20\d{8})"),
        "an n, perhaps another letter, and eight or ten digits",
        ("id.loc.gov/authorities/names/", "id.loc.gov/rwo/agents/", "lccn.loc.gov/"),
        "n79021164",
        _lccn,
        aliases=("lccn", "lc", "naf"),
    ),
    Authority(
        "bnf",
        "BnF",
        "https://data.bnf.fr/ark:/12148/{}",
        _form(rf"cb\d{{8}}[{BETANUMERIC}]"),
        "cb, eight digits and a control character",
        ("data.bnf.fr/ark:/12148/", "catalogue.bnf.fr/ark:/12148/", "ark.bnf.fr/ark:/12148/"),
        "cb119016075",
        _ark,
        _noid,
    ),
    Authority(
        "idref",
        "IdRef",
        "https://www.idref.fr/{}",
        _form(r"\d{8}[\dX]"),
        "nine digits, the last of which may be X",
        ("idref.fr/",),
        "027274527",
        str.upper,
        _ppn,
    ),
    Authority(
        "ror",
        "ROR",
        "https://ror.org/{}",
        _form(rf"0[{CROCKFORD}]{{6}}\d{{2}}"),
        "a 0, six letters or digits and two digits",
        ("ror.org/",),
        "052gg0110",
        str.casefold,
        _ror,
    ),
    Authority(
        "tgn",
        "Getty TGN",
        "https://vocab.getty.edu/tgn/{}",
        _form(r"[1-9]\d{6}"),
        "seven digits",
        ("vocab.getty.edu/tgn/", "vocab.getty.edu/page/tgn/"),
        "7011781",
    ),
    Authority(
        "ulan",
        "Getty ULAN",
        "https://vocab.getty.edu/ulan/{}",
        _form(r"500\d{6}"),
        "nine digits that begin with 500",
        ("vocab.getty.edu/ulan/", "vocab.getty.edu/page/ulan/"),
        "500115493",
    ),
    Authority(
        "pleiades",
        "Pleiades",
        "https://pleiades.stoa.org/places/{}",
        _form(r"[1-9]\d{1,9}"),
        "up to ten digits",
        ("pleiades.stoa.org/places/",),
        "579885",
    ),
    Authority(
        "cerl",
        "CERL Thesaurus",
        "https://data.cerl.org/thesaurus/{}",
        _form(r"cn[cilp]\d{8}"),
        "cnc, cni, cnl or cnp and eight digits",
        ("data.cerl.org/thesaurus/", "thesaurus.cerl.org/record/"),
        "cnp01259834",
        str.casefold,
    ),
)
_BY_TYPE = {name: authority for authority in AUTHORITIES for name in (authority.type, *authority.aliases)}
