"""What is assessed: a practice of the list or an own one, the receiving city, the profile, the length."""

from __future__ import annotations

import pytest

from flows.assessment import City, Status
from flows.dialogue import Phase
from flows.toolkit import Length
from tests.talking import FIELDS, Person, at


def own_parts(typed: str) -> list[str]:
    person = Person().enter().begin_own((*FIELDS[:4], typed))
    assert person.assessment.own_practice is not None
    return [part["en"] for part in person.assessment.own_practice.parts]


def test_an_own_practice_is_kept_as_described() -> None:
    own = Person().enter().begin_own().assessment.own_practice
    assert own is not None
    assert (own.name["id"], own.city["en"], own.what["en"], own.link) == FIELDS[:4]
    assert [part["id"] for part in own.parts] == ["routes", "fares", "drivers"]


def test_parts_are_separated_by_semicolons_and_lines_and_are_five_at_most() -> None:
    assert own_parts("routes; fares\n drivers ;; ") == ["routes", "fares", "drivers"]
    assert own_parts(";;a;b\nc;d;e;f;g") == ["a", "b", "c", "d", "e"]


def test_name_city_and_deed_are_required_link_and_parts_are_not() -> None:
    person = at(Phase.OWN)
    for text in FIELDS[:3]:
        assert not person.offers("skip")
        person.say(text)
    for _ in range(2):
        person.choose("skip")
    assert person.phase is Phase.CITY
    assert person.assessment.own_practice is not None
    assert (person.assessment.own_practice.link, person.assessment.own_practice.parts) == ("", ())


def test_the_name_of_an_own_practice_needs_a_letter() -> None:
    person = at(Phase.OWN)
    person.say("2026")
    assert person.screen.name == "own name"
    assert person.screen.toast


def test_an_own_practice_is_whole_after_a_pause_and_a_way_back() -> None:
    person = Person().enter().begin_own()
    before = person.assessment.own_practice
    person.choose("home")
    person.choose("open")
    person.choose("dismiss")
    while person.screen.name != "own parts":
        person.say("/back")
    while person.phase is Phase.OWN:
        person.choose("keep")
    assert person.assessment.own_practice == before


def test_one_field_of_an_own_practice_can_be_changed_on_the_way_back() -> None:
    person = Person().enter().begin_own()
    while person.screen.name != "own name":
        person.say("/back")
    person.say("Night ferry")
    while person.phase is Phase.OWN:
        person.choose("keep")
    own = person.assessment.own_practice
    assert own is not None
    assert (own.name["en"], own.city["en"], len(own.parts)) == ("Night ferry", "Seoul", 3)


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Banda Aceh", City(name="Banda Aceh", key="11.71")),
        ("b. aceh", City(name="Banda Aceh", key="11.71")),
        ("Jogja", City(name="Yogyakarta", key="34.71")),
        ("Kabupaten Malang", City(name="Kabupaten Malang", key="35.07")),
    ],
)
def test_a_city_is_known_by_its_name_and_short_forms(typed: str, city: City) -> None:
    person = at(Phase.CITY)
    person.say(typed)
    assert (person.phase, person.assessment.city) == (Phase.PROFILE, city)


def test_a_slip_of_the_finger_is_offered_corrected() -> None:
    person = at(Phase.CITY)
    person.say("surabya")
    person.press("Surabaya")
    assert person.assessment.city == City(name="Surabaya", key="35.78")


def test_a_name_that_two_places_share_is_asked_about() -> None:
    person = at(Phase.CITY)
    person.say("Malang")
    assert person.labels[:2] == ["Malang", "Kabupaten Malang"]
    person.press_at(2)
    assert person.assessment.city == City(name="Kabupaten Malang", key="35.07")


def test_a_city_of_no_list_is_taken_as_typed() -> None:
    person = at(Phase.CITY)
    person.say("  Atlantis\u200b ")
    person.choose("city", "typed")
    assert person.assessment.city == City(name="Atlantis")


def test_another_name_can_be_typed_instead_of_a_suggestion() -> None:
    person = at(Phase.CITY)
    person.say("surabya")
    person.say("Padang")
    assert person.assessment.city == City(name="Padang", key="13.71")


