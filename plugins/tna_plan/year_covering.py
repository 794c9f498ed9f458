"""Coverage in a year, where some agencies sent registers and others headcounts: a range, rated only when both ends agree."""

from __future__ import annotations

from dataclasses import replace

from tna.model import Judgement, PlanLine
from tna_plan.covering import judge_coverage
from tna_plan.evidence import Tally
from tna_plan.judgements import judgement, rated
from tna_plan.words import counted, have, number, people
from tna_plan.year import Year


def judge_range(line: PlanLine, year: Year) -> Judgement | None:
    """As of registers alone where both ends are one number; otherwise by the least and the most that may be in date."""
    whole = year.evidence.whole
    if line.course or not whole.required:
        return judge_coverage(line, year.evidence)
    if year.low == year.high:
        return _with_hidden(judge_coverage(line, year.evidence), year)
    said = _said(year, whole)
    facts = {
        "actual": None if year.apart else whole.held,
        "denominator": whole.required,
        "unit": "people",
        "evidence": "registers and headcount returns",
    }
    if line.target is None:
        return _with_hidden(
            judgement(line, "not-measured", f"{said}; no target is declared, so nothing is rated", **facts),
            year,
        )
    least, most = (rated(held, whole.required, line.target, line.floor) for held in (year.low, year.high))
    aim = f"against a target of {number(line.target)}%"
    if least != most:
        return _with_hidden(
            judgement(
                line, "not-known", f"{said}, {aim}: {least} at the least and {most} at the most", **facts
            ),
            year,
        )
    return _with_hidden(judgement(line, least, f"{said}, {aim}: {least} either way", **facts), year)


def _said(year: Year, whole: Tally) -> str:
    """From how many to how many are in date, and how many of them registers show; as far as it may be printed."""
    every = f"{people(whole.required)} of whom something is required"
    if year.range_hidden and year.apart:
        return f"{year.apart.held:,} of {people(year.apart.required)} most likely {have(year.apart.held, year.apart.required)} all of it, in date, without those who sent nothing"
    if year.range_hidden:
        return f"{whole.held:,} of {every} most likely {have(whole.held, whole.required)} all of it, in date; from how many to how many is not shown, to protect small numbers"
    if year.apart:
        return (
            f"from {year.low:,} to {year.high:,} of {every} {have(whole.required)} all of it, in date, those who sent nothing among them; "
            f"without them {year.apart.held:,} of {year.apart.required:,}"
        )
    return (
        f"from {year.low:,} to {year.high:,} of {every} {have(whole.required)} all of it, in date; most likely {whole.held:,}, of whom "
        f"{year.evidenced:,} are evidenced by registers and the others reported only"
    )


def _with_hidden(one: Judgement, year: Year) -> Judgement:
    if not year.hidden:
        return one
    words = (
        f"the numbers of {counted(year.hidden, 'agency', 'agencies')} are not shown, to protect small ones"
    )
    return replace(one, because=f"{one.because.rstrip('.')}; {words}")
