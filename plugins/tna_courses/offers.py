"""What a case can take: which courses would close what, which come before them, from which day, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tna.model import AddsUp, Case, Course

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offers:
    """The courses open to a case that could help: `had` need not be taken first, `reachable` ones could be.

    `adds_up` has what no one of them closes, with those that count towards it.
    """

    closes: Mapping[str, frozenset[str]]
    only_renews: Mapping[str, frozenset[str]]
    had: frozenset[str]
    reachable: frozenset[str]
    adds_up: Mapping[str, AddsUp]


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be taken: what each course closes, all that must come first, its first day; and why others cannot."""

    closes: Mapping[str, frozenset[str]]
    first: Mapping[str, frozenset[str]]
    day: Mapping[str, date]
    cannot: Mapping[str, str]


def closing(case: Case) -> dict[str, frozenset[str]]:
    """What each course open to the case would close: what it gives, and what it renews of what has lapsed."""
    return {
        name: case.courses.get(name, NONE) | (case.renews.get(name, NONE) & case.lapsed)
        for name in sorted({*case.courses, *case.renews})
    }


def has_had(course: Course, case: Case) -> bool:
    """Whether all that a course gives is required of the case and held, or was held once."""
    given = {one for grant in course.gives for one in grant.competencies}
    return bool(given) and given <= case.needs - (case.gap - case.lapsed)


def is_open(course: Course, scopes: frozenset[str]) -> bool:
    """Whether an offer names these levels or cohorts, or names jobs alone: who has them is not known here."""
    links = (*course.open_to, *course.required_of)
    named = {scope for link in links for scope in (*link.levels, *(f"cohort:{one}" for one in link.cohorts))}
    return course.audience == "workforce" and bool(named & scopes or (course.roles and not named))


def ways(
    offers: Offers, catalogue: Mapping[str, Course], after: Mapping[str, Sequence[str]], as_of: date
) -> Ways:
    """The courses of an offer that can be taken on or after the as-of date, each after those it builds on."""
    walk = _Walk(offers, catalogue, after, as_of)
    for name in offers.closes:
        walk.visit(name)
    return Ways(
        {name: given for name, given in offers.closes.items() if name in walk.day},
        walk.first,
        walk.day,
        walk.cannot,
    )


class _Walk:
    def __init__(
        self, offers: Offers, catalogue: Mapping[str, Course], after: Mapping[str, Sequence[str]], as_of: date
    ) -> None:
        self.offers, self.catalogue, self.after, self.as_of = offers, catalogue, after, as_of
        self.first: dict[str, frozenset[str]] = {}
        self.day: dict[str, date] = {}
        self.cannot: dict[str, str] = {}

    def visit(self, name: str) -> None:
        """Finds the first day on which a course can be taken, once those before it are, or why it cannot."""
        if name in self.first:
            return
        befores = [
            one for one in self.after.get(name, ()) if one not in self.offers.had and one in self.catalogue
        ]
        for before in befores:
            self.visit(before)
        self.first[name] = frozenset(befores).union(*(self.first[one] for one in befores))
        hindered = [one for one in befores if one in self.cannot or one not in self.offers.reachable]
        if hindered:
            self.cannot[name] = self._hindrance(hindered[0])
            return
        start = max((self.day[one] for one in befores), default=self.as_of)
        sessions = self.catalogue[name].sessions
        later = [day for day in sessions if day >= start]
        if later or not sessions:
            self.day[name] = min(later, default=start)
        else:
            self.cannot[name] = f"no date left on or after {start.isoformat()}"

    def _hindrance(self, before: str) -> str:
        open_to_them = before in self.offers.reachable
        why = self.cannot[before] if open_to_them else "not open to these people"
        return f"to be taken after {self.catalogue[before].title} ({why})"
