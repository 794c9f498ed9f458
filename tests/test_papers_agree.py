"""All formats of a paper say the same, to the letter; and the same inputs give the same bytes in every one."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest

from tests import analysed, papers
from tests.papers import (
    AS_OF,
    AUDIENCES,
    FORMATS,
    FORMULA,
    HOSTILE,
    board,
    expected,
    flagging,
    made,
    plain,
    read_csv,
    read_docx,
    read_html,
    read_json,
    read_xlsx,
    whole,
    workforce,
)
from tna.model import Flag
from tna.reports.sections import Cell, Paper, Table, fit
from tna.wording import percent

AGENCIES = ("Alder School", HOSTILE, FORMULA, "1234", "3 of 4", "C" * 60, "St. Mary's", "St Marys")
FLAGS = (
    Flag("one.kind", "act", HOSTILE, f"Nothing is known of {HOSTILE}. Ask.", "leaflet, p. 1"),
    Flag("other.kind", "check", "Training", "20 people came twice. Ask.", "leaflet, p. 2"),
)
SETTINGS = {"plain": {}, "rated": {"coverage.target": "70", "coverage.floor": "40"}}
RUN = """
import sys
from pathlib import Path
from tests.papers import AUDIENCES, papers
for audience in AUDIENCES:
    papers(Path(sys.argv[1]), Path(sys.argv[2]) / audience, audience)
