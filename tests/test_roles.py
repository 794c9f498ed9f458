"""The role graph: what it knows, what it refuses, and which level a job falls under."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna.documents import schema
from tna.model.roles import Role, Roles
from tna.problems import Problems
from tna.roles import load, nearest

SHIPPED = Path(__file__).parents[1] / "rules" / "roles.yaml"


@pytest.fixture(scope="module")
def graph() -> Roles:
    return load([SHIPPED], Problems())


def written(tmp_path: Path, *texts: str) -> tuple[Roles, list[str]]:
    """A graph of files with these texts, and the problems found, without the folder's name."""
    problems = Problems()
    paths = []
    for number, text in enumerate(texts, start=1):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(text, "utf-8")
    return load(paths, problems), [str(one).replace(f"{tmp_path}/", "") for one in problems]


def chain(*pairs: tuple[str, str]) -> Roles:
    """A graph of `narrow, broad` pairs."""
    ids = {name for pair in pairs for name in pair}
    return Roles({one: Role(one, one, broader=tuple(b for n, b in pairs if n == one)) for one in sorted(ids)})


def levels(**attached: str) -> dict[str, frozenset[str]]:
    return {role.replace("_", "-"): frozenset(text.split()) for role, text in attached.items()}


# What the shipped graph knows


def test_the_shipped_graph_has_no_problems() -> None:
    problems = Problems()
    load([SHIPPED], problems)
    assert [str(one) for one in problems] == []


def test_the_shipped_graph_covers_the_workforce(graph: Roles) -> None:
    assert 450 <= len(graph.nodes) <= 700


def test_a_school_nurse_is_a_community_nurse_and_so_health_clinical_staff(graph: Roles) -> None:
    steps = graph.ancestors("school-nurse")
    assert steps["school-nurse"] == 0
    assert steps["community-nurse"] < steps["nurse"]
    assert {"childrens-clinician", "health-clinical-staff"} <= steps.keys()


@pytest.mark.parametrize(
    ("job", "family"),
    [
        ("paediatrician", "health-clinical-staff"),
        ("community-psychiatric-nurse", "adult-mental-health-staff"),
        ("adult-learning-disability-nurse", "adult-learning-disability-staff"),
        ("substance-misuse-clinician", "substance-misuse-worker"),
        ("hospital-porter", "hospital-staff"),
        ("teacher", "school-staff"),
        ("welfare-assistant", "school-staff"),
        ("nursery-nurse", "early-years-worker"),
        ("police-child-protection-officer", "police"),
        ("police-detective", "police"),
        ("residential-night-worker", "residential-staff"),
        ("lifeguard", "leisure-staff"),
        ("librarian", "library-staff"),
        ("housing-officer", "housing-staff"),
        ("cse-sub-group-member", "safeguarding-board-member"),
        ("designated-doctor", "designated-professional"),
        ("gp", "doctor"),
    ],
)
def test_a_job_belongs_to_its_family(graph: Roles, job: str, family: str) -> None:
    assert family in graph.ancestors(job)


@pytest.mark.parametrize(
    ("job", "family"),
    [
        ("nursery-nurse", "nurse"),
        ("veterinary-nurse", "health-staff"),
        ("swimming-teacher", "teacher"),
        ("pastoral-manager", "operational-manager"),
        ("designated-teacher", "designated-professional"),
        ("designated-safeguarding-lead", "designated-professional"),
        ("gp-practice-manager", "operational-manager"),
        ("named-midwife", "midwife"),
        ("prison-housing-worker", "housing-staff"),
        ("ranger", "leisure-staff"),
    ],
)
def test_a_like_sounding_job_does_not(graph: Roles, job: str, family: str) -> None:
    assert job in graph.nodes
    assert family not in graph.ancestors(job)


def test_every_role_is_its_own_ancestor_and_ancestors_are_closed(graph: Roles) -> None:
    for role in graph.nodes:
        above = graph.ancestors(role)
        assert above[role] == 0
        for upper, steps in above.items():
            assert graph.ancestors(upper).keys() <= above.keys()
            assert all(above[further] <= steps + 1 for further in graph.nodes[upper].broader)


