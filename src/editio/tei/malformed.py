"""Says where and why a text is not well-formed XML, and what to do, in the words of those who write it.

A parser tells what it expected; an editor wants to know which of her tags is meant. So a text that a parser has refused
is gone through once more, and the first flaw in it is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from html.entities import html5

from editio.doctype import DOCTYPE, PREDEFINED
from editio.tei.names import NOT_XML

# Names as XML has them, roughly: any letter of any script begins one.
NAME = re.compile(r"[^\W\d][\w.\-·:]*")
REFERENCE = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hexadecimal>[0-9A-Fa-f]+)|(?P<name>[^\W\d][\w.\-·]*));")
SPACE = re.compile(r"[ \t\r\n]*")
END_TAG = re.compile(r"</([^\W\d][\w.\-·:]*)[ \t\r\n]*>")
TAGS = re.compile(r"<(/?)([^\W\d][\w.\-·:]*)")
NEXT_ATTRIBUTE = re.compile(
    r"[ \t\r\n]([^\W\d][\w.\-·:]*)[ \t\r\n]*=[ \t\r\n]*\Z"
)  # at the end of a value: not its own
NO_TAG_GOES_ON = re.compile(r"[^\s/>]")  # behind a value
DECLARATION = re.compile(
    r"""<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')
    (?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.\-]*"|'[A-Za-z][\w.\-]*'))?
    (?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>""",
    re.X,
)
NO_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\[\]]")
ENTITY = re.compile(r"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>\S+)\s+(?P<file>SYSTEM|PUBLIC)?")
PRINTED_QUOTES = "“”„‘’‚«»‹›″′"
# Elements of HTML that it writes without end tag.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
NAMESPACES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "xi": "http://www.w3.org/2001/XInclude",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "tei": "http://www.tei-c.org/ns/1.0",
    "m": "http://www.w3.org/1998/Math/MathML",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": "http://purl.oclc.org/dsdl/schematron",
    "mei": "http://www.music-encoding.org/ns/mei",
}
SHOWN = 20
# How deep elements may lie in each other; libxml2 takes no more.
DEEPEST = 256
# More digits than the number of any character has, and what is shown of a name without end.
MOST_DIGITS = 8
ENDLESS = re.compile(r"(\S{80})\S{40,}")


@dataclass(frozen=True)
class Flaw:
    """Where a text is not well-formed, by offset, what is so, and what to do."""

    offset: int
    message: str
    hint: str


class _Found(Exception):
    """The first flaw, which ends the reading."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.flaw = Flaw(offset, ENDLESS.sub(r"\1…", message), ENDLESS.sub(r"\1…", hint))


def first_flaw(text: str) -> Flaw | None:
    """The first flaw of a text; none if all that is looked for is in order."""
    try:
        _Reading(text).read()
    except _Found as found:
        return found.flaw
    return None


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of an offset."""
    before = re.sub(r"\r\n?", "\n", text[:offset])
    return before.count("\n") + 1, offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))


@dataclass(frozen=True)
class _Open:
    """An element that is open: its name, where its start tag is, and the prefixes that are declared in it."""

    name: str
    offset: int
    prefixes: frozenset[str]


class _Reading:
    """Goes through a text from its beginning, and raises at the first flaw."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[_Open] = []
        self.root = ""
        self.declared: dict[str, bool] = {}  # entities, and whether they are files
        self.reads_files = False

    def read(self) -> None:
        if not self.text.strip("\ufeff \t\r\n"):
            raise _Found(0, "the file is empty", "put the document back, from a copy or from version control")
        while (begin := self.text.find("<", self.at)) >= 0:
            self._words(self.at, begin)
            self.at = begin
            self._markup()
        self._words(self.at, len(self.text))
        if self.open:
            raise self._ends_too_early()
        if not self.root:
            raise _Found(self.at, "there is no element in the file", "put the document back, from a copy")

    def _markup(self) -> None:
        text, at = self.text, self.at
        if text.startswith("<!--", at):
            self._comment()
        elif text.startswith("<![CDATA[", at):
            self._skip("]]>", "this CDATA section", "end it with “]]>”")
        elif text.startswith("<?", at):
            self._instruction()
        elif text.startswith("<!", at):
            self._doctype()
        elif text.startswith("</", at):
            self._end_tag()
        elif NAME.match(text, at + 1):
            self._start_tag()
        else:
            raise self._lonely_sign()

    # --- text ---------------------------------------------------------------------------------

    def _words(self, start: int, end: int) -> None:
        if not self.open and self.text[start:end].strip("\ufeff \t\r\n"):
            raise self._outside(start, end)
        self._characters(start, end, "")
        section = self.text.find("]]>", start, end)
        if section >= 0:
            raise _Found(section, "“]]>” may not stand in text", "write “]]&gt;”")

    def _outside(self, start: int, end: int) -> _Found:
        words = self.text[start:end].lstrip("\ufeff \t\r\n")
        at = end - len(words)
        shown = _shown(words.rstrip())
        if self.root:
            return _Found(
                at, f"text stands after the end of the root, </{self.root}>: {shown}", "delete it, or put it inside"
            )
        if end == len(self.text):
            return _Found(at, f"this is not XML, but plain text: {shown}", "“editio convert” makes TEI of plain text")
        return _Found(at, f"text stands in front of the root element: {shown}", "delete it, or put it inside")

    def _characters(self, start: int, end: int, attribute: str) -> None:
        """Raise at a character that XML does not have, and at what begins with “&” and is no reference."""
        found = NOT_XML.search(self.text, start, end)
        limit = found.start() if found else end
        at = self.text.find("&", start, limit)
        while at >= 0:
            self._reference(at, attribute)
            at = self.text.find("&", at + 1, limit)
        if found:
            name = f"U+{ord(found[0]):04X}"
            raise _Found(found.start(), f"the character {name} may not stand in XML", "delete it; it shows nothing")

    def _reference(self, at: int, attribute: str) -> None:
        found = REFERENCE.match(self.text, at)
        where = f" in the value of @{attribute}" if attribute else ""
        if found is None:
            raise self._no_reference(at, where)
        if found["name"]:
            self._entity(found)
            return
        digits, base = (found["decimal"], 10) if found["decimal"] else (found["hexadecimal"], 16)
        number = int(digits.lstrip("0")[:MOST_DIGITS] or "0", base)
        if number > 0x10FFFF or NOT_XML.match(chr(number)):
            raise _Found(at, f"{found[0]} stands for a character that XML does not have{where}", "delete it")

    def _no_reference(self, at: int, where: str) -> _Found:
        shown = _shown(re.split(r"[\s<\"']", self.text[at : at + SHOWN + 1])[0] or "&")
        if self.text.startswith("&#", at):
            cure = "write “&#”, digits and “;”, as in &#231;, or the character itself"
            return _Found(at, f"{shown} is not the number of a character{where}", cure)
        if shown == "“&”":
            return _Found(at, f"“&” stands by itself{where}", "write &amp; for the sign “&”")
        return _Found(
            at, f"“&” stands by itself{where}: {shown}", "write &amp; for the sign “&”; a reference ends in “;”"
        )

    def _entity(self, found: re.Match[str]) -> None:
        name = found["name"]
        if name in PREDEFINED or self.declared.get(name) is False:
            return
        at, shown = found.start(), found[0]
        if name in self.declared:
            message = f"{shown} stands for a file, and other files are not read"
            raise _Found(at, message, "put the text of that file here")
        if character := html5.get(f"{name};"):
            numbers = "".join(f"&#{ord(one)};" for one in character)
            itself = "" if _is_invisible(character) else f"“{character}” itself, or "
            raise _Found(at, f"{shown} is a name of HTML, which XML does not know", f"write {itself}{numbers}")
        where = "" if not self.reads_files else "; declarations in other files are not read"
        cure = f'write the character itself, or declare it in the DOCTYPE: <!ENTITY {name} "…">'
        raise _Found(at, f"nothing in this file says what {shown} stands for{where}", cure)

    # --- what is no element -------------------------------------------------------------------

    def _skip(self, end: str, what: str, cure: str) -> int:
        """Go behind what ends so; where that begins."""
        found = self.text.find(end, self.at + 2)
        if found < 0:
            raise _Found(self.at, f"{what} is never ended", cure)
        self.at = found + len(end)
        return found

    def _comment(self) -> None:
        begin = self.at
        end = self._skip("-->", "this comment", "end it with “-->”")
        hyphens = self.text.find("--", begin + 4, end + 1)
        if 0 <= hyphens < end:
            raise _Found(hyphens, "“--” may not stand in a comment", "write a dash, or one hyphen")
        if self.text[begin + 4 : end].endswith("-"):
            raise _Found(end - 1, "a comment may not end in “--->”", "put a space before “-->”")

    def _instruction(self) -> None:
        begin = self.at
        self._skip("?>", "this processing instruction", "end it with “?>”")
        if not re.match(r"<\?xml\s", self.text[begin : begin + 6], re.I):
            return
        if begin > len("\ufeff") or (begin and self.text[0] != "\ufeff"):
            what = "a blank" if self.text[:begin].isspace() else "something"
            message = f"the XML declaration must be the very first in the file, but {what} stands before it"
            raise _Found(begin, message, "delete what stands before “<?xml”, or this declaration")
        declaration = self.text[begin : self.at]
        if not DECLARATION.fullmatch(declaration):
            lacks = "" if re.search(r"\sversion\s*=", declaration) else ": it names no version"
            message = f"the XML declaration is not written as XML requires{lacks}"
            raise _Found(begin, message, 'write <?xml version="1.0" encoding="UTF-8"?>')

    def _doctype(self) -> None:
        found = DOCTYPE.match(self.text, self.at)
        if found is None and re.match("<!DOCTYPE", self.text[self.at : self.at + 9], re.I):
            raise _Found(
                self.at, "the DOCTYPE is never ended, or is not written as XML requires", "TEI needs none: delete it"
            )
        if found is None:
            message = f"{_shown(self.text[self.at : self.at + SHOWN])} is neither a comment nor a DOCTYPE"
            raise _Found(self.at, message, "a comment begins with “<!--”; for the sign “<” write &lt;")
        for one in ENTITY.finditer(found[0]):
            self.reads_files |= bool(one["file"] and one["parameter"])
            if not one["parameter"]:
                self.declared.setdefault(one["name"], bool(one["file"]))
        self.reads_files |= bool(re.match(r"<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)", found[0]))
        self.at = found.end()

    def _lonely_sign(self) -> _Found:
        behind = self.text[self.at + 1 : self.at + SHOWN]
        tag = re.match(r"\s+(/?[A-Za-z][\w.:-]*)[^<]*>", self.text[self.at + 1 : self.at + 80])
        message = f"no tag begins with {_shown('<' + behind.splitlines()[0][:10] if behind.strip() else '<')}"
        if behind.startswith(">"):
            return _Found(self.at, message, "write the name of the element; for the sign “<” write &lt;")
        if tag:
            return _Found(self.at, message, f"write <{tag[1]}> without a space after “<”; for the sign “<” write &lt;")
        if behind[:1] in tuple("0123456789.-"):
            return _Found(self.at, message, "a name begins with a letter; for the sign “<” write &lt;")
        return _Found(self.at, message, "for the sign “<” write &lt;")

    # --- elements -----------------------------------------------------------------------------

    def _start_tag(self) -> None:
        begin = self.at
        name = self._name(begin + 1)
        if self.root and not self.open:
            message = f"a second root, <{name}>, begins after the end of the first"
            raise _Found(begin, message, "a file has one root: make a file of each, or put an element around them")
        self.root = self.root or name
        at = begin + 1 + len(name)
        attributes: dict[str, int] = {}
        prefixes = self.open[-1].prefixes if self.open else frozenset(("xml", "xmlns"))
        while not (end := re.compile("/?>").match(self.text, after := self._behind_space(at))):
            attribute = self._attribute_name(name, begin, at, after)
            if attribute in attributes:
                raise _twice(name, attribute, after)
            attributes[attribute] = after
            at = self._behind_value(attribute, after + len(attribute))
            if attribute.startswith("xmlns:"):
                prefixes |= {attribute.partition(":")[2]}
        self._prefixes({f"<{name}>": begin} | {f"@{one}": at for one, at in attributes.items()}, prefixes)
        if end[0] == ">":
            self.open.append(_Open(name, begin, prefixes))
            self._depth()
        self.at = end.end()

    def _depth(self) -> None:
        if len(self.open) > DEEPEST:
            inner = self.open[-1]
            message = f"<{inner.name}> lies in {DEEPEST} elements that are still open, which is deeper than can be read"
            around = self.open[-2]
            cure = f"see whether those around it are ever ended: <{around.name}> was opened {self._where(around)}"
            raise _Found(inner.offset, message, cure)

    def _name(self, at: int) -> str:
        found = NAME.match(self.text, at)
        name = found[0] if found else ""
        if name.count(":") > 1 or name.endswith(":"):
            raise _Found(at, f"“{name}” is not a name", "a name has at most one colon, after its prefix, as in xml:id")
        return name

    def _behind_space(self, at: int) -> int:
        found = SPACE.match(self.text, at)
        return found.end() if found else at

    def _attribute_name(self, element: str, begin: int, at: int, after: int) -> str:
        """The name of the attribute that begins behind white space."""
        name, character = self._name(after), self.text[after : after + 1]
        if not name and character in ("", "<"):
            raise _Found(begin, f"the tag <{element} is not ended", "end it with “>”, or “/>” if nothing is in it")
        if not name and character == "/":
            raise _Found(after, f"“/” stands in the tag <{element} without “>”", "write “/>” to end an empty element")
        if not name:
            cure = "a tag holds a name and attributes, each with its value in quotation marks, and ends with “>”"
            raise _Found(after, f"{_shown(character)} may not stand in the tag <{element}", cure)
        behind = self._behind_space(after + len(name))
        if after == at and self.text[behind : behind + 1] != "=":
            raise _Found(begin, f"the tag <{element} is not ended before “{name}”", "end it with “>”")
        if after == at:
            raise _Found(after, f"a space is missing before the attribute “{name}”", f"write a space before {name}=")
        return name

    def _behind_value(self, name: str, at: int) -> int:
        equals = self._behind_space(at)
        if self.text[equals : equals + 1] != "=":
            raise _Found(at - len(name), f"the attribute “{name}” has no value", f'give it one: {name}="…"')
        begin = self._behind_space(equals + 1)
        quote = self.text[begin : begin + 1]
        if quote not in ('"', "'"):
            raise self._unquoted(name, begin)
        end = self.text.find(quote, begin + 1)
        sign = self.text.find("<", begin + 1, end) if end >= 0 else -1
        if end < 0 or (0 <= sign < end and ">" in self.text[begin:sign]):
            message = f"the value of @{name} has no quotation mark at its end: {_shown(self.text[begin + 1 :])}"
            raise _Found(begin, message, f"close it with the mark it begins with, {quote}")
        if 0 <= sign < end:
            raise _Found(sign, f"“<” stands in the value of @{name}", "write &lt; for the sign “<”")
        self._characters(begin + 1, end, name)
        value = self.text[begin + 1 : end]
        if NO_TAG_GOES_ON.match(self.text, end + 1) and (following := NEXT_ATTRIBUTE.search(value)):
            message = f"the value of @{name} has no quotation mark at its end: {_shown(value[: following.start()])}"
            raise _Found(begin, message, f"close it before {following[1]}= with the mark it begins with, {quote}")
        if name.partition(":")[0] == "xmlns" and (NO_ADDRESS.search(value) or (not value and ":" in name)):
            message = f"the namespace {_shown(value)} is not an address"
            raise _Found(begin, message, f"correct it; that of TEI is {NAMESPACES['tei']}")
        return end + 1

    def _unquoted(self, name: str, begin: int) -> _Found:
        value = re.split(r"[\s<>/]", self.text[begin : begin + 2 * SHOWN])[0]
        bare = value.strip(PRINTED_QUOTES)
        if bare != value:
            message = f"the value of @{name} stands in quotation marks of print: {_shown(value)}"
            return _Found(begin, message, f'write straight ones: {name}="{bare}"')
        return _Found(
            begin, f"the value of @{name} stands without quotation marks: {_shown(value)}", f'write {name}="{value}"'
        )

    def _prefixes(self, names: dict[str, int], declared: frozenset[str]) -> None:
        for name, at in names.items():
            prefix, colon, _ = name.strip("<@>").partition(":")
            if colon and prefix not in declared:
                address = NAMESPACES.get(prefix, "…")
                cure = f'add xmlns:{prefix}="{address}" to the root, or leave the prefix out'
                raise _Found(at, f"nothing says what the prefix of {name} stands for", cure)

    # --- ends ---------------------------------------------------------------------------------

    def _end_tag(self) -> None:
        found = END_TAG.match(self.text, self.at)
        if found is None:
            name = self._name(self.at + 2)
            open = f"; <{self.open[-1].name}> is open" if self.open else ""
            cure = f"end it with “>”: </{name}>" if name else "write the name of the element that ends"
            raise _Found(self.at, f"this end tag is not complete: {_shown(self.text[self.at :])}{open}", cure)
        name = found[1]
        if not self.open:
            message = f"</{name}> stands where nothing is open, after the end of <{self.root}>"
            raise _Found(self.at, message if self.root else f"</{name}> closes nothing", "delete it")
        if self.open[-1].name != name:
            raise self._mismatch(name, found.end())
        self.open.pop()
        self.at = found.end()

    def _mismatch(self, name: str, behind: int) -> _Found:
        """Why an end tag does not fit: it is misspelt, it closes nothing, or something in its element is still open."""
        inner = self.open[-1]
        own = next((one for one in reversed(self.open) if one.name == name), None)
        if own is not None:
            message = f"</{name}> stands here, but <{inner.name}>, opened {self._where(inner)}, is still open"
            return _Found(self.at, message, self._cure(name, inner, behind))
        if get_close_matches(name.lower(), [inner.name.lower()], cutoff=0.7):
            message = f"</{name}> does not close <{inner.name}>, opened {self._where(inner)}"
            capitals = "; capitals count" if name.lower() == inner.name.lower() else ""
            return _Found(self.at, message, f"{self._one_name(name, inner)}{capitals}")
        message = f"</{name}> closes nothing: no <{name}> is open, only <{inner.name}>, opened {self._where(inner)}"
        return _Found(self.at, message, f"delete </{name}>, or put <{name}> where it should begin")

    def _one_name(self, name: str, inner: _Open) -> str:
        """Which of two names that should be one is misspelt: the one that the text has more often is right."""
        ended, opened = self._times(name), self._times(inner.name) - 1
        if ended > opened:
            return f"write <{name}> {self._where(inner)}, as elsewhere"
        if opened > ended:
            return f"write </{inner.name}>"
        return f"write the same name in both: </{inner.name}> here, or <{name}> {self._where(inner)}"

    def _times(self, name: str) -> int:
        return len(re.findall(rf"<{re.escape(name)}(?=[\s/>])", self.text))

    def _cure(self, name: str, inner: _Open, behind: int) -> str:
        following = TAGS.search(self.text, behind)
        if following and following[1] and following[2] == inner.name:
            return f"elements may not overlap: put </{inner.name}> before </{name}>"
        if inner.name in VOID:
            return f"in XML, an element that holds nothing is written <{inner.name}/>"
        return f"put </{inner.name}> where it ends, before </{name}>; if it holds nothing, write <{inner.name}/>"

    def _ends_too_early(self) -> _Found:
        inner = self.open[-1]
        names = ", ".join(f"</{one.name}>" for one in list(reversed(self.open))[:6])
        message = f"the file ends, but <{inner.name}>, opened {self._where(inner)}, is still open"
        cure = f"if its end was lost, take it from a copy; else close what is open: {names}"
        return _Found(len(self.text.rstrip()), message, cure)

    def _where(self, element: _Open) -> str:
        line = place_of(self.text, element.offset)[0]
        return f"in line {line}"


def _twice(element: str, attribute: str, at: int) -> _Found:
    words = "" if attribute == "xml:id" else f': {attribute}="one two"'
    cure = f"keep one of them; values that are words can stand together{words}"
    if attribute == "xml:id":
        cure = "keep one of them"
    return _Found(at, f"<{element}> has the attribute “{attribute}” twice", cure)


def _is_invisible(character: str) -> bool:
    return any(unicodedata.category(one) in ("Zs", "Cf", "Mn", "Me") for one in character)


def _shown(words: str) -> str:
    line = " ".join(words[: 3 * SHOWN].split())
    return f"“{line[:SHOWN]}{'…' if len(line) > SHOWN else ''}”"


def not_in_encoding(data: bytes, encoding: str, error: UnicodeDecodeError) -> tuple[int, int, str, str]:
    """Line, column, message and hint for bytes that are not in the encoding the file says or implies."""
    begin = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    column = len(data[begin : error.start].decode(encoding, "replace")) + 1
    byte = data[error.start : error.start + 1]
    message = f"the byte {byte.hex().upper()} is not {encoding.upper()}"
    other, meant = next(_other_readings(byte), ("", ""))
    if other and encoding.lower().startswith(("utf", "us-ascii", "ascii")):
        message += f"; in {other} it is “{meant}”"
        cure = f'save the file as UTF-8, or let it begin with <?xml version="1.0" encoding="{other}"?> if that is so'
        return line, column, message, cure
    return line, column, message, "save the file as UTF-8, and let its first line say so"


def _other_readings(byte: bytes) -> Iterator[tuple[str, str]]:
    for name in ("windows-1252",):
        try:
            yield name, byte.decode(name)
        except UnicodeDecodeError:
            continue
