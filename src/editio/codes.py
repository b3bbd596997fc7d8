"""Every code a diagnostic can have; checks declare theirs beside the check itself (see ``registry``)."""

from __future__ import annotations

from editio.diagnostics import Code, Severity, Stage

CODES: dict[str, Code] = {}


def code(name: str, severity: Severity, stage: Stage, cause: str, cure: str, example: str = "") -> Code:
    """Declare a code; its name must be new."""
    if name in CODES:
        raise ValueError(f"the code {name} is declared twice")
    CODES[name] = Code(name, severity, stage, cause, cure, example)
    return CODES[name]


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# --- the project and its settings -------------------------------------------------------------
NO_EDITION = code(
    "no-edition",
    ERROR,
    "read",
    "The folder holds no edition.toml, so it is not an edition.",
    "run “editio init” here, or change into the folder of your edition",
)
MALFORMED_SETTINGS = code(
    "malformed-settings",
    ERROR,
    "read",
    "edition.toml is not TOML, or a setting has a value of the wrong kind.",
    "correct the line named; strings stand in double quotes, lists in square brackets",
    'title = Letters      →  title = "Letters"',
)
UNKNOWN_SETTING = code(
    "unknown-setting",
    ERROR,
    "read",
    "edition.toml has a setting that Editio does not know; it would have no effect.",
    "correct its name or delete the line; docs/settings.md lists all settings",
    "[edition] titel = …   →  title = …",
)
MISSING_FOLDER = code(
    "missing-folder",
    ERROR,
    "read",
    "A folder or file that edition.toml names does not exist.",
    "create it or correct its name in edition.toml",
)
NO_SOURCES = code(
    "no-sources",
    WARNING,
    "read",
    "The folder of sources is empty, so there is nothing to convert.",
    "put your documents there as .txt or .md files",
)
UNUSED_IGNORE = code(
    "unused-ignore",
    WARNING,
    "check",
    "An [[ignore]] of edition.toml silences nothing: the problem is gone, or the code or file is misspelt.",
    "delete the [[ignore]] or correct its code or file",
)
MALFORMED_BASELINE = code(
    "malformed-baseline",
    ERROR,
    "read",
    "The baseline, the file of the problems that are known already, is not there or is not what Editio wrote. Nothing "
    "counts as known.",
    "take it back from version control, or write it anew with “editio validate --update-baseline”",
)
OUTDATED_BASELINE = code(
    "outdated-baseline",
    INFO,
    "read",
    "Problems that the baseline knows are not there any more. As long as it knows them, they may come back unnoticed.",
    "“editio validate --update-baseline” takes them out of the baseline",
)
# --- reading sources --------------------------------------------------------------------------
UNREADABLE_FILE = code(
    "unreadable-file",
    ERROR,
    "read",
    "A file cannot be opened: it is missing, a link, or its permissions forbid it.",
    "check its name and permissions",
)
UNKNOWN_FORMAT = code(
    "unknown-format",
    ERROR,
    "read",
    "No reader knows files with this ending.",
    "save the document as .txt or .md, or move the file out of the folder of sources",
)
EMPTY_SOURCE = code(
    "empty-source",
    ERROR,
    "read",
    "A source has no text, only white space.",
    "remove the file or put its text in",
)
BINARY_SOURCE = code(
    "binary-source",
    ERROR,
    "read",
    "A file that should hold text holds binary data, such as a picture or a word processor's document.",
    "give the file its true ending, or save its text as UTF-8",
)
WRONG_ENCODING = code(
    "wrong-encoding",
    ERROR,
    "read",
    "A source is not UTF-8, so its letters can only be guessed.",
    'save the file as UTF-8, or set encoding = "…" under [convert]',
    '[convert]\nencoding = "windows-1251"',
)
SAME_ID = code(
    "same-id",
    ERROR,
    "read",
    "Two sources give documents with the same id, which is also the name of file and web page.",
    "rename one of the two files",
)
UNUSABLE_ID = code(
    "unusable-id",
    ERROR,
    "read",
    "The name of a source gives no usable id: an id begins with a letter, goes on with letters, digits, “.”, “-”, "
    "“_”, and is none of the names the web edition uses for its own pages.",
    "rename the file",
    "2.txt  →  letter-2.txt",
)
CONTROL_CHARACTER = code(
    "control-character",
    WARNING,
    "read",
    "A source holds a control character that XML cannot hold; it was replaced by U+FFFD.",
    "look at the place and put the right character in",
)
DAMAGED_SOURCE = code(
    "damaged-source",
    ERROR,
    "read",
    "A source cannot be read as the format its ending promises: it was cut off, is no ZIP container, lacks a part, or "
    "has a part that is not well-formed XML or has a DTD.",
    "open it in the program that made it and save it again",
)
OVERSIZED_SOURCE = code(
    "oversized-source",
    ERROR,
    "read",
    "A source is made so that it would fill the memory: too many parts, or parts that expand out of all proportion.",
    "open it in the program that made it, divide it, and save the parts",
)
ENCRYPTED_SOURCE = code(
    "encrypted-source",
    ERROR,
    "read",
    "A source is protected by a password.",
    "open it in the program that made it, remove the password, and save it again",
)
MISTAKEN_FORMAT = code(
    "mistaken-format",
    ERROR,
    "read",
    "A file's content is of another format than its ending says.",
    "give the file its true ending, or save it in the format named",
)
UNNAMED_IMAGE = code(
    "unnamed-image",
    WARNING,
    "read",
    "A page of PAGE XML, ALTO or hOCR does not name its image, so its facsimile has zones but no picture.",
    "export the pages again with the names of their images, or add <graphic> to the <surface>",
)
ODD_COORDINATES = code(
    "odd-coordinates",
    WARNING,
    "read",
    "Coordinates of a zone are negative, no numbers, or fewer than three points. Negative ones were set to 0; where the "
    "others are so, the zone has no place on the image.",
    "correct the layout of the page and export it again",
)
ODD_READING_ORDER = code(
    "odd-reading-order",
    WARNING,
    "read",
    "The reading order of a page names a region that is not there, or one twice. It was followed as far as it goes; "
    "regions that it does not name come last.",
    "correct the reading order and export the page again",
)
DIFFERING_TEXTS = code(
    "differing-texts",
    WARNING,
    "read",
    "A page gives a text more than once, for a region, its lines and their words, and they are not the same. The text of "
    "the lines was taken, where there is none that of the words, last that of the region.",
    "compare the place with the image, and export the page again",
)
TAG_OUTSIDE_LINE = code(
    "tag-outside-line",
    WARNING,
    "read",
    "A tag begins or ends behind the last character of its line; it was cut off there.",
    "look at the tags of the line",
)
UNUSABLE_TEI = code(
    "unusable-tei",
    ERROR,
    "read",
    "A source is TEI, but not one document of TEI P5: it has another root element than TEI, or no namespace.",
    "P4 can be brought to P5 with the TEI's stylesheet p4top5.xsl; a corpus is converted one <TEI> a file",
    '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
)
OTHER_ID = code(
    "other-id",
    INFO,
    "read",
    "The root of a TEI source has another xml:id than the name of the file gives. The document got the name of its file; "
    "the former id is kept in its entry for Editio (application), and pointers to it within the document were changed.",
    "to keep the id, name the source after it",
)
# --- metadata in a table ----------------------------------------------------------------------
MALFORMED_METADATA = code(
    "malformed-metadata",
    ERROR,
    "read",
    "The table of metadata cannot be read: it is not UTF-8, has no column “id” or “file”, or is not CSV or JSON.",
    "correct the line named; the first row of CSV names the columns, JSON is a list of objects",
)
ODD_METADATA = code(
    "odd-metadata",
    WARNING,
    "read",
    "A row of the table of metadata names no document or one that another row names, or has more cells than there are "
    "columns; or a column has no name or one that another has. It was left out.",
    "correct the line named",
)
MISTAKEN_ENCODING = code(
    "mistaken-encoding",
    WARNING,
    "read",
    "A web page says that it is in one encoding, but its bytes are UTF-8; it was read as that.",
    "correct the charset in the page's head, if others are to read it",
)
CONTENT_NOT_FOUND = code(
    "content-not-found",
    WARNING,
    "read",
    "Nothing on a web page fits the selector of [convert] content; what looks like its main content was taken.",
    "correct the selector, or give the page's text by hand",
    '[convert]\ncontent = "div.document"',
)
NESTED_TOO_DEEP = code(
    "nested-too-deep",
    WARNING,
    "read",
    "Elements of a source stand in one another more than a hundred deep; the innermost were laid flat, their text kept.",
    "look at the place; such nesting is seldom meant",
)
PICTURE_LEFT_OUT = code(
    "picture-left-out",
    INFO,
    "read",
    "A source holds a picture itself, which TEI can only name; it was left out.",
    "put the picture beside the document and name it in a <graphic> of the TEI",
)
MISSING_PROGRAM = code(
    "missing-program",
    ERROR,
    "read",
    "Files of this format are read with the help of another program, which is not installed.",
    "install the program named, or save the document in a format that Editio reads by itself",
    'pip install "editio[pandoc]"',
)
PROGRAM_FAILED = code(
    "program-failed",
    ERROR,
    "read",
    "The program that reads files of this format could not read this one, or used up its time or memory.",
    "open the document in the program that made it and save it again, or in another format",
)
LEFT_OUT_BY_PANDOC = code(
    "left-out-by-pandoc",
    WARNING,
    "read",
    "Pandoc says that it has left something out of a document, such as a command it does not know or a file that was "
    "to be included.",
    "look at the line named and see whether words are missing in the TEI",
)
UNREFERENCED_NOTE = code(
    "unreferenced-note",
    WARNING,
    "read",
    "Nothing in the text refers to a note, so nobody knows where it belongs; it was kept as a paragraph.",
    "put its mark where it belongs, or correct the mark",
    "[^1]: A note.   →  the text.[^1]",
)
MARKUP_AS_TEXT = code(
    "markup-as-text",
    WARNING,
    "read",
    "Markup of a source could not be read, because it is nested too deep or its paragraph is too long; it was kept as "
    "text, as it stands.",
    "simplify the markup at this place",
)
OTHER_COLUMN = code(
    "other-column",
    INFO,
    "read",
    "The table of metadata has a column that is no field of the header. Its words are kept there as "
    '<note type="field">, with the name of the column as @subtype.',
    "if it is misspelt, correct its name; docs/settings.md lists the fields",
)
RUNNING_HEAD = code(
    "running-head",
    INFO,
    "read",
    "Headers and footers of pages were kept out of the edited text. They stand in the TEI header as "
    '<note type="furniture">.',
    "if they belong to the document, move them from the header into the text",
)
GENERATED_LIST = code(
    "generated-list",
    INFO,
    "read",
    "A table of contents or an index that the word processor made from the text was kept out of it. It stands in the "
    'TEI header as <note type="furniture">; Editio makes its own.',
    "if it belongs to the document, move it from the header into the text",
)
PICTURE_NOT_COPIED = code(
    "picture-not-copied",
    INFO,
    "read",
    "A source holds pictures. The TEI points to them, but their files were not copied.",
    "unpack the source as a ZIP and put the pictures where <graphic url> says",
)
EXTERNAL_PICTURE = code(
    "external-picture",
    WARNING,
    "read",
    "A source shows a picture that lies elsewhere, on the web or a disk. Nothing was fetched.",
    "get the picture, put it beside the TEI and correct <graphic url>",
)
MISSING_BOOKMARK = code(
    "missing-bookmark",
    WARNING,
    "read",
    "A link or cross-reference of a source leads to a place that the document does not have. Its text is kept without "
    "a link.",
    "set the cross-reference anew in the source",
)
UNREAD_PART = code(
    "unread-part",
    WARNING,
    "read",
    "A source holds something Editio does not read: another document that is embedded in it, a chart, a diagram.",
    "put its words into the source as text if the edition needs them",
)
UNKNOWN_SIGN = code(
    "unknown-sign",
    WARNING,
    "read",
    "A source has a sign of a symbol font (such as Wingdings) for which no Unicode character is known. It was kept as a "
    "character of the private use area, which looks right in that font only.",
    "replace it in the source by the character it stands for",
)
# --- encoding ---------------------------------------------------------------------------------
LEDGER = code(
    "ledger-out-of-balance",
    ERROR,
    "encode",
    "A character of the source is neither in the text of the TEI, nor in its header, nor used up by a named rule. "
    "The document was not written. This is a fault of Editio.",
    "report it to Editio's developers with the source file",
)
MISSING_TITLE = code(
    "missing-title",
    INFO,
    "encode",
    "No title was found in the source; the document is called after its file.",
    "set title under [documents.ID] in edition.toml",
    '[documents.letter-2]\ntitle = "Second letter"',
)
JOINED_PARAGRAPH = code(
    "joined-paragraph",
    INFO,
    "encode",
    "A sentence was broken by a blank line, as at the end of a page; its halves are one paragraph now and the break "
    'is kept as <milestone unit="source-break"/>.',
    "if the halves are two paragraphs, divide the <p> in the TEI",
)
PAGE_FURNITURE = code(
    "page-furniture",
    INFO,
    "encode",
    "Words of the web page around the document (labels without content, a neighbour's summary) were kept out of the "
    'edited text. They stand in the header as <note type="furniture">.',
    "if it belongs to the document, move it from the header into the text",
)
NOTE_WITHOUT_MARK = code(
    "note-without-mark",
    WARNING,
    "encode",
    "Behind the text stand notes under a heading of their own, but not all of them have a mark in the text. They were "
    "kept where they stand.",
    "write the mark of each note in the text, such as [1], or move the notes in the TEI",
)
UNBALANCED_BRACKET = code(
    "unbalanced-bracket",
    WARNING,
    "encode",
    "A square bracket has no partner in its paragraph; it was kept as it stands.",
    "add the missing bracket in the source",
)
# --- names and dates --------------------------------------------------------------------------
MALFORMED_REGISTER = code(
    "malformed-register",
    ERROR,
    "annotate",
    "A register is not well-formed XML or not a TEI register.",
    "correct the line named",
)
UNUSABLE_NAME = code(
    "unusable-name",
    WARNING,
    "annotate",
    "A name of a register cannot be looked for: it is empty, a single letter, an ordinary word in small letters, or longer "
    "than any name. It would be found nowhere, or everywhere. The entry stays, and its other names count.",
    "write the name as documents do, or delete it",
    '<persName type="variant">K.</persName>',
)
UNREADABLE_TABLE = code(
    "unreadable-table",
    ERROR,
    "read",
    "The table of names is not CSV in UTF-8, or has no columns “id” or “name”.",
    "export the table anew, or save it as CSV (UTF-8) from your spreadsheet",
)
UNUSABLE_ROW = code(
    "unusable-row",
    ERROR,
    "read",
    "A row of the table of names says what no entry can have. Nothing of the table was imported.",
    "correct the cell named",
    "birth: 12.7.1817   →  birth: 1817-07-12",
)
UNKNOWN_COLUMN = code(
    "unknown-column",
    INFO,
    "read",
    "The table of names has a column that registers do not know; it was not imported.",
    "delete the column, or correct its name",
)
SAME_ENTRY = code(
    "same-entry",
    ERROR,
    "annotate",
    "An entry with this id, name or identifier stands in the registers already.",
    "change that entry; or, if it is somebody else of the same name, give the new one an id",
)
UNWRITTEN_REGISTER = code(
    "unwritten-register",
    ERROR,
    "annotate",
    "A register was not written: with the change it would not be valid, or its file cannot be edited as it is.",
    "make the change in the register itself",
)
MISPRINT_IN_NAME = code(
    "misprint-in-name",
    INFO,
    "annotate",
    'A name is spelt almost like one of the register; it was linked with cert="medium" and left as it stands.',
    "if it is a misprint, encode <choice><sic>…</sic><corr>…</corr></choice>; if it is a variant, add it to the register",
)
AMBIGUOUS_NAME = code(
    "ambiguous-name",
    INFO,
    "annotate",
    "A name fits several entries of the registers; it was not linked.",
    "decide with “editio names review”, or make the variants in the register distinct",
)
NOT_CONVERTED = code(
    "not-converted",
    WARNING,
    "annotate",
    "A source has no TEI document yet, so its names were not looked at.",
    "run “editio convert” first, or name the source behind “editio names scan”",
)
NOTHING_TO_SCAN = code(
    "nothing-to-scan",
    ERROR,
    "annotate",
    "There is no document whose names could be surveyed.",
    "run “editio convert” first, or name sources or TEI files behind “editio names scan”",
)
TEXT_WITHOUT_CAPITALS = code(
    "text-without-capitals",
    INFO,
    "annotate",
    "A document is mostly in a script without capitals (Arabic, Hebrew, Chinese …), which the survey of names goes by.",
    "its names are found only beside a title; a model finds more: “editio names scan --ner MODEL”",
)
UNUSABLE_MODEL = code(
    "unusable-model",
    ERROR,
    "annotate",
    "The model named with --ner, or spaCy itself, is not installed, or cannot be loaded.",
    "pip install 'editio[ner]', then install a model: python -m spacy download en_core_web_sm",
)
MALFORMED_DECISION = code(
    "malformed-decision",
    ERROR,
    "annotate",
    "A line of the file of decisions is not one: not JSON, without its words or verdict, or the file is not UTF-8. "
    "The other lines count; as long as it is so, Editio writes nothing into the file.",
    "correct the line named, or delete it",
    '{"exact": "Dulles", "verdict": "yes"}',
)
LOST_DECISION = code(
    "lost-decision",
    WARNING,
    "annotate",
    "The words that a decision quotes are no longer in the document, or not near what stood beside them. The decision "
    "is kept, and has no effect.",
    "if the text was changed rightly, delete the line of the decision; else correct its quotation",
)
CONTRADICTING_DECISIONS = code(
    "contradicting-decisions",
    WARNING,
    "annotate",
    "Two decisions about the same place say different things; neither counts.",
    "delete one of the two lines",
)
UNKNOWN_IN_DECISION = code(
    "unknown-in-decision",
    WARNING,
    "annotate",
    "A decision is about a document that the edition does not have, or for an entry that no register has. It is kept, "
    "and has no effect.",
    "correct the id; or, if the document or entry is gone for good, delete the line",
)
NOTHING_TO_DECIDE = code(
    "nothing-to-decide",
    ERROR,
    "annotate",
    "No suggestion is as you asked for, so that nothing was decided.",
    "“editio names suggest” shows what there is; what is decided already is not suggested again",
)
DECISION_NOT_APPLIED = code(
    "decision-not-applied",
    WARNING,
    "annotate",
    "What was decided could not be written into a TEI file: the result would not be well-formed or valid, or you "
    "changed the same place. The decision is kept, the file is as it was.",
    "encode the place by hand; “editio names apply” tries again",
)
# --- tei/ and what stands there ------------------------------------------------------------------
MERGE_CONFLICT = code(
    "merge-conflict",
    WARNING,
    "encode",
    "You edited a place of a TEI file, and its source (or the settings or registers) would now give another text at "
    "that very place. Your version stays in the file; everything else was merged.",
    "make the place agree with the new version in .editio/new; or, if yours is right as it is, run "
    "“editio convert --keep”, which settles all conflicts of the edition",
    '<date when="1860-05-21"> (yours), <date when="1860-05-22"> (new)',
)
EDITED_AND_CHANGED = code(
    "edited-and-changed",
    WARNING,
    "encode",
    "A TEI file was edited by hand and its source (or the settings or registers) would now give another text, and the "
    "two cannot be merged: your file is not well-formed XML, its base is missing, or the result would not be valid. "
    "Your file was left as it is.",
    "take over from the new version in .editio/new what you want, then run “editio convert --keep” to settle it",
)
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
    "An attribute, or an element that holds a value, says something that the schema does not allow: no word of its list, "
    "or no date, number, name of the kind it asks for.",
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
    "The schema allows so many ways of reading the document that they cannot all be followed; what comes behind the place "
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
    "A document names a schema (by xml-model) that lies in the network, from which nothing is fetched, or that is in no "
    "language that is read; it was not used.",
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
REFUSED_INCLUSION = code(
    "refused-inclusion",
    ERROR,
    "schema",
    "An xi:include names what cannot be included: a file that does not exist or is not well-formed, that lies outside the "
    "project or in the network, or that includes itself. Nothing else of the document was looked at.",
    "correct the href, or put the file into the project",
    '<xi:include href="chapter1.xml"/>',
)
TOO_COSTLY = code(
    "too-costly",
    ERROR,
    "check",
    "To look at a document took more time or memory than is allowed, so it was given up; the others were looked at.",
    "divide the document; if a rule of your Schematron or a schema is the cause, simplify it",
)
FAILED_CHECK = code(
    "failed-check",
    ERROR,
    "check",
    "A check, or what reads schemas and rules, broke off with an error: a bug of Editio, not of your document. All other "
    "checks were made.",
    "please report it, with the lines on standard error and, if you can, the document",
)
BROKEN_RULE = code(
    "broken-rule",
    ERROR,
    "schematron",
    "A rule of the Schematron schema does not hold at this place. The rule itself says what is wrong and how bad it is; "
    "its name stands in brackets behind the message.",
    "correct the text as the rule says; if the rule is wrong, correct the rule",
)
RULE_NOT_EVALUATED = code(
    "rule-not-evaluated",
    ERROR,
    "schematron",
    "A rule of the Schematron schema raised an error at this place, so nobody knows whether it holds: a value is not "
    "what the rule takes it for (a date that is no date), or the rule reads a file that it may not read. "
    "All other rules were evaluated.",
    "correct the value, or make the rule ask first (“castable as xs:date”); rules may read XML files of the project only",
)
UNUSABLE_SCHEMATRON = code(
    "unusable-schematron",
    ERROR,
    "schematron",
    "The Schematron schema, or a part of it, cannot be used: it is not well-formed, includes what it may not, names a "
    "pattern that there is not, or has a wrong XPath. Other rules of the schema are evaluated nevertheless.",
    "correct the line named",
    '<sch:assert test="@when casstable as xs:date">…</sch:assert>',
)
DOUBTFUL_SCHEMATRON = code(
    "doubtful-schematron",
    WARNING,
    "schematron",
    "The Schematron schema can be used, but something in it does not mean what it seems to.",
    "correct the line named",
)
NOTHING_TO_BUILD = code(
    "nothing-to-build",
    ERROR,
    "publish",
    "There is no TEI document to publish.",
    "run “editio convert”, or put TEI files into the folder tei",
)
# --- publishing -------------------------------------------------------------------------------
ELEMENT_WITHOUT_TEMPLATE = code(
    "element-without-template",
    WARNING,
    "publish",
    "No template knows this element; its text is shown all the same, its name is its class.",
    "write a template for it in your project's xslt/html.xsl or xslt/print.xsl, or use another element",
)
ODD_CONSTRUCT = code(
    "odd-construct",
    WARNING,
    "publish",
    "Something in the document cannot be shown as it is encoded, such as boxes nested too deep for a printed page; "
    "its text is kept.",
    "look at the page and simplify the encoding if it reads badly",
)
DANGLING_LINK = code(
    "dangling-link",
    WARNING,
    "publish",
    "A link points to an id that the edition does not have; its text is shown without a link.",
    "correct the pointer",
)
UNSAFE_LINK = code(
    "unsafe-link",
    WARNING,
    "publish",
    "A link's address is neither http, https or mailto nor a place in the edition; its text is shown without a link.",
    "correct the address",
    'target="javascript:…"',
)
TRANSFORM_FAILED = code(
    "transform-failed",
    ERROR,
    "publish",
    "A stylesheet ended with an error, or used up its time or memory, on one document.",
    "if you changed stylesheets, look at the line named; otherwise report it to Editio's developers",
)
STYLESHEET_REFUSED = code(
    "stylesheet-refused",
    ERROR,
    "publish",
    "A stylesheet does not compile, or does what is not allowed: DOCTYPE, includes outside its folder, use-when.",
    "correct the line named",
)
TYPESETTING_FAILED = code(
    "typesetting-failed",
    ERROR,
    "publish",
    "The book could not be set.",
    "report it to Editio's developers with the message",
)
MISSING_GLYPH = code(
    "missing-glyph",
    WARNING,
    "publish",
    "The book's font lacks a character, so the PDF was made without the promises of PDF/A.",
    "name fonts that have the script under [print] fonts and font_folder",
)
UNUSABLE_OUTPUT = code(
    "unusable-output",
    ERROR,
    "publish",
    "The output folder is a link, holds files that Editio did not write, or another build is writing it.",
    "choose an empty output folder, or move the foreign files away",
)
# --- linking to authority files ----------------------------------------------------------------
UNKNOWN_SERVICE = code(
    "unknown-service",
    ERROR,
    "annotate",
    "“editio names link” was asked for a reconciliation service that neither Editio nor edition.toml names.",
    "correct its name, or add a [[names.service]] to edition.toml",
    '[[names.service]]\nname = "places"\naddress = "http://127.0.0.1:8001/reconcile"\ntype = "geonames"',
)
FAILED_SERVICE = code(
    "failed-service",
    ERROR,
    "annotate",
    "A reconciliation service cannot be reached, is too slow, refuses, or answers something that is no answer; "
    "what it was asked stays without proposals, what other services say is kept.",
    "try again later; if it goes on, look whether the address of the service is still right",
)
ODD_ANSWER = code(
    "odd-answer",
    WARNING,
    "annotate",
    "Some of what a reconciliation service answered is not of the form that its interface prescribes, or holds "
    "identifiers that its authority file cannot have; these candidates are left out.",
    "nothing, if it is few; otherwise look whether the type of the service is right",
)
UNKNOWN_ENTRY = code(
    "unknown-entry",
    ERROR,
    "annotate",
    "A command was given the id of an entry that the registers do not have.",
    "correct the id; it is the xml:id of the entry",
)
UNUSABLE_LINK = code(
    "unusable-link",
    ERROR,
    "annotate",
    "What is to be accepted or rejected is not an entry and an identifier, or the identifier cannot be one of its "
    "authority file, or the entry has another one already; nothing was written for it.",
    "write ENTRY=TYPE:IDENTIFIER, such as thoreau=gnd:118622110, or ENTRY=ADDRESS",
)
UNREADABLE_LINKS = code(
    "unreadable-links",
    ERROR,
    "annotate",
    "A file of proposals or rejected links in names/links/ is not what “editio names link” writes.",
    "correct it, or take it back from version control; proposals may be deleted and asked for anew",
)
UNUSABLE_PORT = code(
    "unusable-port",
    ERROR,
    "publish",
    "“editio serve” cannot listen on the port, mostly because another program, or another preview, does.",
    "end the other one, or name another port: editio serve --port 8001",
)
