"""Faults of pointers, ids, registers, notes, apparatus, pages and images."""

from __future__ import annotations

from lxml import etree

from mutations import Row, first, inserted, lacking, removed, setting, somewhere

PERSON = "//t:person[@xml:id = 'thoreau']"
MAIN_NAME = f"{PERSON}/t:persName"


def renamed(root: etree._Element) -> etree._Element:
    """A name whose first letter is Cyrillic."""
    found = first(root, MAIN_NAME)
    found.text = "\N{CYRILLIC CAPITAL LETTER EN}enry Thoreau"
    return found


def worded(root: etree._Element, path: str, words: str) -> etree._Element:
    """An element with other words."""
    found = first(root, path)
    found.text = words
    return found


def misspelt_namespace(root: etree._Element) -> None:
    """A root in a namespace with a stroke too many."""
    root.tag = "{http://www.tei-c.org/ns/1.0/}TEI"


def namesake(root: etree._Element) -> etree._Element:
    """A second entry of the same name."""
    return inserted("//t:listPerson", '<person xml:id="h"><persName>Henry David Thoreau</persName></person>')(root)


def circle(root: etree._Element) -> None:
    """Two entries, each the same as the other."""
    setting("//t:person[@xml:id = 'emerson']", "sameAs", "#thoreau")(root)
    setting(PERSON, "sameAs", "#emerson")(root)


def unlinked(root: etree._Element) -> None:
    """A name without ref."""
    lacking("//t:p[1]/t:persName", "ref")(root)


def other_person(root: etree._Element) -> None:
    """A name that points to another person than in the other document."""
    inserted("//t:p[@xml:id]", '<persName ref="persons.xml#thoreau">Emerson</persName>')(root)


def late(root: etree._Element) -> etree._Element:
    """A letter sent after its sender died."""
    setting("//t:correspAction/t:date", "when", "1863-07-16")(root)
    return first(root, "//t:correspAction/t:persName")


def twin(root: etree._Element) -> etree._Element:
    """Two ids that differ in how an accent is written."""
    setting("//t:p[1]", "xml:id", "caf\u00e9")(root)
    return setting("//t:p[2]", "xml:id", "cafe\u0301")(root)


def worn_out(root: etree._Element) -> etree._Element:
    """An element without its words."""
    return worded(root, "//t:item[2]", "")


def back_to_front(root: etree._Element) -> etree._Element:
    """An entry of the apparatus that ends before it begins."""
    setting("//t:app[1]", "from", "#a1")(root)
    return setting("//t:app[1]", "to", "#p1")(root)


APPARATUS = (
    Row("unknown-witness", setting("//t:rdg", "wit", "#D")),
    Row("unknown-witness", setting("//t:lem", "wit", "A B")),
    Row("reading-without-witness", lacking("(//t:rdg)[2]", "wit"), "base.xml"),
    Row("missing-lemma", inserted("//t:p[2]", '<app><rdg wit="#A">so</rdg><rdg wit="#B #C">thus</rdg></app>')),
    Row("empty-apparatus", inserted("//t:p[2]", "<app><note>see there</note></app>")),
    Row("repeated-witness", setting("//t:rdg", "wit", "#B")),
    Row("unmatched-lacuna", removed("//t:lacunaEnd", "//t:lacunaStart")),
    Row("unmatched-lacuna", removed("//t:lacunaStart", "//t:lacunaEnd")),
    Row("uncited-witness", inserted("//t:listWit", '<witness xml:id="D">another</witness>')),
    Row("reversed-span", back_to_front),
)


def nameless(root: etree._Element) -> etree._Element:
    """An entry without its name."""
    person = first(root, PERSON)
    person.remove(first(root, MAIN_NAME))
    return person


def keyed(root: etree._Element) -> etree._Element:
    """A name with a key that is an entry, and one with a key that is none."""
    setting("//t:p[1]/t:persName[1]", "key", "emerson")(root)
    return setting("//t:p[1]/t:persName[2]", "key", "thorow")(root)


