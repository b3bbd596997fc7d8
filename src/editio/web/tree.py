"""Knows web pages as trees in which text is a node: decoding, closed parsing, no depth that could hurt."""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from editio import codes, tei
from editio.config import Settings
from editio.container import refuse_binary
from editio.diagnostics import Location, Report, refuse
from editio.flat import Flat
from editio.model import Source
from editio.running import Branch, Piece

# Elements deeper than this are laid flat, their text kept.
DEEPEST = 100
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noframes ol p "
    "plaintext pre section summary table tbody td tfoot th thead tr ul xmp".split()
)
# What browsers run or use, and do not show.
CODE = frozenset(["script", "style"])
# What a page says of itself in <meta>, and the field of the header it is; anything else is about the web site.
META = {
    "author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "citation_author": "author",
    "date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "dcterms.created": "date",
    "dc.title": "title",
    "dcterms.title": "title",
    "citation_title": "title",
    "dc.description": "abstract",
    "dcterms.description": "abstract",
    "dcterms.abstract": "abstract",
    "dc.rights": "rights",
    "dcterms.rights": "rights",
    "description": "furniture",
    "keywords": "furniture",
}
# What the names of encodings in web pages stand for (WHATWG Encoding, section 4.2)
ENCODINGS = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
}
DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w{2,31};)")
# The beginning of an element that may have so many attributes that parsing takes minutes
LONG_TAG = re.compile(r"<[A-Za-z][^<>]{2000,}")
# Control characters that are white space or that the parser must not see at all
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(eq=False)
class Node(Branch):
    """An element: ``said`` holds what attributes say that readers see, ``order`` and ``last`` number it in the tree."""

    order: int = 0
    depth: int = 0
    last: int = 0
    said: dict[str, Piece] = field(default_factory=dict)
    holds_blocks: bool = False
    selected: bool = False

    @property
    def tokens(self) -> set[str]:
        """The words of class, role, epub:type and data-tei, in lower case."""
        if not self.attributes:
            return set()
        words = " ".join(self.get(name) for name in ("class", "role", "epub:type")).casefold().split()
        return {*words, f"tei-{self.get('data-tei').casefold()}"} if self.get("data-tei") else set(words)

    @property
    def style(self) -> dict[str, str]:
        """The declarations of the style attribute."""
        pairs = (one.partition(":") for one in self.get("style").casefold().split(";"))
        return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}

    @property
    def ancestors(self) -> Iterator[Node]:
        """The elements around this one, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    def holds(self, other: Node) -> bool:
        """Whether another element is this one or in it."""
        return self.order <= other.order <= self.last

    @property
    def pieces(self) -> Iterator[Piece]:
        """All text in the element, that of attributes included, in order."""
        waiting: list[Node | Piece] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Piece):
                yield one
            else:
                yield from one.said.values()
                waiting += reversed(one.children)


def read_tree(source: Source, settings: Settings, report: Report, flat: Flat) -> Node:
    """The tree of a page; its text nodes are entered in ``flat``."""
    text = _clean(_decoded(source, settings, report), source, report)
    root = _as_xml(text) if text.lstrip()[:5] == "<?xml" or source.path.suffix.lower() == ".xhtml" else None
    root = _as_html(text, source) if root is None else root
    if root is None:
        raise refuse(codes.EMPTY_SOURCE, Location(source.name), "the page holds no text")
    return _tree(root, flat, _selected(root, settings, source, report), source, report)


# --- decoding ---------------------------------------------------------------------------------


def _decoded(source: Source, settings: Settings, report: Report) -> str:
    """The characters of a page, by byte order mark, else as UTF-8 if it is that, else as it says or edition.toml does."""
    refuse_binary(source)
    data = source.data
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    match = DECLARED.search(data, 0, 4096)
    declared = (match[1] or match[2]).decode("ascii", "replace").casefold() if match else ""
    own = settings.convert.encoding.casefold()
    said = "" if declared.startswith(("utf-8", "utf8", "utf-16")) else _codec(declared)
    names = [marked] if marked else [said] if said.startswith("iso2022") else ["utf-8", said, own]
    for name in filter(None, names):
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            if name == "utf-8" and error.reason == "unexpected end of data" and error.start > 3:
                return data.decode("utf-8", "replace")
            continue
        if name == "utf-8" and said and not data.isascii():
            place = Location(source.name)
            report.add(codes.MISTAKEN_ENCODING, place, f"the page says it is {declared}, but it is UTF-8")
        return text.removeprefix("\ufeff")
    if said == "cp1252":
        return data.decode(said, "replace")
    raise refuse(
        codes.WRONG_ENCODING,
        Location(source.name),
        f"the page is not {' nor '.join(dict.fromkeys(((declared or marked or 'utf-8').upper(), 'UTF-8')))}",
        'save it as UTF-8, or set encoding = "…" under [convert], such as "windows-1252"',
    )


def _codec(name: str) -> str:
    """Python's name of an encoding a page names; empty for one that is none or that hides tags."""
    try:
        found = codecs.lookup(ENCODINGS.get(name, name))
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding and found.name not in ("utf-7", "utf-16", "utf-32", "idna") else ""