def test_an_unknown_role_has_no_ancestors(graph: Roles) -> None:
    assert graph.ancestors("wizard") == {}


def test_every_key_of_a_roles_file_is_described() -> None:
    def keys(node: object) -> list[tuple[str, dict[str, object]]]:
        if isinstance(node, list):
            return [found for one in node for found in keys(one)]
        if not isinstance(node, dict):
            return []
        here = list(node["properties"].items()) if isinstance(node.get("properties"), dict) else []
        return here + [found for one in node.values() for found in keys(one)]

    assert [key for key, says in keys(dict(schema("roles"))) if not says.get("description")] == []


# Files, one after another


def test_a_later_file_adds_roles_and_names(tmp_path: Path) -> None:
    graph, problems = written(
        tmp_path,
        "roles: [{id: nurse, label: Nurse}]\nplain_words: [senior]\n",
        "roles:\n  - {id: nurse, also: [sister]}\n  - {id: ward-nurse, label: Ward nurse, broader: [nurse]}\n"
        "plain_words: [huyton]\n",
    )
    assert problems == []
    assert graph.nodes["nurse"].also == ("sister",)
    assert graph.ancestors("ward-nurse") == {"ward-nurse": 0, "nurse": 1}
    assert graph.plain_words == {"senior", "huyton"}


