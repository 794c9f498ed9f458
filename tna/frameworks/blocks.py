"""A block of a pack file: its keys as typed values, and the source and basis it takes from what encloses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from tna.documents import Document
from tna.model import Basis, Origin, Source

NOWHERE = Origin(Source("", ""), "stated")


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping at a path of a document, already known to keep to its schema."""

    document: Document
    path: tuple[str | int, ...] = ()
    outer: Origin = NOWHERE
    inner: Mapping[str, Any] | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """The block's keys and values."""
        return cast("Mapping[str, Any]", self.document.data) if self.inner is None else self.inner

    @property
    def origin(self) -> Origin:
        """Source, basis and policy: the block's own, else those of the block around it."""
        source = self.data.get("source")
        return Origin(
            source=Source(source["document"], source["at"]) if source else self.outer.source,
            basis=cast("Basis", self.data.get("basis", self.outer.basis)),
            policy=self.data.get("policy", self.outer.policy),
            place=self.document.place(*self.path),
        )

    def text(self, key: str) -> str:
        """A text, "" when it is not there."""
        return str(self.data.get(key, ""))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(map(str, self.data.get(key, ())))

    def day(self, key: str) -> date | None:
        """A date, None when it is not there."""
        return date.fromisoformat(self.data[key]) if key in self.data else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates."""
        return tuple(map(date.fromisoformat, self.data.get(key, ())))

    def block(self, key: str) -> Block:
        """The block under a key; an empty one when it is not there."""
        return Block(self.document, (*self.path, key), self._origin_below(), self.data.get(key, {}))

    def blocks(self, key: str) -> Iterator[Block]:
        """The blocks listed under a key."""
        outer = self._origin_below()
        for index, inner in enumerate(self.data.get(key, ())):
            yield Block(self.document, (*self.path, key, index), outer, inner)

    def _origin_below(self) -> Origin:
        return self.origin if self.path else NOWHERE
