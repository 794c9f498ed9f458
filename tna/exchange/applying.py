"""Writes an import: a new pack, or changes to the files of one that is there, keeping every comment and hand's work."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tna import documents
from tna.documents import schema
from tna.exchange import blocks, kept, yaml_text
from tna.exchange.differing import WHOLE, Change
from tna.exchange.ids import bare, inner
from tna.exchange.packs import FIELDS, LISTS, TIED
from tna.exchange.packs import FILES as HOMES
from tna.exchange.statements import Kind, Package, Relation
from tna.frameworks import load_pack
from tna.problems import Place, Problems, Unusable, problem

FILES = ("framework", "catalogue", "plan")
SCHEMAS = ("framework", "catalogue", "exchange", "plan", "rules", "needs")
HEADS = {
    "framework": "{board}: levels, competencies and what the file left open. Change it as you would any pack.",
    "catalogue": "{board}: the courses.",
    "plan": "{board}: the plan.",
    "exchange": "Written by 'tna import': what the files last said, and what a pack has no place for.",
}
Texts = Mapping[str, str]


def new_texts(
    package: Package, board: str, name: str, document: blocks.Document, imports: Sequence[kept.Import]
) -> dict[str, str]:
    """The files of a new pack, by name."""
    data: dict[str, Any] = {"framework": blocks.framework(package, board, name, document)}
    if courses := blocks.items(package, "course", document.id):
        data["catalogue"] = {"courses": courses}
    if lines := blocks.items(package, "line", document.id):
        data["plan"] = {"lines": lines}
    data["exchange"] = kept.blocks(imports)
    return {f"{kind}.yaml": _text(kind, one, board) for kind, one in data.items()} | _schemas()


def _text(kind: str, data: Mapping[str, Any], board: str) -> str:
    write = yaml_text.kept if kind == "exchange" else yaml_text.written
    return write(data, kind, HEADS[kind].format(board=" ".join(board.split())))


def _schemas() -> dict[str, str]:
    return {
        f"schemas/{kind}.json": json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"
        for kind in SCHEMAS
    }


def changed_texts(
    folder: Path,
    changes: Sequence[Change],
    after: Package,
    document: blocks.Document,
    imports: Sequence[kept.Import],
) -> dict[str, str]:
    """The files of a pack that change, by name, with everything else in them as it was; no others."""
    old = {kind: _old(folder / f"{kind}.yaml") for kind in FILES}
    data = {kind: yaml_text.loaded(text or "{}") or {} for kind, text in old.items()}
    _Hand(data, after, document).put(changes)
    found = {}
    for kind, text in old.items():
        if text and data[kind] != yaml_text.loaded(text):
            found[f"{kind}.yaml"] = yaml_text.dumped(data[kind], text)
        elif text:
            continue  # a file without a change stays byte for byte
        elif data[kind]:
            found[f"{kind}.yaml"] = _text(kind, data[kind], str(data["framework"]["board"]))
    found["exchange.yaml"] = _text("exchange", kept.blocks(imports), "")
    return found


def _old(path: Path) -> str:
    return path.read_text("utf-8-sig") if path.exists() else ""


class _Hand:
    """Puts changes into the loaded files of a pack, one by one."""

    def __init__(self, data: Mapping[str, Any], after: Package, document: blocks.Document) -> None:
        self.data, self.after, self.document = data, after, document
        self.kinds: dict[str, Kind] = {item.id: item.kind for item in after.items}
        for kind, key in LISTS.items():
            written = self.data[HOMES.get(kind, "framework")].get(key) or ()
            self.kinds |= {
                name: kind for one in written if (name := inner(kind, one["id"])) not in self.kinds
            }

    def put(self, changes: Sequence[Change]) -> None:
        """Every change that is to be made, then the document and policies they rest on."""
        added = {one.item.id for one in changes if one.what == "add"}
        for one in changes:
            if one.what == "add":
                self._add(one, added)
            elif one.what == "change":
                self._change(one)
            elif one.relation and one.what == "tie":
                self._tie(one.item.kind, one.relation)
            elif one.relation and one.what == "untie":
                self._untie(one.item.kind, one.relation)
        if any(one.what in ("add", "tie") for one in changes):
            self._found()

    def _change(self, change: Change) -> None:
        """One part of an item; with a line's update go its day and its dates."""
        item = change.item
        if item.id == WHOLE:
            self.data["framework"][change.part] = yaml_text.styled(change.after)
            return
        block = self._block(item.kind, item.id)
        block[FIELDS[item.kind][change.part]] = yaml_text.styled(change.after)
        if item.kind == "line" and change.part == "text":
            dated = {key: item.more[key] for key in ("updated", "dates") if key in item.more}
            block.update(yaml_text.styled(dated))

    def _list(self, kind: Kind) -> Any:
        home = self.data[HOMES.get(kind, "framework")]
        if home.get(LISTS[kind]) is None:
            home[LISTS[kind]] = yaml_text.styled([])
            home[LISTS[kind]].fa.set_block_style()
        return home[LISTS[kind]]

    def _block(self, kind: Kind, name: str) -> Any:
        return next(one for one in self._list(kind) if one["id"] == bare(name))

    def _add(self, change: Change, added: Iterable[str]) -> None:
        """A new item, after the one that stands before it in the file."""
        item = change.item
        every = self._list(item.kind)
        names = [one["id"] for one in every]
        before = [bare(one.id) for one in self.after.of(item.kind)]
        earlier = [one for one in before[: before.index(bare(item.id))] if one in names]
        at = names.index(earlier[-1]) + 1 if earlier else len(names)
        ties = [one for one in self.after.relations if one.origin == item.id]
        block = blocks.block(item, ties, self.kinds, self.document.id)
        every.insert(at, yaml_text.styled(block))

    def _tie(self, kind: Kind, tie: Relation) -> None:
        key = next(key for key, name in TIED[kind].items() if name == tie.kind)
        block = self._block(kind, tie.origin)
        [grant] = blocks.grouped([tie], self.kinds)
        if isinstance(grant, dict) and not ({"source", "basis"} & set(grant)):
            grant |= {
                "source": {"document": self.document.id, "at": tie.row or "the file as a whole"},
                "basis": "stated",
            }
        if block.get(key) is None:
            block[key] = yaml_text.styled([grant])
        else:
            block[key].append(yaml_text.styled(grant))

    def _untie(self, kind: Kind, tie: Relation) -> None:
        """Take one id out of whatever names it, and what is then empty with it."""
        key = next(key for key, name in TIED[kind].items() if name == tie.kind)
        block = self._block(kind, tie.origin)
        for one in list(block.get(key, ())):
            if one == tie.destination:
                block[key].remove(one)
                continue
            for ends in ("levels", "cohorts", "competencies"):
                if isinstance(one, dict) and tie.destination in one.get(ends, ()):
                    one[ends].remove(tie.destination)
                    if not any(one.get(rest) for rest in ("levels", "cohorts", "competencies")):
                        block[key].remove(one)
        if not block.get(key):
            del block[key]

    def _found(self) -> None:
        """The imported file as a document, and the policies that our readings of it belong to."""
        framework = self.data["framework"]
        if not any(one["id"] == self.document.id for one in framework["documents"]):
            framework["documents"].append(yaml_text.styled(blocks.document_block(self.document)))
        there = {one["id"] for one in framework.get("policies") or ()}
        for one in blocks.new_policies(self.after, self.document.id, there):
            if framework.get("policies") is None:
                framework["policies"] = yaml_text.styled([one])
            else:
                framework["policies"].append(yaml_text.styled(one))


def put(folder: Path, texts: Texts, name: str) -> None:
    """Write files into a pack's folder, after loading the pack as it would be. Raises `Unusable` and writes nothing otherwise."""
    with TemporaryDirectory(prefix="tna-") as scratch:
        tried = Path(scratch) / "pack"
        if folder.exists():
            shutil.copytree(folder, tried, ignore=shutil.ignore_patterns("schemas", "*.csv", ".*"))
        _write(tried, texts)
        problems = Problems()
        load_pack(tried, problems, name)
        documents.read(tried / "exchange.yaml", "exchange", problems, f"{name}/exchange.yaml")
        problems.stop_on_errors()
    try:
        _write(folder, texts)
    except OSError as fault:
        raise Unusable(
            [problem("paths.cannot-read", Place(name), why=fault.strerror or str(fault))]
        ) from fault


def _write(folder: Path, texts: Texts) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.new")
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
