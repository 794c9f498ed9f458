"""Analyses made up for the tests of reports, and pages read back as a machine reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import tna
from tna import plugins
from tna.analysis import analyse
from tna.model import Analysis, Flag

AS_OF = date(2016, 1, 31)
SILENT = "Page Moss Youth Club"
UNPLACED = "Huyton Allotments"
AGENCIES = {
    "Roby Primary School": ("Teacher", "Receptionist", "Teacher", "Headteacher"),
    "Whiston & District <Trust>": ("GP", "Paediatrician", "Staff Nurse", "Software developer"),
    "Stockbridge Youth Project": ("Youth worker", "Youth worker", "Youth worker"),
    UNPLACED: ("Astronaut",),
}
HOSTILE = (
    "<script>alert('agency')</script>",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("http://example.invalid/","x")',
    '" onmouseover="alert(1)',
)


def write_registers(folder: Path, agencies: Mapping[str, Iterable[str]], each: int = 7) -> None:
    """People of these agencies and titles, `each` of them, some trained: one in three, and one without a date."""
    jobs = [(agency, title) for agency, titles in agencies.items() for title in titles for _ in range(each)]
    people = [(f"PERSON-{number:04d}", *job) for number, job in enumerate(jobs)]
    records = [(one[0], "k4-4", "2015-06-01" if n % 6 else "") for n, one in enumerate(people) if n % 3 == 0]
    records += [("PERSON-0001", "k4-3", "2017-01-01"), ("PERSON-9999", "k4-3", "2015-01-01")]
    write_csv(folder / "people.csv", ("person_id", "agency", "role"), people)
    write_csv(folder / "records.csv", ("person_id", "course", "completed"), records)
    write_csv(folder / "agencies.csv", ("agency",), [(one,) for one in (*agencies, SILENT)])


def write_csv(file: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small CSV file."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([tuple(columns), *rows])


def analysed(folder: Path, policies: Mapping[str, Any] | None = None, flags: Iterable[Flag] = ()) -> Analysis:
    """An analysis for Knowsley of the registers in a folder, with a plugin that raises these flags."""
    loud = ModuleType("loud")
    raised = list(flags)
    vars(loud)["tna_flag"] = tna.hookimpl(lambda: raised)
    board = tna.load("knowsley", policies)
    files = [[folder / f"{name}.csv"] for name in ("people", "records")]
    return analyse(
        board,
        *files,
        as_of=AS_OF,
        agencies=[folder / "agencies.csv"],
        plugins=plugins.find(more={"loud": loud}),
    )


@dataclass
class Table:
    """A table of a page: its caption, and each row as texts; `unscoped` are header cells that head nothing."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    unscoped: int = 0

    def by_row(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Each row's header with its cells by column header."""
        head, *rows = self.rows
        for row in rows:
            yield row[0], dict(zip(head, row, strict=True))


class Page(HTMLParser):
    """What a page holds: every tag with its attributes, its text, its tables, and its headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[Table] = []
        self.headings: list[str] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self.inside.append(tag)
        if tag == "table":
            self.tables.append(Table())
        if tag == "tr":
            self.tables[-1].rows.append([])
        if tag in ("td", "th"):
            self.tables[-1].rows[-1].append("")
        if tag == "th":
            self.tables[-1].unscoped += attributes.get("scope") not in ("row", "col")
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or "style" in self.inside:
            return
        self.words.append(text)
        if "caption" in self.inside:
            self.tables[-1].caption += text
        elif {"td", "th"} & set(self.inside):
            row = self.tables[-1].rows[-1]
            row[-1] = f"{row[-1]} {text}".strip()

    @property
    def text(self) -> str:
        """Everything that is read."""
        return " ".join(self.words)

    def table(self, caption: str) -> Table:
        """The table whose caption begins so."""
        return next(table for table in self.tables if table.caption.startswith(caption))
