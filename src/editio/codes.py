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
    "mark the name by hand and give its @ref, or make the variants in the register distinct",
)
# --- tei/ and what stands there ------------------------------------------------------------------
EDITED_AND_CHANGED = code(
    "edited-and-changed",
    WARNING,
    "encode",
    "A TEI file was edited by hand and its source (or the settings or registers) would now give another text. "
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
INVALID = code(
    "invalid",
    ERROR,
    "schema",
    "An element or attribute is not where the schema allows it.",
    "correct the element; docs/schema.md says what may stand where",
)
UNUSABLE_SCHEMA = code(
    "unusable-schema",
    ERROR,
    "schema",
    "The schema cannot be read or is not RELAX NG in XML syntax.",
    "name another schema",
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
