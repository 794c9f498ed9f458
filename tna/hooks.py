"""The questions a plugin may answer; a plugin names only the arguments it wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pluggy

from tna.model import (
    Advice,
    Analysis,
    AnnualReview,
    Case,
    Course,
    Flag,
    Judgement,
    ReportFormat,
    SourceFormat,
)

hookspec = pluggy.HookspecMarker("tna")
hookimpl = pluggy.HookimplMarker("tna")


@hookspec
def tna_shelves() -> Iterable[Path]:  # type: ignore[empty-body]
    """Folders with packs (a folder each) and rules (roles.yaml, policies.yaml) that the plugin brings.

    Asked while loading. Example: `return [Path(__file__).parent / "packs"]`
    """


@hookspec
def tna_sources() -> Iterable[SourceFormat]:  # type: ignore[empty-body]
    """Formats of register files that the plugin can read, by suffix.

    Asked while loading. Example: `return [SourceFormat(".ods", read_ods)]`
    """


@hookspec
def tna_recommend(  # type: ignore[empty-body]
    cases: Sequence[Case],
    catalogue: Mapping[str, Course],
    prerequisites: Mapping[str, Sequence[str]],
    preferences: Sequence[Mapping[str, Any]],
    as_of: date,
) -> Iterable[Advice]:
    """Courses that close the gaps of cases, each with its place in the order to take them and a reason.

    Asked once, with all cases that have a gap. `catalogue` is every offer by id; `prerequisites` are the
    courses to take before a course; `preferences` are what the board's `prefer` rules say of everybody (each
    case has those that hold for it).
    Example: `return [Advice(case.id, 1, "c8", tuple(case.gap), "the only course")]`
    """


@hookspec
def tna_flag(analysis: Analysis) -> Iterable[Flag]:  # type: ignore[empty-body]
    """What the board should look at; the analysis has every table but `flags`.

    Asked once. Example: `return [Flag("my.code", "check", "Level 3", "Nobody came.", "board-2015, p. 2")]`
    """


@hookspec
def tna_review(review: AnnualReview) -> Iterable[Judgement | Flag]:  # type: ignore[empty-body]
    """Lines of the plan judged on what was sent in the year, and flags about it.

    Asked once a review. Example: `return [Flag("my.code", "check", "Level 3", "Nobody came.", "board-2015, p. 2")]`
    """


@hookspec
def tna_reports() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Formats in which the plugin can write an analysis, by suffix.

    Asked when writing. Example: `return [ReportFormat(".md", write_markdown)]`
    """


ANSWERS: Mapping[str, tuple[type, ...]] = {  # what each item of an answer must be
    "tna_shelves": (Path,),
    "tna_sources": (SourceFormat,),
    "tna_recommend": (Advice,),
    "tna_flag": (Flag,),
    "tna_review": (Judgement, Flag),
    "tna_reports": (ReportFormat,),
}