@pytest.mark.parametrize("typed", ["12345", "", "\0", "🚌", "x" * 81, "\u202e", "\ud800"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    person = at(Phase.CITY)
    before = person.conversation
    person.say(typed)
    assert person.screen.toast
    assert person.conversation == before


def test_the_city_of_the_latest_assessment_is_offered_again() -> None:
    person = Person().enter().begin(city="Padang")
    person.say("/assess")
    person.choose("choose", "food-waste-fee")
    person.press("Padang")
    assert person.assessment.city == City(name="Padang", key="13.71")


@pytest.mark.parametrize("typed", ["Surabaya", "Atlantis"])
def test_another_city_after_answers_begins_a_new_assessment_and_keeps_the_old(typed: str) -> None:
    person = Person().enter().begin()
    person.rate(2)
    first = person.assessment
    while person.phase is not Phase.CITY:
        person.say("/back")
    revision = person.conversation.revision
    person.say(typed)
    if person.screen.name.endswith("unsure"):
        revision += 1
        person.choose("city", "typed")
    assert person.assessment.id != first.id
    assert (person.phase, person.assessment.ratings) == (Phase.PROFILE, {})
    assert person.screen.toast.startswith("A new assessment begins")
    assert person.conversation.revision == revision + 1
    assert person.stored(first.id) == first
    assert len(person.listed) == 2


def test_another_practice_after_answers_begins_a_new_assessment_and_keeps_the_old() -> None:
    person = Person().enter().begin()
    person.rate(2)
    first = person.assessment
    while person.phase is not Phase.PRACTICE:
        person.say("/back")
    person.choose("choose", "food-waste-fee")
    assert (person.assessment.practice, person.assessment.city, person.assessment.ratings) == (
        "food-waste-fee@1",
        None,
        {},
    )
    assert person.stored(first.id).ratings == first.ratings


def test_the_same_practice_and_city_again_keep_the_answers() -> None:
    person = Person().enter().begin()
    person.rate(2)
    first = person.assessment.id
    while person.phase is not Phase.PRACTICE:
        person.say("/back")
    person.choose("choose", "owl-bus")
    person.say("Banda Aceh")
    assert (person.assessment.id, len(person.assessment.ratings)) == (first, 1)


def test_before_there_are_answers_practice_and_city_are_simply_changed() -> None:
    person = Person().enter().begin()
    first = person.assessment.id
    while person.phase is not Phase.PRACTICE:
        person.say("/back")
    person.choose("choose", "food-waste-fee")
    assert (person.assessment.id, person.assessment.practice, len(person.listed)) == (first, "food-waste-fee@1", 1)


def test_all_of_the_profile_may_be_skipped_or_any_of_it() -> None:
    person = at(Phase.PROFILE)
    assert person.offers("finish")
    person.choose("skip")
    person.choose("profile", "medium")
    person.say("Bappeda")
    person.choose("skip")
    person.choose("profile", "visited")
    person.choose("skip")
    assert person.phase is Phase.LENGTH
    assert person.assessment.profile == {"class": "medium", "office": "Bappeda", "familiarity": "visited"}


def test_the_length_decides_how_much_is_asked() -> None:
    for length, number in ((Length.QUICK, 10), (Length.FULL, 32)):
        person = Person().enter().begin(length=length).rate_all(0)
        assert (person.assessment.length, len(person.assessment.ratings)) == (length, number)
        assert person.assessment.status is Status.OPEN


def test_a_quick_assessment_made_full_asks_only_for_what_is_missing_first() -> None:
    person = Person().enter().begin().rate_all(1)
    while person.phase is not Phase.LENGTH:
        person.say("/back")
    person.choose("length", "full")
    assert person.screen.name == "items P2"
    assert len(person.assessment.ratings) == 10


def test_assessments_that_read_alike_are_numbered() -> None:
    person = Person().enter().begin()
    person.say("/cancel")
    person.begin()
    person.say("/mine")
    alike = "Owl Bus, Banda Aceh · 23 November 2026"
    assert person.labels[:2] == [f"1. {alike}", f"2. {alike}"]
    assert person.words.splitlines()[1].startswith("1. 23 November 2026: Owl Bus (Seoul) for Banda Aceh")
