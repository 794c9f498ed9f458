"""Everything a report shows of an analysis, gathered once: aggregates only, never a person."""

from __future__ import annotations

from dataclasses import dataclass

from tna import policies, wording
from tna.model import Analysis
from tna.reports import asking, charts, decisions, flagged, heatmap, methods, summary, training
from tna.reports.labels import labels


@dataclass(frozen=True, slots=True)
class Findings:
    """What every format of a report says, to the letter."""

    board: str
    title: str
    edition: str
    as_of: str
    level_word: str
    headline: str
    summary: tuple[summary.Fact, ...]
    heatmap: heatmap.Heatmap
    target: int | None
    floor: int | None
    charts: tuple[charts.Chart, ...]
    training: training.Training
    flags: tuple[flagged.Flags, ...]
    questions: asking.Questions
    open_questions: tuple[decisions.OpenQuestion, ...]
    decisions: tuple[decisions.Decision, ...]
    methods: methods.Methods


def findings(analysis: Analysis) -> Findings:
    """The findings of a finished analysis; reads its tables and asks nothing anew."""
    framework, named = analysis.board.pack.framework, labels(analysis)
    in_force = analysis.board.policies
    target, floor = (policies.number(in_force, f"coverage.{one}") for one in ("target", "floor"))
    found = heatmap.heatmap(analysis, named)
    return Findings(
        board=framework.board,
        title=framework.title,
        edition=framework.edition,
        as_of=wording.day(analysis.as_of),
        level_word=framework.level_word,
        headline=analysis.about["headline"],
        summary=summary.summary(analysis),
        heatmap=found,
        target=target,
        floor=floor,
        charts=charts.charts(found, framework.level_word, target, floor),
        training=training.training(analysis, named),
        flags=flagged.flags(analysis),
        questions=asking.questions(analysis, named),
        open_questions=decisions.open_questions(analysis),
        decisions=decisions.decisions(analysis),
        methods=methods.methods(analysis),
    )
