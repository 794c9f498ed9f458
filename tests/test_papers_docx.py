"""The paper for Word: it can be read by everybody, is short enough to table, and takes the board's own template."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn

from tests import analysed
from tests.papers import AS_OF, HOSTILE, board, flagging, made, pages, papers, read_docx, whole
from tna.cli import main
from tna.reports import palette

BOARDS = ("knowsley", "rotherham", "north-yorkshire")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An analysis with a hostile agency, rated, so that every colour of a rating is used."""
    settings = {"coverage.target": "70", "coverage.floor": "40"}
    return made(tmp_path_factory.mktemp("docx"), 5, ("Alder", HOSTILE, "Cedar", "Dovecote"), settings)


@pytest.fixture(scope="module", params=["board", "sub-group", "internal"])
def document(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = papers(folder, tmp_path_factory.mktemp(request.param), request.param, ("docx",))
    return path


def test_header_rows_repeat_and_no_row_breaks_across_two_pages(document: Path) -> None:
    for table in docx.Document(str(document)).tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in rest if row._tr.trPr.find(qn("w:tblHeader")) is not None]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_tables_say_what_they_are(document: Path) -> None:
    for table in docx.Document(str(document)).tables:
        for name in ("w:tblCaption", "w:tblDescription"):
            assert table._tbl.tblPr.find(qn(name)).get(qn("w:val"))


def test_columns_and_cells_agree_on_how_wide_they_are(document: Path) -> None:
    for table in docx.Document(str(document)).tables:
        grid = [column.width for column in table.columns]
        assert all(
            abs(cell.width - wide) < 1000
            for row in table.rows
            for cell, wide in zip(row.cells, grid, strict=True)
        )


def test_all_text_is_in_british_english(document: Path) -> None:
    with zipfile.ZipFile(document) as parts:
        read = b"".join(parts.read(f"word/{name}.xml") for name in ("document", "styles", "settings"))
        assert b"<dc:language>en-GB</dc:language>" in parts.read("docProps/core.xml")
    assert set(re.findall(rb'<w:(?:lang|themeFontLang) [^>]*w:val="([^"]+)"', read)) == {b"en-GB"}


def test_headings_are_headings_and_the_title_is_the_board(document: Path, folder: Path) -> None:
    paper = whole(
        folder, "internal" if document.name.startswith("gaps") else document.stem.removesuffix("-paper")
    )
    found = docx.Document(str(document))
    assert [one.text for one in found.paragraphs if one.style.name == "Title"] == [paper.board]
    titles = [one.title for one in paper.sections if not one.only or "docx" in one.only]
    assert [one.text for one in found.paragraphs if one.style.name == "Heading 1"] == titles
    assert found.core_properties.title == f"{paper.kind}: {paper.board}"


