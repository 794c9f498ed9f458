"""The paper for Word: it can be read by everybody, is short enough to table, and takes the board's own template."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn

from tests import analysed
from tests.papers import AS_OF, HOSTILE, board, flagging, made, papers, read_docx, whole
from tna.cli import main
from tna.problems import Unusable
from tna.reports import palette

ON_CI = bool(os.environ.get("CI"))
BOARDS = ("knowsley", "rotherham", "north-yorkshire")
STYLES = ("Heading 1", "Caption", "List Bullet", "Table Grid")


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


def pages(path: Path) -> int:
    """How many pages a document has when it is printed."""
    if (not shutil.which("soffice") or not shutil.which("pdfinfo")) and not ON_CI:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{path.parent}/office"
    words = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    told = subprocess.run(
        ["pdfinfo", str(path.with_suffix(".pdf"))], check=True, capture_output=True, text=True
    )
    found = re.search(r"Pages:\s+(\d+)", told.stdout)
    assert found
    return int(found[1])


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


def test_papers_of_three_hundred_agencies_are_short_and_done_in_a_minute(tmp_path: Path) -> None:
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
    begun = time.monotonic()
    (paper,) = papers(analysis, tmp_path / "out", "board", ("docx",))
    assert len(papers(analysis, tmp_path / "each", "agency")) == 1500
    papers(analysis, tmp_path / "out", "board", ("html", "xlsx", "csv", "json"))
    assert time.monotonic() - begun < 60
    assert pages(paper) <= 4


# A board's own template.


def template(path: Path, *lines: str, header: str = "") -> Path:
    """A Word document with these paragraphs."""
    found = docx.Document()
    for line in lines:
        found.add_paragraph(line)
    if header:
        found.sections[0].header.paragraphs[0].text = header
    found.save(str(path))
    return path


def fill(folder: Path, out: Path, given: Path, audience: str = "sub-group") -> Path:
    (path,) = papers(folder, out, audience, ("docx",), template=given)
    return path


@pytest.mark.parametrize("mark", ["{{ sections }}", "{{p sections }}", ""])
def test_a_template_is_filled_and_the_sections_stand_where_it_says(
    folder: Path, tmp_path: Path, mark: str
) -> None:
    lines = [
        "{{ board }}: {{ kind }}",
        "{{ finding }} {{ as_of }} {{ title }} {{ edition }}",
        mark,
        "Yours. {{ note }} {{ banner }}",
    ]
    given = template(tmp_path / "own.docx", *lines, header="For {{ board }}")
    found = docx.Document(str(fill(folder, tmp_path / "out", given)))
    paper = whole(folder, "sub-group")
    texts = [one.text for one in found.paragraphs]
    assert found.sections[0].header.paragraphs[0].text == f"For {paper.board}"
    assert texts[0] == f"{paper.board}: {paper.kind}"
    assert texts[1] == f"{paper.finding} {paper.as_of} {paper.title} {paper.edition}"
    closing = f"Yours. {paper.note} {' '.join(paper.banner)}"
    headings = [one.title for one in paper.sections]
    assert [text for text in texts if text in (*headings, closing)] == (
        [*headings, closing] if mark else [closing, *headings]
    )
    assert not re.search(r"tna-sections|\{\{", " ".join(texts))
    assert found.element.body[-1].tag == qn("w:sectPr")


def test_a_template_that_never_used_a_style_is_lent_it(folder: Path, tmp_path: Path) -> None:
    given = template(tmp_path / "own.docx", "{{ sections }}")
    bare = docx.Document(str(given))
    for name in STYLES:
        bare.styles.element.remove(bare.styles[name].element)
    bare.save(str(given))
    path = fill(folder, tmp_path / "out", given, "board")
    found = docx.Document(str(path))
    assert {one.style.name for one in found.paragraphs} >= {"Heading 1", "Caption"}
    assert all(table.style.name == "Table Grid" for table in found.tables)
    assert pages(path) >= 1


def test_a_filled_template_is_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    given = template(tmp_path / "own.docx", "{{ board }}", "{{ sections }}")
    one, other = (fill(folder, tmp_path / name, given).read_bytes() for name in "ab")
    assert one == other


def test_signs_in_an_agencys_name_are_text_in_a_template_too(folder: Path, tmp_path: Path) -> None:
    given = template(tmp_path / "own.docx", "{{ board }}", "{{ sections }}", header="{{ board }}")
    (path,) = papers(folder, tmp_path / "out", "agency", ("docx",), agencies=[HOSTILE], template=given)
    found = docx.Document(str(path))
    assert (
        found.paragraphs[0].text
        == found.sections[0].header.paragraphs[0].text
        == whole(folder, "agency", HOSTILE).board
    )
    assert HOSTILE in found.paragraphs[0].text


@pytest.mark.parametrize(("line", "why"), [
    ("{{ bord }}", "'bord' is not one of its words"),
    ("{{ ''.__class__.__mro__ }}", "is more than a word in double braces"),
    ("{{ board.__class__ }}", "'.' is more than a word in double braces"),
    ("{% for i in range(10**9) %}x{% endfor %}", "is more than a word in double braces"),
    ("{{ 'x' * 10**9 }}", "is more than a word in double braces"),
    ("{{ board|upper }}", "'|' is more than a word in double braces"),
    ("{{ range }}", "'range' is not one of its words"),
    ("{{ self }}", "'self' is not one of its words"),
    ("{{ board title }}", "'title' is more than a word in double braces"),
    ("{{ }}", "xpected"),
    ("{{ board", ""),
    ("{{ board }}" * 400, "more than 200 placeholders"),
    ("{" * 100_000, "more than 200 placeholders"),
    ("See {{ sections }} there.", "{{ sections }} may stand once, in a paragraph of its own"),
    ("{{ sections }}{{ sections }}", "{{ sections }} may stand once, in a paragraph of its own"),
])  # fmt: skip
def test_a_template_that_asks_for_more_than_words_is_refused(
    folder: Path, tmp_path: Path, line: str, why: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(Unusable) as refused:
        fill(folder, tmp_path / "out", template(tmp_path / "own.docx", line))
    (problem,) = refused.value.problems
    assert problem.code == "report.template-word"
    assert why in str(problem)
    assert len(str(problem).splitlines()) == 1
    assert time.monotonic() - begun < 20
    assert not list((tmp_path / "out").iterdir())


def test_sections_cannot_stand_in_a_header_or_a_table(folder: Path, tmp_path: Path) -> None:
    for header in (True, False):
        given = template(tmp_path / "own.docx", "Text", header="{{ sections }}" if header else "")
        if not header:
            found = docx.Document(str(given))
            found.add_table(1, 1).cell(0, 0).text = "{{ sections }}"
            found.save(str(given))
        with pytest.raises(Unusable, match=r"report\.template-word"):
            fill(folder, tmp_path / "out", given)


def altered(path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> None:
    """A template with its parts changed, and others added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)


