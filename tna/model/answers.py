"""What comes out: profiles placed, needs, cases, advice, flags, and the analysis that holds them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tna.model.packs import Course, Origin, Pack, Policy
from tna.model.roles import Roles
from tna.problems import Place

if TYPE_CHECKING:
    import duckdb
    import networkx as nx

How = Literal["stated", "example", "post", "descriptor", "ask"]
Severity = Literal["note", "check", "act"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a board decided of a job title that nothing in its pack places: by which post, when and why."""

    title: str
    level: str
    by: str
    on: date
    because: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Board:
    """One board, whole: its pack with every switched-off statement left out, its policies, roles and graph.

    `rule_files` are the checksums of the roles and policies files that every board shares or its pack brings, and
    of the files of decisions; `editions` are the other editions of the pack.
    """

    pack: Pack
    policies: Mapping[str, Policy]
    roles: Roles
    graph: nx.DiGraph[str]
    rule_files: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    editions: tuple[Board, ...] = ()

    @property
    def id(self) -> str:
        """The board's id, as on the command line."""
        return self.pack.framework.id

    @property
    def courses(self) -> Mapping[str, Course]:
        """Every offer of the catalogue by id, in catalogue order."""
        return {course.id: course for course in self.pack.courses}


@dataclass(frozen=True, slots=True)
class Profile:
    """One distinct combination of the facts that rules ask about; `facts` hold only what was stated."""

    id: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Placement:
    """The level of a job, how it was found and why; `level` is "" when it must be asked."""

    level: str
    how: How
    because: str
    matched: str = ""
    roles: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a level or cohort (`scope`) requires, with the path through the graph that pulled it in."""

    scope: str
    competency: str
    path: tuple[str, ...]
    origin: Origin
    because: str
    months: int | None = None


@dataclass(frozen=True, slots=True)
class AddsUp:
    """What no single training gives such people: so many hours, or some of several courses.

    `asks` says in words how much, `counts` are the offers open to or required of them that count towards it.
    """

    asks: str
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """People with the same jobs, agencies and gap: what plugins are asked about, never single persons.

    `scopes` are level ids and `cohort:ID`; `needs` is all that is required, `gap` what of it is not held,
    `lapsed` what of that was held once. `courses` are the offers open to or required of them, each with
    the competencies it would give such a person, taken as it is offered; `renews` likewise for what a course
    renews in those who once held it. Neither looks at the gap or at dates. `preferences` are what the pack's
    `prefer` rules say of such people, the more specific first. `adds_up` has, by competency, what has to add up over
    several trainings: a course that is too little for it by itself does not have it among what it gives.
    """

    id: int
    people: int
    agencies: tuple[str, ...]
    scopes: frozenset[str]
    needs: frozenset[str]
    gap: frozenset[str]
    lapsed: frozenset[str]
    courses: Mapping[str, frozenset[str]]
    renews: Mapping[str, frozenset[str]]
    preferences: tuple[Mapping[str, Any], ...] = ()
    adds_up: Mapping[str, AddsUp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Advice:
    """A course for a case, at its place in the order to take them; an empty `course` says nothing closes these."""

    case: int
    position: int
    course: str
    closes: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something a board should look at: severity is note, check or act."""

    code: str
    severity: Severity
    subject: str
    message: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A finished run: its tables are DuckDB relations (`.df()`, `.pl()`, `.arrow()`), read-only."""

    board: Board
    as_of: date
    connection: duckdb.DuckDBPyConnection
    about: Mapping[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """One table of the run by name; raises duckdb.CatalogException for an unknown one."""
        return self.connection.table(name)

    @property
    def placements(self) -> duckdb.DuckDBPyRelation:
        """One row per job: person_id, agency, role, level, how, because."""
        return self.table("placements")

    @property
    def gaps(self) -> duckdb.DuckDBPyRelation:
        """One row per person, agency, level and competency required and not held."""
        return self.table("gaps")

    @property
    def due(self) -> duckdb.DuckDBPyRelation:
        """What lapses within the horizon."""
        return self.table("due")

    @property
    def deadlines(self) -> duckdb.DuckDBPyRelation:
        """The gaps that a board wants closed within a time from starting: due, overdue or not-known."""
        return self.table("deadlines")

    @property
    def recommendations(self) -> duckdb.DuckDBPyRelation:
        """Courses per person and plugin, in the order to take them."""
        return self.table("recommendations")

    @property
    def coverage(self) -> duckdb.DuckDBPyRelation:
        """Distinct people by agency, level and competency."""
        return self.table("coverage")

    @property
    def flags(self) -> duckdb.DuckDBPyRelation:
        """What the board should look at."""
        return self.table("flags")

    @property
    def ledger(self) -> duckdb.DuckDBPyRelation:
        """What became of every row read."""
        return self.table("ledger")


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """How to write an analysis to a file with one suffix (lower case, with its dot)."""

    suffix: str
    write: Callable[[Analysis, Path], None]
