"""What a board says: its framework, catalogue and plan, each statement with its source and basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from tna.problems import Place

if TYPE_CHECKING:
    from tna.model.rules import Condition, Rule
    from tna.model.terms import Term

Basis = Literal["stated", "interpreted", "assumed"]
Mode = Literal["online", "face-to-face", "blended", "not-stated"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document id and where in it."""

    document: str
    at: str

    def __str__(self) -> str:
        return f"{self.document}, {self.at}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from: its source, its basis, the policy that switches it, its place in the pack."""

    source: Source
    basis: Basis
    policy: str = ""
    place: Place = Place()

    def __str__(self) -> str:
        policy = f", policy {self.policy}" if self.policy else ""
        return f"{self.source}; {self.basis}{policy}"


@dataclass(frozen=True, slots=True)
class Naming:
    """A document of the board: id, title as printed, and who and when."""

    id: str
    title: str
    by: str = ""
    dated: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Ids that one statement ties to the thing it stands in: inherited levels, open levels, cohorts."""

    origin: Origin
    levels: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """Competencies a statement requires, gives or renews; with a refresh interval and modes where it has them.

    `match` is the statement of a crosswalk by which another board's course gives them, in words.
    """

    origin: Origin
    competencies: tuple[str, ...]
    months: int | None = None
    modes: tuple[Mode, ...] = ()
    because: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A named example of who is at a level: the printed words and the role nodes they are read as."""

    origin: Origin
    printed: str
    roles: tuple[str, ...] = ()
    except_roles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A tier of a framework, in the board's own words; what it includes is written level by level."""

    id: str
    label: str
    number: str
    rank: int
    origin: Origin
    row: str = ""
    also: tuple[str, ...] = ()
    printed: str = ""
    provision: str = ""
    descriptor: str = ""
    note: str = ""
    includes: tuple[Link, ...] = ()
    requires: tuple[Grant, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Competency:
    """Something a person must be able to do or know; `needs` are competencies it builds on."""

    id: str
    label: str
    origin: Origin
    needs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """How many people a document counts in a cohort, whether or not registers hold them."""

    origin: Origin
    people: int
    on: date | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """People named for training outside or across the levels, by role, by register column or by condition."""

    id: str
    label: str
    origin: Origin
    also: tuple[str, ...] = ()
    printed: str = ""
    roles: tuple[str, ...] = ()
    except_roles: tuple[str, ...] = ()
    when: Condition | None = None
    requires: tuple[Grant, ...] = ()
    population: tuple[Population, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """Competencies that are one thing in other words: training that gives one gives the others."""

    origin: Origin
    competencies: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Review:
    """When the framework should be looked at again, and the words that say so."""

    origin: Origin
    by: date
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The value of a policy that one agency has agreed with the board, over the board's own."""

    agency: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Policy:
    """A named decision that a planner may switch; `value` "" means that the board states none."""

    id: str
    kind: Literal["switch", "number", "choice"]
    value: str
    says: str
    origin: Origin
    options: tuple[str, ...] = ()
    unit: str = ""
    declared: bool = True
    agencies: tuple[Agreed, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the document leaves open, and how it is treated until somebody answers."""

    id: str
    asks: str
    treatment: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a course lasts, as printed, and in minutes or days where that can be read."""

    printed: str = ""
    minutes: int | None = None
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a course runs, as printed, and the number of sessions where one is stated."""

    printed: str = ""
    sessions: int | None = None
    per: str = ""
    on_request: bool = False
    unlimited: bool = False


@dataclass(frozen=True, slots=True)
class ModeReading:
    """How a course is given, in our reading, where the document prints nothing."""

    origin: Origin
    mode: Mode


@dataclass(frozen=True, slots=True)
class Course:
    """Anything in the catalogue: `open_to` says who may come, `required_of` who must; only that makes a gap."""

    id: str
    title: str
    origin: Origin
    kind: str
    audience: Literal["workforce", "public", "young-people"]
    mode: Mode
    mode_read: tuple[ModeReading, ...] = ()
    also: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)
    duration: Duration = Duration()
    frequency: Frequency = Frequency()
    provider: str = ""
    partners: tuple[str, ...] = ()
    multi_agency: bool = False
    target_group: str = ""
    roles: tuple[str, ...] = ()
    open_to: tuple[Link, ...] = ()
    required_of: tuple[Link, ...] = ()
    gives: tuple[Grant, ...] = ()
    renews: tuple[Grant, ...] = ()
    after: tuple[str, ...] = ()
    sessions: tuple[date, ...] = ()
    capacity: int | None = None
    availability: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan that can be true or false on a date, or that says it has no measure."""

    id: str
    kind: str
    says: str
    origin: Origin
    printed: str = ""
    course: str = ""
    checklist: str = ""
    target: float | None = None
    floor: float | None = None
    unit: str = ""
    comparison: str = ""
    period_from: date | None = None
    period_to: date | None = None
    period: str = ""
    dates: tuple[date, ...] = ()
    lead: str = ""
    update: str = ""
    updated: date | None = None
    supported_by: str = ""
    learning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A board's framework: its editions, documents, levels, competencies, cohorts, policies and open questions."""

    id: str
    board: str
    title: str
    edition: str
    effective_from: date | None
    review: tuple[Review, ...]
    level_word: str
    documents: tuple[Naming, ...]
    levels: tuple[Level, ...]
    competencies: tuple[Competency, ...]
    cohorts: tuple[Cohort, ...]
    terms: tuple[Term, ...]
    same: tuple[Same, ...]
    policies: tuple[Policy, ...]
    questions: tuple[Question, ...]
    status: str = ""
    level_column: str = ""
    note: str = ""

    @property
    def review_by(self) -> date | None:
        """The day by which to look at it again, None when nobody says."""
        return min((one.by for one in self.review), default=None)


@dataclass(frozen=True, slots=True)
class Pack:
    """A board's folder, read: framework, courses, plan and rules, with each file's text and checksum."""

    framework: Framework
    courses: tuple[Course, ...]
    plan: tuple[PlanLine, ...]
    rules: tuple[Rule, ...]
    folder: str
    files: Mapping[str, str]
    checksums: Mapping[str, str]


Statement = Level | Competency | Cohort | Policy | Question | Course | PlanLine
Json = Mapping[str, Any]
