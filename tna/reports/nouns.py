"""What a report shows, gathered once and frozen, so that every format says the same to the letter."""

from __future__ import annotations

from dataclasses import dataclass

from tna import wording
from tna.wording import Mark


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; it never travels as a percentage alone."""

    part: int
    whole: int

    @property
    def rest(self) -> int:
        """What of the whole is not in the part."""
        return self.whole - self.part

    @property
    def words(self) -> str:
        """"12 of 30"."""
        return wording.share(self.part, self.whole)

    @property
    def percent(self) -> str:
        """Whole per cent, rounded down; "" of nothing."""
        return wording.percent(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Fact:
    """A summary number: what it counts, the number in words, and what it is a part of or means."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the heatmap: all levels and cohorts together, one level, or one cohort."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """People in date of people required, at one agency and level, with how that is rated; or why nothing is said."""

    share: Share
    mark: Mark

    @property
    def style(self) -> str:
        """The rating or state; where no target is stated, the quarter the share lies in."""
        if self.mark.state != "not-rated":
            return self.mark.state
        return f"quarter-{min(3, self.share.part * 4 // self.share.whole)}"


@dataclass(frozen=True, slots=True)
class Row:
    """An agency's line of the heatmap, and how many of its jobs could not be placed."""

    agency: str
    cells: tuple[Cell, ...]
    asked: Share


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Agency by level: `total` counts each person once; `empty` are levels where the registers name nobody."""

    columns: tuple[Column, ...]
    total: Row
    rows: tuple[Row, ...]
    empty: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a bar chart against target and floor."""

    label: str
    share: Share
    mark: Mark


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one chart with the target and floor, whole percentages, that they are measured against."""

    title: str
    of: str
    bars: tuple[Bar, ...]
    target: int
    floor: int | None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency that people at one level or in one cohort still need, by the state of what they have."""

    level: str
    competency: str
    label: str
    held: Share
    missing: int
    lapsed: int
    undated: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A competency that a course would close, and for how many people."""

    competency: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as one plugin recommends it: for how many people, what it closes, when and how it runs."""

    plugin: str
    course: str
    title: str
    people: int
    closes: tuple[Closing, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclosed:
    """What nothing on offer closes, for how many people, and why."""

    plugin: str
    because: str
    people: int
    competencies: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """The gaps that most people have, who to train on what, and what nothing closes."""

    gaps: tuple[Gap, ...]
    gaps_in_all: int
    advised: int
    lacking: int
    offers: tuple[Offer, ...]
    unclosed: tuple[Unclosed, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag as it is shown: `more` are others of its kind that are only in flags.csv."""

    plugin: str
    code: str
    subject: str
    message: str
    source: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of one severity, and how many there are in all."""

    severity: str
    heading: str
    count: int
    shown: tuple[Flagged, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A job title whose level must be asked: how often, by whom used, why, and what it might be."""

    role: str
    jobs: int
    in_cohort: int
    agencies: tuple[str, ...]
    because: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """Jobs whose agency states another level than the pack would have given; the agency's is used."""

    agency: str
    role: str
    stated: str
    pack: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask agencies; `expected` is None where nobody said which agencies were expected."""

    titles: tuple[Title, ...]
    titles_in_all: int
    asked: Share
    differing: tuple[Differing, ...]
    differing_jobs: int
    differing_in_all: int
    silent: tuple[str, ...]
    expected: int | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something the board's document leaves open, and how it is treated meanwhile."""

    id: str
    asks: str
    treatment: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A policy: its value in words ("" when nobody states one), what it decides, and on whose word."""

    id: str
    value: str
    says: str
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: its checksum, and what became of each of its rows."""

    kind: str
    file: str
    sha256: str
    rows: int
    accepted: int
    changed: int
    not_evidence: int
    refused: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were not plainly accepted, and how many."""

    outcome: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A rate or count of the report: what is counted, of what, and in which file."""

    name: str
    counts: str
    of: str
    file: str


@dataclass(frozen=True, slots=True)
class Methods:
    """How the report was computed: the run, what went in, by whose rules, and what each number means."""

    run: str
    inputs: tuple[Input, ...]
    rows: Input
    reasons: tuple[Reason, ...]
    pack: tuple[tuple[str, str], ...]
    plugins: tuple[tuple[str, str], ...]
    definitions: tuple[Definition, ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a report shows of an analysis: aggregates only, never a person."""

    board: str
    title: str
    edition: str
    as_of: str
    level_word: str
    headline: str
    summary: tuple[Fact, ...]
    heatmap: Heatmap
    bars: tuple[Bars, ...]
    training: Training
    flags: tuple[Flags, ...]
    questions: Questions
    open_questions: tuple[OpenQuestion, ...]
    decisions: tuple[Decision, ...]
    silences: tuple[Decision, ...]
    methods: Methods
