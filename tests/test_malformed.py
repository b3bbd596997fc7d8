"""What is no well-formed XML is refused with the place of the first flaw, what it is, and what to do."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editio import tei
from editio.tei.malformed import first_flaw

CASES = Path(__file__).parent / "cases"
SAID = CASES / "malformed/said.txt"
# Words of libxml2, which speaks to programmers.
FOREIGN = ("mismatch", "expected", "Premature", "extra content", "Ref:", "PCDATA", "construct error")


def said_of(data: bytes) -> str:
    with pytest.raises(tei.MalformedXml) as refused:
        tei.parse(data)
    found = refused.value
    return f"{found.line}:{found.column}: {found.message}\n    {found.hint}"


def test_each_flaw_is_told_in_words_with_its_place_and_its_cure(accept: bool) -> None:
    paths = sorted((CASES / "malformed").glob("*.xml"))
    found = "".join(f"{path.stem}\n    {said_of(path.read_bytes())}\n" for path in paths)
    if accept:
        SAID.write_text(found, encoding="utf-8")
    assert found == SAID.read_text(encoding="utf-8")
    assert not any(line.strip() == "" for line in found.splitlines()), "a flaw without a cure"


def test_nothing_is_found_in_what_is_well_formed() -> None:
    paths = [path for path in CASES.rglob("*.xml") if path.parent.name != "malformed"]
    assert len(paths) > 100
    for path in paths:
        data = path.read_bytes()
        try:
            tei.parse(data)
        except tei.MalformedXml:
            continue
        assert first_flaw(data.decode()) is None, path


def test_what_is_refused_is_told_in_our_words_wherever_a_character_was_lost_or_came_in() -> None:
    chance = random.Random(5)
    text = (CASES / "convert/letter.xml").read_text(encoding="utf-8")
    told = 0
    for _ in range(400):
        at = chance.randrange(len(text))
        changed = text[:at] + chance.choice(["", "<", "&", '"', ">", "/", "</p>", "<b>"]) + text[at + 1 :]
        try:
            tei.parse(changed.encode())
        except tei.MalformedXml as error:
            told += 1
            assert error.hint, (error.message, changed[max(0, at - 30) : at + 30])
            assert not any(word in error.message for word in FOREIGN), error.message
            assert error.line <= changed.count("\n") + 1
    assert told > 100


@given(st.text(alphabet="<>&;/=!-[]?'\"ab:#x1 \n\ufeff\0é", max_size=60))
def test_a_flaw_of_whatever_text_has_a_place_in_it(text: str) -> None:
    flaw = first_flaw(text)
    try:
        tei.parse(text.encode())
    except tei.MalformedXml:
        pass
    else:
        assert flaw is None
    assert flaw is None or 0 <= flaw.offset <= len(text)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (b"<p>&#" + b"1" * 5000 + b";</p>", "stands for a character that XML does not have"),
        (b"<p " + b" ".join(b'a%d="1"' % number for number in range(30_000)), "the tag <p is not ended"),
        (b"<r>" + b"".join(b'<a xmlns:p%d="u">' % number for number in range(20_000)), "lies in 256 elements"),
        (b"<lb>\n" * 100_000, "<lb> lies in 256 elements"),
        (b"<" + b"a" * 1_000_000, "the tag <aaa"),
    ],
    ids=["number", "attributes", "prefixes", "depth", "name"],
)
def test_a_flaw_without_measure_is_told_shortly_and_soon(shape: bytes, message: str) -> None:
    begin = time.process_time()
    with pytest.raises(tei.MalformedXml) as refused:
        tei.parse(shape)
    assert time.process_time() - begin < 3
    assert message in refused.value.message
    assert len(refused.value.message) < 400


def test_elements_may_lie_as_deep_as_the_parser_allows() -> None:
    assert len(list(tei.parse(b"<a>" * 256 + b"</a>" * 256).iter())) == 256
    with pytest.raises(tei.MalformedXml) as refused:
        tei.parse(b"<a>\n" * 257 + b"</a>" * 257)
    assert (refused.value.line, refused.value.column) == (257, 1)
