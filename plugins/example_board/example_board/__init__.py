"""A made-up board for tna: brings its pack, and answers each of the five questions that tna asks of a plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from example_board import buddies, digest, json_lines, undated
from tna import hookimpl
from tna.model import Advice, Analysis, Case, Course, Flag, ReportFormat, SourceFormat

__all__ = ["SHELF", "tna_flag", "tna_recommend", "tna_reports", "tna_shelves", "tna_sources"]

SHELF = Path(__file__).parent / "shelf"

# Each function below is a hook: tna finds it by its name and its mark, and passes the arguments that it names.
# `tna plugins` lists the hooks there are; `tna.hooks` says what each is asked and what it must answer.


@hookimpl
def tna_shelves() -> list[Path]:
    """The folder with our pack in a folder of its own, and beside it roles.yaml and policies.yaml."""
    return [SHELF]


@hookimpl
def tna_sources() -> list[SourceFormat]:
    """Registers as JSON, one object a line."""
    return [SourceFormat(".jsonl", json_lines.read)]


@hookimpl
def tna_recommend(
    cases: Sequence[Case],
    catalogue: Mapping[str, Course],
    prerequisites: Mapping[str, Sequence[str]],
    as_of: date,
) -> Iterator[Advice]:
    """A day beside a colleague for those who lack one thing; `preferences` is not asked for, as one day is one day."""
    return buddies.advise(cases, catalogue, prerequisites, as_of)


@hookimpl
def tna_flag(analysis: Analysis) -> Iterator[Flag]:
    """Agencies whose records have lost their dates."""
    return undated.flags(analysis)


@hookimpl
def tna_reports() -> list[ReportFormat]:
    """A page of Markdown for the minutes: report.md."""
    return [ReportFormat(".md", digest.write)]
