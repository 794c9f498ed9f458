"""Writes a CASE 1.1 package: identifiers that stay, dates of the edition, and the pack's own words in extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tna.exchange import json_text
from tna.exchange.case_fields import DOCUMENT, ITEM, READ, TIE, link, proper, uri_of
from tna.exchange.case_words import EXTENSION, OURS, STANDARD, written
from tna.exchange.ids import identifier, is_uuid
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import unmistaken
from tna.exchange.written import as_it_came, numbered, place
from tna.exchange.written import rest as other
from tna.problems import Problems

NEVER = "1970-01-01"  # the standard asks for a date, and the pack states none
BACK = {kind: word for word, kind in OURS.items()} | {"needs": "precedes", "after": "precedes", "related": "isRelatedTo", "crossed": "isRelatedTo"}  # fmt: skip
EXT = re.compile(r"ext:[a-zA-Z0-9._-]+\Z")
FLIPPED = ("needs", "after")  # who precedes is the one that is built on
WHOLE = ("CFDefinitions", "CFRubrics")  # what stands beside the document
END = "destinationNodeURI"


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
        self.uris = {item.id: _uri(item.said, self.names[item.id]) for item in package.items}
        self.whole = _link(package.title, self.document, uri=_uri(package.said, self.document))

    def _name(self, item: Item) -> str:
        return item.key if is_uuid(item.key) else identifier(self.package.key, item.id)

    def written(self) -> bytes:
        """The whole package."""
        said = self.package.said
        kept = {name: said[name] for name in WHOLE if name in said}
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
        rest = {key: value for key, value in other(package.said).items() if key not in WHOLE}
        text = as_it_came(package.said, "description", package.text)
        found = {
            "creator": package.by or package.title,
            "title": package.title,
            "version": package.edition,
            "description": text or unmistaken(package.text),
            **rest,
            "identifier": self.document,
            "uri": self.whole["uri"],
            "caseVersion": "1.1",
            "lastChangeDateTime": _dated(rest, self.day),
            "CFPackageURI": link(rest.get("CFPackageURI"))
            or _link(package.title, identifier(self.document, "package")),
        }
        return proper(found, DOCUMENT, package.more, EXTENSION)

    def _item(self, item: Item) -> dict[str, Any]:
        name = self.names[item.id]
        inside = link(item.said.get("CFDocumentURI"))
        found = {
            **other(item.said),
            "uri": self.uris[item.id],
            "lastChangeDateTime": _dated(item.said, self.day),
            "identifier": name,
            **written(item),
            "CFDocumentURI": inside if inside and inside["identifier"] == self.document else self.whole,
        }
        return proper(found, ITEM, item.more, EXTENSION)

    def _children(self) -> Iterator[dict[str, Any]]:
        """Where each item stands, with its place among its siblings."""
        below: dict[str, list[Item]] = {}
        for item in self.package.items:
            below.setdefault(item.parent if item.parent in self.names else "", []).append(item)
        for parent, items in below.items():
            above = self._node(parent) if parent else {**self.whole, "targetType": "CFDocument"}
            said = [place(item) if item.parent == parent else None for item in items]
            numbers = numbered(
                items, [None if one is None else one.get("sequenceNumber", "") for one in said]
            )
            for item, one, number in zip(items, said, numbers, strict=True):
                given = {**(one or {}), "sequenceNumber": number}
                yield self._association("isChildOf", self._node(item.id), above, given, {})

    def _tie(self, one: Relation) -> dict[str, Any] | None:
        kind = BACK.get(one.kind, one.kind)
        if kind not in STANDARD and not EXT.match(kind):
            return None
        ends = [self._node(one.origin), self._node(one.destination, one.said.get(END))]
        if one.kind in FLIPPED:
            ends.reverse()
        return self._association(kind, ends[0], ends[1], one.said, one.more)

    def _node(self, name: str, came: Any = None) -> dict[str, str]:
        """The end of an association: an item by its own URI; what is outside the package as the file has it."""
        if name in self.names:
            return _link(self.labels[name], self.names[name], "CFItem", self.uris[name])
        if isinstance(came, str):
            return {"title": "", "identifier": came, "uri": uri_of(came)}
        found = link(came) or _link(name, name)
        kind = came.get("targetType") if isinstance(came, Mapping) else None
        return {**found, "targetType": kind} if kind and isinstance(kind, str) else found

    def _association(
        self,
        kind: str,
        origin: dict[str, str],
        end: dict[str, str],
        said: Mapping[str, Any],
        more: Mapping[str, Any],
    ) -> dict[str, Any]:
        name = identifier(self.document, kind, origin["identifier"], end["identifier"])
        key = str(said.get("identifier", ""))
        found = {
            **said,
            "uri": _uri(said, key.lower() if is_uuid(key) else name),
            "identifier": key.lower() if is_uuid(key) else name,
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": end,
            "lastChangeDateTime": _dated(said, self.day),
        }
        return proper(found, TIE, more, EXTENSION)


def _dated(said: Mapping[str, Any], day: str) -> str:
    """When it was last changed, as the file said; else the day of the edition."""
    found: str | None = READ["when"](said.get("lastChangeDateTime"))
    return found or day


def _uri(said: Mapping[str, Any], name: str) -> str:
    """The URI that the file gave, else one of the identifier."""
    found: str | None = READ["uri"](said.get("uri"))
    return found or uri_of(name)


def _link(title: str, name: str, kind: str = "", uri: str = "") -> dict[str, str]:
    found = {"title": title, "identifier": name, "uri": uri or uri_of(name)}
    return found | ({"targetType": kind} if kind else {})
