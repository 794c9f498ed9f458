"""CASE packages (1.0 and 1.1), as real systems write them: read with all they say, written as the standard asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from tna.exchange import json_text
from tna.exchange.case_fields import OTHERS
from tna.exchange.case_words import EXTENSION, HTML, OURS, text_at, title_of
from tna.exchange.case_writing import write
from tna.exchange.cells import text_of
from tna.exchange.ids import is_uuid
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import from_html, unmistaken
from tna.exchange.trees import ordered, position
from tna.exchange.written import PLACE, kept
from tna.problems import refuse

__all__ = ["read", "write"]

ITEM_KEYS = ("identifier", "sourcedId", "fullStatement", "humanCodingScheme", "notes", "CFItemType")
DOCUMENT_KEYS = ("identifier", "sourcedId", "title", "creator", "version", "description")
ALIASES = {"educationalLevel": "educationLevel"}
TIE_KEYS = ("associationType", "originNodeURI", "destinationNodeURI")
LISTS = ("CFItems", "CFAssociations")
Object = Mapping[str, Any]


def read(reading: Reading) -> Package:
    """The package of a file, bare or wrapped. Raises `Unusable` when it is none."""
    data = json_text.read(text_of(reading), reading.file)
    data = data.get("CFPackage") or data if isinstance(data, dict) else data
    data = _bare(data) if isinstance(data, dict) else data
    document = data.get("CFDocument") if isinstance(data, dict) else None
    if not isinstance(document, dict):
        refuse("exchange.wrong-shape", reading.place(), missing="CFDocument")
    reading.ledger.note("CFDocument", "accepted")
    items = list(_items(_objects(data, "CFItems", reading), reading))
    keys = _keys(document, items)
    ties = list(_ties(_objects(data, "CFAssociations", reading), keys, reading))
    every = ties
    items, ties, positions = _placed(items, ties, _key(document), reading)
    own, rest = _extension(document), set(map(id, ties))
    whole = {name: data[name] for name in ("CFDefinitions", "CFRubrics") if data.get(name)}
    for name in whole:
        reading.ledger.note(name, "changed", "a pack has no place for it; kept in exchange.yaml as it is")
    description = text_at(document, "description")
    written = kept({"description": description}, unmistaken, partial(_tell, reading, "CFDocument"))
    return Package(
        title=text_at(document, "title"),
        key=_key(document),
        by=text_at(document, "creator"),
        edition=text_at(document, "version"),
        dated=text_at(document, "lastChangeDateTime")[:10],
        text=from_html(description),
        items=tuple(ordered(items, positions)),
        relations=tuple(ties),
        places=tuple(one for one in every if id(one) not in rest),
        said={
            **_rest(document, DOCUMENT_KEYS),
            **_no_uuid(document, "CFDocument", reading),
            **whole,
            **written,
        },
        more=own,
        explicit=EXTENSION in _dict(document.get("extensions")),
    )


def _bare(data: Object) -> dict[str, Any]:
    """A package without what is explicitly nothing, but for entries of its lists: each of those is a row."""
    rows = {name: data[name] for name in LISTS if isinstance(data.get(name), list)}
    whole: dict[str, Any] = json_text.bare(data)
    return whole | {name: list(map(json_text.bare, some)) for name, some in rows.items()}


def _objects(data: Object, name: str, reading: Reading) -> Iterator[tuple[str, Object]]:
    """The objects of a list with their paths; what is no object is refused."""
    every = data.get(name, [])
    if not isinstance(every, list):
        refuse("exchange.wrong-shape", reading.place(name), missing=f"a list called {name}")
    for index, one in enumerate(every):
        path = f"{name}[{index}]"
        if isinstance(one, dict):
            yield path, one
        else:
            reading.problems.add("exchange.no-key", reading.place(path), column="keys")
            reading.ledger.note(path, "refused", "it is no object")


def _key(one: Object) -> str:
    """What an object is called: `identifier`, or `sourcedId` as some write it; UUIDs in small letters."""
    found = text_at(one, "identifier") or text_at(one, "sourcedId")
    return found.lower() if is_uuid(found) else found


def _rest(one: Object, taken: Sequence[str]) -> dict[str, Any]:
    """What else an object says, under its own names; without tna's own extension."""
    rest = {ALIASES.get(key, key): value for key, value in one.items() if key not in taken}
    others = {key: value for key, value in _dict(one.get("extensions")).items() if key != EXTENSION}
    rest.pop("extensions", None)
    rest |= _dict(others.pop(OTHERS, None))
    return rest | ({"extensions": others} if others else {})


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _extension(one: Object) -> dict[str, Any]:
    """What tna itself wrote beside the standard's own fields."""
    return dict(_dict(_dict(one.get("extensions")).get(EXTENSION)))


