"""What an agency should put right or look at: the same thing in many rows asked once, with every cell it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from tna.forms.layout import said
from tna.forms.reading import Reading
from tna.messages import catalogue
from tna.problems import Problem
from tna.sources import reasons
from tna.sources.texts import UNCALCULATED, shown
from tna.wording import counted, listed

# What these say of a row is how things are, not something to ask about.
ORDINARY = frozenset(
    ("booked", "cancelled", "did-not-attend", "waiting", "total-row", "percentage", "joined", "joined-return",
     "hidden-count", "estimated-count", "agency-of-form")
)  # fmt: skip
MUST = frozenset({"unknown-person"})  # rows that are kept and can never count, by a slip of the agency's
ERROR = "error-value"
DAYS = "registers.days-not-read"  # asked about once, and not in each row without a date
LOST = frozenset(  # what counts for a whole sheet is left out, by a slip of the agency's
    ("tables.half-a-register", DAYS)
)
BY_ROW = frozenset({"unknown-person"})
BY_VALUE = re.compile(r"unknown-|unreadable-word")  # asked about word by word
ALSO = re.compile(r" \(also [^()]*\)")
ROWS = re.compile(r"^[\d,]+ rows? ")
COUNTED = ("registers.and-more", "registers.more-conflicts")  # problems that only count what the marks name
NAMED = 3  # further values of the same thing wrong, in a list
CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to put right (`must`) or to look at: where, under which heading, what was written, what is wrong, what to do.

    `own` is what is wrong in the words of single cells, where they are not the same for all.
    """

    file: str
    sheet: str
    cells: tuple[str, ...]
    rows: tuple[int, ...]
    heading: str
    written: str
    error: str
    todo: str
    must: bool
    own: Mapping[str, str] = field(default_factory=dict)

    def of(self, cell: str) -> str:
        """What is wrong, as it is said of one cell."""
        return self.own.get(cell, self.error)


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell that the reader says something of."""

    file: str
    sheet: str
    row: int
    cell: str
    letters: str
    heading: str
    reason: str
    outcome: str
    said: str
    value: str
    why: str
    facts: Mapping[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """What is asked about once."""
        by_value = BY_VALUE.match(self.reason) and self.reason not in BY_ROW
        return (self.file, self.sheet, self.letters, self.reason, self.why, self.value if by_value else "")


def ask(reading: Reading) -> tuple[Question, ...]:
    """Every question, by file, sheet and first row; what must be put right first where they share a row."""
    told: dict[tuple[str, str, str], list[Problem]] = {}
    for one in reading.problems:
        if one.code not in COUNTED:
            told.setdefault((one.place.file, one.place.sheet, one.place.cell), []).append(one)
    found = [*of_cells(marks(reading), told), *of_files(reading)]
    return in_order(found)


def in_order(found: Iterable[Question]) -> tuple[Question, ...]:
    """Questions as a reader goes through the workbooks."""
    return tuple(sorted(found, key=order))


def order(one: Question) -> tuple[object, ...]:
    """By place, as a reader goes through the workbook."""
    return (one.file, one.sheet, one.rows[:1], not one.must, one.cells[:1], one.error)


def marks(reading: Reading) -> list[Mark]:
    """Every cell that something is to be asked about, in order."""
    found = [
        Mark(*row)  # type: ignore[arg-type]
        for account in reading.accounts
        for row in reading.rows(f"SELECT * FROM {account}marks ORDER BY ALL")
    ]
    asked = {(one.place.file, one.place.sheet) for one in reading.problems if one.code == DAYS}
    return [
        one
        for one in found
        if one.reason not in ORDINARY and not (one.reason == "undated" and (one.file, one.sheet) in asked)
    ]


def of_cells(found: Iterable[Mark], told: Mapping[tuple[str, str, str], list[Problem]]) -> Iterator[Question]:
    """Marks that are one thing become one question, in the words of the problem that begins at one of them.

    Words that the reader did not report one by one, there being so many, are one question together.
    """
    untold: dict[tuple[str, ...], list[Mark]] = {}
    for key, group in groupby(sorted(found, key=lambda one: (one.key, one.row)), key=lambda one: one.key):
        alike = list(group)
        named = {mark.cell: problem for mark in alike if (problem := problem_of(mark, told))}
        if len(named) == 1:
            yield question(alike, *named.values())
            continue
        yield from (question([mark], named[mark.cell]) for mark in alike if mark.cell in named)
        untold.setdefault(key[:5], []).extend(mark for mark in alike if mark.cell not in named)
    for alike in untold.values():
        if alike:
            yield question(sorted(alike, key=lambda one: one.row), None)


def problem_of(mark: Mark, told: Mapping[tuple[str, str, str], list[Problem]]) -> Problem | None:
    """The problem that was said of this cell: that of the mark's own reason, else one that is not of another's."""
    here = told.get((mark.file, mark.sheet, mark.cell), [])
    own = [one for one in here if one.code == f"registers.{mark.why or mark.reason}"]
    finer = [one for one in here if one.code.removeprefix("registers.") not in reasons()]
    return next(iter([*own, *finer]), None)


def question(alike: list[Mark], problem: Problem | None) -> Question:
    """One question about some cells."""
    first = alike[0]
    word = first.said.partition(": ")[2]
    clear = ALSO.sub("", problem.sentence) if problem else ""
    error = clear if clear and not ROWS.match(clear) else f"{word[:1].upper()}{word[1:]}."
    error = f"{error[:1].upper()}{error[1:]}"
    whole = every(alike, error)
    return Question(
        first.file,
        first.sheet,
        tuple(one.cell for one in alike if one.cell),
        tuple(dict.fromkeys(one.row for one in alike)),
        first.heading,
        first.value if len({one.value for one in alike}) == 1 else "",
        whole,
        todo(first.reason, problem),
        must=first.outcome == "refused" or first.reason in MUST,
        own={one.cell: words for one in alike if (words := of_own(one, first, error)) != whole},
    )


def of_own(one: Mark, first: Mark, error: str) -> str:
    """What is wrong in the words of one cell: what is said of the first, with this one's value or figures."""
    lead = f"'{shown(first.value)}'"
    if one.facts:
        facts = {name: shown(fact, 200) for name, fact in one.facts.items()}
        sentence = catalogue()[f"registers.{one.reason}"].sentence.format(
            heading=one.heading, also="", **facts
        )
        return f"{sentence[:1].upper()}{sentence[1:]}"
    if one.why == ERROR:
        return faulty(one)
    return f"'{shown(one.value)}'{error.removeprefix(lead)}" if led(first, error) else error


