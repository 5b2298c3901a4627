"""All that the store in memory holds about a person, in the same form as the tables give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from storage import rows
from storage.chats import utterance_columns
from storage.disclosure import ANSWERED, OTHERS, readable
from storage.shelves import Shelves
from storage.supports import evidence_columns, inquiry_columns


def recollected(shelves: Shelves, person: str) -> dict[str, object]:
    """Collect what is stored about a person, as plain data; a moment is ISO text with its zone."""
    entries = {chat: one for chat, one in shelves.conversations.items() if one.conversation.person == person}
    conversations = {one.conversation.id for one in entries.values()}
    inquiries = [inquiry_columns(one) for one in shelves.inquiries.values()]
    asked = [one for one in inquiries if one["asker_id"] == person]
    return {
        "person": _readable(rows.person_columns(one.conversation) | {"id": person} for one in [*entries.values()][:1]),
        "conversation": _readable(
            rows.conversation_columns(one.conversation) | {"channel": channel, "address": address}
            for (channel, address), one in entries.items()
        ),
        **_assessed(shelves, person),
        "inquiry": _readable({name: one[name] for name in one if name not in OTHERS} for one in asked),
        "inquiry_answered": _readable(
            {name: one[name] for name in ANSWERED} for one in inquiries if one["colleague_id"] == person
        ),
        "utterance": _readable(
            utterance_columns(one) | {"conversation_id": conversation, "message": message}
            for (conversation, message), one in shelves.utterances.items()
            if conversation in conversations
        ),
        "delivery": _readable(
            {"key": key, "channel": chat[0], "address": chat[1], "received_at": at}
            for key, (chat, at) in shelves.deliveries.items()
            if chat in entries
        ),
        "outbox": _readable(
            vars(one.message)
            for one in shelves.waiting.values()
            if (one.message.channel, one.message.address) in entries
        ),
        "dead_letter": _readable(
            vars(one) for one in shelves.letters.values() if (one.channel, one.address) in entries
        ),
    }


def _assessed(shelves: Shelves, person: str) -> dict[str, object]:
    theirs = [assessment for owner, assessment in shelves.assessments.values() if owner == person]
    return {
        "assessment": _readable(rows.header_columns(one) | {"id": one.id, "person_id": person} for one in theirs),
        "seat": _readable({"id": one.id, "assessment_id": one.id, "person_id": person} for one in theirs),
        "rating": _readable(
            rows.answer_columns(rating) | {"seat_id": one.id, "item": item}
            for one in theirs
            for item, rating in one.ratings.items()
        ),
        "rating_change": _readable(
            rows.change_columns(one.id, event) for one in theirs for event in shelves.history.get(one.id, ())
        ),
        "plan": _readable(
            vars(plan) | {"assessment_id": one.id, "item": item} for one in theirs for item, plan in one.plans.items()
        ),
        "part_choice": _readable(
            vars(choice) | {"assessment_id": one.id, "part": part}
            for one in theirs
            for part, choice in one.parts.items()
        ),
        "verdict": _readable(vars(record) | {"assessment_id": one.id} for one in theirs for record in one.verdicts),
        "evidence": _readable(
            evidence_columns(piece) | {"assessment_id": one.id} for one in theirs for piece in one.evidence.values()
        ),
    }


def _readable(found: Iterable[Mapping[str, Any]]) -> list[dict[str, object]]:
    return [readable(row) for row in found]