def _clean(text: str, source: Source, report: Report) -> str:
    """The text with LF line ends, and with every character that XML cannot hold as U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if CONTROL.search(line):
                place = Location(source.name, number)
                report.add(codes.CONTROL_CHARACTER, place, "control character replaced by U+FFFD")
        text = CONTROL.sub("\ufffd", text)
    return text


# --- parsing ----------------------------------------------------------------------------------


def _as_xml(text: str) -> etree._Element | None:
    """The root of XHTML; nothing if it is not well-formed."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", lambda match: "\n" * match[0].count("\n"), text)
    text = NAMED.sub(lambda match: html.entities.html5.get(match[1], match[0]), text)
    try:
        return tei.parse(text.encode("utf-8"))
    except tei.MalformedXml:
        return None


def _as_html(text: str, source: Source) -> etree._Element | None:
    """The root of a page as the HTML parser repairs it; what it would cut off is refused.

    ``huge_tree`` as otherwise a long text node ends the page without a word; HTML has no entities that could grow.
    """
    for tag in LONG_TAG.finditer(text):
        if len(re.findall(r"[\s/]+", re.sub(r"\"[^\"]*\"|'[^']*'", "", tag[0]))) > tei.MOST_ATTRIBUTES:
            line = text.count("\n", 0, tag.start()) + 1
            message = f"an element has more than {tei.MOST_ATTRIBUTES} attributes"
            raise refuse(codes.DAMAGED_SOURCE, Location(source.name, line), message)
    parser = etree.HTMLParser(no_network=True, huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    fatal = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    if fatal:
        message = "the page's elements are nested too deep" if "depth" in fatal.message else "the page cannot be read"
        raise refuse(codes.DAMAGED_SOURCE, Location(source.name, fatal.line), message)
    return root


def _selected(root: etree._Element, settings: Settings, source: Source, report: Report) -> set[etree._Element]:
    """The elements that edition.toml says hold the text."""
    if not settings.convert.content:
        return set()
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - few projects name a selector

    try:
        path = HTMLTranslator().css_to_xpath(settings.convert.content)
        found = root.xpath(path)
    except (SelectorError, etree.XPathError, RecursionError):
        message = f"[convert] content = “{settings.convert.content[:100]}” is no CSS selector"
        raise refuse(codes.MALFORMED_SETTINGS, Location("edition.toml"), message) from None
    if not found:
        message = f"nothing on the page fits “{settings.convert.content}”; its main content was looked for"
        report.add(codes.CONTENT_NOT_FOUND, Location(source.name), message)
    return set(found) if isinstance(found, list) else set()


def _tree(root: etree._Element, flat: Flat, selected: set[etree._Element], source: Source, report: Report) -> Node:
    """The parsed page as nodes, made without recursion."""
    top = Node("#page", {}, 0)
    count = 0
    flattened = False
    waiting: list[tuple[tei.Content | Node, Node]] = [(root, top)]
    while waiting:
        one, parent = waiting.pop()
        if isinstance(one, Node):
            one.last = count
            if one.parent and (one.holds_blocks or one.tag in BLOCKS):
                one.parent.holds_blocks = True
        elif isinstance(one, str):
            piece = Piece(tei.clean(one), flat.length)
            flat.add(piece, piece.text)
            parent.children.append(piece)
        elif isinstance(one.tag, str):
            count += 1
            node = _node(one, parent, flat, count)
            node.selected = one in selected
            holder = node
            if node.depth > DEEPEST:
                node.tag, holder, flattened = "br" if node.tag in BLOCKS else "wbr", parent, True
            parent.children.append(node)
            if tei.local_name(one).lower() in CODE:
                node.last = count
                continue
            waiting.append((node, parent))
            waiting += [(child, holder) for child in reversed(tei.contents(one))]
    top.last = count
    if flattened:
        message = f"elements nested deeper than {DEEPEST} were laid flat"
        report.add(codes.NESTED_TOO_DEEP, Location(source.name), message)
    return top


def _node(one: etree._Element, parent: Node, flat: Flat, order: int) -> Node:
    """An element as a node, with the words that its attributes show to a reader."""
    tag = tei.local_name(one).lower()
    few = len(one.attrib) <= tei.MOST_ATTRIBUTES
    attributes = {_attribute(name): value for name, value in one.items()} if few else {}
    if tag in BLOCKS or tag == "br":
        flat.line(one.sourceline or 0)
    node = Node(tag, attributes, flat.length, parent, order=order, depth=parent.depth + 1)
    said = {"img": "alt", "abbr": "title", "acronym": "title"}.get(tag, "")
    if tag == "meta" and (node.get("name") or node.get("property")).casefold() in META:
        said = "content"
    if said and node.get(said).strip():
        flat.line(one.sourceline or 0)
        node.said[said] = Piece(tei.clean(node.get(said)), flat.length)
        flat.add(node.said[said], node.said[said].text)
    return node


def _attribute(name: str | bytes) -> str:
    """The name of an attribute without its namespace, but epub:type and xml:lang as they are written."""
    name = str(name)
    prefixes = {"http://www.idpf.org/2007/ops": "epub:", "http://www.w3.org/XML/1998/namespace": "xml:"}
    uri, _, local = name.rpartition("}")
    return prefixes.get(uri.lstrip("{"), "") + local.casefold()
