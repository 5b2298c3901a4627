"""What loads may still be unusable: lint names file, item and field, and finds nothing wrong with what is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from flows.library import builtin
from flows.lint import lint_practice, lint_toolkit
from flows.practice import Practice, Source
from flows.reach import unreachable_rules
from flows.toolkit import Floor, Item, Length, Toolkit, Words

TOOLKIT = builtin().toolkit("citynet@1")

PRACTICE = Practice(
    key="night-bus",
    name={"en": "Owl Bus", "id": "Owl Bus"},
    city={"en": "Seoul", "id": "Seoul"},
    what={"en": "Buses run along the busiest routes at night.", "id": "Bus melayani rute tersibuk pada malam hari."},
    period={"en": "2013", "id": "2013"},
    parts=({"en": "Call data choose the routes", "id": "Data panggilan menentukan rute"},),
    sources=(Source(title={"en": "Seoul Solution", "id": "Seoul Solution"}, url="https://example.org/owl"),),
    sdgs=(11,),
    link="https://example.org/case/1",
)


def told(toolkit: Toolkit) -> list[str]:
    return [str(finding) for finding in lint_toolkit(toolkit, "t.toml")]


def told_of(practice: Practice) -> list[str]:
    return [str(finding) for finding in lint_practice(practice, "p.toml")]


def sourced(practice: Practice, title: Words, url: str = "https://example.org/") -> Practice:
    return replace(practice, sources=(Source(title=title, url=url),))


def with_item(name: str, **changes: Any) -> Toolkit:
    """Return the toolkit with one item changed."""

    def changed(item: Item) -> Item:
        return replace(item, **changes) if item.id == name else item

    steps = tuple(replace(step, items=tuple(map(changed, step.items))) for step in TOOLKIT.steps)
    return replace(TOOLKIT, steps=steps)


def with_step(number: int, **changes: Any) -> Toolkit:
    steps = list(TOOLKIT.steps)
    steps[number] = replace(steps[number], **changes)
    return replace(TOOLKIT, steps=tuple(steps))


def with_thresholds(**changes: Any) -> Toolkit:
    return replace(TOOLKIT, thresholds=replace(TOOLKIT.thresholds, **changes))


def test_a_sound_practice_has_no_findings() -> None:
    assert told_of(PRACTICE) == []


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ({"en": "Is there money?"}, "question.id: is missing"),
        ({"en": "Is there money?", "id": "  "}, "question.id: is missing"),
        ({"en": "Is there money?", "id": "Is there money?"}, "question: reads the same in two languages"),
        ({"en": "a", "id": "b", "fr": "c"}, "question.fr: is in a language that `languages` does not list"),
        ({"en": "Money in {city}?", "id": "Ada dana?"}, "question: has {placeholders} that differ"),
        ({"en": "Money in {city?", "id": "Ada dana?"}, "question.en: has a brace without its partner"),
        ({"en": "Money? ", "id": "Dana?"}, "question.en: begins or ends with a space"),
        ({"en": "Mon\x07ey?", "id": "Dana?"}, "question.en: holds invisible characters: U+0007"),
        ({"en": "Mon\u202eey?", "id": "Dana?"}, "question.en: holds invisible characters: U+202E"),
        ({"en": "x" * 161, "id": "Dana?"}, "question.en: has 161 characters; the chats show 160"),
        ({"en": "Is it?", "id": "Does the city have the power?"}, "question.id: looks like it is written in `en`"),
        ({"en": "Apakah kota yang berwenang?", "id": "Dana?"}, "question.en: looks like it is written in `id`"),
    ],
)
def test_the_words_of_an_item_are_whole(words: dict[str, str], finding: str) -> None:
    findings = told(with_item("K1", question=words))
    assert any(line.startswith(f"t.toml: item K1: {finding}") for line in findings), findings
    assert all(line.startswith("t.toml: item K1: question") for line in findings), findings


def test_a_name_in_english_inside_an_indonesian_sentence_is_no_fault() -> None:
    words = {"en": "Ask the network.", "id": "Tanyakan pada Ministry of the Environment dan jaringan kota."}
    assert told(with_item("K1", why=words)) == []


@pytest.mark.parametrize(
    ("toolkit", "finding"),
    [
        (replace(TOOLKIT, key="City Net"), "key: must be 1 to 24 small letters, digits and hyphens"),
        (replace(TOOLKIT, version=0), "version: must be 1 or more"),
        (replace(TOOLKIT, languages=("en", "id", "en")), "languages: holds `en` twice"),
        (replace(TOOLKIT, languages=("English",)), "languages: holds `English`, which is no language code"),
        (replace(TOOLKIT, languages=()), "languages: must list at least one language"),
        (replace(TOOLKIT, steps=()), "steps: holds no step"),
        (replace(TOOLKIT, minutes={"full": 15}), "minutes.quick: must be 1 or more"),
        (replace(TOOLKIT, minutes={"full": 15, "quick": 5, "long": 60}), "minutes.long: is not a length"),
        (replace(TOOLKIT, rules=TOOLKIT.rules[1:]), "rule 0: is missing"),
        (replace(TOOLKIT, rules=(*TOOLKIT.rules, TOOLKIT.rules[3])), "rule 3: number: is used by more than one rule"),
        (replace(TOOLKIT, rules=(*TOOLKIT.rules, replace(TOOLKIT.rules[0], number=8))), "rule 8: is not a known rule"),
        (replace(TOOLKIT, verdicts=TOOLKIT.verdicts[1:]), f"verdict {TOOLKIT.verdicts[0].key}: is missing"),
        (
            replace(TOOLKIT, verdicts=(*TOOLKIT.verdicts, TOOLKIT.verdicts[0])),
            f"verdict {TOOLKIT.verdicts[0].key}: key: is used by more than one verdict",
        ),
        (with_step(1, key=TOOLKIT.steps[0].key), f"step {TOOLKIT.steps[0].key}: key: is used by more than one step"),
        (with_step(1, items=()), f"step {TOOLKIT.steps[1].key}: items: holds no item"),
        (with_step(1, weight=-1.0), f"step {TOOLKIT.steps[1].key}: weight: must be a number above 0"),
        (with_step(1, weight=float("nan")), f"step {TOOLKIT.steps[1].key}: weight: must be a number above 0"),
        (with_step(1, weight=0.0), f"step {TOOLKIT.steps[1].key}: weight: is 0, so its items"),
        (with_item("K1", id="P1"), "item P1: id: is used by more than one item"),
        (with_item("K2", id="K-2|x"), "item K-2|x: id: must be 1 to 8 letters and digits"),
        (with_item("K2", source=" "), "item K2: source: is empty"),
        (with_item("K1", quick=False), "item K1: quick: must be true: a critical item belongs to the quick length"),
        (with_item("K2", example={"en": "x" * 300, "id": "y"}), "item K2: why, evidence and example.en: have "),
    ],
)
def test_a_fault_of_structure_is_named(toolkit: Toolkit, finding: str) -> None:
    findings = told(toolkit)
    assert any(line.startswith(f"t.toml: {finding}") for line in findings), findings


def test_a_toolkit_without_quick_or_critical_items_is_refused() -> None:
    steps = tuple(
        replace(step, items=tuple(replace(item, quick=False, critical=False) for item in step.items))
        for step in TOOLKIT.steps
    )
    assert told(replace(TOOLKIT, steps=steps)) == [
        "t.toml: items: has no item with quick = true, so the quick length asks nothing",
        "t.toml: items: has no item with critical = true, so rules 1 and 6 can never hold",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("coverage", 0.0),
        ("coverage", 1.01),
        ("critical_veto", -2.5),
        ("critical_veto", 0.0),
        ("critical_ready", 2.5),
        ("reject_min_rated", 0),
        ("ready_total", 101.0),
        ("ready_step", 101.0),
        ("adapt_total", 70.0),
        ("split_share", 0.6),
        ("split_share", 0.0),
        ("split_index", 0.0),
        ("steady", 1.1),
        ("steady", 0.7),
        ("fairly_steady", 0.0),
        ("agreement_high", 0.2),
        ("agreement_medium", -1.5),
    ],
)
def test_a_threshold_that_kills_a_rule_is_named(field: str, value: float) -> None:
    findings = told(with_thresholds(**{field: value}))
    assert [line for line in findings if line.startswith(f"t.toml: thresholds.{field}: must ")], findings


@pytest.mark.parametrize(
    ("floors", "finding"),
    [
        ((Floor(step="money", below=40),), "reject floor money: step: is not a step of this toolkit"),
        ((Floor(step="need", below=0),), "reject floor need: below: must lie above 0 and not above ready_step"),
        ((Floor(step="need", below=51),), "reject floor need: below: must lie above 0 and not above ready_step"),
        (
            (Floor(step="need", below=40), Floor(step="need", below=30)),
            "thresholds.reject_floors: names step need twice",
        ),
    ],
)
def test_a_floor_that_cannot_decide_is_named(floors: tuple[Floor, ...], finding: str) -> None:
    assert any(line.startswith(f"t.toml: {finding}") for line in told(with_thresholds(reject_floors=floors)))


def test_a_floor_over_too_few_items_is_named() -> None:
    findings = told(with_thresholds(reject_min_rated=5))
    assert findings == [
        "t.toml: reject floor need: step: can never count: the step has fewer items than reject_min_rated (5)"
    ]


@pytest.mark.parametrize("length", Length)
def test_every_rule_of_the_built_in_toolkit_can_hold(length: Length) -> None:
    assert unreachable_rules(TOOLKIT, length) == []


@pytest.mark.parametrize("length", Length)
def test_a_rule_that_no_ratings_reach_is_found(length: Length) -> None:
    never_rejects = with_thresholds(reject_floors=())
    assert unreachable_rules(never_rejects, length) == [2]


def test_a_hair_between_two_thresholds_is_enough_to_reach_a_rule() -> None:
    assert unreachable_rules(with_thresholds(ready_total=100.0, adapt_total=99.0), Length.FULL) == []


def test_a_rule_that_can_never_hold_is_named_with_its_length() -> None:
    assert told(with_thresholds(reject_floors=())) == [
        "t.toml: rule 2: can hold under no ratings tried in the full length; check the thresholds",
        "t.toml: rule 2: can hold under no ratings tried in the quick length; check the thresholds",
    ]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda one: replace(one, key=""), "key: must be 1 to 24 small letters"),
        (lambda one: replace(one, version=0), "version: must be 1 or more"),
        (lambda one: replace(one, what={}), "what.en: is missing"),
        (
            lambda one: replace(one, what={"en": "x" * 401, "id": "y"}),
            "what.en: has 401 characters; the chats show 400",
        ),
        (lambda one: replace(one, city={"en": "x" * 61, "id": "y"}), "city.en: has 61 characters; the chats show 60"),
        (lambda one: replace(one, results={"en": "It works."}), "results.id: is missing"),
        (lambda one: replace(one, results={"en": "Same.", "id": "Same."}), "results: reads the same"),
        (lambda one: replace(one, cost={"en": "x" * 3001, "id": "y"}), "cost.en: has 3001 characters"),
        (lambda one: replace(one, name={"en": "x" * 61, "id": "y"}), "name.en: has 61 characters; the chats show 60"),
        (lambda one: replace(one, parts=({"en": "Part"},)), "part number 1: parts.id: is missing"),
        (lambda one: replace(one, parts=one.parts * 6), "parts: holds 6 parts; at most 5"),
        (lambda one: replace(one, sdgs=(0,)), "sdgs: holds 0; the goals run from 1 to 17"),
        (lambda one: replace(one, sdgs=(18,)), "sdgs: holds 18; the goals run from 1 to 17"),
        (lambda one: replace(one, sdgs=(11, 11)), "sdgs: holds 11 twice"),
        (lambda one: replace(one, link="ftp://example.org/x"), "link: must be a web address"),
        (lambda one: replace(one, sources=one.sources * 2), "sources: names https://example.org/owl twice"),
        (lambda one: sourced(one, {}), "source number 1: title.en: is missing"),
        (lambda one: sourced(one, {"en": "Night buses"}), "source number 1: title.id: is missing"),
        (lambda one: sourced(one, {"en": "A ", "id": "A"}), "source number 1: title.en: begins or ends"),
        (lambda one: sourced(one, {"en": "Buses", "id": "The use of data"}), "source number 1: title.id: looks like"),
        (lambda one: sourced(one, {"en": "A", "id": "A"}, "a.org"), "source number 1: url: must be a web address"),
    ],
)
def test_a_fault_of_a_practice_is_named(change: Callable[[Practice], Practice], finding: str) -> None:
    findings = told_of(change(PRACTICE))
    assert any(line.startswith(f"p.toml: {finding}") for line in findings), findings


def test_the_title_of_a_source_may_stay_in_its_own_language() -> None:
    title = "The use of big data for the design of night bus routes"
    assert told_of(sourced(PRACTICE, {"en": title, "id": title})) == []


def test_a_practice_in_one_language_is_whole() -> None:
    source = Source(title={"id": "Laporan"}, url="https://example.org")
    own = Practice(
        key="own", languages=("id",), name={"id": "Bus"}, city={"id": "X"}, what={"id": "Y"}, sources=(source,)
    )
    assert told_of(own) == []


def test_a_practice_without_sources_is_named() -> None:
    assert told_of(replace(PRACTICE, sources=())) == [
        "p.toml: sources: is empty; name at least one source with title and url"
    ]
