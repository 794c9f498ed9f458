"""Writes a finished analysis to a folder: tables as CSV, what was run as JSON, and a report to read."""

from __future__ import annotations

from pathlib import Path

from tna.model import Analysis, ReportFormat
from tna.reports import as_csv, as_html, as_json

__all__ = ["formats", "write_all"]


def formats() -> tuple[ReportFormat, ...]:
    """The formats tna writes by itself."""
    return (ReportFormat(".html", as_html.write),)


def write_all(analysis: Analysis, folder: Path, more: tuple[ReportFormat, ...] = ()) -> None:
    """Every table as `NAME.csv`, `analysis.json`, and `report` in each format, `more` of them from plugins."""
    as_csv.write(analysis, folder)
    as_json.write(analysis, folder / "analysis.json")
    for form in (*formats(), *more):
        form.write(analysis, folder / f"report{form.suffix}")
