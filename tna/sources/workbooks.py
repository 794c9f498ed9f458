"""Reads workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tna.sources.csv_text import Look
    from tna.sources.intake import Intake


def read_workbook(intake: Intake, kind: str, path: Path, file: str, seen: Look) -> None:
    """Take a workbook into the database."""
