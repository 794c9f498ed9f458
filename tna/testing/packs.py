"""What every pack must keep to, as tests to inherit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tna import boards, checking
from tna.model import Board, Statement


class PackContract:
    """Inherit, set `pack` to a board's id or to the folder of its pack, and `places` to the shelves it needs."""

    pack: ClassVar[str | Path]
    places: ClassVar[Sequence[Path]] = ()

    def board(self) -> Board:
        """The board, whole."""
        return boards.load(self.pack, places=self.places)

    def test_the_check_finds_nothing_to_put_right(self) -> None:
        """`tna check` has nothing but notes to say."""
        found = [str(one) for one in checking.check(Path(self.pack), self.places) if one.severity != "note"]
        assert not found

    def test_every_statement_says_where_it_comes_from(self) -> None:
        """Levels, competencies, cohorts, courses and plan lines all name a document and a place in it."""
        pack = self.board().pack
        named = {one.id for one in pack.framework.documents}
        every: tuple[Statement, ...] = (
            *pack.framework.levels,
            *pack.framework.competencies,
            *pack.framework.cohorts,
            *pack.courses,
            *pack.plan,
        )
        assert all(one.origin.source.document in named and one.origin.source.at for one in every)

    def test_every_switch_can_be_turned_off_and_on(self) -> None:
        """The pack still loads whichever policy a planner switches."""
        for policy in self.board().policies.values():
            if policy.kind == "switch":
                for value in ("on", "off"):
                    assert (
                        boards.load(self.pack, {policy.id: value}, places=self.places)
                        .policies[policy.id]
                        .value
                        == value
                    )
