"""Brings a file into a pack: a new one, or one that is there, of which it says first what would change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tna.exchange import applying, blocks, kept, packs
from tna.exchange.cells import bytes_of
from tna.exchange.differing import APPLIED, Change, differences, preferring
from tna.exchange.formats import FORMATS
from tna.exchange.ids import PACK_ID, slug
from tna.exchange.ledger import Ledger
from tna.exchange.readings import Known, Reading
from tna.exchange.statements import Item, Package
from tna.problems import Place, Problems, refuse

OWN_TABLES = ("levels", "offer", "plan")  # their columns say which of their cells are levels


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is asked for: the kind and file, the pack's folder, and how to settle what is open."""

    kind: str
    path: Path
    folder: Path
    board: str = ""
    levels: str = ""
    document: str = ""
    apply: bool = False
    prefer: str = "pack"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: every row, what differs from the pack that was there, and what was written."""

    ledger: Ledger
    package: Package
    changes: tuple[Change, ...] = ()
    written: tuple[str, ...] = ()
    new: bool = False


def import_file(asked: Asked, problems: Problems) -> Imported:
    """Read a file and write it as a new pack, or say how it differs from the pack there and, if asked, apply that.

    Rows that are refused are in `problems` and in the ledger. Raises `Unusable`, with nothing written, when the file
    or the pack cannot be read.
    """
    name, there = str(asked.folder), _is_pack(asked.folder)
    if asked.document and not PACK_ID.match(asked.document):
        refuse(
            "exchange.document-id",
            Place("--document"),
            id=asked.document,
            near=slug(asked.document) or asked.kind,
        )
    if asked.levels and asked.kind in OWN_TABLES:
        refuse("exchange.levels-said", Place("--levels"), kind=asked.kind)
    raw = bytes_of(asked.path, Place(asked.path.name))
    imports = kept.read(asked.folder, problems, name) if there else ()
    problems.stop_on_errors()
    mine = _mine(asked, imports)
    before = (
        packs.as_known(packs.read(asked.folder, name, problems), imports, asked.kind) if there else Package()
    )
    reading = Reading(asked.path, asked.path.name, problems, _known(mine, before))
    package = FORMATS[asked.kind].read(reading)
    now = replace(
        mine,
        file=asked.path.name,
        sha256=sha256(raw).hexdigest(),
        package=package,
        levels=reading.known.levels,
        gone=_gone(mine, package),
    )
    if not there:
        return _new(asked, now, reading)
    others = [one for one in imports if (one.kind, one.document) != (now.kind, now.document)]
    carried = FORMATS[asked.kind].carried(before, now.levels)
    changes = differences(carried, _once(mine, before), package, mine.open)
    return _change(asked, now, others, preferring(changes, asked.prefer), reading)


def _is_pack(folder: Path) -> bool:
    """Whether a pack is there; stops where something else is, or where a pack cannot be named."""
    where = Place(str(folder))
    if (folder / "framework.yaml").is_file():
        return True
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse("exchange.not-a-pack", where)
    board = folder.resolve().name
    if not re.fullmatch(r"[a-z][a-z0-9-]*", board):
        refuse("starting.no-id", where, id=board, near=slug(board).replace(".", "-") or "my-board")
    return False


def _mine(asked: Asked, imports: Sequence[kept.Import]) -> kept.Import:
    """The earlier import of the same document, or an empty one."""
    same = [one for one in imports if one.kind == asked.kind and asked.document in ("", one.document)]
    found = same[0] if same else kept.Import(asked.kind, asked.document or asked.kind)
    return replace(found, levels=asked.levels or found.levels)


def _known(mine: kept.Import, before: Package) -> Known:
    """What the pack knows of the file's items: those of the last import, and its own."""
    own = packs.known(before, mine.levels)
    here = before.by_id()
    gone = frozenset(one.key for one in mine.ever if one.id not in here)
    return Known({**own.ids, **mine.known.ids}, {**own.kinds, **mine.known.kinds}, mine.levels, gone)


def _once(mine: kept.Import, before: Package) -> Package | None:
    """What the file said when it was last imported, and of what it then had no more but the pack has, before that."""
    here = before.by_id()
    items = (*mine.package.items, *(one for one in mine.gone if one.id in here))
    return replace(mine.package, items=items) if items else None


def _gone(mine: kept.Import, package: Package) -> tuple[Item, ...]:
    """What the file had once and has no more, each as it was last."""
    left = package.by_id()
    return tuple({one.id: one for one in mine.ever if one.id not in left}.values())


def _document(asked: Asked, now: kept.Import) -> blocks.Document:
    package = now.package
    return blocks.Document(now.document, package.title, now.file, asked.kind, package.by, package.dated)


def _new(asked: Asked, now: kept.Import, reading: Reading) -> Imported:
    """A pack where there was none."""
    package, name = now.package, asked.folder.resolve().name
    board = asked.board or package.by or package.title or name.replace("-", " ").title()
    texts = applying.new_texts(package, board, name, _document(asked, now), [now])
    texts[f"ledger-{now.document}.csv"] = reading.ledger.written()
    applying.put(asked.folder, texts, str(asked.folder))
    return Imported(reading.ledger, package, (), tuple(texts), new=True)


def _change(
    asked: Asked,
    now: kept.Import,
    others: Sequence[kept.Import],
    changes: tuple[Change, ...],
    reading: Reading,
) -> Imported:
    """What differs from the pack that is there; written when asked."""
    if not asked.apply:
        return Imported(reading.ledger, now.package, changes)
    made = [one for one in changes if one.what in APPLIED]
    now = replace(now, open=frozenset(one.of for one in changes if one.what == "both" and one.part))
    texts = applying.changed_texts(asked.folder, made, now.package, _document(asked, now), [*others, now])
    texts[f"ledger-{now.document}.csv"] = reading.ledger.written()
    applying.put(asked.folder, texts, str(asked.folder))
    return Imported(reading.ledger, now.package, changes, tuple(texts))
