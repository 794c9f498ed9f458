"""CASE packages come in as real systems write them, and go out by the standard, identifiers and all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.exchange import made
from tna import boards, shelves
from tna.checking import check
from tna.exchange.case_fields import link
from tna.model import Pack

SAMPLE = made.SAMPLES / "case.json"
SCHEMA = json.loads((made.SAMPLES / "case.schema.json").read_text("utf-8"))
BOARDS = ["knowsley", "rotherham", "north-yorkshire"]


def of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_a_package_comes_in_whatever_liberties_its_writer_took(tmp_path: Path) -> None:
    done, problems = made.brought("case", SAMPLE, tmp_path / "county")
    framework = made.load(tmp_path / "county").framework
    assert list(problems) == []
    assert done.ledger.counts() == {"accepted": 11, "changed": 3, "refused": 0}
    assert (framework.board, framework.edition) == ("Made-up Partnership for Children", "2023")
    assert [(one.id, one.label, one.number, one.descriptor) for one in framework.levels] == [
        ("l1", "Level 1", "L1", "Everybody who may meet a child at work"),
        ("l2", "Level 2", "L2", ""),
    ]
    assert [(one.id, one.label, one.note) for one in framework.competencies] == [
        ("l1.1", "Knows whom to tell", "Of any worry, however small"),
        ("l2.1", "Writes a referral", ""),
        ("recognises-neglect", "Recognises neglect", ""),
    ]
    assert made.ties(made.load(tmp_path / "county")) == {
        ("requires", "l1", "l1.1"),
        ("requires", "l2", "l2.1"),
        ("needs", "l2.1", "l1.1"),
    }
    assert {one.severity for one in check(tmp_path / "county")} <= {"note"}


def test_an_association_of_two_refused_items_is_refused_with_them(tmp_path: Path) -> None:
    data = of(SAMPLE)
    data = data.get("CFPackage", data)
    data["CFItems"] += [{"identifier": name} for name in ("no-words", "none-either")]
    ends = {"originNodeURI": {"identifier": "no-words"}, "destinationNodeURI": {"identifier": "none-either"}}
    at = len(data["CFAssociations"])
    kinds = ("isChildOf", "isRelatedTo", "precedes")
    data["CFAssociations"] += [{"identifier": f"t-{kind}", "associationType": kind, **ends} for kind in kinds]
    (tmp_path / "in.json").write_text(json.dumps(data), "utf-8")
    done, problems = made.brought("case", tmp_path / "in.json", tmp_path / "county")
    lines = {line.row: (line.outcome, line.reason) for line in done.ledger.lines.values()}
    told = "its identifier is no UUID; files by the standard get another"
    why = ("refused", f"{told}; 'no-words', which it names, was refused")
    assert [lines[f"CFAssociations[{at + index}]"] for index in range(3)] == [why] * 3
    assert [one.code for one in problems].count("exchange.end-refused") == 3


def test_an_association_that_only_places_a_refused_item_is_refused_with_it(tmp_path: Path) -> None:
    data = of(SAMPLE)
    data["CFItems"] += [{"identifier": name, "fullStatement": name} for name in ("round", "about")]
    at = len(data["CFAssociations"])
    data["CFAssociations"] += [
        {"associationType": "isChildOf", "originNodeURI": one, "destinationNodeURI": other}
        for one, other in (("round", "about"), ("about", "round"))
    ]
    (tmp_path / "in.json").write_text(json.dumps(data), "utf-8")
    done, _ = made.brought("case", tmp_path / "in.json", tmp_path / "county")
    lines = {line.row: (line.outcome, line.reason) for line in done.ledger.lines.values()}
    assert lines[f"CFAssociations[{at}]"] == ("refused", "'round', which it places, was refused")
    assert lines[f"CFAssociations[{at + 1}]"] == ("refused", "'about', which it places, was refused")
    assert done.ledger.counts() == {"accepted": 11, "changed": 3, "refused": 4}


@pytest.mark.parametrize("bare", [True, False])
def test_both_wrappings_are_read(tmp_path: Path, bare: bool) -> None:
    data = of(SAMPLE)
    (tmp_path / "in.json").write_text(json.dumps(data if bare else {"CFPackage": data}), "utf-8")
    done, _ = made.brought("case", tmp_path / "in.json", tmp_path / "county")
    assert len(done.package.items) == 5


def test_what_a_pack_has_no_place_for_goes_out_again_by_the_standard(tmp_path: Path) -> None:
    made.brought("case", SAMPLE, tmp_path / "county")
    made.sent(tmp_path / "county", "case", tmp_path / "out.json")
    came, went = of(SAMPLE), of(tmp_path / "out.json")["CFPackage"]
    assert went["CFDocument"]["identifier"] == came["CFDocument"]["sourcedId"].lower()
    assert went["CFDocument"]["extensions"]["other"] == {"colour": "blue"}
    assert went["CFDefinitions"]["CFItemTypes"] == came["CFDefinitions"]["CFItemTypes"]
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors({"CFPackage": went})] == []
    items = {one["identifier"]: one for one in went["CFItems"]}
    for one in came["CFItems"]:
        found = items[one.get("identifier") or one["sourcedId"]]
        for key in ("uri", "fullStatement", "abbreviatedStatement", "conceptKeywords"):
            assert found.get(key) == one.get(key)
        assert found["humanCodingScheme"] == one.get("humanCodingScheme", "recognises-neglect")
        type_uri = one.get("CFItemTypeURI")
        assert found.get("CFItemTypeURI") == (link(type_uri) if type_uri else None)
    assert items["6f9c0a54-58a9-4f5f-8f5c-3a6e5c0b1d10"]["educationLevel"] == ["01"]
    kinds = {(one["associationType"], one["identifier"]) for one in went["CFAssociations"]}
    assert ("exactMatchOf", "a0000000-0000-4000-8000-000000000006") in kinds
    assert ("precedes", "a0000000-0000-4000-8000-000000000005") in kinds


def same(before: Pack, after: Pack) -> None:
    def bare(pack: Pack, kind: str) -> list[Any]:
        every = pack.courses if kind == "courses" else getattr(pack.framework, kind)
        return [plain(one) for one in every]

    for kind in (
        "levels",
        "competencies",
        "cohorts",
        "courses",
        "policies",
        "questions",
        "terms",
        "same",
        "documents",
    ):
        assert bare(after, kind) == bare(before, kind), kind
    assert made.ties(after) == made.ties(before)


def plain(one: Any) -> Any:
    """A statement without the line it is written in; grants on one footing are one, in whatever pieces written."""
    from dataclasses import fields, is_dataclass

    from tna.problems import Place

    if isinstance(one, Place):
        return None
    if is_dataclass(one):
        return {field.name: plain(getattr(one, field.name)) for field in fields(one)}
    if isinstance(one, tuple):
        return [plain(part) for part in one]
    return one


@pytest.mark.parametrize("board", BOARDS)
def test_our_own_packs_come_back_whole_and_keep_to_the_schema(tmp_path: Path, board: str) -> None:
    folder = shelves.packs()[board]
    left = made.sent(folder, "case", tmp_path / "out.json")
    assert [one.partition(" (")[0] for one in left] == ["the rules", "lines of the plan"]
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(of(tmp_path / "out.json"))] == []
    made.brought("case", tmp_path / "out.json", tmp_path / board)
    same(made.load(folder), made.load(tmp_path / board))
    boards.load(tmp_path / board)


def test_the_same_pack_gives_the_same_bytes_and_the_date_of_its_edition(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        made.sent(shelves.packs()["knowsley"], "case", tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    document = of(tmp_path / "a.json")["CFPackage"]["CFDocument"]
    assert (document["lastChangeDateTime"], document["caseVersion"]) == ("2015-11-01T00:00:00+00:00", "1.1")


def test_who_is_built_on_precedes(tmp_path: Path) -> None:
    files = {
        "framework": {
            "id": "pack", "board": "B", "title": "T", "edition": "1", "level_word": "level",
            "documents": [{"id": "made", "title": "M"}], "levels": [],
            "competencies": [
                {"id": "a", "label": "A", "source": dict(made.SOURCE), "basis": "stated"},
                {"id": "b", "label": "B", "needs": ["a"], "source": dict(made.SOURCE), "basis": "stated"},
            ],
        }
    }  # fmt: skip
    made.sent(made.write(tmp_path / "pack", files), "case", tmp_path / "out.json")
    package = of(tmp_path / "out.json")["CFPackage"]
    [tie] = [one for one in package["CFAssociations"] if one["associationType"] == "precedes"]
    assert (tie["originNodeURI"]["title"], tie["destinationNodeURI"]["title"]) == ("A", "B")


def test_a_package_edited_elsewhere_updates_the_pack_it_came_from(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(shelves.packs()["rotherham"], tmp_path / "rotherham")
    made.sent(tmp_path / "rotherham", "case", tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text("utf-8")
    label = made.load(tmp_path / "rotherham").framework.competencies[0].label
    (tmp_path / "out.json").write_text(text.replace(label, f"{label} early"), "utf-8")
    done, _ = made.brought("case", tmp_path / "out.json", tmp_path / "rotherham", prefer="file", apply=True)
    assert [(one.what, one.item.id, one.part) for one in done.changes] == [("change", "c1", "label")]
    assert made.load(tmp_path / "rotherham").framework.competencies[0].label == f"{label} early"


@settings(max_examples=25, deadline=None)
@given(made.packs())
def test_every_pack_comes_back_as_it_went(files: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = made.write(Path(scratch) / "pack", files)
        assert made.sent(folder, "case", Path(scratch) / "out.json") == ()
        found = of(Path(scratch) / "out.json")
        assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(found)] == []
        made.brought("case", Path(scratch) / "out.json", Path(scratch) / "again")
        same(made.load(folder), made.load(Path(scratch) / "again"))


@pytest.mark.parametrize("name", ["CFItems", "CFAssociations"])
def test_an_entry_that_is_nothing_is_a_refused_row(tmp_path: Path, name: str) -> None:
    item = {"identifier": "00000000-0000-4000-8000-000000000001", "fullStatement": "Know the signs"}
    data = {"CFDocument": {"title": "A frame"}, "CFItems": [item]}
    data[name] = [*data.get(name, []), None]
    (tmp_path / "frame.json").write_text(json.dumps(data), "utf-8")
    done, problems = made.brought("case", tmp_path / "frame.json", tmp_path / "county")
    assert [row.row for row in done.ledger.lines.values() if row.outcome == "refused"] == [
        f"{name}[{len(data[name]) - 1}]"
    ]
    assert "exchange.no-key" in {one.code for one in problems}
