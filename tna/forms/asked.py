"""The jobs whose level has to be asked: each title once, with what it may have meant and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tna import placement, profiles
from tna.forms import shared
from tna.forms.questions import Question, ask, in_order
from tna.forms.reading import Reading
from tna.model import Placement
from tna.names import plain
from tna.wording import counted

Spot = tuple[str, str, int]  # file, sheet and row


@dataclass(frozen=True, slots=True)
class Asked:
    """A title that nothing places, why, what it may have meant, and the jobs that have it."""

    title: str
    because: str
    suggestions: tuple[str, ...]
    spots: tuple[Spot, ...]
    level: str = ""
    meant: str = ""  # the level it may be, where only its numeral is not the board's


def find(reading: Reading) -> tuple[Asked, ...]:
    """Every title to ask about, the commonest first; with `level`, those at a level the board does not have."""
    if not reading.files.get("people"):
        return ()
    known = placement.reader(reading.board, reading.as_of)
    found: dict[tuple[str, str], tuple[Placement, list[Spot]]] = {}
    spots = jobs(reading)
    for profile in profiles.gather(reading.connection, reading.board):
        placed = placement.place(known, placement.facts(known, profile.facts))
        if placed.how == "ask" and not profile.facts.get("conflict"):
            title, level = (str(profile.facts.get(name, "")) for name in ("role", "level"))
            key = (plain(title) if not level else "", level)
            found.setdefault(key, (placed, []))[1].extend(spots[profile.id])
    titles = dict(reading_titles(reading))
    asked = [
        Asked(
            titles[min(where)],
            one.because,
            one.suggestions,
            tuple(sorted(where)),
            level,
            placement.meant_by_number(known, level),
        )
        for (_, level), (one, where) in found.items()
    ]
    return tuple(sorted(asked, key=lambda one: (-len(one.spots), one.title, one.level)))


def jobs(reading: Reading) -> dict[int, list[Spot]]:
    """Where the jobs of each profile stand."""
    profiles.gather(reading.connection, reading.board)
    found: dict[int, list[Spot]] = {}
    for profile, file, sheet, row in reading.rows(
        "SELECT profile, file, sheet, row FROM people JOIN job_profiles USING (person_id, agency, role)"
    ):
        found.setdefault(int(str(profile)), []).append((str(file), str(sheet), int(str(row))))
    return found


def reading_titles(reading: Reading) -> Iterator[tuple[Spot, str]]:
    """The title at each place."""
    for file, sheet, row, role in reading.rows("SELECT file, sheet, row, role FROM people"):
        yield (str(file), str(sheet), int(str(row))), str(role)


def everything(asked: tuple[Asked, ...], reading: Reading) -> tuple[Question, ...]:
    """Every question about returns, in the order in which they are read: of cells, of numbers, of titles."""
    numbers = shared.questions(reading, headings(reading)) if reading.files.get("people") else ()
    return in_order([*ask(reading), *numbers, *questions(asked, reading)])


def questions(asked: tuple[Asked, ...], reading: Reading) -> Iterator[Question]:
    """A question for each title and sheet: which level it is."""
    columns = headings(reading) if asked else {}
    for one in asked:
        for place in dict.fromkeys(spot[:2] for spot in one.spots):
            rows = tuple(spot[2] for spot in one.spots if spot[:2] == place)
            letters, heading = columns.get((*place, "level" if one.level else "role"), ("", ""))
            cells = tuple(f"{letters}{row}" for row in rows if letters)
            yield worded(
                one,
                Question(
                    *place,
                    cells,
                    rows,
                    heading,
                    one.level or one.title,
                    "",
                    "",
                    must=bool(one.level) and not one.meant,
                ),
                reading,
            )


def headings(reading: Reading) -> dict[tuple[str, str, str], tuple[str, str]]:
    """By file, sheet and what a column means: its letters and how it is headed."""
    found = reading.rows('SELECT file, sheet, "column", letters, heading FROM headings')
    return {
        (str(file), str(sheet), str(column)): (str(letters), str(heading))
        for file, sheet, column, letters, heading in found
    }


def worded(one: Asked, at: Question, reading: Reading) -> Question:
    """The question in words."""
    word = reading.board.pack.framework.level_word
    if one.meant:
        return replace(
            at,
            error=f"'{one.level}' is not how this board numbers its {word}s: it may be {one.meant}, or a {word} of another framework.",
            todo=f"Write {one.meant} if that is meant; otherwise leave it blank.",
        )
    if one.level:
        known = ", ".join(level.label for level in reading.board.pack.framework.levels)
        return replace(
            at,
            error=f"'{one.level}' is not a {word} of this board.",
            todo=f"Write one of {known}, or leave it blank.",
        )
    title = f"'{one.title}'" if one.title else "a job without a title"
    perhaps = f" Perhaps {' or '.join(one.suggestions)}." if one.suggestions else ""
    return replace(
        at,
        error=f"Which {word} is {title}? {counted(len(at.rows), 'job')}; {one.because}.{perhaps}",
        todo=f"Write the {word} beside it if you know it; otherwise the board decides.",
    )
