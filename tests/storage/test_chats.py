"""What is noted of chats: which message shows the card, who can be reached, what a message answered."""

from __future__ import annotations

from dataclasses import replace

from flows.dialogue import Shown
from storage.store import CARD, REMEMBERED, DeadLetter, OutgoingMessage, Store, UnitOfWork
from tests.storage.people import MINUTE, NOON, assessing, keep, newcomer, participant, reopened, utterance

CHAT = ("telegram", "1001")
CARD_SHOWN = Shown(message="17", leaf="risk", buried=True)


def letter(key: str = "telegram:1", address: str = "1001") -> DeadLetter:
    return DeadLetter(key=key, channel="telegram", address=address, body='{"update_id": 1}', error="KeyError", at=NOON)


def card(address: str, text: str) -> OutgoingMessage:
    body = {"text": text}
    return OutgoingMessage(channel="telegram", address=address, kind="card", body=body, created_at=NOON, stamp=text)


def waiting(store: Store) -> list[tuple[str, object]]:
    claimed = store.run(lambda unit: unit.outbox.claim("telegram", NOON, 10, MINUTE))
    return [(one.address, one.body["text"]) for one in claimed]


def test_the_message_that_shows_the_card_comes_back_with_the_conversation(store: Store) -> None:
    keep(store, participant())
    assert reopened(store).shown == Shown()
    store.run(lambda unit: unit.show(*CHAT, CARD_SHOWN))
    assert reopened(store) == replace(participant(), shown=CARD_SHOWN)


def test_a_chat_that_is_gone_is_passed_over(store: Store) -> None:
    def note(unit: UnitOfWork) -> None:
        unit.show(*CHAT, CARD_SHOWN)
        unit.reach(*CHAT, reachable=False)
        unit.note_utterance(*CHAT, "17", utterance())
        unit.move("telegram", "1001", "2002")

    store.run(note)
    with store.unit(read_only=True) as unit:
        assert unit.conversation(*CHAT) is None
        assert unit.utterance(*CHAT, "17") is None


def test_a_card_drawn_while_the_conversation_goes_on_loses_no_race_and_is_not_overwritten(store: Store) -> None:
    keep(store, participant())
    with store.unit() as unit:
        found = unit.conversation(*CHAT)
        assert found is not None
        unit.show(*CHAT, CARD_SHOWN)
        unit.reach(*CHAT, reachable=False)
        found.focus, found.revision = "P2", found.revision + 1
        unit.save(found, NOON)
        unit.commit()
    again = reopened(store)
    assert (again.shown, again.unreachable, again.focus) == (CARD_SHOWN, True, "P2")


def test_a_conversation_says_itself_that_its_card_is_buried_and_its_person_is_back(store: Store) -> None:
    keep(store, replace(participant(), shown=Shown(message="17", leaf="risk"), unreachable=True))
    with store.unit() as unit:
        found = unit.conversation(*CHAT)
        assert found is not None
        found.shown, found.unreachable = CARD_SHOWN, False
        unit.save(found, NOON)
        unit.commit()
    again = reopened(store)
    assert (again.shown, again.unreachable) == (CARD_SHOWN, False)


def test_the_chats_of_a_person_are_listed_the_last_used_first_without_those_out_of_reach(store: Store) -> None:
    early, late, never = participant("1001"), participant("1002"), participant("1003")
    late.seen_at, never.seen_at = NOON + MINUTE, None
    keep(store, early, late, participant("1004", "p-2"), newcomer("1005"))
    keep(store, never, at=NOON - MINUTE)
    with store.unit() as unit:
        assert unit.chats("p-1") == [("telegram", "1002"), ("telegram", "1001"), ("telegram", "1003")]
        unit.reach("telegram", "1002", reachable=False)
        assert unit.chats("p-1") == [("telegram", "1001"), ("telegram", "1003")]
        unit.reach("telegram", "1002", reachable=True)
        assert len(unit.chats("p-1")) == 3
        assert unit.chats("p-9") == []


def test_a_chat_moves_with_all_that_belongs_to_it(store: Store) -> None:
    keep(store, assessing(), participant("1002", "p-2"))
    with store.unit() as unit:
        unit.first_delivery("telegram:1", *CHAT, NOON)
        unit.note_utterance(*CHAT, "17", utterance())
        unit.outbox.post(card("1001", "mine"))
        unit.outbox.post(card("1002", "theirs"))
        unit.set_aside(letter())
        unit.move("telegram", "1001", "-100")
        unit.commit()
    assert reopened(store, "-100") == replace(assessing(), address="-100")
    assert waiting(store) == [("-100", "mine"), ("1002", "theirs")]
    with store.unit() as unit:
        assert unit.conversation(*CHAT) is None
        assert unit.utterance("telegram", "-100", "17") == utterance()
        assert [one.address for one in unit.dead_letters()] == ["-100"]
        unit.save(replace(reopened(store, "-100"), erased=True), NOON)
        assert unit.first_delivery("telegram:1", *CHAT, NOON)
        assert unit.dead_letters() == []


