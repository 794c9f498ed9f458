"""Sample registers: made up, labelled as such, the same every time, with the mess that real ones have."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from tna.documents import parse_text
from tna.model import Board
from tna.problems import Problems
from tna.samples import records as training
from tna.samples.year import write_year

__all__ = ["Files", "write", "write_year"]

NOTICE = (
    "Sample data: made up by tna to show what an analysis looks like. No person or agency here is real.\n"
)
PEOPLE = ("person_id", "agency", "role", "level", "agency_type", "contact", "manages", "duties", "cohort")
RECORDS = ("person_id", "course", "completed", "status", "mode")
CONTACTS = ("infrequent", "regular", "predominant")


@dataclass(frozen=True, slots=True)
class Files:
    """The three registers that were written."""

    people: Path
    records: Path
    agencies: Path


def write(board: Board, folder: Path, as_of: date, *, people: int = 600, records: int = 4000) -> Files:
    """Sample registers for a board into a folder: about so many people and records, dated before `as_of`.

    The same board and date always give the same bytes. Ids start with SAMPLE, agencies end in (sample).
    """
    chance = random.Random(f"{board.id} {as_of}")  # noqa: S311 - a reproducible sample, not a secret
    known = _known()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(NOTICE, encoding="utf-8")
    found = Files(*(folder / f"sample-{name}.csv" for name in ("people", "records", "agencies")))
    staff = _people(board, known["sectors"], chance, people)
    _write(found.people, PEOPLE, staff)
    jobs = [dict(zip(PEOPLE, row, strict=True)) for row in staff]
    attended = training.records(board, jobs, known["courses_elsewhere"], chance, as_of, records)
    _write(found.records, RECORDS, attended)
    named = [(name, one["agency_type"]) for one in known["sectors"] for name in one["agencies"]]
    silent = [(name, "voluntary") for name in known["silent"]]
    _write(
        found.agencies, ("agency", "agency_type"), [(_sample(name), kind) for name, kind in (*named, *silent)]
    )
    return found


def _known() -> Mapping[str, Any]:
    text = files(__package__).joinpath("sectors.yaml").read_text("utf-8")
    document = parse_text(text, "sectors.yaml", Problems())
    assert document is not None
    known: Mapping[str, Any] = document.data
    return known


def _sample(agency: str) -> str:
    return f"{agency} (sample)"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


Row = tuple[str, ...]


def _people(
    board: Board, sectors: Sequence[Mapping[str, Any]], chance: random.Random, count: int
) -> list[Row]:
    weights = [sector["weight"] for sector in sectors]
    rows = [
        _person(board, f"SAMPLE-{number:04d}", sector, chance)
        for number, sector in enumerate(chance.choices(sectors, weights, k=count), 1)
    ]
    second = [_second_job(board, row, sectors, chance) for row in chance.sample(rows, count // 25)]
    repeated = chance.sample(rows, 2)  # rows pasted twice
    return sorted({*rows, *second} - {()}) + repeated


def _person(board: Board, person: str, sector: Mapping[str, Any], chance: random.Random) -> Row:
    title, contact, manages, duties = chance.choice(sector["jobs"])
    agency = _sample(chance.choice(sector["agencies"]))
    stated = _level(board, contact, chance)
    return (
        person, agency, _variant(title, chance), stated, sector["agency_type"] if chance.random() < 0.8 else "",
        contact if chance.random() < 0.6 else "", manages if chance.random() < 0.7 else "",
        duties if chance.random() < 0.7 else "", _cohort(board, chance),
    )  # fmt: skip


def _second_job(board: Board, row: Row, sectors: Sequence[Mapping[str, Any]], chance: random.Random) -> Row:
    other = _person(board, row[0], chance.choice(sectors), chance)
    return other if other[1:3] != row[1:3] else ()


def _variant(title: str, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < 0.08:
        return title.upper()
    if drawn < 0.16:
        return title.lower()
    if drawn < 0.22:
        return f"{title} (part time)"
    return f" {title} " if drawn < 0.25 else title


def _level(board: Board, contact: str, chance: random.Random) -> str:
    """A level as agencies state it: always where nothing else can place people, sometimes elsewhere."""
    levels = board.pack.framework.levels
    placeable = any(level.examples for level in levels)
    often = 0.15 if placeable and board.id != "rotherham" else 0.75
    if not contact or chance.random() > often or not levels:
        return ""
    level = levels[min(CONTACTS.index(contact), len(levels) - 1)]
    return chance.choice((level.label, level.number, level.id, str(level.rank)))


def _cohort(board: Board, chance: random.Random) -> str:
    cohorts = board.pack.framework.cohorts
    if not cohorts or chance.random() > 0.02:
        return ""
    return chance.choice(cohorts).label
