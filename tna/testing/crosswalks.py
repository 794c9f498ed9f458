"""What every crosswalk must keep to, as tests to inherit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tna import checking, crosswalks
from tna.model import Crosswalk
from tna.problems import Problems


class CrosswalkContract:
    """Inherit, set `crosswalk` to the file, and `places` to the shelves that hold the boards it is about.

    class TestOurCrosswalk(CrosswalkContract):
        crosswalk = SHELF / "crosswalks" / "made-up-county-knowsley.yaml"
        places = (SHELF,)
    """

    crosswalk: ClassVar[Path]
    places: ClassVar[Sequence[Path]] = ()

    def read(self) -> Crosswalk:
        """The crosswalk; an assertion that fails with every problem of its words when it has any."""
        problems = Problems()
        found = crosswalks.load(self.crosswalk, problems)
        assert found is not None, "\n".join(map(str, problems))
        return found

    def test_the_check_finds_nothing_to_put_right(self) -> None:
        """Both boards are known in the editions that were read, and have what is matched."""
        found = [one for one in checking.check(self.crosswalk, self.places) if one.severity != "note"]
        assert not found, "\n".join(map(str, found))

    def test_every_match_says_why_and_where_it_comes_from(self) -> None:
        """A reason in words, and a document of the crosswalk with a place in it."""
        walk = self.read()
        named = {one.id for one in walk.documents}
        for match in walk.matches:
            assert match.because.strip(), str(match)
            assert match.origin.source.document in named and match.origin.source.at, str(match)

    def test_every_reading_can_be_switched(self) -> None:
        """What is interpreted or assumed names a policy that the crosswalk declares."""
        walk = self.read()
        declared = {policy.id for policy in walk.policies}
        for match in walk.matches:
            assert match.origin.basis == "stated" or match.origin.policy, str(match)
            assert not match.origin.policy or match.origin.policy in declared | {"crosswalk.close"}, str(
                match
            )

    def test_each_match_goes_from_one_board_to_the_other(self) -> None:
        """Nothing is matched within a board, and nothing is read backwards."""
        boards = set(self.read().boards)
        for match in self.read().matches:
            assert {match.here.board, match.there.board} == boards, str(match)
