"""A question to a colleague: asked once, taken up by one person, told with what is assessed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from hypothesis import given

from flows.assessment import City
from flows.inquiry import Inquiry, Standing
from flows.practice import Practice
from flows.ratings import Basis, Mark, Rating
from storage.errors import LostRace
from storage.plain import kept
from storage.sql import SqlStore
from storage.store import Store, UnitOfWork
from tests.storage.conftest import questions
from tests.storage.people import MINUTE, NOON, assessing, begun, inquiry, keep, newcomer, participant, ratings, reopened
from tests.storage.test_round_trip import each, forget

TAKEN = replace(inquiry(), standing=Standing.TAKEN, colleague="p-2")
ANSWERED = replace(
    TAKEN,
    standing=Standing.ANSWERED,
    by="Sri, Dinas Perhubungan",
    rating=Rating(value=-1, basis=Basis.EXPERIENCE, note="halte penuh", language="en", by="Sri"),
    answered_at=NOON + MINUTE,
)


def asked(store: Store) -> None:
    """Let p-1 ask, and p-2 and p-3 be there."""
    keep(store, assessing(), participant("1002", "p-2"), participant("1003", "p-3"))
    store.run(lambda unit: unit.keep_inquiry(inquiry()))


def found(store: Store, key: str = "t-1") -> Inquiry | None:
    with store.unit(read_only=True) as unit:
        return unit.inquiry(key)


def keep_one(store: Store, one: Inquiry) -> None:
    store.run(lambda unit: unit.keep_inquiry(one))


def take(unit: UnitOfWork, colleague: str) -> None:
    one = unit.inquiry("t-1")
    assert one is not None
    unit.keep_inquiry(replace(one, standing=Standing.TAKEN, colleague=colleague))


def test_an_inquiry_comes_back_by_its_token_as_it_stands(store: Store) -> None:
    asked(store)
    assert found(store) == inquiry()
    for later in (TAKEN, ANSWERED, replace(ANSWERED, standing=Standing.SETTLED)):
        keep_one(store, later)
        assert found(store) == later
    assert found(store, "t-9") is None


@each
@given(rating=ratings)
def test_whatever_a_colleague_answers_comes_back_the_same(store: Store, rating: Rating) -> None:
    forget(store)
    keep(store, assessing())
    answered = replace(inquiry(), standing=Standing.ANSWERED, rating=rating)
    store.run(lambda unit: unit.keep_inquiry(answered))
    assert found(store) == kept(answered)


def test_it_tells_what_is_assessed_as_that_is_now(store: Store) -> None:
    asked(store)
    own = Practice(key="own", name={"id": "Bank sampah"}, city={"id": "Malang"}, what={"id": "Menabung sampah"})

    def change(unit: UnitOfWork) -> None:
        conversation = unit.conversation("telegram", "1001")
        assert conversation is not None
        assert conversation.assessment is not None
        city = City(name="Kota Malang", key="3573")
        conversation.assessment.set_header(NOON, practice="owl-bus", own_practice=own, city=city)
        unit.save(conversation, NOON)

    store.run(change)
    expected = replace(inquiry(), practice="owl-bus", own_practice=own, city=City(name="Kota Malang", key="3573"))
    assert found(store) == expected
    with store.unit(read_only=True) as unit:
        assert unit.inquiries("a-1") == [expected]


def test_the_inquiries_of_an_assessment_are_listed_the_oldest_first(store: Store) -> None:
    asked(store)
    keep(store, assessing("1004", "p-4", "d-1"))
    older = replace(inquiry("t-2", item="P2"), asked_at=NOON - MINUTE)
    with store.unit() as unit:
        unit.keep_inquiry(older)
        unit.keep_inquiry(inquiry("t-3", "d-1", "p-4"))
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert unit.inquiries("a-1") == [older, inquiry()]
        assert unit.inquiries("a-9") == []


def test_the_second_who_takes_it_up_has_lost_the_race(store: Store) -> None:
    asked(store)
    store.run(lambda unit: take(unit, "p-2"))
    with store.unit() as unit, pytest.raises(LostRace):
        unit.keep_inquiry(replace(inquiry(), standing=Standing.TAKEN, colleague="p-3"))
    with store.unit() as unit, pytest.raises(LostRace):
        unit.keep_inquiry(replace(inquiry(), standing=Standing.SETTLED))
    assert found(store) == TAKEN


def test_of_two_who_open_the_link_at_the_same_moment_one_takes_it_up(store: Store) -> None:
    asked(store)
    start = Barrier(2, timeout=10)

    def taken_by(colleague: str) -> str:
        def work(unit: UnitOfWork) -> str:
            one = unit.inquiry("t-1")
            assert one is not None
            if one.standing is not Standing.OPEN:
                return "late"
            unit.keep_inquiry(replace(one, standing=Standing.TAKEN, colleague=colleague))
            return "taken"

        start.wait()
        return store.run(work)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(taken_by, ["p-2", "p-3"])) == ["late", "taken"]


def test_whoever_settles_it_writes_over_what_they_have_seen_only(store: Store) -> None:
    asked(store)
    store.run(lambda unit: unit.keep_inquiry(ANSWERED))
    with store.unit() as unit:
        seen = unit.inquiry("t-1")
        assert seen is not None
        unit.keep_inquiry(replace(seen, standing=Standing.SETTLED))
        unit.commit()
    assert found(store) == replace(ANSWERED, standing=Standing.SETTLED)


def test_an_inquiry_about_nothing_or_by_nobody_is_a_lost_race(store: Store) -> None:
    asked(store)
    for odd in (inquiry("t-2", assessment="a-9"), inquiry("t-2", asker="p-9"), replace(TAKEN, colleague="p-9")):
        with pytest.raises(LostRace):
            keep_one(store, odd)
    assert found(store) == inquiry()


def test_an_assessment_knows_whether_anybody_was_asked_about_it(store: Store) -> None:
    keep(store, assessing(), assessing("1002", "p-2", "b-1"))
    store.run(lambda unit: unit.keep_inquiry(inquiry()))
    with store.unit(read_only=True) as unit:
        mine, theirs = unit.assessment("a-1", "p-1"), unit.assessment("b-1", "p-2")
    assert mine is not None
    assert theirs is not None
    assert (mine.inquiring, theirs.inquiring) == (True, False)
    held = reopened(store).assessment
    assert held is not None
    assert held.inquiring


def test_a_colleague_finds_the_question_in_hand_again(store: Store) -> None:
    asked(store)

    def open_link(unit: UnitOfWork) -> None:
        conversation = unit.conversation("telegram", "1002")
        assert conversation is not None
        conversation.inquiry = unit.inquiry("t-1")
        unit.save(conversation, NOON)

    store.run(open_link)
    assert reopened(store, "1002").inquiry == inquiry()
    assert reopened(store).inquiry is None


def test_saving_a_conversation_writes_its_inquiry_when_that_changed(store: Store) -> None:
    asked(store)
    with store.unit() as unit:
        conversation = unit.conversation("telegram", "1002")
        assert conversation is not None
        conversation.inquiry = TAKEN
        unit.save(conversation, NOON)
        conversation.inquiry = ANSWERED
        unit.save(conversation, NOON)
        unit.commit()
    assert reopened(store, "1002").inquiry == ANSWERED
    with store.unit() as unit:
        conversation = unit.conversation("telegram", "1002")
        assert conversation is not None
        conversation.inquiry = None
        unit.save(conversation, NOON)
        unit.commit()
    assert reopened(store, "1002").inquiry is None
    assert found(store) == ANSWERED


def test_somebody_without_consent_keeps_the_question_in_hand(store: Store) -> None:
    asked(store)
    conversation = newcomer("1005")
    conversation.inquiry = inquiry()
    keep(store, conversation)
    assert reopened(store, "1005").inquiry == inquiry()


def test_an_inquiry_taken_up_by_someone_faster_is_a_lost_race_for_the_whole_unit(store: Store) -> None:
    asked(store)
    store.run(lambda unit: take(unit, "p-3"))

    def late(unit: UnitOfWork) -> None:
        conversation = unit.conversation("telegram", "1002")
        assert conversation is not None
        conversation.focus, conversation.inquiry = "P1", TAKEN
        unit.save(conversation, NOON)

    with pytest.raises(LostRace):
        store.run(late)
    assert reopened(store, "1002") == participant("1002", "p-2")


def test_one_who_asks_about_a_new_assessment_in_the_same_unit_is_understood(store: Store) -> None:
    conversation = participant()
    conversation.assessment = begun()
    with store.unit() as unit:
        unit.save(conversation, NOON)
        unit.keep_inquiry(inquiry())
        unit.commit()
    assert found(store) == inquiry()


def test_without_an_inquiry_in_hand_no_question_is_about_one(database: SqlStore) -> None:
    asked(database)
    with questions(database) as said:
        reopened(database)
        assert len(said) == 1


def test_a_dont_know_names_who_is_to_be_asked(store: Store) -> None:
    conversation = assessing()
    assert conversation.assessment is not None
    rating = Rating(value=Mark.DONT_KNOW, ask="Bu Sri, Dishub", until="2026-09-01", language="id", by="Pak Budi")
    conversation.assessment.rate("P2", rating, NOON)
    keep(store, conversation)
    again = reopened(store).assessment
    assert again is not None
    assert again.ratings["P2"] == rating
    with store.unit(read_only=True) as unit:
        assert unit.history("a-1")[-1].new == Rating(value=Mark.DONT_KNOW, language="id")
