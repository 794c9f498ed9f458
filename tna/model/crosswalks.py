"""How one board's levels and competencies stand to another's: statements, each read in its own direction only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from tna.model.packs import Mode, Naming, Origin, Policy, Question

Relation = Literal["exact", "close", "broader", "narrower", "related"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
COVERS: tuple[Relation, ...] = ("exact", "narrower")  # who has the one has all of the other


@dataclass(frozen=True, slots=True)
class Side:
    """A level or a competency of a board, by its id."""

    board: str
    kind: Literal["level", "competency"]
    id: str

    def __str__(self) -> str:
        return f"{self.board}:{self.id}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What training must have been to be recognised; empty means that nothing is asked."""

    months: int | None = None
    modes: tuple[Mode, ...] = ()
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = []
        if self.months:
            said.append(f"taken within {self.months} months")
        if self.modes:
            said.append(" or ".join(self.modes))
        if self.evidence:
            said.append(f"with evidence: {' or '.join(self.evidence)}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Match:
    """That `here` stands in a relation to `there`, as SKOS and CASE say it: narrower means `there` is the narrower.

    Nothing follows in the other direction, nor from two matches in a row.
    """

    here: Side
    relation: Relation
    there: Side
    origin: Origin
    because: str
    conditions: Conditions = Conditions()

    def __str__(self) -> str:
        words = {"exact": "is the same as", "close": "is close to", "broader": "is part of",
                 "narrower": "covers", "related": "is related to"}  # fmt: skip
        asked = f"; {self.conditions}" if str(self.conditions) else ""
        return f"{self.here} {words[self.relation]} {self.there}: {self.because} ({self.origin}{asked})"


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A file of matches between two boards: which editions it read, its documents, policies and open questions."""

    id: str
    title: str
    editions: Mapping[str, str]
    documents: tuple[Naming, ...]
    policies: tuple[Policy, ...]
    matches: tuple[Match, ...]
    questions: tuple[Question, ...]
    file: str
    checksum: str
    note: str = ""

    @property
    def boards(self) -> tuple[str, ...]:
        """The ids of the two boards."""
        return tuple(self.editions)
