"""A file brought in again says first what would change, changes only that, and never what a person wrote."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings

from tests.exchange import made
from tna import shelves
from tna.cli import main

SAMPLE = made.SAMPLES / "moodle.csv"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    made.brought("moodle", SAMPLE, tmp_path / "county")
    return tmp_path / "county"


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = SAMPLE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "later.csv"
    path.write_text(text, "utf-8")
    return path


def by_hand(county: Path, old: str, new: str) -> None:
    path = county / "framework.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def again(file: Path, county: Path, apply: bool = False, prefer: str = "pack") -> list[str]:
    done, _ = made.brought("moodle", file, county, apply=apply, prefer=prefer)
    return [" ".join(str(one).split()) for one in done.changes]


def test_the_same_file_again_changes_nothing(county: Path) -> None:
    before = (county / "framework.yaml").read_bytes()
    assert again(SAMPLE, county, apply=True) == []
    assert (county / "framework.yaml").read_bytes() == before


def test_without_apply_nothing_is_written(tmp_path: Path, county: Path) -> None:
    before = {path.name: path.read_bytes() for path in county.iterdir() if path.is_file()}
    later = edited(tmp_path, ("Share information", "Share information early"))
    assert again(later, county) == [
        "change competency k2-part-a: label 'Share information' -> 'Share information early'"
    ]
    assert {path.name: path.read_bytes() for path in county.iterdir() if path.is_file()} == before


def test_what_is_new_and_what_changed_is_written_beside_every_comment(tmp_path: Path, county: Path) -> None:
    by_hand(
        county,
        "competencies:\n  - id: k1",
        "# the executive agreed these in May\ncompetencies:\n  - id: k1 # first",
    )
    later = edited(
        tmp_path,
        ("Share information", "Share information early"),
        (",K1,13,,", ',"K1,K4",13,,'),
        ("requires: K1 ", "requires: K1 K4 "),
        ("L2,K3,", "L1,K4,Speak up,,1,,,,0,null,,17,,\nL2,K3,"),
    )
    assert again(later, county, apply=True) == [
        "change competency k2-part-a: label 'Share information' -> 'Share information early'",
        "add competency k4: 'Speak up'",
        "add level l1 requires k4",
        "add level l2 requires k4",
    ]
    text = (county / "framework.yaml").read_text("utf-8")
    assert "# the executive agreed these in May" in text and "- id: k1 # first" in text
    assert ("requires", "l2", "k4") in made.ties(made.load(county))
    assert [one.id for one in made.load(county).framework.competencies] == [
        "k1",
        "k2-part-a",
        "k4",
        "k3",
        "k3.1",
    ]
    assert again(later, county) == []


def test_a_level_that_comes_between_two_others_is_put_between_them(tmp_path: Path, county: Path) -> None:
    later = edited(tmp_path, (",L2,Level 2,", ",L1A,Level 1a,,1,,,,0,null,,20,,\n,L2,Level 2,"))
    again(later, county, apply=True)
    assert [one.id for one in made.load(county).framework.levels] == ["l1", "l1a", "l2"]


def test_what_a_person_wrote_stays_while_the_file_says_what_it_said(county: Path) -> None:
    by_hand(county, "label: Write a referral", "label: Write a good referral")
    assert again(SAMPLE, county, apply=True) == [
        "leave alone competency k3: label 'Write a good referral' was written by hand since; the file still has 'Write a referral'"
    ]
    assert "label: Write a good referral" in (county / "framework.yaml").read_text("utf-8")


def test_where_both_were_changed_the_pack_stands_unless_the_file_is_preferred(
    tmp_path: Path, county: Path
) -> None:
    by_hand(county, "label: Write a referral", "label: Write a good referral")
    later = edited(tmp_path, ("Write a referral", "Write a full referral"))
    [said] = again(later, county)
    assert said.startswith(
        "leave alone competency k3: label 'Write a good referral' in the pack, 'Write a full referral' in the file"
    )
    assert again(later, county, prefer="file", apply=True) == [
        "change competency k3: label 'Write a good referral' -> 'Write a full referral'"
    ]
    assert "label: Write a full referral" in (county / "framework.yaml").read_text("utf-8")


def test_what_is_gone_from_the_file_is_told_and_left(tmp_path: Path, county: Path) -> None:
    later = edited(tmp_path, ('K3,K3.1,Say what worries you,,1,,,,0,null,"K2%2C part A",16,,\n', ""))
    assert again(later, county, apply=True) == [
        "leave alone competency k3.1: 'Say what worries you' is not in the file; take it out by hand if it is to go",
        "leave alone level l2 requires k3.1: not in the file, as one of the two is not; take it out by hand with it",
    ]
    assert "k3.1" in {one.id for one in made.load(county).framework.competencies}


K1 = "L1,K1,"


def without_k1(tmp_path: Path) -> Path:
    text = SAMPLE.read_text("utf-8").replace(",K1,13,,", ",,13,,")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith(K1)]
    assert len(kept) == len(text.splitlines()) - 1
    path = tmp_path / "without.csv"
    path.write_text("".join(kept), "utf-8")
    return path


def test_a_file_without_a_change_stays_byte_for_byte(tmp_path: Path, county: Path) -> None:
    odd = "courses:\n-   {id: a-talk,  title: A talk, kind: workshop, audience: workforce, mode: online,\n      source: {document: moodle, at: x}, basis: stated,   open_to: [{levels: [l1]}]}   # a word\n"
    (county / "catalogue.yaml").write_text(odd, "utf-8")
    framework = (county / "framework.yaml").read_bytes()
    made.load(county)
    assert again(SAMPLE, county, apply=True) == []
    later = edited(tmp_path, ("Share information", "Share information early"))
    assert (county / "framework.yaml").read_bytes() == framework
    done, _ = made.brought("moodle", later, county, apply=True)
    assert set(done.written) == {"framework.yaml", "exchange.yaml", "ledger-moodle.csv"}
    assert (county / "catalogue.yaml").read_text("utf-8") == odd


def test_in_a_file_that_changes_every_other_line_stays_as_it_was(tmp_path: Path, county: Path) -> None:
    old = "      - competencies: [k1]\n        basis: interpreted\n        policy: crossed-is-required\n"
    path = county / "framework.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    new = "      - {competencies: [k1], basis: interpreted, policy: crossed-is-required}   # as agreed\n"
    note = "    includes: [{levels: [l1]}]   # for now\n"
    path.write_text(text.replace(old, new).replace("  - id: l2\n", f"  - id: l2\n{note}"), "utf-8")
    before = path.read_text("utf-8").splitlines()
    again(edited(tmp_path, ("Share information", "Share information early")), county, apply=True)
    after = path.read_text("utf-8").splitlines()
    assert [(was, now) for was, now in zip(before, after, strict=True) if was != now] == [
        ("    label: Share information", "    label: Share information early")
    ]


def test_what_goes_and_comes_back_is_what_it_was(tmp_path: Path, county: Path) -> None:
    assert again(without_k1(tmp_path), county, apply=True) == [
        "leave alone competency k1: 'Recognise the signs of neglect' is not in the file; take it out by hand if it is to go",
        "leave alone level l2 requires k1: not in the file, as one of the two is not; take it out by hand with it",
        "leave alone level l1 requires k1: not in the file, as one of the two is not; take it out by hand with it",
    ]
    assert again(without_k1(tmp_path), county, apply=True) != []
    assert again(SAMPLE, county, apply=True) == []
    assert [one.id for one in made.load(county).framework.competencies] == ["k1", "k2-part-a", "k3", "k3.1"]


def test_what_went_was_changed_by_hand_and_comes_back_is_left_as_the_hand_has_it(
    tmp_path: Path, county: Path
) -> None:
    again(without_k1(tmp_path), county, apply=True)
    by_hand(county, "label: Recognise the signs of neglect", "label: Recognise harm")
    assert again(SAMPLE, county) == [
        "leave alone competency k1: label 'Recognise harm' was written by hand since; the file still has 'Recognise the signs of neglect'"
    ]


def test_nothing_is_tied_to_what_is_neither_in_the_file_nor_in_the_pack(tmp_path: Path, county: Path) -> None:
    again(without_k1(tmp_path), county, apply=True)
    path = county / "framework.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["competencies"] = [one for one in data["competencies"] if one["id"] != "k1"]
    for level in data["levels"]:
        level["requires"] = [one for one in level.get("requires", ()) if one["competencies"] != ["k1"]]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    lines = SAMPLE.read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "named.csv").write_text("".join(one for one in lines if not one.startswith(K1)), "utf-8")
    done, problems = made.brought("moodle", tmp_path / "named.csv", county, apply=True)
    assert (done.changes, [one.code for one in problems]) == ((), ["exchange.unknown-end"])
    assert again(SAMPLE, county, apply=True)[0] == "add competency k1: 'Recognise the signs of neglect'"


def test_the_word_of_the_file_can_be_taken_after_the_packs_has_stood(tmp_path: Path, county: Path) -> None:
    by_hand(county, "label: Write a referral", "label: Write a good referral")
    later = edited(tmp_path, ("Write a referral", "Write a full referral"))
    [said] = again(later, county, apply=True)
    assert again(later, county, apply=True) == [said]
    assert again(later, county, prefer="file", apply=True) == [
        "change competency k3: label 'Write a good referral' -> 'Write a full referral'"
    ]
    assert again(later, county) == []


def test_what_a_person_took_out_does_not_come_back(county: Path) -> None:
    text = (county / "framework.yaml").read_text("utf-8")
    block = "      - competencies: [k1]\n        basis: interpreted\n        policy: crossed-is-required\n"
    (county / "framework.yaml").write_text(text.replace(block, ""), "utf-8")
    assert again(SAMPLE, county, apply=True) == [
        "leave alone level l2 requires k1: taken out by hand since the last import"
    ]
    assert ("requires", "l2", "k1") not in made.ties(made.load(county))


def test_a_requirement_that_left_the_file_leaves_the_pack(tmp_path: Path, county: Path) -> None:
    assert again(edited(tmp_path, (",K1,13,,", ",,13,,")), county, apply=True) == [
        "take out level l2 requires k1"
    ]
    assert ("requires", "l2", "k1") not in made.ties(made.load(county))


def test_a_pack_that_says_more_than_the_format_keeps_it(tmp_path: Path) -> None:
    shutil.copytree(shelves.packs()["rotherham"], tmp_path / "rotherham")
    before = (tmp_path / "rotherham" / "framework.yaml").read_text("utf-8")
    made.sent(tmp_path / "rotherham", "moodle", tmp_path / "out.csv")
    assert again(tmp_path / "out.csv", tmp_path / "rotherham", apply=True) == []
    assert made.ties(made.load(tmp_path / "rotherham")) == made.ties(made.load(shelves.packs()["rotherham"]))
    comments = [line for line in before.splitlines() if line.strip().startswith("#")]
    after = (tmp_path / "rotherham" / "framework.yaml").read_text("utf-8").splitlines()
    assert [line for line in comments if line not in after] == []


def test_the_ledger_sums_to_the_rows_and_names_what_was_left_out(tmp_path: Path) -> None:
    bad = edited(
        tmp_path,
        (
            ",L2,Level 2,",
            ",L1,Level 1 again,,1,,,,0,null,,20,,\nnobody,K8,Lost,,1,,,,0,null,,,,\nK8,K9,Lost too,,1,,,,0,null,,,,\n,L2,Level 2,",
        ),
        ("K3,K3.1,", "K3.1,K3.1,"),
    )
    answer = CliRunner().invoke(main, ["import", "moodle", str(bad), "-o", str(tmp_path / "county")])
    assert answer.exit_code == 1
    assert "Rows: 10; 4 accepted, 2 changed, 4 refused." in answer.stdout
    ledger = (tmp_path / "county" / "ledger-moodle.csv").read_text("utf-8").splitlines()[1:]
    assert len(ledger) == 10
    assert [line.split(",")[2:5] for line in ledger if ",refused," in line] == [
        ["row 4", "refused", "its id is that of row 3"],
        ["row 5", "refused", "its parent is not in the file"],
        ["row 6", "refused", "\"'K8'"],
        ["row 10", "refused", "it stands under itself"],
    ]


def test_a_new_edition_of_the_file_is_a_new_edition_of_the_pack(tmp_path: Path) -> None:
    made.brought("compeito", made.SAMPLES / "compeito.csv", tmp_path / "county")
    text = (made.SAMPLES / "compeito.csv").read_text("utf-8").replace("#version,2", "#version,3")
    (tmp_path / "later.csv").write_text(text, "utf-8")
    done, _ = made.brought("compeito", tmp_path / "later.csv", tmp_path / "county", apply=True)
    assert [str(one) for one in done.changes] == ["change        framework: edition '2' -> '3'"]
    assert made.load(tmp_path / "county").framework.edition == "3"


@pytest.mark.parametrize("kind", ["moodle", "case", "compeito"])
@settings(max_examples=12, deadline=None)
@given(old=made.packs(), new=made.packs())
def test_what_is_applied_once_is_applied_for_good(
    kind: str, old: dict[str, Any], new: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("again")
    folder, other = made.write(scratch / "pack", old), made.write(scratch / "other", new)
    comment = "# a word of the executive\n"
    text = (folder / "framework.yaml").read_text("utf-8")
    (folder / "framework.yaml").write_text(comment + text, "utf-8")
    made.sent(other, kind, scratch / "file")
    made.brought(kind, scratch / "file", folder, prefer="file", apply=True)
    left = {one.id for one in made.load(folder).framework.competencies}
    assert {
        one["id"] for one in (*old["framework"]["competencies"], *new["framework"]["competencies"])
    } == left
    done, _ = made.brought(kind, scratch / "file", folder, apply=True)
    assert [str(one) for one in done.changes if one.what not in ("gone", "terms")] == []
    assert (folder / "framework.yaml").read_text("utf-8").startswith(comment)


def test_levels_in_another_order_are_told_and_left_to_a_person(tmp_path: Path) -> None:
    made.brought("levels", made.SAMPLES / "levels.csv", tmp_path / "county")
    lines = (made.SAMPLES / "levels.csv").read_text("utf-8").splitlines()
    (tmp_path / "later.csv").write_text("\n".join([*lines[:2], lines[6], *lines[2:6]]), "utf-8")
    done, _ = made.brought("levels", tmp_path / "later.csv", tmp_path / "county", apply=True)
    assert [str(one) for one in done.changes] == [
        "leave alone   framework: the file has the levels in the order level-3, level-1, level-2; put them so by hand if that is meant"
    ]
    assert [one.id for one in made.load(tmp_path / "county").framework.levels] == [
        "level-1",
        "level-2",
        "level-3",
    ]


def test_other_terms_of_a_requirement_are_told_and_left_to_a_person(tmp_path: Path) -> None:
    files = {
        "framework": {
            "id": "pack", "board": "B", "title": "T", "edition": "1", "level_word": "level", "documents": [{"id": "made", "title": "M"}],
            "levels": [{"id": "level-1", "label": "Level 1", "number": "1", "source": dict(made.SOURCE), "basis": "stated",
                        "requires": [{"competencies": ["a"], "months": 36}]}],
            "competencies": [{"id": "a", "label": "A", "source": dict(made.SOURCE), "basis": "stated"}],
        }
    }  # fmt: skip
    folder = made.write(tmp_path / "pack", files)
    made.sent(folder, "case", tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text("utf-8")
    assert text.count('"months": 36') == 1
    (tmp_path / "out.json").write_text(text.replace('"months": 36', '"months": 24'), "utf-8")
    done, _ = made.brought("case", tmp_path / "out.json", folder, apply=True)
    assert [one.what for one in done.changes] == ["terms"]
    assert made.load(folder).framework.levels[0].requires[0].months == 36
