"""Why a course is advised, and why nothing on offer closes a competency, in a planner's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tna.model import AddsUp, Course
from tna_courses.offers import NONE, Offers, Ways
from tna_courses.taste import Taste


class Reasons:
    """Reasons in words, from what the catalogue says of each course."""

    def __init__(self, catalogue: Mapping[str, Course], taste: Taste) -> None:
        self.catalogue, self.taste = catalogue, taste

    def closes(self, name: str, closed: int, lacking: int) -> str:
        """How much of what is lacking a course closes."""
        title = self.catalogue[name].title
        if not closed:
            return f"{title} closes nothing lacking, but comes before another of these courses; leave it out if it was taken"
        if lacking == 1:
            return f"{title} closes the one competency lacking"
        return f"{title} closes {_every(closed) if closed == lacking else f'{closed} of the {lacking}'} competencies lacking"

    def says(self, name: str, wanted: frozenset[str], courses: Iterable[str], ways: Ways) -> str:
        """When a course runs, what it waits for, and what it was preferred to in giving what is wanted."""
        rest = [one for one in courses if one != name]
        availability = self.catalogue[name].availability.strip().rstrip(".")
        parts = (self._when(name, ways), availability, self._rather(name, wanted, rest, ways))
        return "; ".join(filter(None, parts))

    def unclosed(self, left: Iterable[str], offers: Offers, ways: Ways) -> Mapping[str, list[str]]:
        """The competencies that nothing closes, by the reason why: no date left is not no course."""
        found: dict[str, list[str]] = {}
        for competency in sorted(left):
            found.setdefault(self._why_not(competency, offers, ways), []).append(competency)
        return found

    def _when(self, name: str, ways: Ways) -> str:
        course = self.catalogue[name]
        if course.sessions:
            return f"next date {ways.day[name].isoformat()}"
        return f"runs '{course.frequency.printed}'" if course.frequency.printed else "no dates are listed"

    def _rather(self, name: str, wanted: frozenset[str], rest: Sequence[str], ways: Ways) -> str:
        """The best of the courses that could stand in its place, and the point on which it lost."""
        closes, first = ways.closes, ways.first
        alone = wanted & closes.get(name, NONE) - NONE.union(*(closes.get(one, NONE) for one in rest))
        if not alone or any(name in first[one] for one in rest):
            return ""
        taken = {name, *rest}
        others = [
            one
            for one in closes
            if one not in taken and alone <= closes[one] and first[one] <= taken - {name}
        ]
        if not others:
            return ""
        other = min(others, key=self.taste.weights.__getitem__)
        return f"rather than {self.catalogue[other].title}, as {self.taste.why(name, other)}"

    def _why_not(self, competency: str, offers: Offers, ways: Ways) -> str:
        if competency in offers.adds_up:
            return self._adding_up(offers.adds_up[competency])
        barred = [
            name for name, given in offers.closes.items() if competency in given and name in ways.cannot
        ]
        if barred:
            return "; ".join(self._barred(barred, ways))
        renewing = [name for name, given in offers.only_renews.items() if competency in given]
        if renewing:
            return f"{self._titles(renewing)} renews this for people who once held it, and no course open to them gives it"
        elsewhere = [name for name, course in self.catalogue.items() if competency in _gives(course)]
        if elsewhere:
            return f"given by {self._titles(elsewhere)}: not open to these people, or not in a way that counts for them"
        return "no course open to these people gives this"

    def _adding_up(self, asked: AddsUp) -> str:
        """What no one course is enough for, and what counts towards it."""
        if not asked.counts:
            return f"it has to add up ({asked.asks}), and no course open to these people counts towards it"
        each = [self._length(self.catalogue[name]) for name in asked.counts if name in self.catalogue]
        return (
            f"it has to add up: {asked.asks}; no one course gives it all, and what somebody has counts too "
            f"(tna explain says how much). Towards it count {_listed(sorted(each))}"
        )

    def _length(self, course: Course) -> str:
        minutes = course.duration.minutes
        known = (f"{minutes / 60:g} h" if minutes else "", course.mode)
        return f"{course.title} ({', '.join(filter(None, known))})"

    def _barred(self, names: Iterable[str], ways: Ways) -> list[str]:
        reasons: dict[str, list[str]] = {}
        for name in names:
            reasons.setdefault(ways.cannot[name], []).append(name)
        return [f"{why}: {self._titles(barred)}" for why, barred in sorted(reasons.items())]

    def _titles(self, names: Iterable[str]) -> str:
        return _listed(sorted(self.catalogue[name].title for name in names))


def _gives(course: Course) -> frozenset[str]:
    if course.audience != "workforce":
        return NONE
    return frozenset(one for grant in course.gives for one in grant.competencies)


def _every(count: int) -> str:
    return "both" if count == 2 else f"all {count}"


def how_few(number: int, proved: bool) -> str:
    """How many courses the programme has, and whether that is proved to be as few as can be."""
    if not proved:
        return f"one of {number} courses, few but not proved the fewest"
    return (
        "no other course is needed for these"
        if number == 1
        else f"one of {number} courses, the fewest that do"
    )


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
