"""Writes its report beside an analysis, and fails when asked for a paper."""

from pathlib import Path

from tna import hookimpl
from tna.model import Analysis, ReportFormat


def write(analysis: Analysis, path: Path) -> None:
    if path.stem != "report":
        raise KeyError(f"no template for {path.name}")
    path.write_text("A report.\n", encoding="utf-8")


@hookimpl
def tna_reports() -> list[ReportFormat]:
    return [ReportFormat(".odd", write)]