def body(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """What changes the text of a template."""
    return lambda path: altered(path, lambda name, xml: change(xml) if name == "word/document.xml" else xml)


def same(_: str, content: bytes) -> bytes:
    return content


MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BROKEN: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "empty": lambda path: path.write_bytes(b""),
    "not a Word document": lambda path: path.write_text("Dear all"),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:3000]),
    "half its text": body(lambda xml: xml[: len(xml) // 2]),
    "another kind of text": body(lambda _: b'<x xmlns="y"/>'),
    "a document type": body(lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
    "a workbook": lambda path: altered(path, lambda name, xml: xml.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")),
    "a program in it": lambda path: altered(path, same, **{"word/vbaProject.bin": b"x"}),
    "one that may run programs": lambda path: altered(path, lambda _, xml: xml.replace(PLAIN, MACRO)),
    "swollen": lambda path: altered(path, same, **{"word/media/a.bmp": bytes(200 << 20)}),
    "a swollen text": body(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000)),
    "huge": lambda path: os.truncate(path, 21 << 20),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_template_is_refused_in_one_line(folder: Path, tmp_path: Path, kind: str) -> None:
    given = template(tmp_path / "own.docx", "{{ board }}")
    BROKEN[kind](given)
    begun = time.monotonic()
    with pytest.raises(Unusable, match=r"report\.no-template") as refused:
        fill(folder, tmp_path / "out", given)
    assert len(refused.value.problems) == 1
    assert time.monotonic() - begun < 20
    assert not list((tmp_path / "out").iterdir())
