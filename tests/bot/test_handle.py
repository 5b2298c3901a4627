"""One input, one transaction: taps that count once, privacy before consent, and several assessments of one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.handle import House, random_id
from flows.assessment import Status
from flows.dialogue import Phase
from flows.world import Notice
from storage.store import open_store
from tests.talking import CHANNEL, Person, at, house_on


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house on an empty store."""
    store = open_store("memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/cocok.db")
    yield house_on(store)
    store.close()


# taps


def test_a_stale_tap_changes_nothing(house: House) -> None:
    person = Person(house).enter().begin()
    stale = [button.data for button in person.screen.buttons]
    person.rate(1)
    before = person.conversation
    for data in stale:
        person.tap(data)
        assert person.screen.toast
        assert person.conversation == before


def test_no_button_of_any_earlier_card_changes_anything(house: House) -> None:
    person = Person(house).enter().begin().rate_all(-1)
    before = person.conversation
    shown = {button.data for button in person.screen.buttons}
    for screen in person.seen[:-1]:
        for button in screen.buttons:
            assert button.data not in shown
            person.tap(button.data)
            assert person.conversation == before


def test_a_double_tap_answers_one_question(house: House) -> None:
    person = Person(house).enter().begin()
    data = person.button("rate", 2).data
    person.tap(data)
    person.tap(data)
    assert list(person.assessment.ratings) == ["P1"]
    assert person.screen.name == "items N1"
    assert "already answered: Strongly helps" in person.screen.toast


def test_a_delivery_repeated_is_answered_with_the_present_card_and_does_nothing(house: House) -> None:
    person = Person(house).enter().begin()
    person.tap(person.button("rate", 2).data, key="update 7")
    before = person.conversation
    person.tap(person.button("rate", 2).data, key="update 7")
    assert person.last is not None
    assert (person.last.fresh, person.screen.name, person.conversation) == (False, "items N1", before)


def test_a_button_of_another_persons_assessment_changes_neither(house: House) -> None:
    one, other = Person(house).enter().begin(), Person(house, "2002").enter().begin()
    before = one.conversation, other.conversation
    other.tap(one.button("rate", 2).data)
    assert other.screen.toast
    assert (one.conversation, other.conversation) == before


def test_a_button_of_another_assessment_of_the_same_person_changes_nothing(house: House) -> None:
    person = Person(house).enter().begin()
    old = person.button("rate", 2).data
    first = person.assessment.id
    person.say("/assess")
    person.choose("choose", "food-waste-fee")
    person.say("Padang")
    person.choose("finish")
    person.choose("length", "quick")
    person.tap(old)
    assert person.assessment.ratings == {}
    assert person.stored(first).ratings == {}


def test_another_persons_assessment_cannot_be_opened(house: House) -> None:
    one, other = Person(house).enter().begin(), Person(house, "2002").enter()
    other.tap(f"|{other.conversation.revision}||open|{one.assessment.id}")
    assert (other.phase, other.conversation.assessment) == (Phase.HOME, None)


@pytest.mark.parametrize("end", ["forget", "refuse"])
def test_a_tap_after_everything_was_deleted_writes_nothing(house: House, end: str) -> None:
    person = Person(house)
    person.open()
    person.choose("language", "en")
    if end == "forget":
        person.choose("agree")
        person.begin()
        old = person.button("rate", 2).data
        person.say("/forget")
        person.choose("forget")
    else:
        old = person.button("agree").data
        person.choose("refuse")
    person.tap(old)
    assert (person.screen.name, person.kept) == ("left", None)
    assert person.screen.toast


@pytest.mark.parametrize("data", ["", "vote:7", "||||", "|0||forget|", "x" * 5000, "\ud800", "\0"])
def test_data_that_is_no_button_of_ours_changes_nothing(house: House, data: str) -> None:
    person = Person(house).enter().begin()
    before = person.conversation
    person.tap(data)
    assert person.screen.toast
    assert person.conversation == before


# privacy


def test_before_consent_language_and_phase_are_all_that_is_kept(house: House) -> None:
    person = Person(house)
    person.open()
    person.choose("language", "id")
    person.say("Nama saya Sari, NIP 1985")
    kept = person.conversation
    assert (kept.language, kept.phase, kept.address) == ("id", Phase.CONSENT, "1001")
    assert (kept.person, kept.consent, kept.consented_at, kept.scratch, kept.assessment) == ("", "", None, {}, None)


def test_consent_is_kept_with_its_version_and_moment() -> None:
    person = Person(house_on(open_store("memory://"), Notice(version="7"))).enter()
    assert (person.conversation.consent, person.conversation.consented_at) == ("7", person.now)
    assert person.conversation.person


def test_refusing_leaves_nothing(house: House) -> None:
    person = Person(house)
    person.open()
    person.choose("language", "en")
    person.choose("refuse")
    assert (person.screen.name, person.screen.buttons, person.kept) == ("left", (), None)


