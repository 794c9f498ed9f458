"""What a pack declares and nothing in it uses: switches that switch nothing, documents that nothing cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tna import documents, policies, shelves
from tna.model import Board, Pack
from tna.problems import Place, Problems

FILE = "framework"


def check(board: Board, problems: Problems) -> None:
    """Note switches and documents that no statement names.

    A policy that any board may declare is asked for by tna itself, a number or a choice perhaps by a plugin; a
    document with a note says itself why it is listed.
    """
    framework = board.pack.framework
    anybodys = policies.common(shelves.rule_files("policies.yaml"), Problems())
    own = [one.id for one in framework.policies if one.kind == "switch" and one.id not in anybodys]
    _tell(board.pack, "policy", "policies", own, problems)
    silent = [one.id for one in framework.documents if not one.note]
    _tell(board.pack, "document", "documents", silent, problems)


def _tell(pack: Pack, key: str, listed: str, ids: Sequence[str], problems: Problems) -> None:
    """Look in the files as they are written: a statement that is switched off still uses what it names, and so does a note."""
    used = re.compile(rf"\b{key}[\"']?\s*:?\s*[\"']?([a-z0-9.-]*[a-z0-9])")
    names = {one for text in pack.files.values() for one in used.findall(text)}
    for one in ids:
        if one not in names:
            problems.add(f"check.{key}-unused", _place(pack, listed, one), id=one)


def _place(pack: Pack, listed: str, name: str) -> Place:
    """Where an id is listed in the framework."""
    file = next((one for one in pack.files if one.endswith(f"{FILE}.yaml")), "")
    document = documents.parse_text(pack.files.get(file, ""), f"{pack.folder}/{FILE}.yaml", Problems())
    items = document.data.get(listed, ()) if document else ()
    at = next((index for index, one in enumerate(items) if one["id"] == name), 0)
    return document.place(listed, at, "id") if document else Place(file)
