"""A finished analysis opened again from its folder alone, with the board as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tna import boards, duck, plugins
from tna.model import Analysis, Board
from tna.problems import Place, refuse

if TYPE_CHECKING:
    import duckdb


def reopen(folder: Path) -> Analysis:
    """The analysis in a folder, its tables read-only. Raises `Unusable` when there is none."""
    import duckdb

    path = folder / "analysis.duckdb"
    if not path.is_file():
        refuse("paths.no-analysis", Place(str(folder)))
    try:
        connection = duck.connect(path, read_only=True)
        (text,) = connection.execute("select about from about").fetchall()[0]
    except duckdb.Error:
        refuse("paths.no-analysis", Place(str(folder)))
    about: dict[str, Any] = json.loads(text)
    return Analysis(_board(connection, about), date.fromisoformat(about["as_of"]), connection, about)


def _board(connection: duckdb.DuckDBPyConnection, about: dict[str, Any]) -> Board:
    """The board from the files of its pack that the analysis kept, with the policies that were in force."""
    settings = {one["id"]: one["value"] for one in about["policies"] if one["value"]}
    with TemporaryDirectory(prefix="tna-") as scratch:
        folder = Path(scratch) / about["board"]["id"]
        folder.mkdir()
        beside = []
        for name, text in connection.execute("select file, text from pack_files").fetchall():
            (folder / name).write_text(text, encoding="utf-8")
            beside += [folder / name] if name not in PACK else []
        return boards.load(folder, settings, places=plugins.find().all("tna_shelves"), needs=beside)


PACK = ("framework.yaml", "catalogue.yaml", "plan.yaml", "rules.yaml", "needs.yaml")
