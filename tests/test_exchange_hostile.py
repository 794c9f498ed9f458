"""No file, however broken or ill meant, is more than refused: in a sentence, with nothing written."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.exchange import made
from tna.documents import read
from tna.exchange import FORMATS
from tna.exchange.ledger import Ledger
from tna.exchange.texts import as_cell, from_html, guarded, lines, to_html
from tna.problems import Problems, Unusable

SAMPLES = {"moodle": "moodle.csv", "case": "case.json", "compeito": "compeito.csv", "offer": "offer.csv",
           "plan": "plan.csv", "levels": "levels.csv"}  # fmt: skip
SCHEMA = Draft202012Validator(json.loads((made.SAMPLES / "case.schema.json").read_text("utf-8")))
PIECES = st.one_of(
    st.text(max_size=12), st.sampled_from(['"', ",", "\n", "{", "]", "null", "1", "L1", "K1", "\ufeff", "<p>", "%2C", "'", "Level 1-"])
)  # fmt: skip


def brought(kind: str, raw: bytes, suffix: str) -> list[str]:
    """The codes of what is said of a file; a pack that comes of it loads, and its ledger can be read."""
    with tempfile.TemporaryDirectory() as scratch:
        path, folder = Path(scratch) / f"in{suffix}", Path(scratch) / "county"
        path.write_bytes(raw)
        try:
            done, problems = made.brought(kind, path, folder)
        except Unusable as refused:
            assert not folder.exists()
            return [one.code for one in refused.problems]
        made.load(folder)
        assert read(folder / "exchange.yaml", "exchange", Problems())
        assert sum(done.ledger.counts().values()) == len(done.ledger.lines)
        return [one.code for one in problems]


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_file_with_anything_in_it_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    text = (made.SAMPLES / SAMPLES[kind]).read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        text = text[:start] + data.draw(PIECES) + text[end:]
    brought(kind, text.encode("utf-8", "surrogatepass"), f".{SAMPLES[kind].rpartition('.')[2]}")


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=6, deadline=None)
@given(raw=st.binary(max_size=300))
def test_bytes_that_are_no_file_at_all_are_refused(kind: str, raw: bytes) -> None:
    assert brought(kind, raw, FORMATS[kind].suffix)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=30, deadline=None)
@given(
    place=st.sampled_from(["CFDocument", "CFItems", "CFAssociations"]),
    key=st.text(max_size=20),
    value=JSON,
    data=st.data(),
)
def test_a_package_may_hold_anything_anywhere_and_still_goes_out_by_the_standard(
    place: str, key: str, value: Any, data: st.DataObject
) -> None:
    package = json.loads((made.SAMPLES / "case.json").read_text("utf-8"))
    known = sorted({*package["CFItems"][0], *package["CFAssociations"][0], *package["CFDocument"]})
    name = data.draw(st.sampled_from([*known, key]))
    if place == "CFDocument":
        package[place][name] = value
    else:
        package[place][data.draw(st.integers(0, 4))][name] = value
    with tempfile.TemporaryDirectory() as scratch:
        path, folder = Path(scratch) / "in.json", Path(scratch) / "county"
        path.write_text(json.dumps(package), "utf-8")
        try:
            made.brought("case", path, folder)
        except Unusable:
            return
        made.sent(folder, "case", path)
        written = json.loads(path.read_text("utf-8"))
        assert [one.message for one in SCHEMA.iter_errors(written)] == []


def test_json_that_is_too_deep_is_refused_before_it_is_parsed() -> None:
    assert brought("case", b"[" * 1_000_000, ".json") == ["exchange.json-too-deep"]
    assert brought("case", b'{"a":' * 100_000, ".json") == ["exchange.json-too-deep"]


def test_half_a_character_is_refused() -> None:
    assert brought("case", b'{"CFDocument": {"title": "\\ud800"}}', ".json") == ["exchange.not-json"]


def test_a_word_document_with_a_document_type_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=3)
    document.save(str(tmp_path / "plan.docx"))
    with zipfile.ZipFile(tmp_path / "plan.docx") as old, zipfile.ZipFile(tmp_path / "bad.docx", "w") as new:
        for part in old.namelist():
            raw = old.read(part)
            if part == "word/document.xml":
                raw = raw.replace(b"?>", b'?><!DOCTYPE d [<!ENTITY a "aaaa">]>', 1)
            new.writestr(part, raw)
    assert brought("plan", (tmp_path / "bad.docx").read_bytes(), ".docx") == ["tables.dangerous-workbook"]


def test_a_cell_of_a_word_table_that_reaches_over_rows_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=5)
    heads = (
        "Target groups",
        "Expected Core Competencies",
        "Learning and development activity planned",
        "Lead Officer(s)",
        "Update – 8.4.2024",
    )
    for column, text in enumerate(heads):
        table.cell(0, column).text = text
    for column, text in enumerate(("Group 1\nEverybody", "Knows whom to tell")):
        table.cell(1, column).merge(table.cell(2, column)).text = text
    table.cell(1, 2).text, table.cell(2, 2).text = "Workshop", "E-learning"
    document.save(str(tmp_path / "plan.docx"))
    done, problems = made.brought("plan", tmp_path / "plan.docx", tmp_path / "county")
    assert (list(problems), done.ledger.counts()["changed"]) == ([], 0)
    assert [one.title for one in made.load(tmp_path / "county").courses] == ["Workshop", "E-learning"]


@given(st.text(max_size=60).map(lines))
def test_text_comes_back_from_html_and_cells_as_it_went(text: str) -> None:
    text = lines(text)
    assert from_html(to_html(text)) == text
    assert from_html(as_cell(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))


def test_a_row_keeps_its_worst_outcome_and_every_reason() -> None:
    ledger = Ledger("a.csv")
    ledger.note("row 2", "accepted")
    ledger.note("row 2", "changed", "first", "=1+1")
    ledger.note("row 2", "refused", "second")
    ledger.note("row 2", "changed", "first")
    assert ledger.counts() == {"accepted": 0, "changed": 0, "refused": 1}
    assert ledger.written().splitlines()[1] == "a.csv,,row 2,refused,first; second,'=1+1"
