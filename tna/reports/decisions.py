"""The policies an analysis was made under, those nobody states, and what the board's document leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from tna.model import Analysis, Policy

SWITCHES = {"on": "On", "off": "Off"}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something the board's document leaves open, and how it is treated meanwhile."""

    id: str
    asks: str
    treatment: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A policy: its value in words ("" where nobody states one), what it decides, and on whose word."""

    id: str
    value: str
    says: str
    by: str
    source: str


def open_questions(analysis: Analysis) -> tuple[OpenQuestion, ...]:
    """The open questions of the pack, in its order."""
    rows = analysis.connection.execute(
        "select question, asks, treatment, source from questions order by rowid"
    ).fetchall()
    return tuple(OpenQuestion(*row) for row in rows)


def decisions(analysis: Analysis) -> tuple[Decision, ...]:
    """Every policy that any board may declare or this one does, by id."""
    return tuple(
        Decision(one.id, _value(one), one.says, _by(one), str(one.origin.source))
        for one in analysis.board.policies.values()
    )


def _value(policy: Policy) -> str:
    unit = {"percent": "%"}.get(policy.unit, f" {policy.unit}" if policy.unit else "")
    return SWITCHES.get(policy.value, f"{policy.value}{unit}" if policy.value else "")


def _by(policy: Policy) -> str:
    """Who decided: the planner for this run, the board's document on some basis, or tna."""
    document = policy.origin.source.document
    own = {"planner": "Set for this run", "tna": "tna, as nobody else does"}
    return own.get(document, f"Board: {policy.origin.basis}")