def faulty(one: Mark) -> str:
    """What is wrong with a cell that holds no fact."""
    kind = "uncalculated" if one.value == UNCALCULATED else "error"
    return str(said()["faults"][kind]).format(heading=one.heading, value=one.value)


def every(alike: list[Mark], error: str) -> str:
    """What is wrong with all cells: where it names the first one's value, the others' too, as far as they are few."""
    values = list(dict.fromkeys(shown(one.value) for one in alike))
    first = f"'{values[0]}'"
    if alike[0].why == ERROR:
        return " ".join(dict.fromkeys(map(faulty, alike)))
    if alike[0].facts and len(alike) > 1:
        return f"{error} So in {counted(len(alike) - 1, 'more cell')}, each with its own figures."
    if len(values) == 1 or not led(alike[0], error):
        return error
    others = listed([f"'{value}'" for value in values[1:]], NAMED)
    return f"{first} (in other cells {others}){error.removeprefix(first)}"


def led(one: Mark, error: str) -> bool:
    """Whether a sentence begins with what stands in a cell, and is about that alone."""
    return bool(one.value) and error.startswith(f"'{shown(one.value)}' ")


def todo(reason: str, problem: Problem | None) -> str:
    """What an agency is to do: in words meant for it where there are any, else in the reader's."""
    own = said()["todo"].get(reason, "")
    message = catalogue().get(f"registers.{reason}")
    general = message.remedy if message and "{" not in message.remedy else ""
    return own or (problem.remedy if problem else general) or "Put the row right."


def of_files(reading: Reading) -> Iterator[Question]:
    """Problems that no row's account tells of: files, sheets and headings."""
    known = {(one.file, one.sheet, one.cell) for one in marks(reading)}
    for one in reading.problems:
        place = (one.place.file, one.place.sheet, one.place.cell)
        if one.severity != "note" and place not in known and one.code not in COUNTED:
            yield of_file(one)


def remedy(problem: Problem) -> str:
    """What an agency is to do about a problem: in words meant for it where there are any."""
    return str(said()["todo"].get(problem.code.partition(".")[2], problem.remedy))


def of_file(problem: Problem) -> Question:
    """A question about a file, a sheet or a heading."""
    place = problem.place
    match = CELL.fullmatch(place.cell)
    rows = (int(match[2]),) if match else ()
    sentence = f"{problem.sentence[:1].upper()}{problem.sentence[1:]}"
    return Question(
        place.file, place.sheet, (place.cell,) if match else (), rows, "", "", sentence, remedy(problem),
        must=problem.severity == "error" or problem.code in LOST,
    )  # fmt: skip
