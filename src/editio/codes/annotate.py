"""The codes of names and dates: registers, suggestions, decisions, authority files."""

from __future__ import annotations

from editio.codes.declaring import ERROR, INFO, WARNING, code

TOO_LARGE_TABLE = code(
    "too-large-table",
    ERROR,
    "annotate",
    "A table of register entries is larger than 64 MB, and is not read.",
    "part the table, and import the parts one after the other",
)
MALFORMED_REGISTER = code(
    "malformed-register",
    ERROR,
    "annotate",
    "A register is not well-formed XML or not a TEI register. Nothing is converted, for all its names would be lost.",
    "correct the line named",
)
MALFORMED_ENTRY = code(
    "malformed-entry",
    ERROR,
    "annotate",
    "An entry of a register has no id, the id of another one, or no name. It counts for nothing, of two with one id the first "
    "counts; the other entries do, and documents are converted with them.",
    "correct the entry named",
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
    "run “editio convert” first, or name the source after “editio names scan”",
)
NOTHING_TO_SCAN = code(
    "nothing-to-scan",
    ERROR,
    "annotate",
    "There is no document whose names could be surveyed.",
    "run “editio convert” first, or name sources or TEI files after “editio names scan”",
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
    "The other lines count, and documents are converted by them; as long as it is so, Editio writes nothing into the file.",
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
