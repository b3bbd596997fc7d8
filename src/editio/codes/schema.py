"""The codes of comparing TEI with a schema."""

from __future__ import annotations

from editio.codes.declaring import ERROR, INFO, WARNING, code

MALFORMED_TEI = code(
    "malformed-tei",
    ERROR,
    "schema",
    "A TEI file is not well-formed XML, or holds what Editio refuses: external entities, more than 200 attributes on "
    "one element, nesting deeper than 250 elements.",
    "correct the line named",
)
MISPLACED_ELEMENT = code(
    "misplaced-element",
    ERROR,
    "schema",
    "An element stands where the schema does not allow it: inside another one that may not hold it, or in the wrong order.",
    "use an element that is allowed there, or move this one; the message says what may stand there",
    "<p><div>…</div></p>",
)
UNKNOWN_ELEMENT = code(
    "unknown-element",
    ERROR,
    "schema",
    "The schema has no element of this name, or has it in another namespace.",
    "correct the name of the element, or its xmlns",
    "<persname>Emerson</persname>  →  <persName>Emerson</persName>",
)
MISPLACED_ATTRIBUTE = code(
    "misplaced-attribute",
    ERROR,
    "schema",
    "An element has an attribute that the schema does not allow on it.",
    "correct the name of the attribute, or take it away",
    '<date whne="1860-05-20">',
)
MISSING_ATTRIBUTE = code(
    "missing-attribute",
    ERROR,
    "schema",
    "An element lacks an attribute that the schema asks for.",
    "add the attribute",
    '<graphic/>  →  <graphic url="page1.jpg"/>',
)
INVALID_VALUE = code(
    "invalid-value",
    ERROR,
    "schema",
    "An attribute, or an element that holds a value, says something that the schema does not allow: a word that is not in "
    "its list, or not a date, number or name of the kind it asks for.",
    "write one of the values that the message names",
    '<date when="May 1860">  →  <date when="1860-05">',
)
MISPLACED_TEXT = code(
    "misplaced-text",
    ERROR,
    "schema",
    "Text stands in an element that may hold elements only.",
    "put the text into an element, such as a paragraph",
    "<div>Dear Sir,</div>  →  <div><p>Dear Sir,</p></div>",
)
MISSING_ELEMENT = code(
    "missing-element",
    ERROR,
    "schema",
    "An element ends though something that the schema asks for is missing in it.",
    "add what is missing; the message names it",
    "<list></list>",
)
MISSING_ID = code(
    "missing-id",
    ERROR,
    "schema",
    "An attribute that the schema declares as a reference (IDREF) names an identifier that no element has.",
    "correct the reference, or give an element this identifier",
)
TOO_COMPLEX = code(
    "too-complex",
    ERROR,
    "schema",
    "The schema allows so many ways of reading the document that they cannot all be followed; what comes after that place "
    "was not looked at.",
    "simplify the schema: alternatives that begin alike",
)
UNUSABLE_SCHEMA = code(
    "unusable-schema",
    ERROR,
    "schema",
    "A schema cannot be read, is not RELAX NG (in XML or compact syntax), or is incorrect.",
    "correct the line named, or name another schema",
)
NO_SCHEMA = code(
    "no-schema",
    INFO,
    "schema",
    "Neither the command line nor an edition.toml nor the documents themselves name a schema that could be read, so "
    "nothing says which elements may stand where; all else was looked at.",
    "name one: --schema FILE",
)
UNREAD_MODEL = code(
    "unread-model",
    INFO,
    "schema",
    "A document names a schema (by xml-model) that lies on the network, from which nothing is fetched, or that is in a "
    "language that is not read; it was not used.",
    "keep a copy of the schema in the project, and name it there, in edition.toml or by --schema",
    '<?xml-model href="https://example.org/letters.rng"?>',
)
MISSING_MODEL = code(
    "missing-model",
    WARNING,
    "schema",
    "A document names a schema (by xml-model) that does not exist, or that lies outside the project; it was not used.",
    "correct the href of the xml-model, or name the schema by --schema",
    '<?xml-model href="../schema/letters.rng"?>',
)
MISSING_INCLUDE = code(
    "missing-include",
    ERROR,
    "schema",
    "What an xi:include names is not there, or lies outside the project, and no xi:fallback stands for it; the rest "
    "was looked at.",
    "correct the href or the xpointer of the xi:include, or give it an xi:fallback",
    '<xi:include href="parts/chapter-1.xml"/>',
)
UNREAD_INCLUDE = code(
    "unread-include",
    WARNING,
    "schema",
    "An xi:include names what is not read: an address on the network, a passage by another XPointer than an id, a text in "
    "an unknown encoding, a file that is not well-formed; and no xi:fallback stands for it.",
    "keep a copy in the project, name an element by its xml:id, or give the xi:include an xi:fallback",
    '<xi:include href="chapter-1.xml" xpointer="xpath(//div[1])"/>',
)
CIRCULAR_INCLUDE = code(
    "circular-include",
    ERROR,
    "schema",
    "A file or an element includes itself, at once or by way of others.",
    "take one of the xi:include elements out",
    '<xi:include href="book.xml"/> in chapter-1.xml, which book.xml includes',
)
TOO_MANY_INCLUDES = code(
    "too-many-includes",
    WARNING,
    "schema",
    "A document includes more than is put together: 10,000 parts, parts in parts 40 deep, or more than 16 MB in all. What "
    "comes after that was left out; files of it that are named besides are looked at by themselves.",
    "name the included files, too, so that each is looked at; or divide the document",
)
ENGINES_DISAGREE = code(
    "engines-disagree",
    ERROR,
    "schema",
    "With --cross-check, Editio and jing were asked whether a schema allows a document, and one says yes and the other no: one "
    "of the two has a bug. Where they only differ in how many faults they find, nothing is reported.",
    "please report it, with the document and the schema; it may well be a bug of Editio",
)
NO_SECOND_OPINION = code(
    "no-second-opinion",
    ERROR,
    "schema",
    "jing was to look at a document and did not come to an end: it broke off, took more time or memory than is allowed, or "
    "does not take for XML what Editio does. Nobody knows what it would have said.",
    "leave out --engine jing and --cross-check to hear what Editio says by itself, or divide the document",
)