def test_whoever_wrote_at_the_new_address_before_consent_makes_room(store: Store) -> None:
    keep(store, assessing(), newcomer("-100"))
    with store.unit() as unit:
        unit.outbox.post(card("1001", "old"))
        unit.outbox.post(card("-100", "new"))
        unit.move("telegram", "1001", "-100")
        unit.commit()
    assert reopened(store, "-100").person == "p-1"
    assert waiting(store) == [("-100", "new")]


def test_whoever_consented_at_the_new_address_stays_and_the_old_chat_is_out_of_reach(store: Store) -> None:
    keep(store, assessing(), participant("-100", "p-2"))
    store.run(lambda unit: unit.move("telegram", "1001", "-100"))
    assert reopened(store, "-100").person == "p-2"
    assert reopened(store) == replace(assessing(), unreachable=True)


def test_a_chat_that_keeps_its_address_stays_as_it_is(store: Store) -> None:
    keep(store, assessing())
    with store.unit() as unit:
        unit.outbox.post(card("1001", "mine"))
        unit.move("telegram", "1001", "1001")
        unit.commit()
    assert reopened(store) == assessing()
    assert waiting(store) == [("1001", "mine")]


def test_moving_nobody_takes_nothing_from_who_is_at_the_new_address(store: Store) -> None:
    keep(store, newcomer("-100"))
    store.run(lambda unit: unit.move("telegram", "1001", "-100"))
    assert reopened(store, "-100") == newcomer("-100")


def test_it_is_known_which_question_a_message_answered(store: Store) -> None:
    keep(store, participant(), participant("1002", "p-2"))
    with store.unit() as unit:
        unit.note_utterance(*CHAT, "17", utterance("P1"))
        unit.note_utterance("telegram", "1002", "17", utterance("P2"))
        unit.note_utterance(*CHAT, "18\0", utterance("P3\0"))
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert unit.utterance(*CHAT, "17") == utterance("P1")
        assert unit.utterance("telegram", "1002", "17") == utterance("P2")
        assert unit.utterance(*CHAT, "18") == utterance("P3")
        assert unit.utterance(*CHAT, "19") is None


def test_the_latest_note_of_a_message_holds(store: Store) -> None:
    keep(store, participant())
    store.run(lambda unit: unit.note_utterance(*CHAT, "17", utterance("P1")))
    store.run(lambda unit: unit.note_utterance(*CHAT, "17", utterance("P2")))
    with store.unit(read_only=True) as unit:
        assert unit.utterance(*CHAT, "17") == utterance("P2")


def test_only_the_latest_messages_of_a_chat_are_remembered(store: Store) -> None:
    keep(store, participant(), participant("1002", "p-2"))
    with store.unit() as unit:
        unit.note_utterance("telegram", "1002", "1", utterance())
        for number in range(REMEMBERED + 2):
            unit.note_utterance(*CHAT, str(number), utterance())
        unit.commit()
    with store.unit(read_only=True) as unit:
        found = [number for number in range(REMEMBERED + 2) if unit.utterance(*CHAT, str(number))]
        assert found == list(range(2, REMEMBERED + 2))
        assert unit.utterance("telegram", "1002", "1") is not None


def test_an_input_that_was_set_aside_is_kept_once_with_what_went_wrong_first(store: Store) -> None:
    store.run(lambda unit: unit.set_aside(letter()))
    store.run(lambda unit: unit.set_aside(replace(letter(), error="again", at=NOON + MINUTE)))
    store.run(lambda unit: unit.set_aside(replace(letter("telegram:2"), at=NOON + MINUTE, body="\0odd \ud83d")))
    with store.unit(read_only=True) as unit:
        newest, oldest = unit.dead_letters()
    assert (newest.key, newest.body) == ("telegram:2", "odd ?")
    assert oldest == letter()


def test_old_inputs_that_were_set_aside_are_forgotten(store: Store) -> None:
    store.run(lambda unit: unit.set_aside(letter()))
    store.run(lambda unit: unit.set_aside(replace(letter("telegram:2"), at=NOON + MINUTE)))
    with store.unit() as unit:
        assert unit.purge_dead_letters(NOON) == 0
        assert unit.purge_dead_letters(NOON + MINUTE) == 1
        assert [one.key for one in unit.dead_letters()] == ["telegram:2"]


def test_a_card_is_what_a_message_is_unless_its_lane_says_otherwise() -> None:
    assert card("1001", "x").lane == CARD
