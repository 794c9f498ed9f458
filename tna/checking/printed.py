"""Whether what is printed and how it is read say the same: levels, lengths and numbers of sessions and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tna.model import Board, Course, Level, PlanLine
from tna.names import plain
from tna.problems import Place, Problems

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNT = rf"(\d+(?:\.\d+)?|{'|'.join(WORDS)})"
MINUTES = re.compile(rf"{COUNT}[ -]*min(?:ute)?s?\b")
HOURS = re.compile(rf"{COUNT}[ -]*(?:hour|hr)s?\b")
DAYS = re.compile(rf"{COUNT}(?:[ -]+full)?[ -]*days?\b")
SESSIONS = re.compile(rf"{COUNT} *(?:x\b|times\b|sessions?\b)")
DATES = re.compile(rf"{COUNT} +dates?\b")
WORD = re.compile(r"(?:levels?|groups?|tiers?|stages?)\s*")
PART = re.compile(r"([a-z0-9]+)(?: *(?:-|to) *([a-z0-9]+))?\Z")
BETWEEN = re.compile(r" *(?:,|/|&|\band\b) *")


def check(board: Board, problems: Problems) -> None:
    """Note every printed string that is read as something else."""
    levels = board.pack.framework.levels
    for course in board.pack.courses:
        _levels(course, levels, problems)
        _length(course, problems)
        _times(course, problems)
    for line in board.pack.plan:
        _line(line, problems)


def _levels(course: Course, levels: Iterable[Level], problems: Problems) -> None:
    printed = course.printed.get("level", "")
    read = {one for link in (*course.open_to, *course.required_of) for one in link.levels}
    said = levels_of(printed, tuple(levels))
    if said and read and said != read:
        labels = ", ".join(sorted(read))
        problems.add("check.printed-levels", course.origin.place, id=course.id, printed=printed, read=labels)


def levels_of(printed: str, levels: tuple[Level, ...]) -> frozenset[str]:
    """The ids of the levels that a printed string such as "Level 1-4" or "3 & 4" names; none when it is anything else."""
    places = {plain(level.number): at for at, level in enumerate(levels)}
    found: set[str] = set()
    for part in BETWEEN.split(WORD.sub("", plain(printed))):
        match = PART.match(part)
        first, last = (match[1], match[2] or match[1]) if match else ("", "")
        if first not in places or last not in places:
            return frozenset()
        found |= {level.id for level in levels[places[first] : places[last] + 1]}
    return frozenset(found)


def _length(course: Course, problems: Problems) -> None:
    lasts = course.duration
    minutes = _number(MINUTES, lasts.printed)
    hours = _number(HOURS, lasts.printed)
    said = (hours or 0) * 60 + (minutes or 0)
    for wanted, read, unit in (
        (said, lasts.minutes, "minutes"),
        (_number(DAYS, lasts.printed), lasts.days, "days"),
    ):
        if wanted and read and wanted != read:
            _tell(problems, course.origin.place, course.id, lasts.printed, f"{read:g} {unit}")


def _times(course: Course, problems: Problems) -> None:
    printed, sessions = course.frequency.printed, course.frequency.sessions
    said = _number(SESSIONS, printed)
    if said and sessions and said != sessions:
        _tell(problems, course.origin.place, course.id, printed, f"{sessions} sessions")
    dates = _number(DATES, printed)
    if dates and course.sessions and dates != len(course.sessions):
        _tell(problems, course.origin.place, course.id, printed, f"{len(course.sessions)} dates")


def _line(line: PlanLine, problems: Problems) -> None:
    said, dates = _number(SESSIONS, line.printed), _number(DATES, line.printed)
    if said and line.target and line.unit == "sessions" and said != line.target:
        _tell(problems, line.origin.place, line.id, line.printed, f"{line.target:g} sessions")
    if dates and line.dates and dates != len(line.dates):
        _tell(problems, line.origin.place, line.id, line.printed, f"{len(line.dates)} dates")


def _tell(problems: Problems, place: Place, name: str, printed: str, read: str) -> None:
    problems.add("check.printed-otherwise", place, id=name, printed=printed, read=read)


NUMBERS: Mapping[str, int] = {word: number for number, word in enumerate(WORDS, 1)}


def _number(pattern: re.Pattern[str], printed: str) -> float | None:
    """The one number that a pattern finds; None when it finds none, or several that differ."""
    found = {float(NUMBERS.get(one, one)) for one in pattern.findall(plain(printed))}
    return found.pop() if len(found) == 1 else None
