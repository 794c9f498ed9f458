"""Says where each row of a workbook comes from and on what footing, and which decision switches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tna.authoring.names import Names, slug
from tna.authoring.rows import Row
from tna.authoring.values import Values
from tna.names import plain
from tna.problems import Place, nearest

Data = dict[str, Any]
Spot = tuple[str | int, ...]  # the kind of file, then keys and indexes
UNPLACED = "place in the document not given"


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that was read: what it says by column, and the id of what it defines ("" where it defines nothing)."""

    row: Row
    said: Values
    id: str = ""

    def picked(self, *keys: str) -> Data:
        """Those of the keys that the row says, under their own names."""
        return {key: self.said[key] for key in keys if key in self.said}

    def renamed(self, **names: str) -> Data:
        """Those of the keys that the row says, each under the name given."""
        return {new: self.said[old] for old, new in names.items() if old in self.said}


@dataclass(slots=True)
class Packing:
    """A pack in the making: the names of the workbook, the decisions that rows made, where each block came from."""

    names: Names
    documents: list[str] = field(default_factory=list)
    policies: dict[str, Data] = field(default_factory=dict)
    spots: dict[Spot, Place] = field(default_factory=dict)

    def wrong(self, one: Statement, key: str, code: str, **facts: object) -> None:
        """Note something about a cell of a row."""
        self.names.problems.add(f"authoring.{code}", one.row.at(key), **facts)

    def source(self, one: Statement, at: str = "at") -> Data:
        """Where a row comes from: its document, or the only one there is, and the place in it."""
        if "document" not in one.row.cells and len(self.documents) > 1:
            self.wrong(one, "document", "which-document")
        document = one.said.get("document") or next(iter(self.documents), "")
        return {"document": document, "at": one.said.get(at, UNPLACED)}

    def origin(self, one: Statement, name: str = "") -> Data:
        """Source and basis of a row, and the decision that switches it; `name` is for one made of the row itself."""
        found: Data = {"source": self.source(one), "basis": one.said.get("basis", "stated")}
        policy = self._decision(one, name or one.id, found)
        return found | ({"policy": policy} if policy else {})

    def _decision(self, one: Statement, name: str, origin: Data) -> str:
        if "policy" in one.said:
            return self._named(one, origin)
        if origin["basis"] == "stated":
            return ""
        if "because" in one.said:
            return self._made(f"{one.row.sheet.key}.{name}", one.said["because"], origin)
        self.wrong(one, "basis", "no-policy", basis=origin["basis"])
        return ""

    def _named(self, one: Statement, origin: Data) -> str:
        """The decision that a row names: one of the sheet, else one made with the reason of the first row to name it."""
        words = one.said["policy"]
        known = list(self.names.known.get("policy", {}).get(plain(words), ()))
        if len(known) > 1:
            self.wrong(one, "policy", "two-meanings", name=words, ids=" or ".join(known))
        if known or slug(words) in self.policies:
            return known[0] if known else slug(words)
        if "because" in one.said and slug(words):
            return self._made(slug(words), one.said["because"], origin)
        near = nearest(plain(words), self.names.known.get("policy", ()))
        self.wrong(one, "policy", "unknown-decision", name=words, near=near)
        return ""

    def _made(self, stem: str, says: str, origin: Data) -> str:
        name, number = stem, 2
        taken = self.names.known.get("id of policy", {})
        while name in taken or self.policies.get(name, {"says": says})["says"] != says:
            name, number = f"{stem}-{number}", number + 1
        made = {"id": name, "kind": "switch", "value": "on", "says": says, **origin}
        self.policies.setdefault(name, made)
        return name

    def remarked(self, one: Statement, name: str = "") -> Data:
        """The note of a row, with the reason of a reading where its decision has words of its own; then its origin."""
        origin = self.origin(one, name)
        decided = self.policies.get(origin.get("policy", ""), {}).get("says")
        because = one.said.get("because")
        words = [
            one.said.get("note", ""),
            f"Read so because: {because}" if because and because != decided else "",
        ]
        note = " ".join(filter(None, words))
        return {**({"note": note} if note else {}), **origin}
