"""Writes a run beside its folder and moves it there whole, so that nobody ever sees half a result."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tna.problems import Place, refuse

MARK = "analysis.json"
MARKS = frozenset(
    {MARK, "review.json", "compare.json", "forecast.json", "questions.csv"}
)  # a folder that holds one is an earlier run


@contextmanager
def replacing(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """A new folder to write to, which becomes `folder` when all went well and disappears when not.

    Raises `Unusable` when `folder` is not empty and may not be replaced, or cannot be written.
    """
    check(folder, overwrite=overwrite)
    whole = folder.resolve()
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{whole.name}-", dir=whole.parent))
        aside = beside / whole.name
        aside.mkdir()
    except OSError as error:
        refuse("paths.cannot-write", Place(str(folder)), why=error.strerror or str(error))
    try:
        yield aside
        try:
            _swap(aside, whole)
        except OSError as error:
            refuse("paths.cannot-write", Place(str(folder)), why=error.strerror or str(error))
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that may not be written, before any work is done."""
    try:
        found = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        why = "it is a file" if isinstance(error, NotADirectoryError) else error.strerror or str(error)
        refuse("paths.cannot-write", Place(str(folder)), why=why)
    if folder.resolve() == Path.cwd():
        refuse("paths.cannot-write", Place(str(folder)), why="it is the folder you are in")
    if found and not overwrite:
        refuse("paths.not-empty", Place(str(folder)))
    if found and not MARKS.intersection(found):
        refuse("paths.not-a-run", Place(str(folder)), found=", ".join(found[:3]))
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir():
        refuse("paths.cannot-write", Place(str(folder)), why=f"{nearest.name} is a file")
    if not os.access(nearest, os.W_OK):
        refuse("paths.cannot-write", Place(str(folder)), why="you may not write there")


def _swap(aside: Path, folder: Path) -> None:
    """The new folder in the old one's place; when that fails, the old one is put back."""
    old = aside.parent.with_name(f"{aside.parent.name}-old")
    if folder.exists():
        folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
