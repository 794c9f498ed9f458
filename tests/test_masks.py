"""Bits stand for competencies, in as many words as are needed, and say the same in Python and in SQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna import duck
from tna.masks import WIDTH, Masks

SIZES = st.integers(0, 200)


@given(size=SIZES, chosen=st.sets(st.integers(0, 199)))
def test_what_is_packed_is_unpacked(size: int, chosen: set[int]) -> None:
    masks = Masks(tuple(f"c{n}" for n in range(size)))
    some = {f"c{n}" for n in chosen if n < size}
    words = masks.pack(some)
    assert masks.unpack(words) == some
    assert len(words) == len(masks.words) == max(1, -(-size // WIDTH))
    assert all(0 <= word < 2**WIDTH for word in words)


@given(size=st.integers(1, 200), first=st.sets(st.integers(0, 199)), second=st.sets(st.integers(0, 199)))
def test_or_is_union_and_and_not_is_difference(size: int, first: set[int], second: set[int]) -> None:
    masks = Masks(tuple(f"c{n}" for n in range(size)))
    one, other = ({f"c{n}" for n in some if n < size} for some in (first, second))
    pairs = list(zip(masks.pack(one), masks.pack(other), strict=True))
    assert masks.unpack([a | b for a, b in pairs]) == one | other
    assert masks.unpack([a & ~b for a, b in pairs]) == one - other


def test_an_unknown_competency_is_an_error_not_an_empty_bit() -> None:
    with pytest.raises(KeyError):
        Masks(("a",)).pack(["b"])


@settings(max_examples=25, deadline=None)
@given(size=st.sampled_from([1, 63, 64, 65, 130]), chosen=st.sets(st.integers(0, 129)))
def test_sql_sees_the_same_bits(size: int, chosen: set[int]) -> None:
    masks = Masks(tuple(f"c{n}" for n in range(size)))
    some = {f"c{n}" for n in chosen if n < size}
    connection = duck.connect()
    duck.fill(connection, "bits", ["competency VARCHAR", "word INTEGER", "bit INTEGER"], masks.bits())
    columns = [f"{name} BIGINT" for name in masks.columns("need")]
    duck.fill(connection, "t", columns, [masks.pack(some)])
    found = connection.execute(f"select competency from t, bits b where {masks.has('t.need_#')}").fetchall()
    assert {row[0] for row in found} == some
    assert connection.execute(f"select {masks.any('need_#')} from t").fetchall() == [(bool(some),)]


def test_a_table_keeps_whatever_text_and_nothing() -> None:
    odd = ["", "a'b", 'a"b', "*", "a\nb", "\u2028", "😀", "; drop table t", None]
    connection = duck.connect()
    duck.fill(connection, "t", ["n INTEGER", "said VARCHAR"], list(enumerate(odd)))
    assert [row[0] for row in connection.execute("select said from t order by n").fetchall()] == odd
    duck.fill(connection, "t", ["n INTEGER"], [])
    assert connection.execute("select count(*) from t").fetchall() == [(0,)]
    assert duck.quoted('a"b') == '"a""b"'


def test_a_sealed_database_reaches_nothing_outside_its_folder(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "inside").mkdir()
    connection = duck.connect()
    duck.seal(connection, tmp_path / "inside")
    connection.execute(f"copy (select 1) to '{tmp_path}/inside/fine.csv'")
    for words in (f"copy (select 1) to '{tmp_path}/outside.csv'", "set enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            connection.execute(words)
    assert [path.name for path in tmp_path.rglob("*.csv")] == ["fine.csv"]
