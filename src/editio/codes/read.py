"""The codes of reading sources, and tables of metadata and of names."""

from __future__ import annotations

from editio.codes.declaring import ERROR, INFO, WARNING, code

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
    "A tag begins or ends after the last character of its line; it was cut off there.",
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
    "The table of metadata has a column that is not a field of the header. Its words are kept there as "
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
