"""A crosswalk is checked by itself, with its folder, and with each pack that it stands beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.small import SAID, course, level, rule, write_pack
from tna.checking import check

PLACE = rule("place.x", {"contact": "regular"}, {"place": "level-1"})


def shelf(folder: Path, *walks: tuple[str, str, str, str]) -> Path:
    """Packs aa, bb and cc, each with a competency k, and crosswalks: from, its competency, to, its competency."""
    for board in ("aa", "bb", "cc"):
        write_pack(folder / board, [level(1, ["k"])], ["k"], [course("c", ["k"])], [PLACE], id=board)
    (folder / "crosswalks").mkdir()
    for here, first, there, second in walks:
        said = {
            "id": f"{here}-{there}",
            "title": "One to the other",
            "boards": [{"board": here, "edition": "1"}, {"board": there, "edition": "1"}],
            "documents": [{"id": "leaflet", "title": "A leaflet"}],
            "matches": [
                {
                    "from": {"board": here, "competency": first},
                    "relation": "exact",
                    "to": {"board": there, "competency": second},
                    "because": "So.",
                    **SAID,
                }
            ],
        }
        (folder / "crosswalks" / f"{here}-{there}.yaml").write_text(json.dumps(said), "utf-8")
    return folder


def told(path: Path) -> list[tuple[str, str]]:
    return [(one.place.file, one.code) for one in check(path)]


WRONG = [("crosswalks/aa-bb.yaml", "framework.unknown-competency")]


@pytest.mark.parametrize("sides", [("aa", "k9", "bb", "k"), ("aa", "k", "bb", "k9")])
def test_a_pack_is_told_what_is_wrong_in_a_crosswalk_beside_it(
    sides: tuple[str, str, str, str], tmp_path: Path
) -> None:
    at = shelf(tmp_path, sides)
    assert told(at / "aa") == told(at / "bb") == WRONG
    assert told(at / "cc") == []


def test_a_pack_is_told_of_its_own_side_where_the_other_board_is_not_to_be_had(tmp_path: Path) -> None:
    at = shelf(tmp_path, ("aa", "k9", "elsewhere", "k8"))
    assert told(at / "aa") == [("crosswalks/aa-elsewhere.yaml", "framework.unknown-competency")]


def test_a_pack_is_told_of_a_crosswalk_beside_it_that_cannot_be_read(tmp_path: Path) -> None:
    at = shelf(tmp_path, ("aa", "k", "bb", "k"))
    (at / "crosswalks" / "aa-bb.yaml").write_text("boards: [", "utf-8")
    (at / "crosswalks" / "list.yaml").write_text("[1]", "utf-8")
    assert (
        told(at / "aa")
        == told(at / "crosswalks" / "aa-bb.yaml")
        == [("crosswalks/aa-bb.yaml", "yaml.syntax")]
    )


def test_a_crosswalk_finds_the_packs_beside_it(tmp_path: Path) -> None:
    at = shelf(tmp_path, ("aa", "k9", "bb", "k"), ("bb", "k", "cc", "k"))
    assert told(at / "crosswalks" / "aa-bb.yaml") == WRONG
    assert told(at / "crosswalks" / "bb-cc.yaml") == []


def test_of_a_folder_of_crosswalks_each_is_checked(tmp_path: Path) -> None:
    at = shelf(tmp_path, ("aa", "k9", "bb", "k"), ("bb", "k", "cc", "k9"))
    second = ("crosswalks/bb-cc.yaml", "framework.unknown-competency")
    assert told(at / "crosswalks") == [*WRONG, second]


def test_a_folder_of_neither_a_pack_nor_crosswalks_lacks_a_pack(tmp_path: Path) -> None:
    at = shelf(tmp_path)
    assert (
        [code for _, code in told(at)]
        == [code for _, code in told(at / "crosswalks")]
        == ["framework.no-file"]
    )