@pytest.mark.parametrize(("hours", "forgotten"), [(23, 0), (25, 1)])
def test_a_day_without_an_answer_to_the_notice_removes_the_chat(house: House, hours: int, forgotten: int) -> None:
    person = Person(house)
    person.open()
    person.choose("language", "en")
    other = Person(house, "2002").enter()
    limit = person.now + timedelta(hours=hours) - timedelta(hours=24)
    assert house.store.run(lambda unit: unit.purge_unconsented(limit)) == forgotten
    assert (person.kept is None) == bool(forgotten)
    assert other.kept is not None


def test_forgetting_deletes_every_assessment_after_asking_once_more(house: House) -> None:
    person = Person(house).enter().begin()
    person.rate(2)
    identifier, owner = person.assessment.id, person.conversation.person
    person.say("/hapus")
    person.choose("dismiss")
    assert person.assessment.ratings
    person.say("/forget")
    person.choose("forget")
    assert (person.screen.name, person.kept) == ("left", None)
    with house.store.unit(read_only=True) as unit:
        assert unit.assessment(identifier, owner) is None
        assert unit.assessments(owner) == []
        assert unit.history(identifier) == []


def test_the_notice_names_who_answers_for_the_data() -> None:
    notice = Notice(controller="Bappeda Banda Aceh", contact="data@example.org", retention_days=365)
    person = Person(house_on(open_store("memory://"), notice))
    person.open()
    person.choose("language", "en")
    assert "Bappeda Banda Aceh" in person.words
    assert "data@example.org" in person.words
    assert "365 days" in person.words


# several assessments


def test_several_assessments_are_listed_and_resumed(house: House) -> None:
    person = Person(house).enter().begin(city="Padang")
    person.rate(2)
    first = person.assessment.id
    person.wait(hours=1).say("/assess")
    person.choose("choose", "food-waste-fee")
    person.say("Surabaya")
    person.choose("finish")
    person.choose("length", "quick")
    person.wait(hours=1).rate_all(1).conclude().choose("home")
    person.say("/mine")
    fee = house.library.practice("food-waste-fee").name["en"]
    assert person.labels[:2] == [f"{fee}, Surabaya · 23 November 2026", "Owl Bus, Padang · 23 November 2026"]
    assert f"23 November 2026: {fee} (Seoul) for Surabaya. Recommendation: Looks promising" in person.words
    assert "23 November 2026: Owl Bus (Seoul) for Padang, 1 answered" in person.words
    person.choose("open", first)
    assert person.screen.name == "items N1 recap"
    person.choose("dismiss")
    assert (person.assessment.id, len(person.assessment.ratings)) == (first, 1)


def test_resume_takes_up_the_latest_that_is_open(house: House) -> None:
    person = Person(house).enter()
    person.say("/resume")
    assert person.screen.toast
    person.begin()
    person.rate(2)
    person.say("/cancel")
    person.say("/lanjut")
    assert (person.screen.name, len(person.assessment.ratings)) == ("items N1 recap", 1)


def test_a_finished_assessment_opens_at_its_verdict(house: House) -> None:
    person = Person(house).enter().begin().rate_all(1).conclude()
    person.choose("home")
    assert not any(label.startswith("Continue") for label in person.labels)
    person.choose("mine")
    person.choose("open")
    assert (person.screen.name, person.assessment.status) == ("verdict", Status.FINISHED)


def test_a_long_list_is_turned_page_by_page_and_back(house: House) -> None:
    person = Person(house).enter()
    for number in range(14):
        person.wait(minutes=number).begin(city="Padang").say("/cancel")
    person.choose("mine")
    pages = [person.screen]
    while person.offers("page"):
        pages.append(person.choose("page"))
    assert [sum("|open|" in button.data for button in page.buttons) for page in pages] == [6, 6, 2]
    names = [page.name for page in pages]
    for name in (*reversed(names[:-1]), "home"):
        person.say("/back")
        assert person.screen.name == name


# the house


def test_looking_changes_nothing_and_finds_nobody_unknown(house: House) -> None:
    person = Person(house).enter().begin()
    before = person.conversation
    assert person.looked.screen == person.screen
    assert person.conversation == before
    assert house.look(CHANNEL, "unknown", person.now) is None


def test_every_input_leaves_one_message_to_deliver(house: House) -> None:
    person = Person(house)
    person.open()
    person.choose("language", "en")
    with house.store.unit() as unit:
        [first] = unit.outbox.claim(CHANNEL, person.now, 10, timedelta(minutes=1))
    assert (first.channel, first.address, first.kind, dict(first.body)) == (CHANNEL, "1001", "card", {})


def test_a_practice_that_lost_a_part_still_shows_a_card() -> None:
    person = at(Phase.PARTS)
    person.choose("skip")
    with person.house.store.unit() as unit:
        conversation = unit.conversation(CHANNEL, "1001")
        assert conversation is not None
        conversation.focus = "4"
        conversation.revision += 1
        unit.save(conversation, person.now)
        unit.commit()
    person.open()
    assert person.looked.screen.name.startswith("parts")


def test_ids_are_eight_characters_nobody_misreads() -> None:
    ids = {random_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(len(one) == 8 and not set(one) & set("ilo01|") for one in ids)
