"""Writes a finished analysis to a folder: tables as CSV, what was run as JSON, and a report to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tna.model import Analysis, ReportFormat
from tna.problems import Place, Unusable, refuse
from tna.reports import as_csv, as_html, as_json

__all__ = ["formats", "write_all"]


def formats() -> tuple[ReportFormat, ...]:
    """The formats tna writes by itself."""
    return (ReportFormat(".html", as_html.write),)


def write_all(analysis: Analysis, folder: Path, more: Iterable[tuple[str, ReportFormat]] = ()) -> None:
    """Every table as `NAME.csv`, `analysis.json`, and `report` in each format.

    `more` are formats of plugins, each with the plugin's name. Raises `Unusable` naming one that fails.
    """
    as_csv.write(analysis, folder)
    as_json.write(analysis, folder / "analysis.json")
    for form in formats():
        form.write(analysis, folder / f"report{form.suffix}")
    for name, form in more:
        _write_signed(name, form, analysis, folder)


def _write_signed(name: str, form: ReportFormat, analysis: Analysis, folder: Path) -> None:
    try:
        form.write(analysis, folder / f"report{form.suffix}")
    except Unusable:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
        refuse("plugins.failed", Place(f"plugin {name}"), name=name, hook="tna_reports", why=why)
