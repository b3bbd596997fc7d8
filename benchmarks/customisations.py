"""Customisations of TEI as projects make them: fewer modules, fewer elements, closed lists of values, required attributes.

Each is a RELAX NG grammar that includes ``tei_all.rng`` and overrides what it does not want.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

ALWAYS = ("tei", "header", "core", "textstructure")
RNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
TEI = "http://www.tei-c.org/ns/1.0"


@dataclass(frozen=True)
class Values:
    """What an attribute may be: one of the values or, without any, text of an XSD datatype."""

    attribute: str
    values: tuple[str, ...] = ()
    datatype: str = "NCName"
    is_required: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Customisation:
    """The modules kept besides the four that every one has, elements left out of them, attribute definitions replaced."""

    modules: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    attributes: Mapping[str, Values] = field(default_factory=dict)
    content: Mapping[str, str] = field(default_factory=dict)


TYPE, REND, N = "att.typed.attribute.type", "att.global.rendition.attribute.rend", "att.global.attribute.n"
WHEN, WHO, REF = "att.datable.w3c.attribute.when", "att.ascribed.attribute.who", "att.canonical.attribute.ref"
CERT, LANG = "att.global.responsibility.attribute.cert", "att.global.attribute.xmllang"
BLANK = "<zeroOrMore><choice><text/><ref name='model.phrase'/><ref name='model.global'/></choice></zeroOrMore>"

CUSTOMISATIONS = {
    "bare": Customisation(
        without=tuple(
            "analytic monogr series biblStruct biblFull gb cb imprint sp speaker stage meeting relatedItem index".split()
        )
    ),
    "lite": Customisation(
        ("figures", "linking", "analysis", "drama", "namesdates", "gaiji"),
        tuple("choice measureGrp postBox street linkGrp forename surname addSpan w s c climate offset".split()),
        {REND: Values("rend", tuple("bold italic smallcaps center sup sub i b".split()), is_list=True)},
    ),
    "drama": Customisation(
        ("drama", "verse", "corpus", "namesdates", "linking", "figures"),
        attributes={WHO: Values("who", datatype="anyURI", is_required=True, is_list=True)},
    ),
    "manuscripts": Customisation(
        ("msdescription", "transcr", "textcrit", "gaiji", "namesdates", "figures", "linking"),
        attributes={CERT: Values("cert", ("high", "low")), WHEN: Values("when", datatype="date")},
    ),
    "dictionaries": Customisation(
        ("dictionaries", "gaiji", "linking"),
        attributes={TYPE: Values("type", tuple("main sub lemma inflected abbrev section chapter".split()))},
    ),
    "letters": Customisation(
        ("namesdates", "transcr", "linking", "textcrit"),
        ("sp", "stage", "divGen"),
        {
            REF: Values("ref", datatype="anyURI"),
            WHEN: Values("when", datatype="gYear"),
            N: Values("n", datatype="positiveInteger"),
        },
    ),
    "epigraphy": Customisation(
        ("msdescription", "transcr", "textcrit", "gaiji", "namesdates", "figures", "linking", "analysis", "verse"),
        ("hi", "emph"),
        {TYPE: Values("type", ("edition", "translation", "commentary", "bibliography", "apparatus", "textpart"))},
    ),
    "speech": Customisation(
        ("spoken", "corpus", "analysis", "linking", "namesdates", "iso-fs", "certainty"),
        attributes={WHO: Values("who", datatype="NMTOKEN"), LANG: Values("xml:lang", ("en", "de", "fr", "la"))},
    ),
    "documentation": Customisation(
        ("tagdocs", "gaiji", "figures", "nets", "linking"), attributes={N: Values("n", datatype="decimal")}
    ),
    "facsimiles": Customisation(
        ("transcr", "textcrit", "figures", "linking", "analysis", "namesdates", "verse"),
        ("add", "del"),
        content={"zone": BLANK, "line": BLANK},
    ),
}


def schema(customisation: Customisation, shared: Path) -> bytes:
    """The grammar of a customisation, which includes ``tei_all.rng``."""
    known = json.loads((shared / "schema/p5subset.json").read_text(encoding="utf-8"))["elements"]
    kept = {*ALWAYS, *customisation.modules}
    out = {one["ident"] for one in known if one["module"] not in kept} | set(customisation.without)
    overrides = [_define(name, "<notAllowed/>") for name in sorted(out)]
    overrides += [_define(name, _attribute(values)) for name, values in customisation.attributes.items()]
    overrides += [
        _define(name, f"<element name='{name}'>{model}</element>") for name, model in customisation.content.items()
    ]
    return (
        f"<grammar xmlns='{RNG}' ns='{TEI}' datatypeLibrary='{XSD}'>\n<include href='tei_all.rng'>\n"
        + "\n".join(overrides)
        + "\n</include>\n</grammar>\n"
    ).encode()


def _define(name: str, content: str) -> str:
    return f"<define name={quoteattr(name)}>{content}</define>"


def _attribute(values: Values) -> str:
    content = f"<data type='{values.datatype}'/>"
    if values.values:
        content = "<choice>" + "".join(f"<value>{value}</value>" for value in values.values) + "</choice>"
    if values.is_list:
        content = f"<list><oneOrMore>{content}</oneOrMore></list>"
    written = f"<attribute name='{values.attribute}' ns=''>{content}</attribute>"
    return written if values.is_required else f"<optional>{written}</optional>"
