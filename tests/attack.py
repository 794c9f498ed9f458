"""What a reader with a pencil works out from numbers that are printed: sums solved with fractions, and nothing below nought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Reader:
    """Everything a reader knows: numbers by name, and sums of which all members have names."""

    printed: dict[str, Fraction] = field(default_factory=dict)
    sums: list[dict[str, int]] = field(default_factory=list)  # each comes to nought

    def reads(self, name: str, value: object) -> None:
        """A number that is printed; an empty cell is none."""
        if value not in (None, ""):
            self.printed[name] = Fraction(str(value))

    def knows(self, total: str, parts: Iterable[str], less: Iterable[str] = ()) -> None:
        """That a total is the sum of its parts, less others."""
        row: dict[str, int] = {total: -1}
        for sign, names in ((1, parts), (-1, less)):
            for name in names:
                row[name] = row.get(name, 0) + sign
        self.sums.append(row)

    def works_out(self) -> Mapping[str, Fraction]:
        """Every number that has one value only, by sums and because no part is below nought."""
        known = dict(self.printed)
        while True:
            more = {**self._parts_of_nothing(known), **self._solved(known)}
            if not more.keys() - known.keys():
                return known
            known = {**more, **known}

    def _parts_of_nothing(self, known: Mapping[str, Fraction]) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for row in self.sums:
            whole = -sum((factor * known[name] for name, factor in row.items() if name in known), Fraction(0))
            unknown = {name: factor for name, factor in row.items() if name not in known}
            if not whole and len(set(unknown.values())) == 1:
                found |= dict.fromkeys(unknown, Fraction(0))
        return found

    def _solved(self, known: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Elimination: a row is factors by name and what they come to, under ""."""
        rows: dict[str, dict[str, Fraction]] = {}
        for one in self.sums:
            row = {name: Fraction(factor) for name, factor in one.items() if name not in known}
            row[""] = -sum(
                (factor * known[name] for name, factor in one.items() if name in known), Fraction(0)
            )
            for lead, other in rows.items():
                row = _without(row, lead, other)
            leads = [name for name in row if name and row[name]]
            if leads:
                lead = leads[0]
                row = {name: factor / row[lead] for name, factor in row.items() if factor or not name}
                rows = {name: _without(other, lead, row) for name, other in rows.items()} | {lead: row}
        return {
            lead: row[""]
            for lead, row in rows.items()
            if not any(row[name] for name in row if name not in ("", lead))
        }


def _without(row: Mapping[str, Fraction], lead: str, other: Mapping[str, Fraction]) -> dict[str, Fraction]:
    factor = row.get(lead, Fraction(0))
    if not factor:
        return dict(row)
    found = {
        name: row.get(name, Fraction(0)) - factor * other.get(name, Fraction(0)) for name in {**row, **other}
    }
    return {name: number for name, number in found.items() if number or not name}
