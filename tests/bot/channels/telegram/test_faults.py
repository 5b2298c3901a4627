"""What a failed call calls for."""

from __future__ import annotations

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.faults import Fault, Remedy, fault_of
from bot.channels.telegram.line import NotSent

CASES: list[tuple[TelegramError, Fault]] = [
    (RetryAfter(7), Fault(Remedy.WAIT, after=7)),
    (NetworkError("Too Many Requests: retry later"), Fault(Remedy.WAIT, after=1)),
    (Forbidden("Forbidden: bot was blocked by the user"), Fault(Remedy.UNREACHABLE)),
    (BadRequest("Chat not found"), Fault(Remedy.UNREACHABLE)),
    (ChatMigrated(-100123), Fault(Remedy.MOVED, chat="-100123")),
    (BadRequest("Message is not modified: specified new message content"), Fault(Remedy.NOTHING)),
    (BadRequest("Query is too old and response timeout expired or query ID is invalid"), Fault(Remedy.NOTHING)),
    (BadRequest("Message to edit not found"), Fault(Remedy.REPLACE)),
    (BadRequest("Message can't be edited"), Fault(Remedy.REPLACE)),
    (BadRequest("Can't parse entities: unsupported start tag"), Fault(Remedy.GIVE_UP)),
    (InvalidToken("Not Found"), Fault(Remedy.GIVE_UP)),
    (TimedOut(), Fault(Remedy.RETRY, uncertain=True)),
    (NetworkError("Bad Gateway (502)"), Fault(Remedy.RETRY, uncertain=True)),
    (NotSent("refused"), Fault(Remedy.RETRY)),
]


@pytest.mark.parametrize(("error", "fault"), CASES, ids=lambda value: type(value).__name__)
def test_a_failure_is_named_by_what_to_do(error: TelegramError, fault: Fault) -> None:
    assert fault_of(error) == fault
