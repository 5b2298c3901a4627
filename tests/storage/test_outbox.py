"""Messages wait, in order per chat, until they are sent or given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from storage.store import CARD, OutgoingMessage, Store, UnitOfWork, open_store
from tests.storage.conftest import PATIENCE
from tests.storage.people import MINUTE, NOON

NOW = timedelta(0)
"""No lease: whoever asks may have it."""


def a_message(text: str, **details: Any) -> OutgoingMessage:
    body = {"text": text, "rows": [["a", 1, None, True]]}
    place: dict[str, Any] = {"channel": "telegram", "address": "1001", "lane": "files", "created_at": NOON}
    return OutgoingMessage(kind="screen", body=body, **place | details)


def post(store: Store, *texts: str, **details: Any) -> None:
    with store.unit() as unit:
        for text in texts:
            unit.outbox.post(a_message(text, **details))
        unit.commit()


def card(store: Store, text: str, stamp: str = "1", lease: timedelta = NOW, **details: Any) -> None:
    with store.unit() as unit:
        unit.outbox.post(a_message(text, lane=CARD, stamp=stamp, **details), lease)
        unit.commit()


def claim(store: Store, at: datetime = NOON, limit: int = 10) -> list[OutgoingMessage]:
    with store.unit() as unit:
        taken = unit.outbox.claim("telegram", at, limit, MINUTE)
        unit.commit()
    return taken


def sent(store: Store, *messages: OutgoingMessage) -> None:
    with store.unit() as unit:
        for message in messages:
            unit.outbox.sent(message.id)
        unit.commit()


def texts(messages: list[OutgoingMessage]) -> list[object]:
    return [message.body["text"] for message in messages]


def test_a_message_comes_back_whole(store: Store) -> None:
    post(store, "Selamat pagi 🌅")
    (message,) = claim(store)
    assert message == replace(a_message("Selamat pagi 🌅"), id=message.id, attempts=1)


def test_a_claimed_message_is_given_to_no_one_else_until_the_lease_is_over(store: Store) -> None:
    post(store, "one")
    assert texts(claim(store)) == ["one"]
    assert claim(store, NOON + MINUTE / 2) == []
    (again,) = claim(store, NOON + MINUTE)
    assert again.attempts == 2


def test_a_channel_gets_its_own_messages_only(store: Store) -> None:
    post(store, "theirs", channel="slack")
    post(store, "ours")
    assert texts(claim(store)) == ["ours"]
    with store.unit() as unit:
        assert texts(unit.outbox.claim("slack", NOON, 10, MINUTE)) == ["theirs"]


def test_a_claim_that_is_not_committed_takes_nothing(store: Store) -> None:
    post(store, "one")
    with store.unit() as unit:
        assert len(unit.outbox.claim("telegram", NOON, 10, MINUTE)) == 1
    assert texts(claim(store)) == ["one"]


def test_a_chat_gets_its_messages_one_by_one_in_order_while_other_chats_go_on(store: Store) -> None:
    post(store, "one", "two")
    post(store, "other", address="1002")
    first = claim(store)
    assert texts(first) == ["one", "other"]
    assert claim(store) == []
    sent(store, *first)
    assert texts(claim(store)) == ["two"]


def test_a_claim_takes_the_oldest_up_to_its_limit(store: Store) -> None:
    for number in range(4):
        post(store, str(number), address=str(number))
    assert texts(claim(store, limit=3)) == ["0", "1", "2"]
    assert texts(claim(store, limit=3)) == ["3"]


def test_a_message_that_is_not_due_yet_waits(store: Store) -> None:
    post(store, "later", created_at=NOON + MINUTE)
    assert claim(store) == []
    assert texts(claim(store, NOON + MINUTE)) == ["later"]


def test_a_message_sent_is_gone_and_its_number_is_never_given_again(store: Store) -> None:
    post(store, "one")
    old = claim(store)
    sent(store, *old)
    assert claim(store, NOON + 2 * MINUTE) == []
    post(store, "two")
    sent(store, *old)
    assert texts(claim(store)) == ["two"]


def test_a_message_to_retry_comes_back_at_its_time_and_the_next_waits_for_it(store: Store) -> None:
    post(store, "one", "two")
    (message,) = claim(store)
    with store.unit() as unit:
        unit.outbox.retry(message.id, NOON + 5 * MINUTE, "429 Too Many Requests\0")
        unit.commit()
    assert claim(store, NOON + 4 * MINUTE) == []
    (again,) = claim(store, NOON + 5 * MINUTE)
    assert (again.id, again.attempts) == (message.id, 2)


def test_a_message_given_up_blocks_no_other_and_is_purged_in_time(store: Store) -> None:
    post(store, "one", "two")
    (message,) = claim(store)
    with store.unit() as unit:
        unit.outbox.give_up(message.id, "403 Forbidden: bot was blocked by the user")
        unit.commit()
    assert texts(claim(store, NOON + MINUTE)) == ["two"]
    with store.unit() as unit:
        assert unit.outbox.purge(NOON) == 0
        assert unit.outbox.purge(NOON + MINUTE) == 1
        unit.commit()


def test_workers_that_claim_at_the_same_moment_skip_each_others_chats(clean_postgres: str) -> None:
    store = open_store(clean_postgres, patience=PATIENCE)
    for number in range(4):
        post(store, f"{number} first", f"{number} second", address=str(number))
    with store.unit() as mine, store.unit() as theirs:
        assert texts(mine.outbox.claim("telegram", NOON, 2, MINUTE)) == ["0 first", "1 first"]
        assert texts(theirs.outbox.claim("telegram", NOON, 10, MINUTE)) == ["2 first", "3 first"]
    store.close()


def test_two_workers_share_the_messages_and_none_twice(store: Store) -> None:
    for number in range(6):
        post(store, str(number), address=str(number))
    with store.unit() as unit:
        first = unit.outbox.claim("telegram", NOON, 3, MINUTE)
        unit.commit()
    second = claim(store)
    assert sorted(texts([*first, *second]), key=str) == ["0", "1", "2", "3", "4", "5"]


def test_lanes_of_a_chat_do_not_wait_for_each_other(store: Store) -> None:
    post(store, "photo", "document")
    card(store, "question")
    post(store, "reminder", lane="notices")
    first = claim(store)
    assert texts(first) == ["photo", "question", "reminder"]
    assert [one.lane for one in first] == ["files", CARD, "notices"]
    assert claim(store) == []


def test_a_newer_card_takes_the_place_of_the_one_that_waits(store: Store) -> None:
    card(store, "first", "1")
    card(store, "second", "2", created_at=NOON + MINUTE)
    assert claim(store) == []
    (message,) = claim(store, NOON + MINUTE)
    assert message == replace(
        a_message("second", created_at=NOON + MINUTE, lane=CARD, stamp="2"), id=message.id, attempts=1
    )
    assert claim(store, NOON + MINUTE) == []


def test_a_newer_card_is_offered_at_once_though_the_one_before_was_tried_leased_or_given_up(store: Store) -> None:
    card(store, "first", "1")
    for number, put_off in enumerate(("leased", "retried", "given up"), start=2):
        (taken,) = claim(store)
        with store.unit() as unit:
            if put_off == "retried":
                unit.outbox.retry(taken.id, NOON + 9 * MINUTE, "429")
            elif put_off == "given up":
                unit.outbox.give_up(taken.id, "400")
            unit.commit()
        card(store, put_off, str(number))
    (last,) = claim(store)
    assert (texts([last]), last.attempts) == (["given up"], 1)


def test_what_is_said_late_of_an_older_card_does_not_touch_the_newer_one(store: Store) -> None:
    card(store, "first", "1")
    (old,) = claim(store)
    card(store, "second", "2")
    with store.unit() as unit:
        unit.outbox.retry(old.id, NOON + 9 * MINUTE, "429")
        unit.outbox.give_up(old.id, "400")
        unit.outbox.sent(old.id)
        unit.outbox.drawn("telegram", "1001", "1")
        unit.commit()
    assert texts(claim(store)) == ["second"]


def test_cards_of_other_chats_and_channels_stay(store: Store) -> None:
    card(store, "mine")
    card(store, "theirs", address="1002")
    card(store, "elsewhere", channel="slack")
    with store.unit() as unit:
        unit.outbox.drawn("telegram", "1001", "1")
        unit.commit()
    assert texts(claim(store)) == ["theirs"]
    with store.unit() as unit:
        assert texts(unit.outbox.claim("slack", NOON, 10, MINUTE)) == ["elsewhere"]


def test_whoever_posts_a_message_may_keep_it_to_send_it_at_once(store: Store) -> None:
    card(store, "question", lease=MINUTE)
    assert claim(store, NOON + MINUTE / 2) == []
    assert texts(claim(store, NOON + MINUTE)) == ["question"]


def test_a_card_waits_until_it_is_drawn(store: Store) -> None:
    def waits(unit: UnitOfWork) -> bool:
        return unit.outbox.waits("telegram", "1001")

    post(store, "photo")
    card(store, "theirs", address="1002")
    assert not store.run(waits)
    card(store, "question", "2", lease=MINUTE)
    assert store.run(waits)
    store.run(lambda unit: unit.outbox.drawn("telegram", "1001", "1"))
    assert store.run(waits)
    store.run(lambda unit: unit.outbox.drawn("telegram", "1001", "2"))
    assert not store.run(waits)


def test_a_card_that_was_given_up_does_not_wait(store: Store) -> None:
    card(store, "question")
    (message,) = claim(store)
    with store.unit() as unit:
        unit.outbox.give_up(message.id, "403")
        assert not unit.outbox.waits("telegram", "1001")


def test_all_that_waits_for_a_chat_can_be_dropped(store: Store) -> None:
    post(store, "photo", "document")
    card(store, "question", lease=MINUTE)
    post(store, "theirs", address="1002")
    store.run(lambda unit: unit.outbox.drop("telegram", "1001"))
    assert texts(claim(store, NOON + MINUTE)) == ["theirs"]
