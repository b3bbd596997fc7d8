"""What each code means, for ``editio explain`` and docs/diagnostics.md."""

from __future__ import annotations

import textwrap

from editio.codes import CODES
from editio.diagnostics import Code, Stage
from editio.registry import checks

# The stages in the order a document meets them, each with what the manual says of it.
STAGES: dict[Stage, str] = {
    "read": "opening the project and its sources",
    "encode": "turning a source into TEI",
    "annotate": "finding names and dates",
    "schema": "comparing the TEI with the schema",
    "schematron": "asking the rules of a Schematron schema",
    "check": "looking for what a schema cannot see",
    "publish": "making pages and book",
}
WIDTH = 120
HEAD = """\
# Diagnostics

This page is written by Editio itself: it is the output of `editio.explain.manual()`. The same texts, one at a time:

```console
$ editio explain joined-paragraph
joined-paragraph (info, stage encode)
```

## How to read one

    tei/letter.xml:17:5: error: the register tei/registers/persons.xml has no entry “ana” [dangling-pointer]
        correct the pointer, or add what it points to (a name: to the register)

From left to right: the file, relative to your project; the line and, where it is known, the column, both counted
from 1; how bad it is; what is so; in brackets, the code. Below it: what you can do. A diagnostic without a place is
about the edition as a whole.

| severity | means | exit code |
|---|---|---|
| `error` | The edition is not sound there; nothing is published. | 1 |
| `warning` | Something is probably not as you want it. | 0; with `--strict` 1 |
| `info` | A decision that Editio made and that you may want to look at. | 0 |

`editio validate --fail-on` moves the limit. Wrong use of the command line (an unknown option, a file that is not there)
ends with exit code 2.

A diagnostic you have looked at and accept goes into `edition.toml`, with your reason:

```toml
[[ignore]]
code = "joined-paragraph"
file = "sources/memoir.txt"      # without this line: in every file; * stands for anything
reason = "compared with the microfilm: the page ends in mid-sentence"
```

## The report for programs

`editio convert`, `validate` and `build` write the report as JSON with `--format json`; the summary of the work then
goes to the error output. [Other formats](guide.md#reports-for-programs) are for services of continuous integration.

```json
{
  "diagnostics": [
    {
      "file": "sources/letter-2.txt",
      "line": 9,
      "column": 1,
      "severity": "info",
      "stage": "encode",
      "code": "joined-paragraph",
      "message": "“… and on | their children after …” is one sentence, broken by a blank line",
      "hint": "if the halves are two paragraphs, divide the <p> in the TEI"
    }
  ],
  "summary": { "error": 0, "warning": 0, "info": 1 }
}
```

`file` is relative to the project and empty for the edition as a whole; `line` and `column` are 0 where they are not
known. `allowed` is there where a schema lists what may stand at the place: all of it, of which the message may name a
few. `follows` has the line and column of another diagnostic of the file, if this one most likely goes when that one
is mended; the report for people only counts such ones. Diagnostics stand in order of file, line and column.
`severity` is one of the three words above. `stage` is one of:
"""


def all_codes() -> dict[str, Code]:
    """Every code, those of the checks too, in name order."""
    checks()
    return dict(sorted(CODES.items()))


def explanation(name: str, width: int = 0) -> str | None:
    """The explanation of one code, in lines of a width if one is given; none for an unknown one."""
    code = all_codes().get(name)
    if code is None:
        return None
    cause, cure = (_broken(words, width) for words in (code.cause, f"What to do: {code.cure}."))
    lines = [f"{code.name} ({code.severity.word}, stage {code.stage})", "", *cause, "", *cure]
    if code.example:
        lines += ["", "Example:", *(f"    {line}" for line in code.example.splitlines())]
    return "\n".join(lines)


def _broken(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False) if width else [words]


def listing(width: int = 0) -> str:
    """All codes with their explanation, cut to a line each if a width is given."""
    longest = max(map(len, all_codes()))
    lines = (f"{code.name:{longest}}  {code.severity.word:7}  {code.cause}" for code in all_codes().values())
    return "\n".join(f"{line[: width - 1].rstrip()}…" if 0 < width < len(line) else line for line in lines)


def manual() -> str:
    """The page docs/diagnostics.md, as Markdown."""
    stages = "\n".join(f"- `{stage}`: {words}" for stage, words in STAGES.items())
    return "\n".join([HEAD, stages, "", "## All codes", "", *map(_entry, all_codes().values())]).rstrip("\n") + "\n"


def _entry(code: Code) -> str:
    """The part of the manual about one code; its heading is the code's name."""
    paragraphs = [f"### {code.name}", f"`{code.severity.word}`, stage `{code.stage}`"]
    paragraphs += [_wrapped(code.cause), _wrapped(f"What to do: {code.cure}.")]
    if code.example:
        paragraphs.append("\n".join(f"    {line}" for line in code.example.splitlines()))
    return "\n\n".join(paragraphs) + "\n"


def _wrapped(words: str) -> str:
    """A paragraph in lines; elements named in it are no markup of the page."""
    return textwrap.fill(words.replace("<", "\\<"), WIDTH, break_long_words=False, break_on_hyphens=False)
