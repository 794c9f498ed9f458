"""What a framework says when no file format is meant: items, what ties them, and the document they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tna.problems import Place

Kind = Literal["level", "competency", "course", "cohort", "line", "heading"]
TIES = ("requires", "includes", "needs", "gives", "renews", "open-to", "required-of", "after")

REQUIRED = "required"  # said of a reference that whoever wrote the file meant as a requirement

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: what it is, what it is called, and what else the file (`said`) or the pack (`more`) has of it.

    `key` is what the file calls it and `id` what the pack does; `word` is the file's own word for its kind; `row` is
    what the ledger calls the row it stands in, `where` the place to name in problems.
    """

    key: str
    label: str
    kind: Kind = "competency"
    id: str = ""
    text: str = ""
    code: str = ""
    note: str = ""
    word: str = ""
    parent: str = ""
    said: Facts = field(default_factory=dict)
    more: Facts = field(default_factory=dict)
    row: str = field(default="", compare=False)
    where: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """What ties one item to another, in tna's words (`TIES`) or, where tna has none, in the file's.

    `whole_row`: the file gives it a row of its own, which is refused with it; else it stands in its item's row.
    `outside`: it may lead to something that is not in the file.
    """

    kind: str
    origin: str
    destination: str
    more: Facts = field(default_factory=dict, hash=False)
    said: Facts = field(default_factory=dict, compare=False)
    row: str = field(default="", compare=False)
    where: Place = field(default=Place(), compare=False)
    whole_row: bool = field(default=False, compare=False)
    outside: bool = field(default=False, compare=False)

    @property
    def ends(self) -> tuple[str, str, str]:
        """The tie without what else is said of it."""
        return self.kind, self.origin, self.destination


@dataclass(frozen=True, slots=True)
class Package:
    """A framework: its title, who says it and when, its items in order and their relations.

    `explicit`: the file says outright what is required, so that a place in its tree means nothing more.
    `places` are the rows of the file that only say under what an item stands.
    """

    title: str = ""
    key: str = ""
    by: str = ""
    edition: str = ""
    dated: str = ""
    language: str = ""
    text: str = ""
    items: tuple[Item, ...] = ()
    relations: tuple[Relation, ...] = ()
    said: Facts = field(default_factory=dict)
    more: Facts = field(default_factory=dict)
    explicit: bool = False
    places: tuple[Relation, ...] = ()

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """The items of a kind, in order."""
        return tuple(item for item in self.items if item.kind == kind)

    def by_id(self) -> dict[str, Item]:
        """Every item by the pack's id."""
        return {item.id: item for item in self.items}

    def from_(self, origin: str, *kinds: str) -> tuple[Relation, ...]:
        """The relations of some kinds that begin at an item, in order."""
        return tuple(one for one in self.relations if one.origin == origin and one.kind in kinds)
