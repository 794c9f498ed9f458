"""Words are understood however agencies put them, and an unknown word is never read as a known one."""

from __future__ import annotations

import pytest

from tna.names import plain, tidy
from tna.sources.sql import fault_sql, ident_sql, tidy_sql
from tna.sources.texts import listed
from tna.sources.words import read_cohort, read_duties, read_status, read_word


@pytest.mark.parametrize(
    ("text", "status"),
    [("", "attended"), ("Attended", "attended"), ("YES", "attended"), ("Passed", "attended"), ("complete", "attended"),
     ("DNA", "did-not-attend"), ("no-show", "did-not-attend"), ("Did not attend", "did-not-attend"),
     ("Didn’t attend", "did-not-attend"), ("Failed", "did-not-attend"), ("Cancelled", "cancelled"),
     ("canceled", "cancelled"), ("Withdrawn", "cancelled"), ("Booked", "booked"), ("In progress", "booked"),
     ("waiting-list", "booked"), ("Not completed", "booked"), ("did-not-attend", "did-not-attend")],
)  # fmt: skip
def test_what_happened_is_understood(text: str, status: str) -> None:
    assert read_status(text) == (status, "")


@pytest.mark.parametrize("text", ["Sort of", "?", "#N/A", "attended?maybe"])
def test_an_unknown_outcome_is_never_an_attendance(text: str) -> None:
    assert read_status(text).why


@pytest.mark.parametrize(
    ("text", "duties"),
    [("s47", "section-47"), ("S.47", "section-47"), ("Section 47 enquiries", "section-47"), ("section-47", "section-47"),
     ("DSL", "designated"), ("Deputy DSL", "designated"), ("Named nurse", "named"), ("Advisor", "adviser"),
     ("trainer|named|Trainer", "named|trainer"), ("Section 47, named and adviser", "adviser|named|section-47"),
     ("none", ""), ("N/A", ""), ("", "")],
)  # fmt: skip
def test_duties_are_a_sorted_set(text: str, duties: str) -> None:
    assert read_duties(text) == (duties, "")


def test_a_known_duty_is_kept_beside_an_unknown_one() -> None:
    assert read_duties("s47|first aid") == ("section-47", "unknown-duties")


def test_a_designated_teacher_for_looked_after_children_is_not_a_designated_lead() -> None:
    assert read_duties("Designated teacher for looked-after children").value == ""


def test_cohorts_are_kept_as_written_and_sorted() -> None:
    assert read_cohort("Taxi drivers| CSE sub-group |Taxi drivers") == ("CSE sub-group|Taxi drivers", "")


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [("mode", "E-Learning", "online"), ("mode", "F2F", "face-to-face"), ("mode", "Hybrid", "blended"),
     ("contact", "Regularly", "regular"), ("contact", "predominantly", "predominant"), ("contact", "Occasional", "infrequent"),
     ("manages", "Senior manager", "strategic"), ("manages", "Team Manager", "operational"), ("manages", "No", "none")],
)  # fmt: skip
def test_fixed_words_are_understood(column: str, text: str, word: str) -> None:
    assert read_word(column, text) == (word, "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Level 1 – 4", "level 1-4"),
        ("Children’s  Services.", "children's services"),
        ("ŴR", "ŵr"),
        ("w\u0302", "ŵ"),
    ],
)
def test_names_are_compared_loosely(one: str, other: str) -> None:
    assert plain(one) == plain(other)


TEXTS = [
    "", "plain", " outer ", "in  ner", "tab\there", "no\u00a0break", "zero\u200bwidth", "\ufeffmark", "'=1+1", "'-x",
    "'Tis", "w\u0302", "a\r\nb", " '@x", "'", "''=x", "\u3000", "caf\u00e9", "\x00nul", "x\x85y", "\u212b",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_tidied_alike_one_by_one_and_by_the_column(text: str) -> None:
    import duckdb

    answer = duckdb.execute(f"SELECT {tidy_sql('x')} FROM (SELECT ? AS x)", [text]).fetchall()
    assert answer == [(tidy(text),)]


@pytest.mark.parametrize(
    ("text", "kept"), [(" 007 ", "007"), ("a  b", "a  b"), ("A1", "A1"), ("'-5", "-5"), ("\u00a09\t", "9")]
)
def test_an_id_loses_only_what_surrounds_it(text: str, kept: str) -> None:
    import duckdb

    assert duckdb.execute(f"SELECT {ident_sql('x')} FROM (SELECT ? AS x)", [text]).fetchall() == [(kept,)]


@pytest.mark.parametrize(
    ("text", "fault"), [("#N/A", True), (" #ref! ", True), ("# 4", False), ("C#", False), ("", False)]
)
def test_spreadsheet_errors_are_told_from_text(text: str, fault: bool) -> None:
    import duckdb

    assert duckdb.execute(f"SELECT {fault_sql('x')} FROM (SELECT ? AS x)", [text]).fetchall() == [(fault,)]


def test_lists_read_like_sentences() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
