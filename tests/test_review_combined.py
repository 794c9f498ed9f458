"""Registers and headcounts together: a register beats a return, silence is shown twice, and the board is the sum of its parts."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.year_tables import named, year_tables
from tna.review.combined import Known, combine, known, write_combined
from tna.review.statements import Standing

Found = dict[tuple[str, str], list[Standing]]


def stated(agency: str, level: str, required: int | None, held: int | None, low: int | None = None, high: int | None = None,
           basis: Any = None) -> Standing:  # fmt: skip
    """What a return says, without a range unless one is given."""
    least = (held or 0) if low is None else low
    most = (required or held or 0) if held is None else held
    return Standing(agency, level, required, held, least, most if high is None else high,
                    basis or ("headcount-only" if held is None else "statement"), "as stated")  # fmt: skip


def together(registers: Any = (), returns: Any = (), silent: Any = (), before: Any = ()) -> Found:
    found: Found = {}
    for one in combine(Known(dict(registers), tuple(returns), tuple(silent), dict(before))):
        found.setdefault((one.agency, one.level), []).append(one)
    return found


def parts(one: Standing) -> tuple[int | None, int | None, int, int]:
    return one.required, one.held, one.low, one.high


def test_a_register_beats_a_return_and_both_are_shown_when_they_disagree() -> None:
    found = together({("A", "level-1"): (12, 20), ("A", "*"): (12, 20), ("*", "level-1"): (12, 20), ("*", "*"): (12, 20)},
                     [stated("A", "level-1", 22, 18)])  # fmt: skip
    [one] = found["A", "level-1"]
    assert (parts(one), one.basis) == ((20, 12, 12, 12), "register")
    assert one.differs == "the return says 18 of 22 (a return)"
    assert [parts(one) for one in found["*", "*"]] == [(20, 12, 12, 12)]


def test_a_return_that_agrees_with_the_register_is_not_mentioned() -> None:
    found = together({("A", "level-1"): (12, 20), ("A", "*"): (12, 20)}, [stated("A", "level-1", 20, 12)])
    assert found["A", "level-1"][0].differs == ""


def test_a_register_for_one_level_and_a_return_for_another_are_added_up() -> None:
    registers = {
        ("A", "level-1"): (12, 20),
        ("A", "*"): (12, 20),
        ("*", "level-1"): (12, 20),
        ("*", "*"): (12, 20),
    }
    found = together(registers, [stated("A", "level-2", 10, 6, 0, 6)])
    assert parts(found["A", "*"][0]) == (30, 18, 12, 18)
    assert found["A", "*"][0].basis == "statement"
    assert parts(found["*", "level-2"][0]) == (10, 6, 0, 6)
    assert parts(found["*", "*"][0]) == (30, 18, 12, 18)


def test_an_agency_known_from_returns_alone_joins_the_board_with_its_range() -> None:
    registers = {
        ("A", "level-1"): (12, 20),
        ("A", "*"): (12, 20),
        ("*", "level-1"): (12, 20),
        ("*", "*"): (12, 20),
    }
    found = together(
        registers, [stated("B", "level-1", 40, 30, 25, 36, "estimate"), stated("B", "level-2", 5, 5)]
    )
    assert parts(found["B", "*"][0]) == (45, 35, 30, 41)
    assert parts(found["*", "level-1"][0]) == (60, 42, 37, 48)
    assert parts(found["*", "*"][0]) == (65, 47, 42, 53)
    assert found["*", "*"][0].basis == "estimate"


def test_what_an_agency_states_over_all_levels_is_its_total() -> None:
    found = together({}, [stated("B", "level-1", 40, 30), stated("B", "*", 50, 33)])
    assert parts(found["B", "*"][0]) == (50, 33, 33, 33)
    assert parts(found["*", "*"][0]) == (50, 33, 33, 33)


def test_headcounts_alone_are_not_in_the_central_figure_and_are_in_the_widened_one() -> None:
    found = together({("A", "level-1"): (12, 20), ("A", "*"): (12, 20), ("*", "level-1"): (12, 20), ("*", "*"): (12, 20)},
                     [stated("B", "level-1", 30, None)])  # fmt: skip
    central, wide = found["*", "level-1"]
    assert (parts(central), parts(wide)) == ((20, 12, 12, 12), (50, None, 12, 42))
    assert (central.basis, wide.basis) == ("register", "no-return")
    assert wide.because == "with 1 agency of which only the number of people is known"
    assert [parts(one) for one in found["*", "*"]] == [(20, 12, 12, 12), (50, None, 12, 42)]


def test_silent_agencies_are_left_out_and_widen_by_last_years_people_in_both_figures() -> None:
    registers = {
        ("A", "level-1"): (12, 20),
        ("A", "*"): (12, 20),
        ("*", "level-1"): (12, 20),
        ("*", "*"): (12, 20),
    }
    last = {("C", "level-1"): (9, 11), ("C", "*"): (9, 11), ("A", "level-1"): (1, 1)}
    found = together(registers, (), ["C", "D"], last)
    assert [parts(one) for one in found["*", "*"]] == [(20, 12, 12, 12), (31, None, 12, 23)]
    [silent] = found["C", "*"]
    assert (parts(silent), silent.basis) == ((11, None, 0, 11), "no-return")
    assert silent.because == "sent nothing; the people required are those of last year"
    assert parts(found["D", "*"][0]) == (None, None, 0, 0)
    assert "not known" in found["D", "*"][0].because


def test_without_last_years_people_silence_widens_nothing_and_is_still_shown() -> None:
    found = together({("A", "*"): (12, 20), ("*", "*"): (12, 20)}, (), ["C"])
    assert [parts(one) for one in found["*", "*"]] == [(20, 12, 12, 12)]
    assert found["C", "*"][0].basis == "no-return"


def test_nothing_known_of_anybody_is_a_board_without_a_central_figure() -> None:
    found = together({}, [stated("B", "level-1", 30, None)], ["C"], {("C", "*"): (1, 8)})
    assert [parts(one) for one in found["*", "*"]] == [(38, None, 0, 38)]
    assert together() == {}


def test_people_without_a_number_required_are_left_out_of_the_sum_and_that_is_said() -> None:
    found = together({}, [stated("B", "level-1", None, 12), stated("B", "level-2", 10, 6)])
    [whole] = found["B", "*"]
    assert parts(whole) == (10, 6, 6, 6)
    assert whole.because == "1 part added up; 1 part left out, as how many are required is not stated"


def test_who_is_silent_follows_from_who_was_expected_and_what_was_sent() -> None:
    connection = year_tables()
    connection.execute("create table agencies (agency VARCHAR)")
    connection.execute(
        "create table coverage (agency VARCHAR, level VARCHAR, competency VARCHAR, held BIGINT, required BIGINT, rating VARCHAR)"
    )
    put_rows = [
        ("A", "*", "*", 3, 5, "red"),
        ("*", "*", "*", 3, 5, "red"),
        ("Q", "*", "*", 0, 0, "not-stated"),
        ("Z", "*", "*", 0, 0, "no-return"),
    ]
    connection.executemany("insert into coverage values (?, ?, ?, ?, ?, ?)", put_rows)
    connection.executemany("insert into agencies values (?)", [("A",), ("B",), ("Q",), ("Z",)])
    found = known(connection, [stated("B", "level-1", 4, 2)])
    assert found.silent == ("Z",)
    assert found.registers == {("A", "*"): (3, 5), ("*", "*"): (3, 5)}


def test_what_is_evidenced_is_what_registers_show() -> None:
    registers = {
        ("A", "level-1"): (12, 20),
        ("A", "*"): (12, 20),
        ("*", "level-1"): (12, 20),
        ("*", "*"): (12, 20),
    }
    connection = year_tables()
    write_combined(
        connection, combine(Known(registers, (stated("B", "level-1", 40, 30),), (), {})), registers
    )
    rows = {
        (row["agency"], row["level"]): (row["held"], row["evidenced"])
        for row in named(connection, "combined")
    }
    assert rows["*", "*"] == (42, 12)
    assert rows["B", "*"] == (30, 0)
    assert rows["A", "level-1"] == (12, 12)


NAMES = st.sampled_from("ABCDE")
LEVELS = st.sampled_from(("level-1", "level-2"))


@st.composite
def standing(draw: st.DrawFn) -> Standing:
    required = draw(st.integers(0, 50))
    held = draw(st.one_of(st.none(), st.integers(0, required)))
    low = 0 if held is None else draw(st.integers(0, held))
    high = required if held is None else draw(st.integers(held, required))
    return stated(draw(NAMES), draw(LEVELS), required, held, low, high)


@settings(max_examples=200)
@given(
    st.lists(standing(), max_size=8, unique_by=lambda one: (one.agency, one.level)),
    st.dictionaries(st.tuples(NAMES, LEVELS), st.integers(0, 30), max_size=6),
)
def test_the_board_is_the_sum_of_its_parts_and_ranges_hold_what_is_held(
    returns: list[Standing], people: dict[tuple[str, str], int]
) -> None:
    registers = {key: (count // 2, count) for key, count in people.items() if count}
    for sums in ("agency", "level", "both"):
        for (agency, level), (held, required) in list(registers.items()):
            key = {"agency": (agency, "*"), "level": ("*", level), "both": ("*", "*")}[sums]
            if "*" not in (agency, level):
                known_held, known_required = registers.get(key, (0, 0))
                registers[key] = known_held + held, known_required + required
    found = together(registers, returns)
    for (agency, level), some in found.items():
        for one in some:
            assert 0 <= one.low <= one.high
            assert one.held is None or one.required is None or one.low <= one.held <= one.high <= one.required
        if agency == "*" and level != "*":
            known_ones = [
                one[0]
                for (name, where), one in found.items()
                if name != "*" and where == level and one[0].held is not None
            ]
            central = [one for one in some if one.basis != "no-return"]
            for name in ("required", "held", "low", "high"):
                assert [getattr(one, name) for one in central] == (
                    [sum(getattr(one, name) for one in known_ones)] if known_ones else []
                )
            unknown = [
                one[0]
                for (name, where), one in found.items()
                if name != "*" and where == level and one[0].held is None
            ]
            wide = [one for one in some if one.basis == "no-return"]
            assert bool(wide) == bool(unknown)
            for one in wide:
                assert one.required == sum(part.required or 0 for part in (*known_ones, *unknown))
                assert one.low == sum(part.low for part in known_ones)
                assert one.high == sum(part.high for part in (*known_ones, *unknown))
