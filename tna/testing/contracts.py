"""What every recommender and every flagger must keep to, as tests to inherit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

from tna.model import Advice, Analysis, Case, Flag
from tna.testing import situations

SEEDS = range(5)
CODE = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\Z")


class RecommenderContract:
    """Inherit, and set `plugin` to the module (or object) that has `tna_recommend`."""

    plugin: ClassVar[Any]

    def advice(self, seed: int) -> tuple[tuple[Case, ...], dict[str, Any], list[Advice]]:
        """The made-up cases and catalogue of a seed, with what the plugin advises."""
        from tna import plugins

        courses = situations.catalogue(seed)
        found = situations.cases(seed, courses)
        members = plugins.only({"tried": self.plugin})
        answers = members.all(
            "tna_recommend",
            cases=found,
            catalogue=courses,
            prerequisites={name: course.after for name, course in courses.items()},
            preferences=(),
            as_of=situations.AS_OF,
        )
        return found, courses, answers

    def test_every_line_is_about_a_case_that_was_asked_and_a_course_that_exists(self) -> None:
        """Nothing is advised to nobody, and nothing that is not on offer."""
        for seed in SEEDS:
            cases, courses, advice = self.advice(seed)
            known = {case.id for case in cases}
            assert all(one.case in known and one.course in {"", *courses} for one in advice)

    def test_a_course_closes_only_what_is_lacking_and_what_it_gives(self) -> None:
        """`closes` is part of the gap and of what the course gives such a person."""
        for seed in SEEDS:
            cases, _, advice = self.advice(seed)
            by_id = {case.id: case for case in cases}
            for one in advice:
                case = by_id[one.case]
                gives = case.courses.get(one.course, frozenset()) | case.renews.get(one.course, frozenset())
                assert set(one.closes) <= case.gap
                assert one.course == "" or set(one.closes) <= gives

    def test_positions_count_up_from_one_in_every_case(self) -> None:
        """The order to take courses in has no holes and no ties."""
        for seed in SEEDS:
            cases, _, advice = self.advice(seed)
            for case in cases:
                positions = sorted(one.position for one in advice if one.case == case.id)
                assert positions == list(range(1, len(positions) + 1))

    def test_every_line_says_why(self) -> None:
        """A reason in words stands beside every line."""
        assert all(one.because.strip() for seed in SEEDS for one in self.advice(seed)[2])

    def test_the_same_question_gets_the_same_answer(self) -> None:
        """Nothing depends on the clock, on chance or on what was asked before."""
        assert [self.advice(seed)[2] for seed in SEEDS] == [self.advice(seed)[2] for seed in SEEDS]


class FlaggerContract:
    """Inherit, set `plugin` to what has `tna_flag`, and `board` to the board to try it on."""

    plugin: ClassVar[Any]
    board: ClassVar[str] = "knowsley"

    def analysis(self, folder: Path) -> Analysis:
        """An analysis of sample registers to be flagged."""
        import tna

        return situations.analysis(tna.load(self.board), folder)

    def flags(self, analysis: Analysis) -> list[Flag]:
        """What the plugin flags in an analysis."""
        from tna import plugins

        return plugins.only({"tried": self.plugin}).all("tna_flag", analysis=analysis)

    def test_every_flag_has_a_code_a_severity_a_subject_and_a_sentence(self, tmp_path: Path) -> None:
        """A flag that cannot be filed, sorted or read is none."""
        for flag in self.flags(self.analysis(tmp_path)):
            assert CODE.match(flag.code), flag
            assert flag.severity in ("note", "check", "act"), flag
            assert flag.subject.strip(), flag
            assert flag.message.strip().endswith((".", "?", "!")), flag

    def test_no_flag_names_a_person(self, tmp_path: Path) -> None:
        """Flags are aggregates: no id of a person stands in one."""
        analysis = self.analysis(tmp_path)
        ids = {
            row[0] for row in analysis.connection.execute("select distinct person_id from people").fetchall()
        }
        said = " ".join(f"{flag.subject} {flag.message} {flag.source}" for flag in self.flags(analysis))
        assert not ids & set(re.findall(r"[\w-]+", said))

    def test_the_same_analysis_gets_the_same_flags(self, tmp_path: Path) -> None:
        """Nothing depends on the clock or on chance, and asking changes nothing."""
        analysis = self.analysis(tmp_path)
        assert self.flags(analysis) == self.flags(analysis)
