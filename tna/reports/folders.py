"""Writes a run beside its folder and moves it there whole, so that nobody ever sees half a result."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tna.problems import Place, refuse

MARK = "analysis.json"  # a folder that holds it is an earlier run


@contextmanager
def replacing(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """A new folder to write to, which becomes `folder` when all went well and disappears when not.

    Raises `Unusable` when `folder` is not empty and may not be replaced, or cannot be written.
    """
    check(folder, overwrite=overwrite)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        aside.chmod(0o755)
    except OSError as error:
        refuse("paths.cannot-write", Place(str(folder)), why=error.strerror or str(error))
    try:
        yield aside
        _swap(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that may not be written, before any work is done."""
    if folder.exists() and not folder.is_dir():
        refuse("paths.cannot-write", Place(str(folder)), why="it is a file")
    found = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    if found and not overwrite:
        refuse("paths.not-empty", Place(str(folder)))
    if found and MARK not in found:
        refuse("paths.not-a-run", Place(str(folder)), found=", ".join(found[:3]))
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not os.access(nearest, os.W_OK):
        refuse("paths.cannot-write", Place(str(folder)), why="you may not write there")


def _swap(aside: Path, folder: Path) -> None:
    old = aside.with_name(f"{aside.name}-old")
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
