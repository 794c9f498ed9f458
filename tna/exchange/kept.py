"""What an import leaves in a pack's exchange.yaml: each item as the file last said it, and what a pack cannot hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tna import documents
from tna.exchange.ids import bare, inner
from tna.exchange.readings import Known
from tna.exchange.statements import Facts, Item, Kind, Package, Relation
from tna.problems import Problems

FILE = "exchange.yaml"


@dataclass(frozen=True, slots=True)
class Import:
    """One file that a pack was imported from: its kind, its document in the pack, and what it said.

    `gone` are items that it had once; `open` the parts (kind, id, part) of which pack and file say different things,
    and nobody has yet said which stands.
    """

    kind: str
    document: str
    file: str = ""
    sha256: str = ""
    levels: str = ""
    package: Package = field(default_factory=Package)
    gone: tuple[Item, ...] = ()
    open: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def ever(self) -> tuple[Item, ...]:
        """Every item that it has or had."""
        return (*self.gone, *self.package.items)

    @property
    def known(self) -> Known:
        """Its items as the pack knows them."""
        ids = {one.key: one.id for one in self.ever}
        return Known(ids, {one.key: one.kind for one in self.ever}, self.levels)


def read(folder: Path, problems: Problems, name: str = "") -> tuple[Import, ...]:
    """What was imported into a pack, in order; nothing when it has no exchange.yaml."""
    path = folder / FILE
    if not path.exists():
        return ()
    document = documents.read(path, "exchange", problems, f"{name or folder}/{FILE}")
    return tuple(map(_import, document.data["imports"])) if document else ()


def _import(data: Mapping[str, Any]) -> Import:
    package = Package(
        key=data.get("key", ""),
        title=data.get("title", ""),
        edition=data.get("edition", ""),
        text=data.get("text", ""),
        items=tuple(map(_item, data["items"])),
        relations=tuple(
            Relation(one["is"], one["from"], one["to"], said=one.get("said", {}))
            for one in data.get("relations", ())
        ),
        said=data.get("said", {}),
    )
    return Import(
        kind=data["kind"],
        document=data["document"],
        file=data["file"],
        sha256=data["sha256"],
        levels=data.get("levels", ""),
        package=package,
        gone=tuple(map(_item, data.get("gone", ()))),
        open=frozenset((one["as"], inner(one["as"], one["id"]), one["part"]) for one in data.get("open", ())),
    )


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        key=str(data["key"]),
        label=str(data["label"]),
        id=inner(data["as"], data["id"]),
        kind=cast("Kind", data["as"]),
        parent=data.get("under", ""),
        text=str(data.get("text", "")),
        code=str(data.get("code", "")),
        note=str(data.get("note", "")),
        word=str(data.get("word", "")),
        said=data.get("said", {}),
    )


def blocks(imports: Sequence[Import]) -> dict[str, Any]:
    """The whole of an exchange.yaml."""
    return {"imports": [_block(one) for one in imports]}


def _block(one: Import) -> dict[str, Any]:
    package = one.package
    found: dict[str, Any] = {
        "kind": one.kind,
        "document": one.document,
        "file": one.file,
        "sha256": one.sha256,
    }
    found |= {"levels": one.levels} if one.levels else {}
    own = {"key": package.key, "title": package.title, "edition": package.edition, "text": package.text}
    found |= {name: value for name, value in own.items() if value}
    found |= {"said": dict(package.said)} if package.said else {}
    found |= {
        "items": [_item_block(item) for item in package.items],
        "relations": [_relation_block(one) for one in package.relations],
    }
    left = {
        "gone": [_item_block(item) for item in one.gone],
        "open": [{"as": kind, "id": bare(name), "part": part} for kind, name, part in sorted(one.open)],
    }
    return found | {name: some for name, some in left.items() if some}


def _item_block(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {"key": item.key, "id": bare(item.id), "as": item.kind, "label": item.label}
    extra: Facts = {
        "text": item.text, "code": item.code, "note": item.note, "word": item.word, "under": item.parent,
        "said": dict(item.said),
    }  # fmt: skip
    return found | {name: value for name, value in extra.items() if value}


def _relation_block(one: Relation) -> dict[str, Any]:
    found: dict[str, Any] = {"is": one.kind, "from": one.origin, "to": one.destination}
    return found | ({"said": dict(one.said)} if one.said else {})
