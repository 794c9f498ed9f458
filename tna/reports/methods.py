"""How the numbers came about: what was read, what became of each row, by whose rules, and what each rate means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.model import Analysis

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, with its checksum, so that anybody can see that it is the same file."""

    kind: str
    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the rows of one sheet; the four numbers add up to `rows`."""

    file: str
    sheet: str
    accepted: int
    changed: int
    not_evidence: int
    refused: int
    note: str = ""

    @property
    def rows(self) -> int:
        """Every row read."""
        return self.accepted + self.changed + self.not_evidence + self.refused


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were not plainly accepted, and how many."""

    outcome: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A rate or number of the report: what is counted, of what, and in which file it can be followed up."""

    name: str
    counts: str
    of: str
    file: str


@dataclass(frozen=True, slots=True)
class Methods:
    """The run and everything that stands behind it; `total` adds up the accounts."""

    run: str
    inputs: tuple[Input, ...]
    accounts: tuple[Account, ...]
    total: Account
    reasons: tuple[Reason, ...]
    pack: tuple[tuple[str, str], ...]
    plugins: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    definitions: tuple[Definition, ...]
    files: tuple[tuple[str, str], ...]


def methods(analysis: Analysis) -> Methods:
    """What was run on what."""
    about, connection = analysis.about, analysis.connection
    accounts = _accounts(connection)
    return Methods(
        run=about["run"],
        inputs=tuple(Input(**one) for one in about["inputs"]),
        accounts=accounts,
        total=_total(accounts),
        reasons=_reasons(connection),
        pack=tuple(sorted(about["board"]["checksums"].items())),
        left_out=tuple(about["left_out"]),
        plugins=tuple(
            (one["name"], f"{one['distribution']} {one['version']}".strip()) for one in about["plugins"]
        ),
        definitions=DEFINITIONS,
        files=FILES,
    )


def _accounts(connection: duckdb.DuckDBPyConnection) -> tuple[Account, ...]:
    rows = connection.execute("""
        select file, sheet, coalesce(sum(if(outcome = 'accepted', value, '0')::BIGINT), 0)::BIGINT,
               count(*) filter (outcome = 'changed'), count(*) filter (outcome = 'not-evidence'),
               count(*) filter (outcome = 'refused'), coalesce(max(reason) filter (outcome = 'accepted'), '')
        from ledger group by file, sheet order by file, sheet
    """).fetchall()
    return tuple(Account(*row) for row in rows)


def _total(accounts: tuple[Account, ...]) -> Account:
    return Account(
        "All files",
        "",
        sum(one.accepted for one in accounts),
        sum(one.changed for one in accounts),
        sum(one.not_evidence for one in accounts),
        sum(one.refused for one in accounts),
    )


def _reasons(connection: duckdb.DuckDBPyConnection) -> tuple[Reason, ...]:
    rows = connection.execute("""
        select outcome, reason, count(*) as rows from ledger where outcome <> 'accepted'
        group by all order by outcome desc, rows desc, reason
    """).fetchall()
    return tuple(
        Reason(outcome, reason.partition(": ")[2] or reason, count) for outcome, reason, count in rows
    )


REQUIRED = "people of whom at least one competency is required there"
DEFINITIONS = (
    Definition("In date", "people who hold everything required of them there on the day of the analysis", REQUIRED, "coverage.csv"),
    Definition("Still need training", "people who do not hold something required of them there: missing, undated or lapsed", REQUIRED, "gaps.csv"),
    Definition("In date, for one competency", "people who hold that competency", "people of whom that competency is required", "coverage.csv"),
    Definition("Missing", "people with no record that gives the competency", "people of whom that competency is required", "gaps.csv"),
    Definition("Undated", "people whose only records that give it have no date", "people of whom that competency is required", "gaps.csv"),
    Definition("Lapsed", "people who held it once and no longer do", "people of whom that competency is required", "gaps.csv"),
    Definition("Due soon", "people of whom something they hold on the day of the analysis ends within the days stated", "people of whom training is required", "due.csv"),
    Definition("Jobs to ask about", "jobs (a person, an agency and a role) that no statement of the board places", "all jobs in the registers", "placements.csv"),
    Definition("People to train on a course", "people whose programme includes it, each once, whatever their jobs", "people with at least one gap", "recommendations.csv"),
)  # fmt: skip
FILES = (
    ("placements.csv", "each job with its level, how it was found and why"),
    ("gaps.csv", "each person's gaps, with the statement that requires them"),
    ("due.csv", "what ends within the days stated"),
    ("recommendations.csv", "each person's courses in the order to take them, with a reason"),
    ("coverage.csv", "every number of the heatmap, by agency, level and competency, with the unrounded rate"),
    ("flags.csv", "every flag"),
    ("ledger.csv", "every row that was changed, not counted as evidence or refused, with its cell"),
    ("analysis.json", "run, inputs, policies, plugins and counts"),
    ("analysis.duckdb", "all of it, and the pack as it was; tna explain reads it"),
)
