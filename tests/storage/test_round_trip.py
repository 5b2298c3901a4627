"""What is written comes back, on every engine; what is not an event is not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.assessment import City, Rated, Status, Summary, VerdictRecord
from flows.practice import Practice
from flows.ratings import Basis, Mark, Rating
from flows.toolkit import Length
from storage.plain import kept
from storage.store import Store
from tests.storage.people import (
    MINUTE,
    NOON,
    assessing,
    begun,
    dialogues,
    happenings,
    keep,
    newcomer,
    participant,
    reopened,
)

each = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def forget(store: Store) -> None:
    with store.unit() as unit:
        if found := unit.conversation("telegram", "1001"):
            found.erased = True
            unit.save(found, NOON)
        unit.commit()


@each
@given(data=st.data())
def test_whatever_is_said_comes_back_the_same_now_and_after_more_was_said(store: Store, data: st.DataObject) -> None:
    forget(store)
    conversation = data.draw(dialogues())
    keep(store, conversation)
    again = reopened(store)
    assert again == kept(conversation)
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        if found.assessment is not None:
            data.draw(happenings(found.assessment))
        unit.save(found, NOON)
        unit.commit()
    assert reopened(store) == kept(found)


@each
@given(data=st.data())
def test_the_history_tells_every_answer_in_order_with_what_it_replaced(store: Store, data: st.DataObject) -> None:
    forget(store)
    conversation = assessing()
    assert conversation.assessment is not None
    data.draw(happenings(conversation.assessment))
    rated = [event for event in kept(conversation.assessment.events) if isinstance(event, Rated)]
    keep(store, conversation)
    with store.unit(read_only=True) as unit:
        told = unit.history("a-1")
    assert [(one.item, *answer(one.old), *answer(one.new), one.at) for one in told] == [
        (one.item, *answer(one.old), *answer(one.new), one.at) for one in rated if answer(one.old) != answer(one.new)
    ]
    assert not any(one.new.note or (one.old and one.old.note) for one in told)


def answer(rating: Rating | None) -> tuple[object, object]:
    return (rating.value, rating.basis) if rating else (None, None)


def test_a_mere_note_is_kept_with_the_answer_and_leaves_no_trace_in_the_history(store: Store) -> None:
    conversation = assessing()
    assert conversation.assessment is not None
    first = Rating(value=2, basis=Basis.DOCUMENT, language="id")
    conversation.assessment.rate("P1", replace(first, note="the mayor said"), NOON)
    conversation.assessment.rate("P1", first, NOON)
    conversation.assessment.rate("P2", Rating(note="nothing yet", language="id"), NOON)
    conversation.assessment.rate("P2", Rating(value=1, note="now", language="id"), NOON)
    keep(store, conversation)
    with store.unit(read_only=True) as unit:
        assert unit.history("a-1") == [
            Rated(item="P1", old=None, new=first, at=NOON),
            Rated(item="P2", old=None, new=Rating(value=1, language="id"), at=NOON),
        ]
    again = reopened(store).assessment
    assert again is not None
    assert (again.ratings["P1"].note, again.ratings["P2"].note) == ("", "now")


def test_a_changed_answer_keeps_both_values_both_languages_and_both_moments(store: Store) -> None:
    keep(store, assessing())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        assert found.assessment is not None
        found.assessment.rate("P1", Rating(value=Mark.DONT_KNOW, language="en"), NOON + MINUTE)
        unit.save(found, NOON + MINUTE)
        unit.commit()
    with store.unit(read_only=True) as unit:
        first, second = unit.history("a-1")
    assert (first.old, first.new.value, first.new.language, first.at) == (None, 2, "id", NOON)
    assert second.old == Rating(value=2, basis=Basis.DOCUMENT, language="id")
    assert (second.new.value, second.new.language, second.at) == (Mark.DONT_KNOW, "en", NOON + MINUTE)


def test_saving_takes_the_events_and_a_second_save_writes_them_no_second_time(store: Store) -> None:
    conversation = assessing()
    with store.unit() as unit:
        unit.save(conversation, NOON)
        assert conversation.assessment is not None
        assert conversation.assessment.events == []
        unit.save(conversation, NOON)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert len(unit.history("a-1")) == 1


def test_an_answer_is_kept_though_its_assessment_is_put_down_in_the_same_unit(store: Store) -> None:
    keep(store, assessing())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        assert found.assessment is not None
        found.assessment.rate("P2", Rating(value=-1), NOON + MINUTE)
        found.assessment = begun("a-2")
        unit.save(found, NOON)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert [(line.id, line.answered) for line in unit.assessments("p-1")] == [("a-1", 2), ("a-2", 0)]
        assert len(unit.history("a-1")) == 2


def test_what_is_not_an_event_is_not_kept(store: Store) -> None:
    keep(store, assessing())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        assert found.assessment is not None
        found.assessment.ratings["P2"] = Rating(value=1)
        found.assessment.practice = "seoul"
        unit.save(found, NOON)
        unit.commit()
    assert reopened(store).assessment == assessing().assessment


def test_before_consent_nothing_typed_is_kept(store: Store) -> None:
    conversation = newcomer()
    conversation.scratch = {"note": "my name is"}
    keep(store, conversation)
    assert reopened(store) == newcomer()


def test_what_comes_back_is_a_copy(store: Store) -> None:
    conversation = participant()
    conversation.scratch = {"name": "Ciliwung"}
    keep(store, conversation)
    conversation.scratch["name"] = "changed"
    reopened(store).scratch["name"] = "changed"
    assert reopened(store).scratch == {"name": "Ciliwung"}


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    conversation = participant()
    conversation.seen_at = datetime(2026, 8, 17, 19, tzinfo=timezone(timedelta(hours=7)))
    keep(store, conversation)
    seen = reopened(store).seen_at
    assert seen == NOON
    assert seen.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    conversation = participant()
    conversation.seen_at = datetime(2026, 8, 17, 12)  # noqa: DTZ001 - that is the point
    with store.unit() as unit, pytest.raises(ValueError, match="without a time zone"):
        unit.save(conversation, NOON)


def test_the_language_of_a_person_changes_with_the_conversation(store: Store) -> None:
    keep(store, assessing())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.language, found.consent, found.consented_at = "en", "2", NOON + MINUTE
        unit.save(found, NOON)
        unit.commit()
    again = reopened(store)
    assert (again.language, again.consent, again.consented_at) == ("en", "2", NOON + MINUTE)


def test_the_list_shows_a_persons_own_assessments_the_last_changed_first(store: Store) -> None:
    keep(store, assessing(), assessing("1002", "p-2", "b-1"))
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.assessment = begun("a-2", NOON + MINUTE)
        unit.save(found, NOON)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert [line.id for line in unit.assessments("p-1")] == ["a-2", "a-1"]
        assert [line.id for line in unit.assessments("p-2")] == ["b-1"]
        assert unit.assessments("p-3") == []
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.assessment = unit.assessment("a-1", "p-1")
        assert found.assessment is not None
        found.assessment.rate("P2", Rating(note="only a note"), NOON + 2 * MINUTE)
        unit.save(found, NOON)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert [(line.id, line.answered) for line in unit.assessments("p-1")] == [("a-1", 1), ("a-2", 0)]


def test_a_line_of_the_list_says_what_where_how_far_and_the_latest_verdict(store: Store) -> None:
    conversation = assessing()
    assert conversation.assessment is not None
    own = Practice(key="own", name={"id": "Bank sampah"}, city={"id": "Malang"}, what={"id": "Menabung sampah"})
    header = {"own_practice": own, "city": City(name="Kota Malang", key="3573"), "length": Length.QUICK}
    conversation.assessment.set_header(NOON, **header)
    for key in ("not-recommended", "ready-to-pilot"):
        conversation.assessment.conclude(VerdictRecord(at=NOON + MINUTE, key=key, rule=4, total=None, steps={}))
    keep(store, conversation)
    with store.unit(read_only=True) as unit:
        (line,) = unit.assessments("p-1")
    assert line == Summary(
        id="a-1",
        toolkit="citynet@1",
        practice="",
        own_practice=own,
        city=City(name="Kota Malang", key="3573"),
        status=Status.FINISHED,
        length=Length.QUICK,
        answered=1,
        updated_at=NOON + MINUTE,
        verdict="ready-to-pilot",
    )


def test_an_assessment_is_shown_to_its_person_only(store: Store) -> None:
    keep(store, assessing())
    with store.unit(read_only=True) as unit:
        assert unit.assessment("a-1", "p-1") == assessing().assessment
        assert unit.assessment("a-1", "p-2") is None
        assert unit.assessment("a-2", "p-1") is None


def test_a_chat_nobody_wrote_in_is_none(store: Store) -> None:
    with store.unit(read_only=True) as unit:
        assert unit.conversation("telegram", "1001") is None


def test_two_versions_of_a_document_stand_side_by_side_and_neither_changes(store: Store) -> None:
    with store.unit() as unit:
        for add in (unit.add_toolkit, unit.add_practice):
            assert add("seoul", 2, '{"version": 2}', NOON)
            assert add("seoul", 1, '{"version": "1 \U0001f68c"}', NOON)
            assert add("bogota", 1, "{}", NOON)
            assert not add("seoul", 1, '{"version": "other"}', NOON + MINUTE)
        unit.commit()
    with store.unit(read_only=True) as unit:
        toolkits, practices = unit.toolkits(), unit.practices()
    assert toolkits == practices
    assert [(one.key, one.version, one.text, one.imported_at) for one in practices] == [
        ("bogota", 1, "{}", NOON),
        ("seoul", 1, '{"version": "1 \U0001f68c"}', NOON),
        ("seoul", 2, '{"version": 2}', NOON),
    ]
