"""Writes a CASE 1.1 package: identifiers that stay, dates of the edition, and the pack's own words in extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tna.exchange import json_text
from tna.exchange.case_fields import DOCUMENT, ITEM, READ, TIE, proper, uri_of
from tna.exchange.case_words import EXTENSION, OURS, STANDARD, fields
from tna.exchange.ids import identifier, is_uuid
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import unmistaken
from tna.problems import Problems

NEVER = "1970-01-01"  # the standard asks for a date, and the pack states none
BACK = {kind: word for word, kind in OURS.items()} | {"needs": "precedes", "after": "precedes", "related": "isRelatedTo", "crossed": "isRelatedTo"}  # fmt: skip
HTML = ("fullStatement", "abbreviatedStatement", "notes")  # fields in which others write HTML
EXT = re.compile(r"ext:[a-zA-Z0-9._-]+\Z")
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
            "creator": package.by or package.title,
            "title": package.title,
            "version": package.edition,
            "description": unmistaken(package.text),
            **rest,
            "uri": READ["uri"](rest.get("uri")) or uri_of(self.document),
            "caseVersion": "1.1",
            "lastChangeDateTime": _dated(rest, self.day),
            "CFPackageURI": _link(package.title, identifier(self.document, "package")),
        }
        return proper(found, DOCUMENT, package.more, EXTENSION)

    def _item(self, item: Item) -> dict[str, Any]:
        name = self.names[item.id]
        found = {
            **item.said,
            "uri": READ["uri"](item.said.get("uri")) or uri_of(name),
            "lastChangeDateTime": _dated(item.said, self.day),
            "identifier": name,
            **{key: unmistaken(text) if key in HTML else text for key, text in fields(item).items()},
            "CFDocumentURI": _link(self.package.title, self.document),
        }
        return proper(found, ITEM, item.more, EXTENSION)

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
        if kind not in STANDARD and not EXT.match(kind):
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
        key = str(said.get("identifier", ""))
        found = {
            **said,
            "uri": READ["uri"](said.get("uri")) or uri_of(name),
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


def _link(title: str, name: str, kind: str = "") -> dict[str, str]:
    found = {"title": title, "identifier": name, "uri": uri_of(name)}
    return found | ({"targetType": kind} if kind else {})
