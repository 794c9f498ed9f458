"""Two analyses of one small board, a year apart, that differ only in what a test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests import analysed
from tests.small import course, job, level, load

BEFORE, AFTER = date(2015, 1, 31), date(2016, 1, 31)
PARTS: Mapping[str, Any] = {
    "levels": [level(1, ["k"]), level(2, ["k", "m"])],
    "competencies": ["k", "m"],
    "courses": [course("c", ["k"], 12), course("d", ["m"])],
}


def took(name: str = "c", completed: str = "2014-06-01", **more: str) -> dict[str, str]:
    return {"person_id": "p", "course": name, "completed": completed, **more}


@dataclass(frozen=True)
class Side:
    people: tuple[Any, ...] = (job(),)
    records: tuple[Any, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


def both(folder: Path, a: Side, b: Side, *, after: date = AFTER) -> tuple[Path, Path]:
    made = []
    for name, side, day in (("a", a, BEFORE), ("b", b, after)):
        board = load(folder / f"of-{name}", side.settings, **{**PARTS, **side.parts})
        made.append(analysed.run(folder / name, board, side.people, side.records, as_of=day))
    return made[0], made[1]


DEMANDING = {"levels": [level(1, ["k", "m"]), level(2, ["k", "m"])]}
LONGER = {"courses": [course("c", ["k"], 60), course("d", ["m"])]}
