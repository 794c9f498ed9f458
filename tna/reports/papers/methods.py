"""How the numbers came about: what was read, what became of each row, by whose rules, and what each rate means."""

from __future__ import annotations

from collections.abc import Iterator

from tna.reports.methods import Account, methods
from tna.reports.papers.material import Material
from tna.reports.sections import Section, table
from tna.wording import counted, listed, number

FILES = 6  # named in a paper; the team's names them all


def sections(material: Material) -> Iterator[Section]:
    """An appendix of methods, short enough to print."""
    found = methods(material.analysis)
    about = material.analysis.about
    says = (
        f"Run {found.run}: a hash of the inputs, the pack and the options. Pack edition {about['board']['edition']}. "
        f"Plugins: {', '.join(' '.join(one).strip() for one in found.plugins) or 'none'}.",
        "Per cent is the first number times 100, divided by the second, rounded down; ratings compare before rounding.",
    )
    if not material.internal:
        files = listed([one.file for one in found.inputs], FILES)
        rows = _rows(material, found.total)
        means = f"In date: {found.definitions[0].counts}, of {found.definitions[0].of}."
        yield Section("methods", "How this was computed", (means, f"Read: {files}. {rows}".strip(), *says))
        return
    yield Section("methods", "How this was computed", says, (
        table("What each number means", ("Number", "Counts", "Of"), [(one.name, one.counts, one.of) for one in found.definitions], sheet="Definitions"),
        table("Files read", ("File", "Register of", "#Rows", "SHA-256"), [
            (one.file, one.kind, number(one.rows), one.sha256) for one in found.inputs], sheet="Files read"),
        table("What became of every row", ("File", "#Accepted", "#Changed", "#Not evidence", "#Refused", "#Rows"), [
            (one.file, *(number(count) for count in (one.accepted, one.changed, one.not_evidence, one.refused, one.rows)))
            for one in (*found.accounts, found.total)], sheet="Rows read"),
    ))  # fmt: skip


def _rows(material: Material, total: Account) -> str:
    """What became of all rows together; a row may be a person, so that a few are told of nowhere."""
    used, unused = total.accepted + total.changed, total.not_evidence + total.refused
    if material.small(used) or material.small(unused):
        return ""
    return f"Of {counted(total.rows, 'row')} read {number(used)} were used and {number(unused)} were not."