def test_a_file_may_name_a_role_of_a_later_one(tmp_path: Path) -> None:
    _, problems = written(
        tmp_path,
        "roles: [{id: a, label: A, broader: [b]}]\n",
        "roles: [{id: b, label: B}]\n",
    )
    assert problems == []


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            ["roles:\n- {id: nurse, label: Nurse}\n- {id: nurse, label: Nurse}\n"],
            "1.yaml:3:4  roles.duplicate  Role 'nurse' is written twice in this file, first at 1.yaml:2:4. "
            "Join the two, or give one of them another id.",
        ),
        (
            ["roles:\n- {id: nurse, label: Nurse}\n", "roles:\n- {id: nurs, also: [sister]}\n"],
            "2.yaml:2:4  roles.no-label  Role 'nurs' has no label, and no earlier file has a role of that "
            "id; did you mean 'nurse'? Give it a label, or correct the id.",
        ),
        (
            ["roles:\n- {id: nurse, label: Nurse}\n", "roles:\n- {id: nurse, label: Doctor}\n"],
            "2.yaml:2:4  roles.relabelled  Role 'nurse' is already called 'Nurse'; a later file may add to "
            "it but not rename it. Leave the label out, and list the new name under `also`.",
        ),
        (
            ["roles:\n- {id: nurse, label: Nurse}\n- {id: sister, label: Sister, broader: [nurze]}\n"],
            "1.yaml:3:41  roles.unknown-broader  'nurze' is not a role of any file; did you mean 'nurse'? "
            "Name an existing role under `broader`, or add the role.",
        ),
        (
            ["roles:\n- {id: a, label: A, broader: [b]}\n- {id: b, label: B, broader: [a]}\n"],
            "roles.cycle  These roles are each broader than the next, round in a circle: ",
        ),
        (
            ["modifiers: {wards: [ward]}\nroles:\n- {id: nurse, label: Nurse, with: [ward]}\n"],
            "1.yaml:3:36  roles.unknown-modifiers  'ward' is not a group of `modifiers`; did you mean "
            "'wards'? Name a group that exists, or add it under `modifiers`.",
        ),
        (
            ["functions: {named: {role: named-lead, words: [named], within: []}}\n"],
            "1.yaml:1:21  roles.unknown-function-role  'named-lead' is not a role of any file. "
            "Name an existing role, or add it under `roles`.",
        ),
        (
            ["roles:\n- {id: a, label: A, also: [Key-worker]}\n- {id: b, label: B, also: [key worker]}\n"],
            "1.yaml:3:4  roles.two-meanings  'key worker' names both 'a' and 'b', and neither is broader "
            "than the other; such a title is asked. Take the name away from one of them, or list it under "
            "`asked` to say that this is meant.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, texts: list[str], said: str) -> None:
    _, problems = written(tmp_path, *texts)
    assert len(problems) == 1
    assert said in problems[0]


def test_a_circle_is_printed_whole(tmp_path: Path) -> None:
    _, problems = written(
        tmp_path,
        "roles:\n- {id: a, label: A, broader: [b]}\n- {id: b, label: B, broader: [c]}\n"
        "- {id: c, label: C, broader: [a]}\n",
    )
    assert any(path in problems[0] for path in ("a → b → c → a", "b → c → a → b", "c → a → b → c"))


def test_a_name_with_two_meanings_may_be_declared_as_asked(tmp_path: Path) -> None:
    _, problems = written(
        tmp_path,
        "asked: [matron]\nroles:\n- {id: a, label: A, also: [matron]}\n- {id: b, label: B, also: [matron]}\n",
    )
    assert problems == []


def test_a_role_and_a_narrower_one_may_share_a_name(tmp_path: Path) -> None:
    _, problems = written(
        tmp_path, "roles:\n- {id: a, label: A, also: [x y]}\n- {id: b, label: B, also: [x y], broader: [a]}\n"
    )
    assert problems == []


# The level of the most specific attached role


def test_the_most_specific_attached_role_wins() -> None:
    graph = chain(("school-nurse", "nurse"), ("nurse", "clinical"))
    attached = levels(clinical="two", school_nurse="three")
    assert nearest(["school-nurse"], attached, {}, graph) == (frozenset({"three"}), "school-nurse")
    assert nearest(["nurse"], attached, {}, graph) == (frozenset({"two"}), "clinical")


def test_narrower_means_below_in_the_graph_and_not_only_nearer() -> None:
    graph = chain(
        ("job", "hospital"), ("job", "nurse"), ("nurse", "ward-family"), ("ward-family", "hospital")
    )
    attached = levels(hospital="two", ward_family="three")
    assert nearest(["job"], attached, {}, graph) == (frozenset({"three"}), "ward-family")


def test_two_equally_specific_roles_with_different_levels_are_both_returned() -> None:
    graph = chain(("ward-clerk", "hospital"), ("ward-clerk", "administrator"))
    found, _ = nearest(["ward-clerk"], levels(hospital="two", administrator="one"), {}, graph)
    assert found == {"one", "two"}


def test_an_excepted_role_does_not_get_the_level_of_the_broader_one() -> None:
    graph = chain(
        ("child-protection", "police"), ("unit-officer", "child-protection"), ("constable", "police")
    )
    attached, excepted = levels(police="two"), {"two": frozenset({"child-protection"})}
    assert nearest(["constable"], attached, excepted, graph) == (frozenset({"two"}), "police")
    assert nearest(["unit-officer"], attached, excepted, graph) == (frozenset(), "")


def test_an_exception_does_not_take_away_what_is_attached_below_it() -> None:
    graph = chain(("child-protection", "police"), ("unit-officer", "child-protection"))
    attached, excepted = levels(police="two", unit_officer="two"), {"two": frozenset({"child-protection"})}
    assert nearest(["unit-officer"], attached, excepted, graph) == (frozenset({"two"}), "unit-officer")


def test_nothing_attached_is_no_level_and_no_guess(graph: Roles) -> None:
    assert nearest(["teacher"], {}, {}, graph) == (frozenset(), "")
    assert nearest([], levels(teacher="three"), {}, graph) == (frozenset(), "")


@given(st.data())
def test_no_kept_role_is_above_another(data: st.DataObject) -> None:
    names = [f"r{number}" for number in range(8)]
    graph = Roles(
        {
            name: Role(
                name, name, broader=tuple(data.draw(st.lists(st.sampled_from(names[:at]), max_size=3)))
            )
            if at
            else Role(name, name)
            for at, name in enumerate(names)
        }
    )
    attached = {name: frozenset({name}) for name in data.draw(st.lists(st.sampled_from(names), unique=True))}
    found, chosen = nearest(["r7"], attached, {}, graph)
    above = graph.ancestors("r7")
    assert found <= above.keys() & attached.keys()
    assert all(other not in graph.ancestors(one) for one in found for other in found - {one})
    assert all(any(one in graph.ancestors(kept) for kept in found) for one in above.keys() & attached.keys())
    assert chosen == "" if not found else chosen in found
