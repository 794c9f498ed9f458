"""Whether what is printed and how it is read say the same: levels, lengths and numbers of sessions and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tna.model import Board, Course, Frequency, Level, PlanLine
from tna.names import NUMBERS, REMARKS, ROMAN, level_names, plain
from tna.printed import NONE, UPWARD, begun, frequency
from tna.problems import Place, Problems

COUNT = rf"(\d+(?:\.\d+)?|{'|'.join(NUMBERS)})"
MINUTES = re.compile(rf"{COUNT}[ -]*min(?:ute)?s?\b")
HOURS = re.compile(rf"{COUNT}[ -]*(?:hour|hr)s?\b")
DAYS = re.compile(rf"{COUNT}(?:[ -]+full)?[ -]*days?\b")
SESSIONS = re.compile(rf"{COUNT} *(?:x\b|times\b|sessions?\b)")
DATES = re.compile(rf"{COUNT} +dates?\b")
WORD = re.compile(r"(?:levels?|groups?|tiers?|stages?)\s*|\bonly\b")
PART = re.compile(r"([a-z0-9]+)(?: *(?:-|to) *([a-z0-9]+))?\Z")
BETWEEN = re.compile(r" *(?:,|/|&|\band\b) *")


def check(board: Board, problems: Problems) -> None:
    """Note every printed string that is read as something else."""
    levels = board.pack.framework.levels
    for level in levels:
        _number_of(level, problems)
    for course in board.pack.courses:
        _levels(course, levels, problems)
        _length(course, problems)
        _times(course, problems)
    for line in board.pack.plan:
        _line(line, problems)


def _number_of(level: Level, problems: Problems) -> None:
    """A level whose printed name begins with another number than it has; "III" is 3 here."""
    named = {_arabic(number) for number in begun(level.printed).numbers}
    if named and _arabic(level.number) not in named:
        _tell(problems, level.origin.place, level.id, level.printed, f"number {level.number}")


def _arabic(number: str) -> str:
    roman = number.casefold()
    return str(ROMAN.index(roman) + 1) if roman in ROMAN else number.upper()


def _levels(course: Course, levels: Iterable[Level], problems: Problems) -> None:
    printed = course.printed.get("level", "")
    read = {one for link in (*course.open_to, *course.required_of) for one in link.levels}
    said = levels_of(printed, tuple(levels))
    if (said or plain(printed) in NONE) and read and said != read:
        labels = ", ".join(sorted(read))
        problems.add("check.printed-levels", course.origin.place, id=course.id, printed=printed, read=labels)


def levels_of(printed: str, levels: tuple[Level, ...]) -> frozenset[str]:
    """The ids of the levels that "Level 1-4", "3 & 4", "Two only" or "2+" name; none when it is anything else."""
    order = [level.id for level in levels]
    places = {name: order.index(one) for name, one in level_names(levels).items()}
    words = REMARKS.sub(" ", printed)
    upward = UPWARD.search(words)
    parts = BETWEEN.split(WORD.sub("", plain(words[: upward.start() if upward else None])).strip())
    found: set[str] = set()
    last = ""
    for part in parts:
        match = PART.match(part)
        first, last = (match[1], match[2] or match[1]) if match else ("", "")
        if first not in places or last not in places:
            return frozenset()
        found |= set(order[places[first] : places[last] + 1])
    return frozenset(found | set(order[places[last] :] if upward else ()))


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
    runs = course.frequency
    for printed in dict.fromkeys((runs.printed, course.printed.get("frequency", ""))):
        said = frequency(printed)
        count = said.get("sessions", _number(SESSIONS, printed))
        differs = count != runs.sessions if count else said and said != _without_count(runs)
        if (often := _often(runs)) and differs:
            _tell(problems, course.origin.place, course.id, printed, often)
        dates = _number(DATES, printed)
        if dates and course.sessions and dates != len(course.sessions):
            _tell(problems, course.origin.place, course.id, printed, f"{len(course.sessions)} dates")


def _without_count(runs: Frequency) -> Mapping[str, bool]:
    """How a course runs where no number is meant; nothing when it is read with one."""
    parts = {"on_request": runs.on_request, "unlimited": runs.unlimited}
    return {} if runs.sessions else {name: True for name, is_so in parts.items() if is_so}


def _often(runs: Frequency) -> str:
    """How often a course runs, in words; "" where it is not said."""
    parts = (
        f"{runs.sessions} sessions" if runs.sessions else "",
        "on request" if runs.on_request else "",
        "unlimited" if runs.unlimited else "",
    )
    return ", ".join(filter(None, parts))


def _line(line: PlanLine, problems: Problems) -> None:
    said, dates = _number(SESSIONS, line.printed), _number(DATES, line.printed)
    if said and line.target and line.unit == "sessions" and said != line.target:
        _tell(problems, line.origin.place, line.id, line.printed, f"{line.target:g} sessions")
    if dates and line.dates and dates != len(line.dates):
        _tell(problems, line.origin.place, line.id, line.printed, f"{len(line.dates)} dates")


def _tell(problems: Problems, place: Place, name: str, printed: str, read: str) -> None:
    problems.add("check.printed-otherwise", place, id=name, printed=printed, read=read)


COUNTS: Mapping[str, int] = {word: number for number, word in enumerate(NUMBERS, 1)}


def _number(pattern: re.Pattern[str], printed: str) -> float | None:
    """The one number that a pattern finds; None when it finds none, or several that differ."""
    found = {float(COUNTS.get(one, one)) for one in pattern.findall(plain(printed))}
    return found.pop() if len(found) == 1 else None
