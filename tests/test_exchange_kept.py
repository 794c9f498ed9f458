"""What came in from a file goes out as it came, is listed as left behind, or was told of when it came in."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tests.exchange import made
from tests.test_exchange_meant import outcomes, package, uuid
from tna.cli import main
from tna.exchange.harmless import harmless
from tna.exchange.texts import from_html, to_html

REDUCED = "its HTML is reduced to lines in the pack; as written it is kept in exchange.yaml"
MOODLE = (
    "P,ID,Name,Text,Format,S,C,R,O,RC,X,E,Is,T\n"
    ',fw,F,,1,,,,,,,,1,"level,competency"\n,L1,Level 1,,1\n,L2,Level 2,,1\n'
)


def moodle(folder: Path, rows: str) -> tuple[Any, list[str]]:
    (folder / "in.csv").write_text(MOODLE + rows, "utf-8")
    done, problems = made.brought("moodle", folder / "in.csv", folder / "county")
    return done, [one.code for one in problems]


def went(folder: Path) -> dict[str, list[str]]:
    """The rows that Moodle would get, by ID number."""
    made.sent(folder / "county", "moodle", folder / "out.csv")
    return {row[1]: row for row in csv.reader((folder / "out.csv").read_text("utf-8").splitlines())}


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    made_up = openpyxl.Workbook()
    del made_up["Sheet"]
    for name, rows in sheets.items():
        sheet = made_up.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made_up.save(path)
    return path


SHEETS: dict[str, list[list[Any]]] = {
    "CF Doc": [["identifier", "title", "lastChangeDate"], ["doc-1", "Made up", "2020-01-02"]],
    "CF Item": [
        ["identifier", "fullStatement", "smartLevel", "CFItemType"],
        ["u1", "Level one", "1", "Level"],
        ["u3", "Knows", "1.2", "Competency"],
        ["u4", "Does", "1.4", None],
    ],
    "CF Association": [
        ["identifier", "originNodeIdentifier", "associationType", "destinationNodeIdentifier", "associationGroupIdentifier"],
        ["a1", "u3", "Is Child Of", "u1", "g1"],
        ["a2", "u3", "Exact Match Of", "https://other/z", None],
    ],
}  # fmt: skip


def test_an_association_with_something_outside_goes_out_as_it_came(tmp_path: Path) -> None:
    node = {"title": "foreign", "identifier": "99999999-58a9-4f5f-8f5c-3a6e5c0b1d99", "uri": "https://other.org/f"}  # fmt: skip
    ties = [
        ("c1", "exactMatchOf", "c1", {"destinationNodeURI": node}),
        ("c1", "exemplar", "c1", {"destinationNodeURI": "https://other.org/picture.png"}),
    ]
    file = package(tmp_path / "in.json", {"c1": "Competency"}, ties)
    made.brought("case", file, tmp_path / "county")
    assert "as the file had it" not in " ".join(made.sent(tmp_path / "county", "case", tmp_path / "out.json"))
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))["CFPackage"]["CFAssociations"]
    ends = {one["associationType"]: one["destinationNodeURI"] for one in found}
    assert ends["exactMatchOf"] == node
    assert ends["exemplar"]["uri"] == "https://other.org/picture.png"


def test_places_types_uris_and_line_breaks_go_out_as_they_came(tmp_path: Path) -> None:
    said = {"lastChangeDateTime": "2020-01-01T00:00:00Z", "sequenceNumber": 7}
    file = package(tmp_path / "in.json", {"c1": "", "c2": ""}, [("c1", "isChildOf", "document", said)])
    data = json.loads(file.read_text("utf-8"))
    one = data["CFItems"][0]
    del one["CFItemType"]
    one |= {"fullStatement": "Two\nlines, <b>bold</b>", "uri": "https://here.org/items/c1"}
    data["CFItems"][1]["fullStatement"] = "Two\nlines"
    file.write_text(json.dumps(data), "utf-8")
    done, _ = made.brought("case", file, tmp_path / "county")
    assert outcomes(done)["CFItems[0]"] == ("changed", REDUCED)
    assert outcomes(done)["CFItems[1]"][0] == "changed"
    made.sent(tmp_path / "county", "case", tmp_path / "out.json")
    out = json.loads((tmp_path / "out.json").read_text("utf-8"))["CFPackage"]
    item, tie = out["CFItems"][0], out["CFAssociations"][0]
    assert (item["fullStatement"], item["uri"]) == (one["fullStatement"], one["uri"])
    assert "CFItemType" not in item
    assert out["CFItems"][1]["fullStatement"] == "Two\nlines"
    assert tie["originNodeURI"]["uri"] == one["uri"]
    came = data["CFAssociations"][0]
    assert [tie[key] for key in ("identifier", "uri", "lastChangeDateTime", "sequenceNumber")] == [
        came["identifier"], came["uri"], "2020-01-01T00:00:00Z", 7,
    ]  # fmt: skip


def test_an_identifier_that_the_standard_does_not_allow_is_told_and_listed(tmp_path: Path) -> None:
    file = package(tmp_path / "in.json", {"c1": "Competency"}, [])
    file.write_text(file.read_text("utf-8").replace(uuid("c1"), "number one"), "utf-8")
    done, _ = made.brought("case", file, tmp_path / "county")
    why = "its identifier is no UUID; files by the standard get another"
    assert outcomes(done)["CFItems[0]"] == ("changed", why)
    left = made.sent(tmp_path / "county", "case", tmp_path / "out.json")
    assert "'identifier' as the file had it of competencies (1: c1)" in left


def test_a_text_changed_by_hand_goes_out_as_the_pack_has_it(tmp_path: Path) -> None:
    moodle(tmp_path, 'L1,c1,Knows,"Say <strong>no</strong>",1\n')
    path = tmp_path / "county" / "framework.yaml"
    path.write_text(path.read_text("utf-8").replace("note: Say no", "note: Say yes"), "utf-8")
    assert went(tmp_path)["c1"][3] == "<p>Say yes</p>"


def test_a_workbook_keeps_its_identifiers_dates_numbers_and_groups(tmp_path: Path) -> None:
    made.brought("opensalt", book(tmp_path / "in.xlsx", SHEETS), tmp_path / "county")
    left = made.sent(tmp_path / "county", "opensalt", tmp_path / "out.xlsx")
    assert "as the file had it" not in " ".join(left)
    out = openpyxl.load_workbook(BytesIO((tmp_path / "out.xlsx").read_bytes()))
    for name, (head, *came) in SHEETS.items():
        titles, *rows = out[name].iter_rows(values_only=True)
        found = [[dict(zip(titles, row, strict=True))[column] for column in head] for row in rows]
        assert all(row in found for row in came), name


def test_a_table_keeps_its_identifiers_and_numbers(tmp_path: Path) -> None:
    text = "#identifier,doc-1\nIdentifier,fullStatement,parentIdentifier,sequenceNumber\ni2,Two,,20\ni1,One,,10\n"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    made.sent(tmp_path / "county", "compeito", tmp_path / "out.csv")
    meta, *_, one, two = csv.reader((tmp_path / "out.csv").read_text("utf-8").splitlines())
    assert (meta, one[0], one[4], two[0], two[4]) == (["#identifier", "doc-1"], "i1", "10", "i2", "20")


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "=A1"])
def test_an_error_or_an_uncalculated_formula_in_a_workbook_is_no_text(tmp_path: Path, value: str) -> None:
    head, one, *rest = SHEETS["CF Item"]
    rows = [head, one, ["u9", value, "2", None], ["u10", "Below", "2.1", None], *rest]
    file = book(tmp_path / "in.xlsx", {**SHEETS, "CF Item": rows})
    done, problems = made.brought("opensalt", file, tmp_path / "county")
    assert done.ledger.lines[("CF Item", "row 3")].outcome == "refused"
    assert [one.code for one in problems] == ["exchange.error-value", "exchange.parent-refused"]
    assert value not in (tmp_path / "county" / "framework.yaml").read_text("utf-8")


def test_an_error_in_a_line_about_the_framework_is_no_title(tmp_path: Path) -> None:
    text = "#creator,#N/A\nIdentifier,fullStatement\na,A\n#N/A,B\n"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    done, problems = made.brought("compeito", tmp_path / "in.csv", tmp_path / "county")
    assert [one.code for one in problems] == ["exchange.error-value"] * 2
    assert done.ledger.counts()["refused"] == 2


def test_a_link_keeps_its_address_a_table_its_cells_and_a_list_its_numbers() -> None:
    html = '<table><tr><th>A</th><td>B</td></tr><tr><td>C</td><td>D</td></tr></table><a href="https://e.org/g">guide</a>'
    assert from_html(html) == "A | B\nC | D\nguide (https://e.org/g)"
    assert from_html('<ol><li>one<li>two</ol><ul><li>x</li></ul><img alt="map" src="https://e.org/m">') == (
        "1. one\n2. two\n- x\nmap (https://e.org/m)"
    )
    assert from_html('<a href="https://e.org/">https://e.org</a> <a href="javascript:x()">y</a>') == (
        "https://e.org y"
    )
    assert to_html("one\n- two\n- three") == "<p>one</p><ul><li>two</li><li>three</li></ul>"


def test_a_description_goes_out_in_the_html_or_format_that_it_came_in(tmp_path: Path) -> None:
    table = "<table><tr><td>A</td><td>B</td></tr></table>"
    rows = f'L1,c1,One,{table},1\nL1,c2,Two,"# Title\n* a",4\nL1,c3,Three,plain,2\nL1,c4,Four,<p>four</p>,1\n'
    done, _ = moodle(tmp_path, rows)
    assert outcomes(done)["row 5"] == ("changed", REDUCED)
    assert [outcomes(done)[f"row {row}"][0] for row in (6, 7, 8)] == ["accepted"] * 3
    assert not [
        one for one in made.sent(tmp_path / "county", "moodle", tmp_path / "o.csv") if "had it" in one
    ]
    text = (tmp_path / "o.csv").read_text("utf-8")
    assert f"c1,One,{table},1," in text
    assert 'c2,Two,"# Title\n* a",4,' in text and "c3,Three,plain,2," in text


def test_the_paragraphs_of_a_cell_stay_in_its_row() -> None:
    html = "<table>\n<tr>\n <td><p>A</p></td> <td><p>B</p></td></tr></table><p>after</p><p>it</p>"
    assert from_html(html) == "A | B\nafter\nit"


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p><script>y()</script>", '<p title=">" onclick="y()">x</p>', '<a href="java&#115;cript:y()">x</a>',
        "<p>x</p><!-- y -->", '<p style="display:none">x</p>', "<p>x</p><img src=x onerror=y()", "<p>x</p><svg/onload=y()>",
    ],
)  # fmt: skip
def test_only_what_is_known_to_be_harmless_goes_out_again(html: str) -> None:
    assert not harmless(html)
    assert harmless('<p class="a">x &lt;b</p><ol start="2"><li><a href="https://e.org">1 < 2</a></li></ol>')


def test_what_could_run_is_not_kept(tmp_path: Path) -> None:
    done, _ = moodle(tmp_path, 'L1,c1,One,"<p onclick=""x()"">one</p>",1\n')
    assert outcomes(done)["row 5"][0] == "changed"
    assert "onclick" not in (tmp_path / "county" / "exchange.yaml").read_text("utf-8")
    assert went(tmp_path)["c1"][3] == "<p>one</p>"


def test_what_moodle_could_not_take_back_is_told_when_it_comes_in(tmp_path: Path) -> None:
    setting = '"{""competencies"":[{""id"":999,""points"":5}]}"'
    rule = f"core_competency\\competency_rule_points,2,{setting}"
    rows = f"L1,{'x' * 130},Long,,1\nL1,c1,One,,1,,,{rule},,50\nL1,c2,Two,,1,,,,,,,50\n"
    done, codes = moodle(tmp_path, rows)
    assert sorted(codes) == ["exchange.exported-twice", "exchange.rule-end", "exchange.too-long"]
    assert [outcomes(done)[f"row {row}"][0] for row in (5, 6, 7)] == ["refused", "changed", "changed"]
    assert went(tmp_path)["c2"][11] == "52"


def test_a_reference_alone_is_no_requirement_and_what_a_level_requires_comes_back(tmp_path: Path) -> None:
    moodle(tmp_path, "L1,c1,One,,1\nL2,c2,Two,,1,,,,,,L1\n,c3,Three,,1,,,,,,L2\n")
    ties = {("requires", "l1", "c1"), ("requires", "l2", "c2")}
    pack = made.load(tmp_path / "county")
    assert made.ties(pack) == ties
    assert "imported-references" in {one.id for one in pack.framework.questions}
    path = tmp_path / "county" / "framework.yaml"
    text = path.read_text("utf-8").replace("competencies: [c2]", "competencies: [c2, c1]")
    path.write_text(text, "utf-8")
    row = went(tmp_path)["L2"]
    assert (row[3], row[10]) == ("<!-- tna requires: c1 -->", "c1")
    made.brought("moodle", tmp_path / "out.csv", tmp_path / "again")
    assert made.ties(made.load(tmp_path / "again")) == {*ties, ("requires", "l2", "c1")}


def test_a_number_whose_parent_is_not_there_is_an_unknown_parent(tmp_path: Path) -> None:
    rows = [*SHEETS["CF Item"], ["u7", "Lost", "9.1", None]]
    done, problems = made.brought("opensalt", book(tmp_path / "in.xlsx", {**SHEETS, "CF Item": rows}), tmp_path / "county")  # fmt: skip
    assert [one.code for one in problems] == ["exchange.unknown-parent"]
    assert done.ledger.lines[("CF Item", "row 5")].outcome == "refused"


def test_plain_uris_are_matched_with_the_uris_of_items_and_document(tmp_path: Path) -> None:
    home = "https://x.org"
    ties = [
        ("c1", "isChildOf", "L1", {"originNodeURI": f"{home}/c1", "destinationNodeURI": f"{home}/L1"}),
        ("L1", "isChildOf", "document", {"destinationNodeURI": f"{home}/doc"}),
    ]
    file = package(tmp_path / "in.json", {"L1": "Level", "c1": "Competency"}, ties, uri="https://x.org/doc")
    data = json.loads(file.read_text("utf-8"))
    for one in data["CFItems"]:
        one["uri"] = f"{home}/{one['humanCodingScheme']}"
    file.write_text(json.dumps(data), "utf-8")
    done, problems = made.brought("case", file, tmp_path / "county")
    assert (list(problems), done.ledger.counts()["changed"]) == ([], 0)
    assert made.ties(made.load(tmp_path / "county")) == {("requires", "l1", "c1")}


def test_circles_are_told_in_names_and_what_was_refused_is_not_said_to_be_missing(tmp_path: Path) -> None:
    kinds = {"c1": "Competency", "c2": "Competency", "c3": "Competency"}
    ties = [("c1", "isChildOf", "c2"), ("c2", "isChildOf", "c1"), ("c3", "precedes", "c1")]
    _, problems = made.brought("case", package(tmp_path / "in.json", kinds, ties), tmp_path / "county")
    said = [str(one) for one in problems]
    assert "'Statement c1' > 'Statement c2' > 'Statement c1'" in said[0]
    assert [one.code for one in problems].count("exchange.end-refused") == 1


def test_an_item_that_a_later_file_calls_something_else_is_told(tmp_path: Path) -> None:
    made.brought("case", package(tmp_path / "a.json", {"c1": "Competency"}, []), tmp_path / "county")
    file = package(tmp_path / "b.json", {"c1": "Level"}, [])
    done, problems = made.brought("case", file, tmp_path / "county")
    assert [one.code for one in problems] == ["exchange.kind-stays"]
    assert outcomes(done)["CFItems[0]"][0] == "changed"


@pytest.mark.parametrize(
    ("raw", "what"), [(b"PK\x03\x04", "workbook"), ("a\tb".encode("utf-16"), "UTF-16"), (b"%PDF-1", "PDF")]
)
def test_a_file_that_is_no_csv_is_called_what_it_is(tmp_path: Path, raw: bytes, what: str) -> None:
    (tmp_path / "in.csv").write_bytes(raw)
    done = CliRunner().invoke(main, ["import", "moodle", f"{tmp_path}/in.csv", "-o", f"{tmp_path}/county"])
    assert (done.exit_code, what in done.stderr) == (2, True)
