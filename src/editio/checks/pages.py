"""Checks of pages and of what shows them: page breaks, images, surfaces and zones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

from editio.diagnostics import Severity
from editio.image_types import HEAD, type_of_bytes, type_of_ending
from editio.lookup import Lookup
from editio.model import Document, Edition
from editio.page_numbers import breaks, read_number
from editio.pointing import Pointing, is_tei
from editio.registry import Finding, check
from editio.tei import TEI

FEWEST_PAGES = 4
MANY_IMAGES = 3
PICTURES = frozenset(f"{TEI}{name}" for name in ("graphic", "media"))
FRACTION = re.compile(r"-?\d+(?:\.\d+)?")
EDGES = ("ulx", "uly", "lrx", "lry")
# A pixel may be rounded away.
TOLERANCE = 1.0


@check(
    Severity.WARNING,
    "correct @n, or look whether a page is missing; if the book itself counts so, put the code into [[ignore]]",
    '<pb n="12"/> … <pb n="31"/> … <pb n="14"/>',
)
def page_out_of_sequence(document: Document, edition: Edition) -> Iterable[Finding]:
    """The number of a page repeats the one before or leaves numbers out, in a row that otherwise counts on: in Arabic or
    Roman numerals, or by leaves (1r, 1v, 2r). Each edition (@ed) has a row of its own."""
    rows: dict[tuple[etree._Element | str | None, ...], list[etree._Element]] = {}
    many = len(document.lookup.elements("TEI")) > 1
    for page in document.lookup.elements("pb"):
        whole = next(page.iterancestors(f"{TEI}TEI"), None) if many else None
        rows.setdefault((whole, page.get("ed"), page.get("edRef"), page.get("type")), []).append(page)
    for row in rows.values():
        numbered = [page for page in row if page.get("n")]
        for at, message in breaks([read_number(page.get("n", "")) for page in numbered]):
            yield Finding(document.location(numbered[at]), message)


@check(
    Severity.INFO, "give the page break its @facs", '<pb n="3"/>, while the other pages have facs="#page-2" and so on'
)
def page_without_image(document: Document, edition: Edition) -> Iterable[Finding]:
    """A page has no image, though most of the others have."""
    pages = document.lookup.elements("pb")
    without = [page for page in pages if not page.get("facs") and not page.get("ed") and not page.get("corresp")]
    if len(pages) >= FEWEST_PAGES and 4 * len(without) <= len(pages):
        yield from (Finding(document.location(page), f"page “{page.get('n', '')}” has no image") for page in without)


@check(
    Severity.WARNING,
    "correct the name of the file, or add the image to the project",
    '<graphic url="images/page-1.jpg"/>',
)
def missing_image(document: Document, edition: Edition) -> Iterable[Finding]:
    """An image that a document names is not among the files of the project; if none of three or more is, they are kept
    elsewhere, and that is said once. Images on the web are not looked for."""
    pointing: Pointing | None = None
    missing: dict[str, bool] = {}
    found: list[tuple[etree._Element, str]] = []
    for element, pointer in document.lookup.once(_images):
        pointing = pointing or Pointing(document, edition)
        # a word in @facs is told by word-for-pointer
        is_word = element.tag not in PICTURES and pointing.is_word(pointer)
        address = "" if is_word else pointing.address(pointer, element)
        if address and address not in missing:
            missing[address] = _image_file(address, pointing) is None
        if address and missing[address]:
            found.append((element, pointer))
    if len(missing) >= MANY_IMAGES and all(missing.values()):
        element, pointer = found[0]
        message = f"none of the {len(missing)} images is in the project: “{pointer}” and so on"
        yield Finding(document.location(element), message)
        return
    for element, pointer in found:
        yield Finding(document.location(element), f"the image “{pointer}” is not in the project")


@check(
    Severity.WARNING,
    "give the file its true ending, or save it in the format that its ending says",
    "a PNG that is called page-1.jpg",
)
def image_of_other_type(document: Document, edition: Edition) -> Iterable[Finding]:
    """The bytes of an image are not what the ending of its file says, so some readers will not show it."""
    pointing: Pointing | None = None
    for element, pointer in document.lookup.once(_images):
        pointing = pointing or Pointing(document, edition)
        address = pointing.address(pointer, element)
        path = _image_file(address, pointing) if address else None
        fault = path and _fault_of_bytes(path)
        if fault:
            yield Finding(document.location(element), f"“{pointer}” {fault}")


def _images(lookup: Lookup) -> Sequence[tuple[etree._Element, str]]:
    """Elements that name files of images, each with what it names; what they name by an id is none of it."""
    found: list[tuple[etree._Element, str]] = []
    for element, name, value in lookup.attributes("url", "facs"):
        if "#" in value or value.startswith(("http:", "https:", "data:")):
            continue
        if element.tag in PICTURES:
            found.append((element, value.strip()))
        elif name == "facs" and is_tei(element):
            found += ((element, pointer) for pointer in value.split())
    return found


def _image_file(address: str, pointing: Pointing) -> Path | None:
    """The file at an address relative to the document, or to the folder of the sources that it was converted from."""
    folders = (posixpath.dirname(pointing.document.name), pointing.edition.settings.convert.sources)
    return next((path for folder in folders if (path := pointing.file(address, folder))), None)


def _fault_of_bytes(path: Path) -> str:
    try:
        state = path.stat()
        return _fault_of_state(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _fault_of_state(path: Path, changed: int, size: int) -> str:
    """What is wrong with an image as it was when it was last changed."""
    promised = type_of_ending(path)
    if not promised or not path.is_file():
        return ""
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = type_of_bytes(head)
    if found == promised:
        return ""
    return f"is no {promised}, but {found or ('an empty file' if not head else 'something else')}"


@check(
    Severity.INFO,
    "correct the coordinates of the zone, or those of the surface; if the zone is meant to reach beyond it, nothing is wrong",
    '<surface lrx="400" lry="600"><zone ulx="10" uly="10" lrx="4000" lry="50"/></surface>',
)
def zone_outside_surface(document: Document, edition: Edition) -> Iterable[Finding]:
    """A zone lies outside its surface, at least in part, or ends left of or above where it begins. A zone that holds an
    image of its own may be larger than the surface."""
    for zone in document.lookup.elements("zone"):
        corners = _corners(zone)
        if not corners:
            continue
        if not zone.get("points") and (corners[2] < corners[0] or corners[3] < corners[1]):
            yield Finding(document.location(zone), "the zone ends left of or above where it begins")
            continue
        surface = next(zone.iterancestors(f"{TEI}surface"), None)
        is_larger = any(child.tag in PICTURES for child in zone)
        space = _corners(surface) if surface is not None and not is_larger else ()
        if space and _leads_out(corners, space):
            words = " ".join(f"{number:g}" for number in corners)
            message = f"the zone ({words}) lies outside its surface ({' '.join(f'{number:g}' for number in space)})"
            yield Finding(document.location(zone), message)


def _leads_out(zone: tuple[float, ...], surface: tuple[float, ...]) -> bool:
    left, top, right, bottom = surface
    return (
        zone[0] < left - TOLERANCE
        or zone[1] < top - TOLERANCE
        or zone[2] > right + TOLERANCE
        or zone[3] > bottom + TOLERANCE
    )


def _corners(element: etree._Element) -> tuple[float, ...]:
    """The left, upper, right and lower edge; nothing if they are not said, or not in numbers."""
    points = re.split(r"[\s,]+", element.get("points", "").strip())
    if len(points) >= 6 and len(points) % 2 == 0 and all(map(FRACTION.fullmatch, points)):
        across, down = [float(one) for one in points[::2]], [float(one) for one in points[1::2]]
        return (min(across), min(down), max(across), max(down))
    values = [element.get(name, "0" if name in EDGES[:2] else "") for name in EDGES]
    if not all(map(FRACTION.fullmatch, values)):
        return ()
    return tuple(float(value) for value in values)
