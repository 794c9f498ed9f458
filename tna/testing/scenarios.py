"""Runs scenarios that a training officer can write: people and records in, and what should come of them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tna import analysis as walk
from tna import boards, documents, plugins
from tna.model import Analysis, Board
from tna.problems import Problems, Unusable
from tna.testing import years

NOTHING = "nothing"
OF_PEOPLE = {"placements", "gaps", "due", "deadlines", "recommendations", "because"}


def scenarios(folder: Path) -> list[Path]:
    """The scenario files of a folder, in order of name."""
    return sorted(folder.rglob("*.yaml"))


def check_scenario(path: Path, places: Sequence[Path] = ()) -> None:
    """Run one scenario. Raises AssertionError with a sentence for each expectation that did not come true.

    The file keeps to the `scenario` schema; `places` are shelves with more packs, beside those of plugins. Raises
    `Unusable` when the file or its board cannot be read.
    """
    problems = Problems()
    document = documents.read(path, "scenario", problems)
    if document is None:
        raise Unusable(problems)
    asked = document.data
    with tempfile.TemporaryDirectory() as folder:
        beside = path.parent
        wanted = asked["expect"]
        found = _run(asked, beside, Path(folder), places) if "people" in asked else None
        wrong = (
            [] if wanted else ["  it expects nothing, so nothing can come true: say something under 'expect'"]
        )
        if found:
            wrong += _unknown(found, wanted)
            wrong += [line for key in wanted if key in CHECKS for line in CHECKS[key](found, wanted[key])]
        if found:
            found.connection.close()
        if "year" in asked:
            board = _board(asked, beside, places)
            wrong += years.wrong(asked, board, Path(folder), _register)
    assert not wrong, "\n".join([f"{path.name}: {asked['scenario']}", *wrong])


def _board(asked: Mapping[str, Any], beside: Path, places: Sequence[Path]) -> Board:
    settings = {name: str(value) for name, value in asked.get("policies", {}).items()}
    board = asked["board"]
    pack = beside / board if (beside / board).is_dir() else board
    return boards.load(pack, settings, places=[*places, *plugins.find().all("tna_shelves")])


def _run(asked: Mapping[str, Any], beside: Path, folder: Path, places: Sequence[Path]) -> Analysis:
    files = {
        name: _register(folder / f"{name}.csv", asked.get(name, ()))
        for name in ("people", "records", "agencies")
    }
    return walk.analyse(
        _board(asked, beside, places),
        files["people"],
        files["records"],
        as_of=date.fromisoformat(asked["as_of"]),
        agencies=files["agencies"],
        plugins=plugins.find(),
        database=folder / "analysis.duckdb",
    )


def _register(path: Path, rows: Sequence[Mapping[str, Any]]) -> list[Path]:
    """One register as CSV, its columns being whatever the rows name; `person` is short for `person_id`."""
    if not rows:
        return []
    named = [{("person_id" if key == "person" else key): value for key, value in row.items()} for row in rows]
    columns = list(dict.fromkeys(key for row in named for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(named)
    return [path]


def _rows(found: Analysis, sql: str, *values: Any) -> list[Any]:
    return [
        row[0] if len(row) == 1 else row for row in found.connection.execute(sql, list(values)).fetchall()
    ]


def _said(what: str, wanted: Any, got: Any) -> Iterator[str]:
    if wanted != got:
        yield f"  {what}: expected {wanted}, got {got}"


def _unknown(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    """People of whom something is expected and whom no register has: of them everything would come true."""
    known = set(_rows(found, "select distinct person_id from people"))
    for key in OF_PEOPLE & wanted.keys():
        yield from (
            f"  {key} of {one}: no such person in 'people'" for one in wanted[key] if str(one) not in known
        )


def _placements(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, levels in wanted.items():
        got = _rows(
            found,
            "select if(level = '', 'ask', level) from placements where person_id = ? order by all",
            person,
        )
        expected = sorted(levels) if isinstance(levels, list) else [levels]
        yield from _said(f"level of {person}", expected, got)


def _gaps(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, gaps in wanted.items():
        rows = dict(_rows(found, "select distinct competency, status from gaps where person_id = ?", person))
        if isinstance(gaps, Mapping):
            yield from _said(f"gaps of {person}", dict(sorted(gaps.items())), dict(sorted(rows.items())))
        else:
            yield from _said(f"gaps of {person}", [] if gaps == NOTHING else sorted(gaps), sorted(rows))


def _due(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, dues in wanted.items():
        rows = dict(
            _rows(found, "select distinct competency, until::VARCHAR from due where person_id = ?", person)
        )
        yield from _said(
            f"due of {person}",
            {} if dues == NOTHING else dict(sorted(dues.items())),
            dict(sorted(rows.items())),
        )


def _deadlines(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, states in wanted.items():
        rows = dict(
            _rows(found, "select distinct competency, state from deadlines where person_id = ?", person)
        )
        expected = {} if states == NOTHING else dict(sorted(states.items()))
        yield from _said(f"deadlines of {person}", expected, dict(sorted(rows.items())))


def _recommendations(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, courses in wanted.items():
        sql = (
            "select course from recommendations where person_id = ? and plugin = 'courses' order by position"
        )
        expected = [] if courses == NOTHING else [name if name != NOTHING else "" for name in courses]
        yield from _said(f"courses for {person}", expected, _rows(found, sql, person))


def _coverage(found: Analysis, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for line in wanted:
        where = {key: line.get(key, "*") for key in ("agency", "level", "competency")}
        counts = [key for key in line if key not in where]
        sql = f"select {', '.join(counts)} from coverage where agency = ? and level = ? and competency = ?"
        got = found.connection.execute(sql, list(where.values())).fetchall()
        yield from _said(
            f"coverage of {', '.join(where.values())}", [tuple(line[key] for key in counts)], got
        )


def _flags(found: Analysis, wanted: Sequence[str]) -> Iterator[str]:
    codes = set(_rows(found, "select distinct code from flags"))
    yield from (f"  flag {code}: expected, not raised" for code in wanted if code not in codes)


def _ledger(found: Analysis, wanted: Mapping[str, int]) -> Iterator[str]:
    for outcome, count in wanted.items():
        yield from _said(f"rows {outcome}", count, found.about["counts"]["ledger"].get(outcome, 0))


def _explained(found: Analysis, wanted: Mapping[str, Any]) -> Iterator[str]:
    for person, words in wanted.items():
        said = " ".join(
            _rows(
                found,
                "select because from placements where person_id = ? union all select because from gaps where person_id = ?",
                person,
                person,
            )
        )
        yield from (
            f"  why for {person}: '{word}' is not said in: {said}" for word in words if word not in said
        )


CHECKS: Mapping[str, Callable[[Analysis, Any], Iterator[str]]] = {
    "placements": _placements,
    "gaps": _gaps,
    "due": _due,
    "deadlines": _deadlines,
    "recommendations": _recommendations,
    "coverage": _coverage,
    "flags": _flags,
    "ledger": _ledger,
    "because": _explained,
}
