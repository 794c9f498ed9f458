"""Analyses to write papers of, and papers of every format read back as somebody reads them."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import openpyxl
import pytest
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

import tna
import tna_courses
from tests import analysed
from tests.small import SAID, Rows, course, few_roles, level, write_pack
from tna import boards, plugins, policies, shelves
from tna.frameworks import load_pack
from tna.model import Board, Flag
from tna.problems import Problems
from tna.reports.papers import paper
from tna.reports.papers.material import gather
from tna.reports.reopened import reopen
from tna.reports.sections import Cell, Paper, fit
from tna.reports.writing import Wanted, write_papers

AS_OF = date(2016, 1, 31)
FORMATS = ("html", "docx", "xlsx", "csv", "json")
AUDIENCES = ("board", "sub-group", "agency", "internal")
HOSTILE = "<b>&{{ 7*7 }}"
FORMULA = "=1+1"
SILENT = "No Register Here"
ON_CI = bool(os.environ.get("CI"))


def board(folder: Path, settings: Mapping[str, str] | None = None) -> Board:
    """Three levels of a competency each, and three courses, each of which closes the gap of one level."""
    pack = write_pack(
        folder / "pack",
        levels=[level(number, [f"k{number}"]) for number in (1, 2, 3)],
        competencies=["k1", "k2", "k3"],
        courses=[
            course(f"c{number}", [f"k{number}"], open_to=[{"levels": [f"level-{number}"]}])
            for number in (1, 2, 3)
        ],
    )
    (pack / "plan.yaml").write_text(json.dumps({"lines": PLAN}), "utf-8")
    problems = Problems()
    read = load_pack(pack, problems)
    assert read is not None, list(map(str, problems))
    common = policies.common(shelves.rule_files("policies.yaml"), problems)
    found = boards.assemble(
        read, few_roles(), policies.in_force(read, common, settings or {}, problems), problems
    )
    problems.stop_on_errors()
    return found


PLAN = [
    {"id": "eight", "kind": "sessions", "says": "8 sessions of it.", "printed": "8 x per year", "course": "c1",
     "target": 8, "unit": "sessions", "comparison": "exactly", **SAID},
    {"id": "talks", "kind": "activity", "says": "Talks are held.", "course": "c2", **SAID},
]  # fmt: skip


def few(chance: random.Random, most: int) -> int:
    """A number that is often small."""
    return chance.choice((0, 1, 2, 3, chance.randint(0, most), chance.randint(5, most)))


def workforce(seed: int, agencies: Sequence[str]) -> tuple[Rows, Rows]:
    """People of one job each, in agencies by level, many of them few; and records of those trained."""
    chance = random.Random(seed)
    people: list[Mapping[str, Any]] = []
    records: list[Mapping[str, Any]] = []
    for agency in agencies:
        for number in (1, 2, 3):
            trained = few(chance, 20)
            for place in range(trained + few(chance, 20)):
                person = f"PERSON-{len(people):04d}"
                people.append({"person_id": person, "agency": agency, "role": "Worker", "level": number})
                if place < trained:
                    records.append({"person_id": person, "course": f"c{number}", "completed": "2015-06-01"})
    return people, records


def flagging(*flags: Flag) -> Mapping[str, Any]:
    """A plugin that raises these flags, and the one that advises courses."""
    loud = ModuleType("loud")
    vars(loud)["tna_flag"] = tna.hookimpl(lambda: list(flags))
    return {"loud": loud, "courses": tna_courses}


def made(
    folder: Path,
    seed: int = 0,
    agencies: Sequence[str] = "ABCDE",
    settings: Mapping[str, str] | None = None,
    flags: Sequence[Flag] = (),
) -> Path:
    """A finished analysis of a made-up workforce, in a folder."""
    people, records = workforce(seed, agencies)
    expected = [{"agency": one} for one in (*agencies, SILENT)]
    return analysed.run(
        folder / "analysis", board(folder, settings), people, records,
        as_of=AS_OF, agencies=expected, **flagging(*flags),
    )  # fmt: skip


def papers(
    folder: Path, out: Path, audience: str, formats: Sequence[str] = FORMATS, **more: Any
) -> list[Path]:
    """The files of the papers of an analysis."""
    return list(write_papers(Wanted(folder, formats, audience, **more), out))


def whole(folder: Path, audience: str, agency: str = "") -> Paper:
    """The paper that the files are made of, with the sections of every format."""
    from dataclasses import replace

    return paper(replace(gather(reopen(folder), audience), agency=agency))


@dataclass
class Read:
    """What was read back: sentences, and tables by caption as rows of texts; the first row is the headings."""

    lines: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)


def expected(made: Paper, form: str) -> Read:
    """What a format is to say of a paper: worked out from the paper itself."""
    found = Read()
    for section in fit(made, form).sections:
        found.lines += [section.title, *section.says, *section.fill_in]
        for table in section.tables:
            heads = [column.label for column in table.columns]
            found.tables.append(
                (table.caption, [heads, *([told(cell, form) for cell in row] for row in table.rows)])
            )
    return found


def told(cell: Cell, form: str) -> str:
    """A cell as a format puts it: its words, its mark and what stands beside; only their order differs."""
    mark = f"{cell.mark.shape} {cell.mark.word}" if cell.mark else ""
    parts = (cell.text, mark, cell.quiet) if form == "html" else (cell.text, cell.quiet, mark)
    return plain(" ".join(part for part in parts if part))


def plain(text: str) -> str:
    """Text with spaces as a page shows them."""
    return " ".join(text.split())


class _Page(HTMLParser):
    """A page's sentences and tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found = Read()
        self.into: list[str] | None = None
        self.main = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.main |= tag == "section"
        if tag == "table":
            self.found.tables.append(("", []))
        elif tag == "tr":
            self.found.tables[-1][1].append([])
        elif (
            tag in ("td", "th")
            or tag == "caption"
            or (self.main and tag in ("p", "h2") and ("class", "where") not in attrs)
        ):
            self.into = []

    def handle_endtag(self, tag: str) -> None:
        if self.into is None or tag not in ("td", "th", "caption", "p", "h2"):
            return
        text = plain("".join(self.into))
        self.into = None
        if tag in ("td", "th"):
            self.found.tables[-1][1][-1].append(text)
        elif tag == "caption":
            self.found.tables[-1] = (text, self.found.tables[-1][1])
        else:
            self.found.lines.append(text)

    def handle_data(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)


def read_html(path: Path) -> Read:
    """The sections of a page."""
    text = path.read_text("utf-8")
    return _Page(text[: text.index("<footer>")]).found


def read_docx(path: Path) -> Read:
    """The headings, sentences and tables of a document, in their order."""
    found = Read()
    caption = title = ""
    begun = False
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Paragraph):
            begun |= part.style.name == "Heading 1"
            if part.style.name == "Caption":
                caption = part.text
            elif begun and part.text:
                title = part.text if part.style.name == "Heading 1" else title
                found.lines.append(plain(part.text))
        elif isinstance(part, WordTable):
            rows = [[plain(cell.text) for cell in row.cells] for row in part.rows]
            found.tables.append((caption or title, rows))
            caption = ""
    return found


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def read_json(path: Path) -> dict[str, Any]:
    """What a file holds."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def read_xlsx(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """Every sheet of a workbook: its name, and its rows."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    book.close()


def only(members: Mapping[str, Any]) -> plugins.Plugins:
    """These plugins and no others."""
    return plugins.only(members)


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