def test_what_the_planner_fills_in_is_marked(document: Path) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    for one in docx.Document(str(document)).paragraphs:
        marked = [run for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
        assert bool(marked) == one.text.startswith("[")


def test_text_stands_out_from_every_fill_and_every_style(document: Path) -> None:
    with zipfile.ZipFile(document) as parts:
        body, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
    text = palette.COLOURS["text"]
    fills = set(re.findall(r'w:fill="([0-9A-F]{6})"', body))
    assert fills or document.stem == "sub-group"
    assert all(palette.contrast(text, f"#{fill}") >= palette.LEAST_TEXT for fill in fills)
    assert palette.contrast(text, "#FFFF00") >= palette.LEAST_TEXT
    used = {*re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', body), "Normal"}
    for style in re.findall(r"<w:style .*?</w:style>", styles, re.S):
        name = re.search(r'w:styleId="([^"]+)"', style)
        for colour in re.findall(r'<w:color [^>]*w:val="([0-9A-F]{6})"', style):
            assert (
                name is None
                or name[1] not in used
                or palette.contrast(f"#{colour}", "#FFFFFF") >= palette.LEAST_TEXT
            )


def test_the_ratings_are_said_in_words_too(folder: Path, tmp_path: Path) -> None:
    (path,) = papers(folder, tmp_path, "internal", ("docx",))
    shaded = [cell for table in docx.Document(str(path)).tables for row in table.rows[1:] for cell in row.cells if cell._tc.tcPr.find(qn("w:shd")) is not None]  # fmt: skip
    assert shaded
    assert all(re.search(r"[●▲■○✕?–·◆] \w", cell.text) for cell in shaded)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three sample boards, analysed and reviewed."""
    out = tmp_path_factory.mktemp("demo")
    assert CliRunner().invoke(main, ["demo", "--out", str(out)]).exit_code == 0
    return out


@pytest.mark.parametrize("name", BOARDS)
def test_the_boards_paper_has_one_to_four_pages_and_the_sub_groups_one(
    demo: Path, name: str, tmp_path: Path
) -> None:
    review = demo / name / "review"
    (paper,) = papers(demo / name / "analysis", tmp_path, "board", ("docx",), review=review)
    (page,) = papers(demo / name / "analysis", tmp_path, "sub-group", ("docx",), review=review)
    assert 1 <= pages(paper) <= 4
    assert pages(page) == 1


OFFER = ("Course title", "Objectives", "Target group", "Level", "Frequency", "Standing", "Why")
ROW = ("CSE Sub Group Development Day (One day) k4-11", "CSE Sub Group Members", "Level 5/6", "Annual")
UPDATES = (
    "Activity",
    "Target group",
    "Expected competencies",
    "Lead",
    "Update, 8 April 2014",
    "Standing",
    "Why",
)
SUMMER = (
    "Schools Designated Safeguarding Leads Forum r34-b",
    "Group 3, Group 4",
    "Service Manager RLSCB",
    "Summer term 2014",
)


@pytest.mark.parametrize(("name", "caption", "heads", "row", "lines"), [
    ("knowsley", "The offer of the plan", OFFER, ROW, 11),
    ("rotherham", "The plan and its updates", UPDATES, SUMMER, 13),
])  # fmt: skip
def test_the_plan_is_in_the_columns_and_words_of_the_boards_own(
    demo: Path,
    tmp_path: Path,
    name: str,
    caption: str,
    heads: tuple[str, ...],
    row: tuple[str, ...],
    lines: int,
) -> None:
    (path,) = papers(demo / name / "analysis", tmp_path, "board", ("docx",), review=demo / name / "review")
    found = dict(read_docx(path).tables)[caption]
    assert tuple(found[0]) == heads
    assert len(found) == lines + 1
    assert any(set(row) <= set(one) for one in found)
    assert all(re.search(r"[●▲■○?◆–] \w", one[heads.index("Standing")]) for one in found[1:])


def test_rotherhams_competencies_stand_in_full_where_a_group_first_comes(demo: Path, tmp_path: Path) -> None:
    (path,) = papers(demo / "rotherham" / "analysis", tmp_path, "board", ("docx",))
    rows = dict(read_docx(path).tables)["The plan and its updates"]
    by_line = {row[0].split()[-1]: row[2] for row in rows[1:]}
    assert by_line["r1-a"] == "c1 Recognise potential indicators of child sexual exploitation; c2 Taking appropriate action to address concerns"  # fmt: skip
    assert by_line["r2-a"].startswith(
        "as Group 1, and: c3 Acts as an effective advocate for young person at risk of CSE; c4 "
    )
    assert by_line["r2-c"] == "as Group 1, and: c3; c4; c5; c6; c7"
    assert by_line["r78-a"] == "c17 Champions CSE at a strategic level"


def test_the_paper_of_three_hundred_agencies_is_short(tmp_path: Path) -> None:
    people = [
        {"person_id": f"p{n}", "agency": f"Agency of a rather long name, number {n % 300:03d}", "role": "Worker", "level": str(n % 3 + 1)}
        for n in range(9000)
    ]  # fmt: skip
    records = [
        {"person_id": f"p{n}", "course": f"c{n % 3 + 1}", "completed": "2015-06-01"}
        for n in range(0, 9000, 2)
    ]
    analysis = analysed.run(
        tmp_path / "analysis", board(tmp_path), people, records, as_of=AS_OF, **flagging()
    )
    (paper,) = papers(analysis, tmp_path / "out", "board", ("docx",))
    assert pages(paper) <= 4