def _items(objects: Iterator[tuple[str, Object]], reading: Reading) -> Iterator[Item]:
    for path, one in objects:
        key, label = _key(one), from_html(text_at(one, "fullStatement"))
        if not key or not label:
            missing = "an identifier or a fullStatement"
            reading.problems.add("exchange.no-key", reading.place(path), column=missing)
            reading.ledger.note(path, "refused", f"it is without {missing}", label or key)
            reading.refused[key] = key
            continue
        reading.ledger.note(path, "accepted")
        said = _rest(one, ITEM_KEYS) | _no_uuid(one, path, reading)
        if short := from_html(text_at(one, "abbreviatedStatement")):
            said["abbreviatedStatement"] = short
        if not text_at(one, "CFItemType"):
            said["CFItemType"] = ""
        raws = {name: raw for name in HTML if (raw := text_at(one, name))}
        joined = "" if short else "fullStatement"
        said |= kept(raws, unmistaken, partial(_tell, reading, path), joined=joined)
        yield Item(
            key=key,
            label=" ".join(label.split()) if "abbreviatedStatement" not in said else label,
            code=text_at(one, "humanCodingScheme"),
            note=from_html(text_at(one, "notes")),
            word=text_at(one, "CFItemType") or title_of(one.get("CFItemTypeURI")),
            said=said,
            more=_extension(one),
            row=path,
            where=reading.place(path),
        )


def _tell(reading: Reading, path: str, reason: str) -> None:
    reading.ledger.note(path, "changed", reason)


def _no_uuid(one: Object, path: str, reading: Reading, may_lack: bool = False) -> dict[str, str]:
    """An identifier that the standard does not allow: the pack keeps it, a file by the standard cannot."""
    name = _key(one)
    if is_uuid(name) or (may_lack and not name):
        return {"identifier": name} if may_lack and name else {}
    reading.ledger.note(path, "changed", "its identifier is no UUID; files by the standard get another", name)
    return {"identifier": name} if name else {}


def _outside(one: Object, end: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """The end of an association that leads out of the package, as the file has it."""
    return {} if end in keys.values() else {"destinationNodeURI": one[TIE_KEYS[2]]}


def _ties(
    objects: Iterator[tuple[str, Object]], keys: Mapping[str, str], reading: Reading
) -> Iterator[Relation]:
    """The associations; `keys` are what the package's own are called by their keys and their URIs."""
    for path, one in objects:
        kind = text_at(one, "associationType")
        ends = [_end(one.get(name), keys) for name in TIE_KEYS[1:]]
        if not kind or not all(ends):
            missing = "an associationType, an originNodeURI or a destinationNodeURI"
            reading.problems.add("exchange.no-key", reading.place(path), column=missing)
            reading.ledger.note(path, "refused", f"it is without {missing}")
            continue
        reading.ledger.note(path, "accepted")
        yield Relation(
            OURS.get(kind, kind),
            ends[0],
            ends[1],
            more=_extension(one),
            said=_rest(one, TIE_KEYS) | _no_uuid(one, path, reading, True) | _outside(one, ends[1], keys),
            row=path,
            where=reading.place(path),
            whole_row=True,
            outside=True,
        )


def _end(node: Any, keys: Mapping[str, str]) -> str:
    """What an association names: an item's or the document's own URI, an identifier, or the end of a plain URI."""
    uri = text_at(node, "uri") if isinstance(node, dict) else str(node or "")
    found = _key(node) or uri if isinstance(node, dict) else uri
    last = found.rstrip("/").rpartition("/")[2].removeprefix("urn:uuid:")
    name = last.lower() if is_uuid(last) else found
    return keys.get(name) or keys.get(uri) or name


def _keys(document: Object, items: Sequence[Item]) -> dict[str, str]:
    """What the package's own are called, by their keys and by their URIs."""
    every = [
        (_key(document), text_at(document, "uri")),
        *((one.key, text_at(one.said, "uri")) for one in items),
    ]
    uris = {uri: key for key, uri in reversed(every) if uri}
    return uris | {key: key for key, _ in every if key}


def _placed(
    items: Sequence[Item], ties: Sequence[Relation], document: str, reading: Reading
) -> tuple[list[Item], list[Relation], dict[str, float]]:
    """The items under their first parents; further parents, and those outside the package, stay relations."""
    keys = {item.key for item in items}
    parents: dict[str, str] = {}
    positions: dict[str, float] = {}
    said: dict[str, Any] = {}
    rest: list[Relation] = []
    for one in ties:
        if one.kind != "isChildOf" or one.origin not in keys or one.origin in parents:
            rest.append(one)
        elif one.destination in keys or one.destination == document:
            parents[one.origin] = "" if one.destination == document else one.destination
            positions[one.origin] = position(one.said.get("sequenceNumber"))
            said[one.origin] = {PLACE: dict(one.said)}
        else:
            rest.append(one)
            reading.told(one, "changed", "the parent is outside the package; the item stands at the top", one.destination)  # fmt: skip
    placed = [
        replace(item, parent=parents.get(item.key, ""), said={**item.said, **said.get(item.key, {})})
        for item in items
    ]
    return placed, rest, positions