PAGES = (
    Row("page-out-of-sequence", setting("//t:pb[2]", "n", "22")),
    Row("page-out-of-sequence", setting("//t:pb[3]", "n", "2")),
    Row("page-without-image", lacking("//t:pb[3]", "facs")),
    Row("missing-image", setting("//t:graphic", "url", "page-9.png")),
    Row("missing-image", setting("//t:pb", "facs", "page-9.png")),
    Row("image-of-other-type", setting("//t:graphic", "url", "page-1.jpg")),
    Row("zone-outside-surface", setting("//t:zone", "lrx", "500")),
)
NAMES = (
    Row("name-not-in-register", keyed),
    Row("name-of-other-kind", setting("//t:p[1]/t:persName", "ref", "persons.xml#concord")),
    Row("entry-without-name", nameless, "persons.xml"),
)
REGISTERS = (
    Row("contradictory-dates", setting(f"{PERSON}/t:death", "when", "1762-05-06"), "persons.xml"),
    Row("missing-main-name", lambda root: setting(MAIN_NAME, "type", "short")(root).getparent(), "persons.xml"),
    Row("mixed-scripts-in-name", renamed, "persons.xml"),
    Row("malformed-coordinates", lambda root: worded(root, "//t:geo", "42.46 N"), "persons.xml"),
    Row("malformed-identifier", lambda root: worded(root, "//t:idno", "118622103"), "persons.xml"),
    Row(
        "duplicate-identifier",
        inserted("//t:person[@xml:id = 'emerson']", '<idno type="gnd">118622102</idno>'),
        "persons.xml",
    ),
    Row("same-name", namesake, "persons.xml"),
    Row("circular-same-as", circle, "persons.xml"),
    Row(
        "unmentioned-entry",
        somewhere(inserted("//t:listPerson", '<person xml:id="alcott"><persName>Bronson Alcott</persName></person>')),
        "persons.xml",
    ),
    Row("unlinked-name", unlinked),
    Row("one-name-two-entries", other_person, "other.xml", "persons.xml"),
    Row("outside-lifetime", late),
    Row(
        "place-without-coordinates",
        somewhere(inserted("//t:listPlace", '<place xml:id="walden"><placeName>Walden</placeName></place>')),
        "persons.xml",
    ),
)

ROWS = (
    Row("dangling-pointer", setting("//t:p[1]/t:persName", "ref", "persons.xml#ana")),
    Row("dangling-pointer", setting("//t:p[2]/t:ref", "target", "#nowhere")),
    Row("dangling-pointer", setting("//t:p[1]/t:persName[2]", "ref", "psn:thoreaux")),
    Row("dangling-pointer", setting("//t:handShift", "new", "#h9")),
    Row("dangling-pointer", setting("//t:catRef", "scheme", "#kind")),
    Row("missing-namespace", misspelt_namespace),
    Row("word-for-pointer", setting("//t:p[1]/t:persName", "ref", "thoreau")),
    Row("unknown-prefix", setting("//t:p[1]/t:persName", "ref", "person:thoreau")),
    Row("mistaken-target", setting("//t:add", "hand", "#p1")),
    Row("duplicate-id", setting("//t:p[2]", "xml:id", "p1")),
    Row("malformed-id", setting("//t:p[2]", "xml:id", "2p")),
    Row("indistinct-id", twin),
    Row("unusable-document-id", setting("/t:TEI", "xml:id", "aux")),
    Row("same-document-id", setting("/t:TEI", "xml:id", "Base"), "other.xml"),
    Row("note-without-anchor", lacking("//t:note[3]", "target")),
    Row("anchor-without-note", setting("//t:ref[@type]", "target", "#p2")),
    Row("note-out-of-sequence", setting("//t:note[2]", "n", "1")),
    Row("empty-element", worn_out),
    Row("empty-attribute", setting("//t:date", "when", "")),
    *APPARATUS,
    *PAGES,
    *NAMES,
    *REGISTERS,
)
