"""Plugins are asked one by one, their answers signed; one that fails, or answers with nonsense, is named and stops the run."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from tests.small import ask, job, level, load, rows
from tna import hooks, plugins
from tna.model import Advice, Flag, ReportFormat
from tna.problems import Problems, Unusable

FACTS: dict[str, dict[str, Any]] = {  # what each hook is asked with
    "tna_flag": {"analysis": None},
    "tna_recommend": {"cases": [], "catalogue": {}, "prerequisites": {}, "preferences": [], "as_of": None},
}


def answering(hook: str, answer: Callable[[], Any]) -> Any:
    """A plugin with one hook that answers so."""

    def said() -> Any:
        return answer()

    said.__name__ = hook
    return type("Plugin", (), {hook: staticmethod(hooks.hookimpl(said))})


def raises(error: BaseException) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


def why(call: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Unusable) as told:
        call()
    [problem] = told.value.problems
    return problem.code, problem.sentence


def test_answers_are_signed_and_come_in_order_of_name() -> None:
    made = {name: answering("tna_shelves", lambda name=name: [Path(name)]) for name in ("zeta", "alpha")}
    assert list(plugins.only(made).ask("tna_shelves")) == [
        ("alpha", [Path("alpha")]),
        ("zeta", [Path("zeta")]),
    ]
    assert plugins.only(made).all("tna_shelves") == [Path("alpha"), Path("zeta")]


def test_a_plugin_that_says_nothing_has_no_answer() -> None:
    assert plugins.only({"quiet": answering("tna_shelves", lambda: None)}).all("tna_shelves") == []
    assert plugins.only({"deaf": object()}).all("tna_shelves") == []


@pytest.mark.parametrize(
    ("hook", "answer", "told"),
    [
        ("tna_flag", raises(ZeroDivisionError("by nought")), "ZeroDivisionError: by nought"),
        ("tna_flag", raises(ZeroDivisionError()), "no reason given"),
        ("tna_flag", raises(SystemExit(3)), "SystemExit: 3"),
        ("tna_flag", lambda: 7, "TypeError"),
        ("tna_flag", lambda: ["a flag"], "it answered with a str, not a Flag"),
        ("tna_flag", lambda: [Flag("x", "urgent", "s", "m")], "a flag cannot be 'urgent'"),  # type: ignore[arg-type]
        ("tna_flag", lambda: (1 / 0 for _ in "x"), "ZeroDivisionError"),
        ("tna_recommend", lambda: [Flag("x", "note", "s", "m")], "it answered with a Flag, not an Advice"),
        ("tna_shelves", lambda: ["packs"], "it answered with a str, not a Path"),
    ],
)
def test_one_that_fails_or_answers_with_nonsense_is_named(
    tmp_path: Path, hook: str, answer: Callable[[], Any], told: str
) -> None:
    members = plugins.only({"faulty": answering(hook, answer)})
    code, sentence = why(lambda: members.all(hook, **FACTS.get(hook, {})))
    assert code == "plugins.failed"
    assert "'faulty'" in sentence
    assert hook in sentence
    assert told in sentence


def test_one_failing_plugin_stops_the_run(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1)])
    faulty = answering("tna_flag", raises(RuntimeError("no")))
    assert why(lambda: ask(board, tmp_path, [job()], members={"faulty": faulty}))[0] == "plugins.failed"


def test_flags_are_signed_and_the_most_pressing_come_first(tmp_path: Path) -> None:
    flags = [Flag("b", "note", "s", "m"), Flag("a", "act", "s", "m", "src"), Flag("c", "check", "s", "m")]
    board = load(tmp_path, levels=[level(1)])
    found = ask(
        board,
        tmp_path,
        [job()],
        members={
            "two": answering("tna_flag", lambda: flags),
            "one": answering("tna_flag", lambda: flags[:1]),
        },
    )
    assert rows(found, "flags", "plugin", "code") == [("two", "a"), ("two", "c"), ("one", "b"), ("two", "b")]
    assert found.about["flags"] == {"act": 1, "check": 1, "note": 2}


def test_a_flagger_sees_every_table_but_flags(tmp_path: Path) -> None:
    import duckdb

    seen: list[str] = []

    class Looks:
        @hooks.hookimpl
        def tna_flag(self, analysis: Any) -> list[Flag]:
            for name in (
                "placements",
                "gaps",
                "due",
                "recommendations",
                "coverage",
                "ledger",
                "needs",
                "policies",
            ):
                seen.append(f"{name} {len(analysis.table(name))}")
            with pytest.raises(duckdb.CatalogException):
                analysis.table("flags")
            return []

    ask(load(tmp_path, levels=[level(1)]), tmp_path, [job()], members={"looks": Looks()})
    assert len(seen) == 8


def test_an_unknown_hook_is_refused_with_its_name() -> None:
    assert why(lambda: plugins.only({"odd": answering("tna_flagg", lambda: [])}))[0] == "plugins.wrong-hook"


def test_a_hook_that_wants_what_is_not_given_is_refused() -> None:
    class Wants:
        @hooks.hookimpl
        def tna_flag(self, weather: Any) -> list[Flag]:
            return []

    assert why(lambda: plugins.only({"wants": Wants()})) == (
        "plugins.wrong-argument",
        "The plugin 'wants' asks for 'weather' in tna_flag, which gives analysis.",
    )


def test_an_argument_with_a_value_of_its_own_is_no_misspelling_of_another() -> None:
    class Wants:
        @hooks.hookimpl
        def tna_flag(self, analisis: Any, limit: int = 5) -> list[Flag]:
            return []

    assert why(lambda: plugins.only({"wants": Wants()}))[1] == (
        "The plugin 'wants' asks for 'analisis' in tna_flag, which gives analysis; did you mean 'analysis'?"
    )


def test_those_that_can_take_part_are_known_beside_those_that_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        ("bad", "cannot_load"),
        ("good", "quiet"),
        ("odd", "misspelt"),
        ("twice", "quiet"),
        ("twice", "raises"),
    ]
    points = [EntryPoint(name, f"tests.misbehaving.{value}", "tna") for name, value in points]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    problems = Problems()
    found = plugins.survey(problems)
    assert [one.name for one in found.members] == ["good"]
    assert [one.code for one in problems] == [
        "plugins.cannot-load",
        "plugins.wrong-hook",
        "plugins.same-name",
    ]
    with pytest.raises(Unusable):
        plugins.find()


def test_one_plugin_under_two_names_is_refused_not_asked_twice() -> None:
    one = answering("tna_shelves", lambda: [])
    code, sentence = why(lambda: plugins.only({"a": one, "b": one}))
    assert (code, "a under another name" in sentence) == ("plugins.cannot-load", True)


@pytest.mark.parametrize(
    "value", ["tests.misbehaving.cannot_load", "tests.no_such_module", "tests.misbehaving.quiet:nothing"]
)
def test_one_that_cannot_be_loaded_is_named_with_a_way_to_go_on(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setattr(plugins, "entry_points", lambda group: [EntryPoint("broken", value, "tna")])
    with pytest.raises(Unusable) as told:
        plugins.find()
    assert [problem.code for problem in told.value.problems] == ["plugins.cannot-load"]
    assert "--without broken" in told.value.problems[0].remedy
    assert plugins.find(["broken"]).members == ()


def test_the_installed_plugins_have_a_distribution_and_a_version() -> None:
    assert [(one.name, one.distribution) for one in plugins.find().members] == [
        (name, "tna") for name in ("courses", "coverage", "plan")
    ]
    assert all(one.version for one in plugins.find().members)
    assert plugins.find().answers("courses") == ("tna_recommend",)


def test_every_hook_has_an_example_and_a_kind_of_answer() -> None:
    assert set(plugins.hooks_known()) == set(hooks.ANSWERS)
    for name in hooks.ANSWERS:
        assert "Example: `" in getattr(hooks, name).__doc__
    assert hooks.ANSWERS["tna_reports"] == (ReportFormat,)


def test_advice_for_a_case_there_is_not_reaches_nobody(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1, ["k"])], competencies=["k"])
    stray = answering("tna_recommend", lambda: [Advice(999, 1, "", ("k",), "nobody")])
    assert rows(ask(board, tmp_path, [job()], members={"stray": stray}), "recommendations", "*") == []
