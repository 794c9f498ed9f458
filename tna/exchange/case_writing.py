"""Writes a CASE 1.1 package: identifiers that stay, dates of the edition, and the pack's own words in extensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tna.exchange import json_text
from tna.exchange.case_words import EXTENSION, OURS, STANDARD, fields
from tna.exchange.ids import identifier, is_uuid
from tna.exchange.statements import Item, Package, Relation
from tna.problems import Problems

NEVER = "1970-01-01"  # the standard asks for a date, and the pack states none
BACK = {kind: word for word, kind in OURS.items()} | {"needs": "precedes", "after": "precedes", "related": "isRelatedTo", "crossed": "isRelatedTo"}  # fmt: skip
FLIPPED = ("needs", "after")  # who precedes is the one that is built on


def write(package: Package, _: Problems) -> bytes:
    """The package as CASE 1.1 JSON. Same pack, same bytes."""
    return _Writer(package).written()


class _Writer:
    """One package being written: its identifiers and its date."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.day = f"{package.dated or NEVER}T00:00:00+00:00"
        self.document = package.key if is_uuid(package.key) else identifier(package.key, "document")
        self.labels = {item.id: item.label for item in package.items}
        self.names = {item.id: self._name(item) for item in package.items}

    def _name(self, item: Item) -> str:
        return item.key if is_uuid(item.key) else identifier(self.package.key, item.id)

    def written(self) -> bytes:
        """The whole package."""
        said = self.package.said
        kept = {name: said[name] for name in ("CFDefinitions", "CFRubrics") if name in said}
        ties = [*self._children(), *filter(None, map(self._tie, self.package.relations))]
        return json_text.written(
            {
                "CFPackage": {
                    "CFDocument": self._document(),
                    "CFItems": [self._item(item) for item in self.package.items],
                    "CFAssociations": ties,
                    **kept,
                }
            }
        )

    def _document(self) -> dict[str, Any]:
        package = self.package
        rest = {key: value for key, value in package.said.items() if not key.startswith("CF")}
        found = {
            "identifier": self.document,
            "uri": _uri(self.document),
            "creator": package.by or package.title,
            "title": package.title,
            "lastChangeDateTime": self.day,
            "caseVersion": "1.1",
            "version": package.edition,
            "description": package.text,
            **rest,
            "CFPackageURI": _link(package.title, identifier(self.document, "package")),
        }
        return _with_extension(found, package.more)

    def _item(self, item: Item) -> dict[str, Any]:
        name = self.names[item.id]
        found = {
            "uri": _uri(name),
            "lastChangeDateTime": self.day,
            **item.said,
            "identifier": name,
            **fields(item),
            "CFDocumentURI": _link(self.package.title, self.document),
        }
        return _with_extension(found, item.more)

    def _children(self) -> Iterator[dict[str, Any]]:
        """Where each item stands, with its place among its siblings."""
        count: dict[str, int] = {}
        for item in self.package.items:
            parent = item.parent if item.parent in self.names else ""
            count[parent] = count.get(parent, 0) + 1
            above = self._node(parent) if parent else _link(self.package.title, self.document, "CFDocument")
            yield self._association(
                "isChildOf", self._node(item.id), above, {"sequenceNumber": count[parent]}, {}
            )

    def _tie(self, one: Relation) -> dict[str, Any] | None:
        kind = BACK.get(one.kind, one.kind)
        if kind not in STANDARD and not kind.startswith("ext:"):
            return None
        ends = [self._node(one.origin), self._node(one.destination)]
        if one.kind in FLIPPED:
            ends.reverse()
        return self._association(kind, ends[0], ends[1], one.said, one.more)

    def _node(self, name: str) -> dict[str, str]:
        """The end of an association; one outside the package as it is called there."""
        return _link(self.labels.get(name, name), self.names.get(name, name), "CFItem")

    def _association(
        self,
        kind: str,
        origin: dict[str, str],
        end: dict[str, str],
        said: Mapping[str, Any],
        more: Mapping[str, Any],
    ) -> dict[str, Any]:
        name = identifier(self.document, kind, origin["identifier"], end["identifier"])
        found = {
            "identifier": name,
            "uri": _uri(name),
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": end,
            "lastChangeDateTime": self.day,
            **said,
        }
        return _with_extension(found, more)


def _uri(name: str) -> str:
    return f"urn:uuid:{name}" if is_uuid(name) else name


def _link(title: str, name: str, kind: str = "") -> dict[str, str]:
    found = {"title": title, "identifier": name, "uri": _uri(name)}
    return found | ({"targetType": kind} if kind else {})


def _with_extension(found: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """An object without what is empty, with what the standard has no field for under its extensions."""
    full = {key: value for key, value in found.items() if value not in ("", None)}
    others = full.pop("extensions", {})
    extensions = {**others, EXTENSION: dict(more)} if more else dict(others)
    return full | ({"extensions": extensions} if extensions else {})
