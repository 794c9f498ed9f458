"""Fails when asked to write its report."""

from pathlib import Path

from tna import hookimpl
from tna.model import Analysis, ReportFormat


def write(analysis: Analysis, path: Path) -> None:
    raise KeyError(f"no template for {path.name}")


@hookimpl
def tna_reports() -> list[ReportFormat]:
    return [ReportFormat(".odd", write)]
