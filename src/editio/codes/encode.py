"""The codes of turning a source into TEI, and of merging that with what was edited."""

from __future__ import annotations

from editio.codes.declaring import ERROR, INFO, WARNING, code

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
