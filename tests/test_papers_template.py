"""A board's own Word template is filled with its words and nothing else; what is none, or would run, is refused."""

from __future__ import annotations

import os
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.papers import HOSTILE, made, pages, papers, whole
from tna.problems import Unusable

STYLES = ("Heading 1", "Caption", "List Bullet", "Table Grid")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An analysis with a hostile agency."""
    return made(tmp_path_factory.mktemp("template"), 5, ("Alder", HOSTILE, "Cedar"))


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


@pytest.mark.parametrize("mark", ["{{ sections }}", "{{p sections }}", "{{sections}}"])
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
    assert [text for text in texts if text in (*headings, closing)] == [*headings, closing]
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
    ("{{ 7*7 }}", "'7' is more than a word in double braces"),
    ("{{ 1.5 }}", "'1.5' is more than a word in double braces"),
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
