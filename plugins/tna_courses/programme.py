"""A case's programme: courses in the order they can be taken, a reason each, and what nothing closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tna.model import Case, Course
from tna_courses.cover import Cover, components, smallest
from tna_courses.taste import Taste


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a programme; an empty course says why nothing closes these."""

    course: str
    closes: tuple[str, ...]
    because: str


class Programmes:
    """Makes programmes, solving each distinct question once."""

    def __init__(
        self,
        catalogue: Mapping[str, Course],
        prerequisites: Mapping[str, Sequence[str]],
        taste: Taste,
        as_of: date,
    ) -> None:
        self.catalogue, self.prerequisites, self.taste, self.as_of = catalogue, prerequisites, taste, as_of
        self._programmes: dict[object, tuple[Step, ...]] = {}
        self._covers: dict[object, Cover] = {}
        self._groups: dict[object, list[frozenset[str]]] = {}

    def programme(self, case: Case) -> tuple[Step, ...]:
        """The steps for a case; cases that ask the same share one answer."""
        renewable = case.lapsed & frozenset().union(*case.renews.values())
        asked = (id(case.courses), case.gap, renewable)
        if asked not in self._programmes:
            self._programmes[asked] = tuple(self._steps(case, renewable))
        return self._programmes[asked]

    def _steps(self, case: Case, renewable: frozenset[str]) -> Iterable[Step]:
        gives = _closing(case, renewable)
        open_now = {name: given for name, given in gives.items() if self._has_date(name)}
        closable = frozenset().union(*open_now.values())
        among = (id(case.courses), renewable)
        covers = [
            self._cover(open_now, case.gap & group, among)
            for group in self._components(open_now, among)
            if case.gap & group
        ]
        chosen = self._ordered([name for cover in covers for name in cover.courses], case)
        left = set(case.gap & closable)
        proved = all(cover.proved for cover in covers)
        for name in chosen:
            closes = tuple(sorted(open_now.get(name, frozenset()) & left))
            left -= set(closes)
            yield Step(name, closes, self._reason(name, closes, case, proved))
        yield from self._unclosed(case.gap - closable, gives)

    def _components(self, gives: Mapping[str, frozenset[str]], among: object) -> list[frozenset[str]]:
        if among not in self._groups:
            self._groups[among] = components(gives)
        return self._groups[among]

    def _cover(self, gives: Mapping[str, frozenset[str]], wanted: frozenset[str], among: object) -> Cover:
        asked = (among, wanted)
        if asked not in self._covers:
            self._covers[asked] = smallest(wanted, gives, self.taste.cost)
        return self._covers[asked]

    def _has_date(self, name: str) -> bool:
        sessions = self.catalogue[name].sessions
        return not sessions or any(day >= self.as_of for day in sessions)

    def _ordered(self, chosen: Sequence[str], case: Case) -> list[str]:
        """The chosen courses after those they build on, the sooner first; a course to take before may be added."""
        found: list[str] = []
        for name in sorted(set(chosen), key=lambda one: self.taste.cost([one])):
            self._add(name, found, frozenset(chosen), case)
        return found

    def _add(self, name: str, found: list[str], chosen: frozenset[str], case: Case) -> None:
        for before in self.prerequisites.get(name, ()):
            if before not in found and (before in chosen or not self._had(before, case)):
                self._add(before, found, chosen, case)
        if name not in found:
            found.append(name)

    def _had(self, name: str, case: Case) -> bool:
        """Whether everything a course gives is required of the case and held, so that it need not come first."""
        given = {one for grant in self.catalogue[name].gives for one in grant.competencies}
        return bool(given) and given <= case.needs - case.gap

    def _reason(self, name: str, closes: Sequence[str], case: Case, proved: bool) -> str:
        course = self.catalogue[name]
        said = [f"{course.title} gives {len(closes)} of the {len(case.gap)} competencies lacking"]
        if not closes:
            said = [f"{course.title} comes before another course; leave it out if it was taken"]
        days = [day for day in course.sessions if day >= self.as_of]
        if days:
            said.append(f"next session {min(days).isoformat()}")
        elif course.frequency.printed:
            said.append(f"runs '{course.frequency.printed}'")
        if course.availability:
            said.append(course.availability.rstrip("."))
        said.append("the fewest courses that do" if proved else "few courses, not proved the fewest")
        return "; ".join(said)

    def _unclosed(self, gap: frozenset[str], gives: Mapping[str, frozenset[str]]) -> Iterable[Step]:
        past = {name: given & gap for name, given in gives.items() if given & gap}
        late = frozenset().union(*past.values())
        if late:
            titles = ", ".join(sorted(self.catalogue[name].title for name in past))
            yield Step("", tuple(sorted(late)), f"no date left on or after {self.as_of.isoformat()}: {titles}")
        if gap - late:
            yield Step("", tuple(sorted(gap - late)), "no course open to this person closes these")


def _closing(case: Case, renewable: frozenset[str]) -> dict[str, frozenset[str]]:
    """What each course open to the case would close: what it gives, and what it renews of what has lapsed."""
    names = sorted({*case.courses, *case.renews})
    empty: frozenset[str] = frozenset()
    return {
        name: case.courses.get(name, empty) | (case.renews.get(name, empty) & renewable) for name in names
    }
