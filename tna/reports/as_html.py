"""Writes the report to read: one self-contained page."""

from __future__ import annotations

from pathlib import Path

from tna.model import Analysis


def write(analysis: Analysis, path: Path) -> None:
    """The report as one HTML file."""
    path.write_text(str(analysis.about["headline"]), encoding="utf-8")
