"""Reads a board's folder of YAML into nouns, refusing ids that nobody defined and statements without a basis."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tna.documents import Document, read
from tna.frameworks import nouns
from tna.frameworks.blocks import Block
from tna.frameworks.ids import check_ids
from tna.frameworks.needs import with_needs
from tna.frameworks.rulebook import read_rules
from tna.model import Pack
from tna.problems import Place, Problems

FILES = ("framework", "catalogue", "plan", "rules", "needs")
NEEDED = ("framework",)

__all__ = ["load_pack", "read_rules"]


def load_pack(folder: Path, problems: Problems, name: str = "", needs: Sequence[Path] = ()) -> Pack | None:
    """A board's pack, or None with every problem noted at its place; files but the framework may be absent.

    `name` is what to call the folder in messages and checksums (its path when left out); `needs` are files of
    needs that a planner keeps beside the pack.
    """
    before = len(problems.errors)
    name = name or str(folder)
    documents = _documents(folder, name, problems) | _beside(needs, problems)
    if "framework" not in documents or len(problems.errors) > before:
        return None  # what a file that cannot be read defines is not missed elsewhere
    check_ids(documents, problems)
    if len(problems.errors) > before:
        return None
    return _pack(name, documents)


def _documents(folder: Path, name: str, problems: Problems) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for kind in FILES:
        path = folder / f"{kind}.yaml"
        if not path.exists():
            if kind in NEEDED:
                problems.add("framework.no-file", Place(f"{name}/{kind}.yaml"), kind=kind)
            continue
        document = read(path, kind, problems, f"{name}/{kind}.yaml")
        if document:
            found[kind] = document
    return found


def _beside(needs: Sequence[Path], problems: Problems) -> dict[str, Document]:
    """Files of needs by the name that their checksum is kept under."""
    read_ones = {f"needs:{path.name}": read(path, "needs", problems) for path in needs}
    return {name: document for name, document in read_ones.items() if document}


def _pack(name: str, documents: dict[str, Document]) -> Pack:
    def blocks(kind: str, key: str) -> tuple[Block, ...]:
        return tuple(Block(documents[kind]).blocks(key)) if kind in documents else ()

    pack = Pack(
        framework=nouns.framework(Block(documents["framework"])),
        courses=tuple(map(nouns.course, blocks("catalogue", "courses"))),
        plan=tuple(map(nouns.plan_line, blocks("plan", "lines"))),
        rules=tuple(read_rules(documents["rules"])) if "rules" in documents else (),
        folder=name,
        files={_file(kind): document.text for kind, document in documents.items()},
        checksums={_file(kind): document.checksum for kind, document in documents.items()},
    )
    added = [kind for kind in documents if kind.partition(":")[0] == "needs"]
    return with_needs(pack, (block for kind in added for block in blocks(kind, "needs")))


def _file(kind: str) -> str:
    """What a file of a pack is called; one beside it keeps its own name."""
    return kind.partition(":")[2] or f"{kind}.yaml"