"""
SHARE = re.compile(r"([\d,]+) of ([\d,]+)")


@pytest.fixture(scope="module", params=SETTINGS)
def analysis(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    return made(folder, 5, AGENCIES, SETTINGS[request.param], FLAGS)


@pytest.fixture(scope="module", params=AUDIENCES)
def written(
    request: pytest.FixtureRequest, analysis: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Paper, dict[str, Path]]:
    """A paper, and its file in each format."""
    out = tmp_path_factory.mktemp(f"{analysis.parent.name}-{request.param}")
    about = {"agencies": [HOSTILE]} if request.param == "agency" else {}
    paths = papers.papers(analysis, out, request.param, **about)
    paper = whole(analysis, request.param, HOSTILE if about else "")
    if request.param in ("board", "internal"):  # what lapses is worked out for the page only
        paper = Paper(
            **{**vars_of(paper), "sections": tuple(one for one in paper.sections if one.id != "lapses")}
        )
    return paper, {path.suffix[1:]: path for path in paths}


def vars_of(paper: Paper) -> dict[str, object]:
    return {name: getattr(paper, name) for name in paper.__slots__}


def test_the_page_says_what_the_paper_says(written: tuple[Paper, dict[str, Path]]) -> None:
    paper, files = written
    found, wanted = read_html(files["html"]), expected(paper, "html")
    assert [one for one in found.tables if not one[0].startswith("People of whom")] == wanted.tables
    assert [line for line in wanted.lines if plain(line) not in found.lines] == []
    text = files["html"].read_text("utf-8")
    assert "<b>&{{" not in text
    assert not re.search(r"<(?:script|iframe|img|link|form|input)\b", text)


def test_the_document_says_what_the_paper_says(written: tuple[Paper, dict[str, Path]]) -> None:
    paper, files = written
    found, wanted = read_docx(files["docx"]), expected(paper, "docx")
    assert found.tables == wanted.tables
    assert found.lines == [*map(plain, wanted.lines), paper.note]


def test_the_document_begins_with_the_finding_and_what_is_said_of_small_numbers(
    written: tuple[Paper, dict[str, Path]],
) -> None:
    import docx

    paper, files = written
    lines = [one.text for one in docx.Document(str(files["docx"])).paragraphs[:5]]
    assert lines == [
        paper.kind, paper.board, f"{paper.title}, edition {paper.edition}. As of {paper.as_of}.", " ".join(paper.banner), paper.finding,
    ]  # fmt: skip


def test_the_lines_of_csv_are_the_cells_of_the_paper(written: tuple[Paper, dict[str, Path]]) -> None:
    paper, files = written
    head, *rows = read_csv(files["csv"])
    assert head == ["section", "table", "row", "column", "value", "beside", "state"]
    cells = [
        [section.title, table.caption, " ".join(filter(None, (row[0].text, row[0].quiet))), column.label, cell.text, cell.quiet,
         cell.mark.word if cell.mark else ""]
        for section in fit(paper, "csv").sections
        for table in section.tables
        for row in table.rows
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
    ]  # fmt: skip
    assert [[unguarded(one) for one in row] for row in rows if row[1]] == cells
    lines = [
        *paper.banner,
        paper.finding,
        *(line for one in fit(paper, "csv").sections for line in (*one.says, *one.fill_in)),
    ]
    assert [unguarded(row[4]) for row in rows if not row[1]] == lines
    assert not [one for row in rows for one in row if one.startswith(("=", "+", "-", "@", "\t", "\r"))]


def unguarded(text: str) -> str:
    """Text without the sign that keeps a spreadsheet from computing it."""
    return text[1:] if re.match(r"'[=+\-@\t\r]", text) else text


def test_json_is_the_paper(written: tuple[Paper, dict[str, Path]]) -> None:
    paper, files = written
    assert read_json(files["json"]) == jsoned(asdict(fit(paper, "json")))


def jsoned(found: object) -> object:
    """Lists where Python has tuples."""
    if isinstance(found, dict):
        return {name: jsoned(value) for name, value in found.items()}
    return [jsoned(one) for one in found] if isinstance(found, list | tuple) else found


def test_the_workbook_says_what_the_paper_says(written: tuple[Paper, dict[str, Path]]) -> None:
    paper, files = written
    sheets = dict(read_xlsx(files["xlsx"]))
    lines = [row[0] for row in sheets.pop("Summary") if row[0]]
    sections = fit(paper, "xlsx").sections
    said = [line for one in sections for line in (one.title, *one.says, *one.fill_in)]
    assert lines == [
        paper.board, paper.kind, f"{paper.title}, edition {paper.edition}. As of {paper.as_of}.", " ".join(paper.banner), paper.finding,
        *said, paper.note,
    ]  # fmt: skip
    tables = [table for one in sections for table in one.tables]
    assert [rows[0][0] for rows in sheets.values()] == [table.caption for table in tables]
    for table, rows in zip(tables, sheets.values(), strict=True):
        assert sorted(of_sheet(rows, table)) == sorted(of_paper(table)), table.caption


def of_sheet(rows: list[list[object]], table: Table) -> list[str]:
    """A sheet as facts: what each row is about, of which column, and what is said; shares put together again."""
    heads = [str(one) for one in rows[1]]
    shares = wide(table)
    found = []
    for row in rows[2:]:
        about = str(row[0])
        by = dict(zip(heads, row, strict=True))
        if "Of" in by and len(shares) > 2:
            found.append(f"{about} | {by['Of']} | {share(by, '')}")
            continue
        found += [
            f"{about} | {column.label} | {share(by, f'{column.label}: ' if len(shares) > 1 else '')}"
            if place in shares
            else f"{about} | {column.label} | {shown(by[column.label])}"
            for place, column in enumerate(table.columns[1:], 1)
        ]
    return found


def shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "")


def share(by: dict[str, object], prefix: str) -> str:
    names = ("Need", "Have", "To train", "State")
    need, have, rest, state = (by[f"{prefix}{one.lower()}" if prefix else one] for one in names)
    if have is None:
        return str(state or "")
    assert isinstance(have, int)
    assert isinstance(need, int)
    assert need - have == rest
    return f"{have:,} of {need:,} {state or ''}".strip()


def wide(table: Table) -> list[int]:
    """Where the columns of shares are."""
    return [
        place for place, column in enumerate(table.columns)
        if column.number and any(SHARE.fullmatch(row[place].text) for row in table.rows)
    ]  # fmt: skip


def of_paper(table: Table) -> list[str]:
    """The same facts of a table of the paper; of a table made long, a cell of nobody is left out."""
    shares = wide(table)
    return [
        f"{papers.told(row[0], 'xlsx')} | {column.label} | {papers.told(cell, 'xlsx')}"
        for row in table.rows
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
        if len(shares) < 3 or not nobody(cell)
    ]


def nobody(cell: Cell) -> bool:
    return not cell.text and (not cell.mark or cell.mark.state == "nobody")


def test_a_share_says_its_percentage_rounded_down_and_its_rating_by_both_numbers(
    written: tuple[Paper, dict[str, Path]], analysis: Path
) -> None:
    paper, _ = written
    rated = analysis.parent.name.startswith("rated")
    cells = [
        cell for section in paper.sections for table in section.tables if table.caption.startswith("People in date, of people required, by")
        for row in table.rows for cell in row[1:] if SHARE.fullmatch(cell.text)
    ]  # fmt: skip
    assert cells or "sub-group" in paper.kind or "one agency" in paper.kind
    for cell in cells:
        part, whole_count = (int(one.replace(",", "")) for one in cell.text.split(" of "))
        assert cell.quiet == percent(part, whole_count) == f"{part * 100 // whole_count}%"
        rating = (
            "Green"
            if part * 100 >= 70 * whole_count
            else "Amber"
            if part * 100 >= 40 * whole_count
            else "Red"
        )
        assert (cell.mark.word if cell.mark else "") == (rating if rated else "")


def test_nothing_in_a_workbook_is_computed_from_what_somebody_sent(
    written: tuple[Paper, dict[str, Path]],
) -> None:
    _, files = written
    book = openpyxl.load_workbook(files["xlsx"])
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    texts = [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    if "team" in texts[1]:
        assert {FORMULA, "1234", "3 of 4", HOSTILE} <= set(texts)


def test_every_agency_has_a_paper_of_its_own(analysis: Path, tmp_path: Path) -> None:
    paths = papers.papers(analysis, tmp_path, "agency", ("csv",))
    assert len({path.name.casefold() for path in paths}) == len(AGENCIES) + 1
    assert len(list(tmp_path.iterdir())) == len(AGENCIES) + 1
    assert all(re.fullmatch(r"agency[a-z0-9-]*\.csv", path.name) for path in paths)


def test_two_agencies_whose_names_differ_by_a_sign_have_two_papers(tmp_path: Path) -> None:
    people = [{"person_id": f"p{n}", "agency": one, "role": "Worker", "level": "1"} for n, one in enumerate(("St. Mary's", "St Mary's", "ŵ", "ŷ"))]  # fmt: skip
    folder = analysed.run(tmp_path / "analysis", board(tmp_path), people, as_of=AS_OF, **flagging())
    paths = papers.papers(folder, tmp_path / "out", "agency", ("csv",))
    assert len({path.name for path in paths}) == 4
    with paths[0].open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) > 3


def test_the_same_inputs_give_the_same_bytes_in_every_format(analysis: Path, tmp_path: Path) -> None:
    for seed, zone in (("0", "UTC"), ("7", "Pacific/Auckland")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", RUN, str(analysis), str(tmp_path / seed)], env=env, check=True)
    files = sorted(path.relative_to(tmp_path / "0") for path in (tmp_path / "0").rglob("*.*"))
    assert len(files) == len(FORMATS) * (3 + len(AGENCIES) + 1)
    for path in files:
        assert (tmp_path / "0" / path).read_bytes() == (tmp_path / "7" / path).read_bytes(), path


def test_the_made_up_workforce_has_people_everywhere() -> None:
    people, records = workforce(5, AGENCIES)
    assert {one["agency"] for one in people} == set(AGENCIES)
    assert records
