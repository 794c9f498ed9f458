"""YAML is read as a planner would read it, keeps its places, and never does anything by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna.documents import Document, kinds, parse, parse_text, schema
from tna.problems import Problems

WORDS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"))
KEYS = st.text(WORDS, min_size=1, max_size=8).filter(lambda key: key != "<<")
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(WORDS, max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def read(text: str) -> Document:
    problems = Problems()
    document = parse_text(text, "a.yaml", problems)
    assert document is not None, list(map(str, problems))
    return document


def refused(text: str) -> list[str]:
    problems = Problems()
    assert parse_text(text, "a.yaml", problems) is None
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "word",
    ["no", "on", "yes", "off", "010", "12:30", "1_000", "0x10", "1e5", "2016-01-31", "NaN", ".5", "+1", "٣"],
)
def test_what_only_looks_like_something_else_stays_text(word: str) -> None:
    assert read(f"key: {word}").data == {"key": word}


def test_whole_numbers_decimals_truth_and_nothing_are_read() -> None:
    data = read("{a: 12, b: -3, c: 1.5, d: true, e: false, f: null, g: ~, h: '12', i: 0}").data
    assert data == {
        "a": 12,
        "b": -3,
        "c": 1.5,
        "d": True,
        "e": False,
        "f": None,
        "g": None,
        "h": "12",
        "i": 0,
    }


@pytest.mark.parametrize("digits", [18, 400, 5000])
def test_a_number_of_absurd_length_is_text_not_a_failure(digits: int) -> None:
    number = "9" * digits
    assert str(read(f"key: {number}").data["key"]) == number
    assert read(f"key: {number}.{number}").data["key"] in (f"{number}.{number}", float(f"{number}.{number}"))


@settings(max_examples=150, deadline=None)
@given(data=DATA)
def test_whatever_json_says_is_read_as_it_is(data: Any) -> None:
    assert read(json.dumps(data, ensure_ascii=False)).data == data


def test_every_key_and_item_keeps_its_line_and_column() -> None:
    document = read("levels:\n  - id: one\n    label: One\n  - id: two\n")
    assert str(document.place("levels", 1, "id")) == "a.yaml:4:5"
    assert str(document.place("levels", 0)) == "a.yaml:2:5"
    assert str(document.place("levels", 0, "absent", 7)) == "a.yaml:2:5"  # the nearest thing around it
    assert str(document.place("nowhere")) == "a.yaml:1:1"


def test_a_single_value_may_be_repeated_and_a_block_may_not() -> None:
    assert read("{a: &one word, b: *one}").data == {"a": "word", "b": "word"}
    assert refused("a: &all {b: c}\nd: *all\n") == ["yaml.alias"]
    assert refused("a: *nobody") == ["yaml.alias"]


def test_the_same_word_may_stand_in_two_blocks_but_not_twice_in_one() -> None:
    assert read("{a: {x: 1}, b: {x: 1}}").data["b"] == {"x": 1}
    assert refused("a: 1\nb: 2\na: 3\n") == ["yaml.duplicate-key"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("[" * 50_000, "yaml.too-deep"), ("- " * 50_000, "yaml.too-deep"), ("a: !!python/object:os.system x", "yaml.tag"),
     ("{[1]: 2}", "yaml.key"), ("<<: {a: 1}", "yaml.key"), ("a: 1\n---\nb: 2\n", "yaml.several-documents"),
     ("a: [1", "yaml.syntax"), ("a: \x00", "yaml.syntax"), ("\tb: 1", "yaml.syntax"), ("%YAML 9.9\n---\n{", "yaml.syntax")],
)  # fmt: skip
def test_what_is_dangerous_or_broken_is_refused_with_its_own_code(text: str, code: str) -> None:
    assert refused(text) == [code]


def test_forty_deep_is_read_and_forty_one_is_not() -> None:
    assert refused("[" * 41 + "]" * 41) == ["yaml.too-deep"]
    assert read("[" * 40 + "]" * 40).data is not None


def test_an_empty_file_is_nothing_and_says_so_where_it_matters() -> None:
    assert read("").data is None
    assert read("# only a remark\n").data is None


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: é\n".encode())
    document = parse(path, Problems())
    assert document is not None
    assert document.data == {"a": "é"}
    assert len(document.checksum) == 64


@pytest.mark.parametrize("kind", kinds())
def test_every_schema_describes_every_key_it_has(kind: str) -> None:
    from jsonschema import Draft202012Validator

    found = schema(kind)
    Draft202012Validator.check_schema(found)
    assert found["title"] == kind
    assert found.get("description")


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(KeyError):
        schema("../framework")
