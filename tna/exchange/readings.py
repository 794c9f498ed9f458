"""One import under way: the file, what is already known of it, and whom to tell of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tna.exchange.ids import is_uuid
from tna.exchange.ledger import Ledger, Outcome
from tna.exchange.statements import Item, Kind, Relation
from tna.exchange.texts import shown
from tna.problems import Place, Problems


@dataclass(frozen=True, slots=True)
class Known:
    """What a pack already has of a file's items: id and kind by the file's key, and which rows are levels.

    `gone` are the keys of those that the pack has no more: their ids stay theirs, and nothing can be tied to them.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    levels: str = ""
    gone: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """The file being read, with its ledger and problems; `refused` are the keys of the items left out, and how to call them."""

    path: Path
    file: str
    problems: Problems
    known: Known = Known()
    ledger: Ledger = field(init=False)
    refused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.file)

    def place(self, cell: str = "", sheet: str = "") -> Place:
        """A place in the file."""
        return Place(file=self.file, sheet=sheet, cell=cell)

    def told(self, one: Item | Relation, outcome: Outcome, reason: str = "", value: str = "") -> None:
        """Say what became of the row of an item or relation."""
        self.ledger.note(one.row, outcome, reason, value, one.where.sheet)

    def refuse(self, one: Item | Relation, code: str, reason: str, **facts: object) -> None:
        """Leave an item or relation out: a problem with its place, and a line of the ledger."""
        self.problems.add(code, one.where, **facts)
        if isinstance(one, Item):
            self.refused[one.key] = shown(one.label) if is_uuid(one.key) else one.key
            self.told(one, "refused", reason, one.key)
        else:
            self.told(one, "refused" if one.whole_row else "changed", reason, one.destination)
