"""What a place in another system's tree means, and what becomes of what a file says twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange import made

NAMES = {"document": "00000000-0000-4000-8000-000000000000"}


def uuid(name: str) -> str:
    """A UUID for a short name, the same each time."""
    return NAMES.setdefault(name, f"00000000-0000-4000-8000-{len(NAMES):012d}")


def package(path: Path, items: dict[str, str], ties: list[tuple[Any, ...]], **more: Any) -> Path:
    """A CASE package of items and their types, and of associations."""

    def node(name: str) -> dict[str, str]:
        return {"title": name, "identifier": uuid(name), "uri": f"urn:uuid:{uuid(name)}"}

    def tie(number: int, origin: str, kind: str, end: str, said: dict[str, Any]) -> dict[str, Any]:
        name = uuid(f"tie-{number}")
        ends = {"originNodeURI": node(origin), "destinationNodeURI": node(end)}
        return {"identifier": name, "uri": f"urn:uuid:{name}", "associationType": kind, **ends, **said}

    data = {
        "CFDocument": {"identifier": uuid("document"), "title": "Made up", "creator": "A board", **more},
        "CFItems": [
            {"identifier": uuid(name), "fullStatement": f"Statement {name}", "humanCodingScheme": name, "CFItemType": word}
            for name, word in items.items()
        ],
        "CFAssociations": [tie(number, *one[:3], dict(*one[3:])) for number, one in enumerate(ties)],
    }  # fmt: skip
    path.write_text(json.dumps(data), "utf-8")
    return path


def outcomes(done: Any) -> dict[str, tuple[str, str]]:
    return {line.row: (line.outcome, line.reason) for line in done.ledger.lines.values()}


TABLE = (
    "#title,T\n#creator,B\nIdentifier,fullStatement,parentIdentifier,CFItemType{column}\n"
    "i1,Level one,,Level{one}\ni2,Level two,,Level{two}\na,Comp A,i1,Competency{none}\nb,Comp B,i2,Competency{none}\n"
)


@pytest.mark.parametrize(
    ("column", "one", "two", "more"),
    [
        ("", "", "", set()),
        (",ext:tna.includes", ",", ",i1", {("includes", "i2", "i1")}),
        (",ext:tna.requires", ",", ",a", {("requires", "i2", "a")}),
        (",ext:tna.gives", ",", ",", set()),
    ],
)
def test_a_column_of_ties_takes_nothing_from_the_tree(
    tmp_path: Path, column: str, one: str, two: str, more: set[Any]
) -> None:
    text = TABLE.format(column=column, one=one, two=two, none="," if column else "")
    (tmp_path / "in.csv").write_text(text, "utf-8")
    made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    assert made.ties(made.load(tmp_path / "county")) == {
        ("requires", "i1", "a"),
        ("requires", "i2", "b"),
        *more,
    }


def test_what_stands_under_two_levels_is_required_at_both_and_so_is_what_stands_under_it(
    tmp_path: Path,
) -> None:
    kinds = {"L1": "Level", "L2": "Level", "c1": "Competency", "c2": "Competency", "g": "Group"}
    ties = [("L1", "isChildOf", "document"), ("L2", "isChildOf", "document"), ("c1", "isChildOf", "L1"), ("c1", "isChildOf", "L2"), ("c2", "isChildOf", "c1")]  # fmt: skip
    made.brought("case", package(tmp_path / "in.json", kinds, ties), tmp_path / "county")
    wanted = {("requires", level, one) for level in ("l1", "l2") for one in ("c1", "c2")}
    assert made.ties(made.load(tmp_path / "county")) == wanted
    for kind, file in (("case", "out.json"), ("opensalt", "out.xlsx"), ("compeito", "out.csv")):
        made.sent(tmp_path / "county", kind, tmp_path / file)
        made.brought(kind, tmp_path / file, tmp_path / f"again-{kind}")
        assert made.ties(made.load(tmp_path / f"again-{kind}")) == wanted, kind


def test_a_further_place_whose_requirement_was_taken_out_by_hand_does_not_bring_it_back(
    tmp_path: Path,
) -> None:
    rows = "i1,One,,Level,\ni2,Two,,Level,\na,A,i1,Competency,i2\n"
    text = f"#title,T\nIdentifier,fullStatement,parentIdentifier,CFItemType,isChildOf\n{rows}"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    path = tmp_path / "county" / "framework.yaml"
    first, _, rest = path.read_text("utf-8").partition("- id: i2")
    level, _, after = rest.partition("competencies:\n  -")
    level = level.partition("    requires:")[0] + '    source: { document: compeito, at: "row 4" }\n    basis: stated\n'  # fmt: skip
    path.write_text(f"{first}- id: i2{level}competencies:\n  -{after}", "utf-8")
    assert made.ties(made.load(tmp_path / "county")) == {("requires", "i1", "a")}
    left = made.sent(tmp_path / "county", "compeito", tmp_path / "out.csv")
    assert "'isChildOf' (1: a isChildOf i2)" in left
    made.brought("compeito", tmp_path / "out.csv", tmp_path / "again")
    assert made.ties(made.load(tmp_path / "again")) == {("requires", "i1", "a")}


def test_two_associations_between_the_same_two_items_are_both_kept_or_told(tmp_path: Path) -> None:
    kinds = {"c1": "Competency", "c2": "Competency"}
    ties = [("c1", "isRelatedTo", "c2")] * 2 + [("c1", "precedes", "c2")] * 2
    done, _ = made.brought("case", package(tmp_path / "in.json", kinds, ties), tmp_path / "county")
    said = outcomes(done)
    assert said["CFAssociations[1]"] == ("accepted", "")
    why = "CFAssociations[2] says the same already; the two are one"
    assert said["CFAssociations[3]"] == ("changed", why)
    made.sent(tmp_path / "county", "case", tmp_path / "out.json")
    went = json.loads((tmp_path / "out.json").read_text("utf-8"))["CFPackage"]["CFAssociations"]
    came = {uuid(f"tie-{number}") for number in range(3)}
    assert {one["identifier"] for one in went if one["associationType"] != "isChildOf"} == came


def test_an_end_named_twice_in_a_cell_is_told(tmp_path: Path) -> None:
    rows = "a,A,,\nb,B,,a|a\n"
    text = f"#title,T\nIdentifier,fullStatement,CFItemType,isRelatedTo\n{rows}"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    done, _ = made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    assert outcomes(done)["row 4"] == ("changed", "it says the same already; the two are one")


def test_a_line_about_the_framework_said_twice_is_refused_and_the_first_stands(tmp_path: Path) -> None:
    text = "#title,\n#title,First\n#title,Second\nIdentifier,fullStatement\na,A\n"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    done, problems = made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    assert made.load(tmp_path / "county").framework.title == "First"
    assert [one.code for one in problems] == ["exchange.said-twice"]
    assert outcomes(done)["row 3"] == ("refused", "'#title' is said in row 2 already")
    made.sent(tmp_path / "county", "compeito", tmp_path / "out.csv")
    rows = csv.reader((tmp_path / "out.csv").read_text("utf-8").splitlines())
    assert [row for row in rows if row[0] == "#title"] == [["#title", "First"]]
