"""Everything that can be wrong with a pack, a plugin, a path or an option is said in exactly the words beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from click.testing import CliRunner

from tests import authored
from tna import plugins
from tna.cli import main
from tna.messages import catalogue

HERE = Path(__file__).parent
ELSEWHERE = ("tables.", "registers.")  # tests/test_sources_refused.py
CASES = sorted(path for path in (HERE / "refused").iterdir() if not path.name.startswith(ELSEWHERE))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_it_is_said_in_these_words(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = yaml.safe_load((case / "case.yaml").read_text("utf-8"))
    prepare(said, tmp_path)
    monkeypatch.chdir(tmp_path)
    if "plugins" in said:
        points = [EntryPoint(name, f"tests.misbehaving.{value}", "tna") for name, value in said["plugins"]]
        monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    if "raises" in said:
        monkeypatch.setattr("tna.analysis.analyse", raising(*said["raises"]))
    for words in said.get("first", ()):
        assert CliRunner().invoke(main, words).exit_code == 0
    done = CliRunner().invoke(main, said.get("run", ["check", "pack"]))
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    assert done.stderr.strip() == said["says"].strip()
    assert done.exit_code == said["exit"]


def raising(kind: str, *words: str) -> Callable[..., None]:
    """Something to call in place of an analysis, which is stopped or fails."""

    def fails(*args: object, **named: object) -> None:
        raise {"KeyboardInterrupt": KeyboardInterrupt, "OSError": OSError, "RuntimeError": RuntimeError}[
            kind
        ](*words)

    return fails


def prepare(said: dict[str, Any], folder: Path) -> None:
    """A copy of the tiny pack with the case's changes, its files, and a register to analyse."""
    shutil.copytree(HERE / "accepted" / "tiny", folder / "pack")
    (folder / "people.csv").write_text("person_id,agency,role\n1,A library,Librarian\n", "utf-8")
    for name, (find, put) in said.get("change", {}).items():
        path = folder / "pack" / name
        text = path.read_text("utf-8")
        assert find in text
        path.write_text(text.replace(find, put, 1), "utf-8")
    for name, text in said.get("files", {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("latin-1") if said.get("bytes") else text.encode())
    for name, change in said.get("frameworks", {}).items():
        authored.filled(folder / name, {**authored.FIVE, **change.get("rows", {})}, change.get("cells"))
    for name, lines in said.get("documents", {}).items():
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(folder / name))
    for name, sheets in said.get("workbooks", {}).items():
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(folder / name)
    for name, times in said.get("repeat", {}).items():
        (folder / name).write_text(times[0] * times[1], "utf-8")


def test_every_message_has_an_example() -> None:
    codes = {code for code in catalogue() if not code.startswith(ELSEWHERE)}
    assert codes <= {path.name.split(",")[0] for path in CASES}
    for path in CASES:
        assert path.name.split(",")[0] in (path / "case.yaml").read_text("utf-8")


def test_the_tiny_pack_is_accepted() -> None:
    done = CliRunner().invoke(main, ["check", str(HERE / "accepted" / "tiny")])
    assert (done.exit_code, done.stderr) == (0, "")
