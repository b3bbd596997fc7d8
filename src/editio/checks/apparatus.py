"""Checks of the critical apparatus: witnesses, readings, and where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.pointing import Pointing, is_tei, pointed_to
from editio.registry import Finding, check
from editio.tei import TEI, XML_ID, local_name

READINGS = (f"{TEI}lem", f"{TEI}rdg")
# What says of a reading where it comes from, other than its witnesses.
SOURCES = ("wit", "source", "hand", "resp", "sameAs", "copyOf", "cause", "ed", "edRef")
# What makes two readings of one witness tell of two things: who corrected what, when.
APART = ("hand", "type", "varSeq", "cause", "resp", "ana")
LACUNAE = tuple(f"{TEI}{name}" for name in ("lacunaStart", "lacunaEnd", "witStart", "witEnd"))
# What can be a witness that a siglum points to.
WITNESSES = frozenset(
    f"{TEI}{name}"
    for name in "witness listWit bibl biblStruct biblFull listBibl msDesc msPart msFrag object person org handNote TEI "
    "text group edition item label abbr idno siglum app name respStmt editor author".split()
)


@check(
    Severity.ERROR,
    "correct the siglum, or add the witness to the listWit in the header",
    '<rdg wit="#D">…</rdg>, while the listWit has A, B and C',
)
def unknown_witness(document: Document, edition: Edition) -> Iterable[Finding]:
    """A reading names a witness that no list of witnesses has."""
    pointing: Pointing | None = None
    sound: set[str] = set()
    for element, _, value in document.lookup.attributes("wit"):
        if value in sound or not is_tei(element):
            continue
        pointing = pointing or Pointing(document, edition)
        faults = [fault for pointer in value.split() if (fault := _fault_of_siglum(pointer, element, pointing))]
        yield from (Finding(document.location(element), fault) for fault in faults)
        if not faults:
            sound.add(value)


def _fault_of_siglum(pointer: str, element: etree._Element, pointing: Pointing) -> str:
    by_id = pointing.document.lookup.by_id
    if pointer.startswith("#"):
        found = by_id.get(pointer[1:], ())
        if found:
            known = any(one.tag in WITNESSES for one in found)
            return "" if known else f"“{pointer}” is not a witness, but a {local_name(found[0])}"
        known = any(pointer[1:] in register.lookup.by_id for register in pointing.edition.registers)
        return "" if known or not pointing.fault(pointer, element) else f"no witness has the id “{pointer[1:]}”"
    if pointer in by_id:
        return f"“{pointer}” is a siglum, but no pointer: “#{pointer}” points to that witness"
    return pointing.fault(pointer, element) and f"no witness is called “{pointer}”"


@check(
    Severity.WARNING,
    "give the reading its @wit, or @source or @hand if no witness has it",
    "<rdg>autumn</rdg>",
)
def reading_without_witness(document: Document, edition: Edition) -> Iterable[Finding]:
    """A reading says neither which witness has it nor where else it comes from, though others do."""
    readings = document.lookup.elements("rdg")
    sourced = [_has_source(reading) for reading in readings]
    if 2 * sum(sourced) > len(readings):
        for reading, has in zip(readings, sourced, strict=True):
            if not has:
                yield Finding(document.location(reading), "this reading has no witness")


def _has_source(reading: etree._Element) -> bool:
    if any(reading.get(name) for name in SOURCES) or any(child.tag == f"{TEI}wit" for child in reading):
        return True
    follows = reading.getnext()
    if follows is not None and follows.tag in (f"{TEI}wit", f"{TEI}witDetail"):
        return True
    group = reading.getparent()
    return group is not None and group.tag == f"{TEI}rdgGrp" and _has_source(group)


@check(
    Severity.INFO,
    "mark the reading of the edited text by <lem>, if it is one of them",
    '<app><rdg wit="#A">here</rdg><rdg wit="#B">there</rdg></app>',
)
def missing_lemma(document: Document, edition: Edition) -> Iterable[Finding]:
    """An entry of the apparatus has no lemma, though most of the others have."""
    apps = document.lookup.elements("app")
    without = [app for app in apps if app.find(f".//{TEI}lem") is None and app.find(f".//{TEI}rdg") is not None]
    if 4 * len(without) < len(apps) or 2 * len(without) < len(apps) < 8:
        yield from (Finding(document.location(app), "this entry of the apparatus has no lemma") for app in without)


@check(Severity.WARNING, "add the readings, or delete the app", "<app><note>see the facsimile</note></app>")
def empty_apparatus(document: Document, edition: Edition) -> Iterable[Finding]:
    """An entry of the apparatus has no reading at all."""
    for app in document.lookup.elements("app"):
        pointing = app.get("sameAs") or app.get("copyOf")
        if not pointing and next(app.iter(*READINGS), None) is None:
            yield Finding(document.location(app), "this entry of the apparatus has no reading")


@check(
    Severity.WARNING,
    "take the witness out of one of the readings; if a hand corrected it, say so by @hand, @type or @varSeq",
    '<app><lem wit="#A #B">here</lem><rdg wit="#B">there</rdg></app>',
)
def repeated_witness(document: Document, edition: Edition) -> Iterable[Finding]:
    """A witness has two readings at one place, or is named twice for one."""
    for app in document.lookup.elements("app"):
        seen: dict[str, etree._Element] = {}
        for reading in _readings(app):
            if any(reading.get(name) for name in APART):
                continue
            for siglum in reading.get("wit", "").split():
                if siglum in seen:
                    same = seen[siglum] is reading
                    message = f"the witness “{siglum}” is named twice" + (
                        "" if same else " in one entry of the apparatus"
                    )
                    yield Finding(document.location(reading), message)
                seen[siglum] = reading


def _readings(app: etree._Element) -> Iterator[etree._Element]:
    """The readings of an app, those in groups too, but not those of an app within one."""
    for child in app:
        if child.tag in READINGS:
            yield child
        elif child.tag == f"{TEI}rdgGrp" and not any(child.get(name) for name in APART):
            yield from _readings(child)


@check(
    Severity.WARNING,
    "add the other end of the lacuna; where a witness ends for good, write witEnd",
    '<lacunaStart wit="#C"/> without <lacunaEnd wit="#C"/>',
)
def unmatched_lacuna(document: Document, edition: Edition) -> Iterable[Finding]:
    """A lacuna of a witness begins and does not end, or ends without having begun."""
    if not document.lookup.elements("lacunaStart", "lacunaEnd"):
        return
    begun: dict[str, etree._Element] = {}
    for node in document.root.iter(*LACUNAE):
        for siglum in _sigla(node):
            name = f" of “{siglum}”" if siglum else ""
            if node.tag == LACUNAE[0]:
                if siglum in begun:
                    yield Finding(document.location(begun[siglum]), f"this lacuna{name} does not end")
                begun[siglum] = node
            elif begun.pop(siglum, None) is None and node.tag == LACUNAE[1]:
                yield Finding(document.location(node), f"a lacuna{name} ends here, but none has begun")
    yield from (
        Finding(document.location(node), f"this lacuna{f' of “{siglum}”' if siglum else ''} does not end")
        for siglum, node in begun.items()
    )


def _sigla(node: etree._Element) -> list[str]:
    """The witnesses of a milestone: its own, or those of the reading it stands in."""
    within = next((one for one in node.iterancestors(*READINGS) if one.get("wit")), None)
    bearer = node if node.get("wit") or within is None else within
    return bearer.get("wit", "").split() or [""]


@check(
    Severity.INFO, "look whether its readings are missing; if not, nothing is wrong", '<witness xml:id="C">…</witness>'
)
def uncited_witness(document: Document, edition: Edition) -> Iterable[Finding]:
    """A witness of the list is named by no reading, though the others are."""
    witnesses = [one for one in document.lookup.elements("witness") if one.get(XML_ID)]
    if not witnesses or not any(True for _ in document.lookup.attributes("wit")):
        return
    cited = pointed_to(document)
    if any(not lem.get("wit") for lem in document.lookup.elements("lem")):
        return  # the witness that the edited text follows need not be named
    silent = [one for one in witnesses if not _is_cited(one, cited)]
    if 2 * len(silent) < len(witnesses):
        for one in silent:
            yield Finding(document.location(one), f"no reading names the witness “{one.get(XML_ID)}”")


def _is_cited(witness: etree._Element, cited: frozenset[str]) -> bool:
    groups = (group.get(XML_ID) for group in witness.iterancestors(f"{TEI}listWit", f"{TEI}witness"))
    parts = (part.get(XML_ID) for part in witness.iter(etree.Element))
    return any(id in cited for id in (*groups, *parts))


@check(
    Severity.ERROR,
    "exchange @from and @to, or correct one of them",
    '<app from="#w9" to="#w7">…</app>',
)
def reversed_span(document: Document, edition: Edition) -> Iterable[Finding]:
    """An entry of the apparatus, or a span, ends before it begins: @to points to a place before @from."""
    by_id = document.lookup.by_id
    for element in document.lookup.elements("app", "span"):
        ends = [by_id.get(element.get(name, "").removeprefix("#")) for name in ("from", "to")]
        if ends[0] and ends[1] and _precedes(ends[1][0], ends[0][0]):
            yield Finding(
                document.location(element), f"@to “{element.get('to')}” stands before @from “{element.get('from')}”"
            )


def _precedes(one: etree._Element, other: etree._Element) -> bool:
    """Whether an element begins before another and is not around it."""
    mine = [*reversed(list(one.iterancestors())), one]
    yours = [*reversed(list(other.iterancestors())), other]
    for depth, (a, b) in enumerate(zip(mine, yours, strict=False)):
        if a is not b:
            parent = mine[depth - 1]
            return parent.index(a) < parent.index(b)
    return False
