"""The codes of making pages and book, and of serving them."""

from __future__ import annotations

from editio.codes.declaring import ERROR, WARNING, code

NOTHING_TO_BUILD = code(
    "nothing-to-build",
    ERROR,
    "publish",
    "There is no TEI document to publish.",
    "run “editio convert”, or put TEI files into the folder tei",
)
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
UNUSABLE_PORT = code(
    "unusable-port",
    ERROR,
    "publish",
    "“editio serve” cannot listen on the port, mostly because another program, or another preview, does.",
    "end the other one, or name another port: editio serve --port 8001",
)
