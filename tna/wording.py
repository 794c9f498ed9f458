"""Numbers, dates and ratings as words, each made in one place, so that every report says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A rating or state as it is shown: never by colour alone, always with a word and a shape."""

    state: str
    word: str
    shape: str
    means: str


MARKS = {
    mark.state: mark
    for mark in (
        Mark("green", "Green", "●", "the target is met"),
        Mark("amber", "Amber", "▲", "below the target, but not below the floor"),
        Mark("red", "Red", "■", "below the floor, or below the target where no floor is stated"),
        Mark("not-rated", "Not rated", "○", "no target is stated, so there is nothing to rate against (not-stated in coverage.csv)"),
        Mark("no-return", "No return", "✕", "the agency was expected and sent no register: not known, and not counted as nought"),
        Mark("not-stated", "Not stated", "?", "a register came, but nobody in it could be placed yet"),
        Mark("not-needed", "Not needed", "–", "people are here, and nothing that the board says is required of them; it may not say"),
        Mark("nobody", "Nobody", "·", "the registers name nobody here"),
    )
}  # fmt: skip


PLAN_MARKS = {
    mark.state: mark
    for mark in (
        Mark("red", "Missed", "■", "the time for it is over and it was not reached, or it is below the floor"),
        Mark("at-risk", "At risk", "◆", "the time for it is not over, and it is behind or something was not seen"),
        Mark("amber", "Below target", "▲", "below the target, but not below the floor"),
        Mark("not-known", "Not known", "?", "what was sent does not tell: it is neither met nor missed"),
        Mark("not-due", "Not due", "○", "the time for it is not over"),
        Mark("green", "Met", "●", "reached, as far as what was sent shows"),
        Mark("not-measured", "Not measured", "–", "the line states nothing that could be true or false"),
    )
}  # fmt: skip


def mark(rating: str, required: int) -> Mark:
    """How a rating of coverage.csv is shown; a number of people without a target is "not rated"."""
    return MARKS["not-rated" if rating == "not-stated" and required else rating or "nobody"]


def number(count: int) -> str:
    """ "1,234"."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 job", "2 jobs", "2 agencies" (`many` where an "s" will not do)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def people_words(count: int) -> str:
    """ "1 person", "2 people"."""
    return counted(count, "person", "people")


def people_share(part: int, whole: int) -> str:
    """ "3 of 40 people", "1 of 1 person"."""
    return f"{part:,} of {people_words(whole)}"


def have(*counts: int) -> str:
    """The verb after a number of people, or one of so many: "has" where one of the counts is one."""
    return "has" if 1 in counts else "have"


def percent(part: int, whole: int) -> str:
    """A share in whole per cent, rounded down so that it never says more than is true; "" when nothing is asked."""
    return f"{part * 100 // whole}%" if whole else ""


def change(count: int) -> str:
    """ "+12", "−3", "no change"."""
    return f"{'+' if count > 0 else '−'}{abs(count):,}" if count else "no change"


def points(difference: float) -> str:
    """A difference of two percentages, "+4.2 points": cut to a tenth, so that it never says more than is true."""
    if not difference:
        return "no change"
    tenths = int(abs(difference) * 10 + 1e-9)
    sign = "+" if difference > 0 else "−"
    return f"{sign}{tenths // 10}.{tenths % 10} points" if tenths else f"{sign}0.1 points or less"


def share(part: int, whole: int) -> str:
    """ "12 of 30"."""
    return f"{part:,} of {whole:,}"


def day(when: date) -> str:
    """ "31 January 2016", whatever the machine's language."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def listed(words: Sequence[str], at_most: int = 0) -> str:
    """ "a, b and c"; with `at_most`, "a, b and 7 more"."""
    shown = list(words[:at_most] if at_most else words)
    if len(words) > len(shown):
        shown.append(f"{len(words) - len(shown):,} more")
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
