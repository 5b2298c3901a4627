"""What to do when a call fails, by the platform's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.line import NotSent


class Remedy(StrEnum):
    """What is to be done about a failed call."""

    NOTHING = "nothing"
    WAIT = "wait"
    RETRY = "retry"
    REPLACE = "replace"
    GIVE_UP = "give up"
    UNREACHABLE = "unreachable"
    MOVED = "moved"


@dataclass(frozen=True)
class Fault:
    """A failed call: what to do, after how many seconds, to which chat instead.

    ``uncertain`` says that the call may have had its effect nevertheless.
    """

    remedy: Remedy
    after: float = 0.0
    chat: str = ""
    uncertain: bool = False


_SETTLED = ("message is not modified", "query is too old", "query id is invalid", "message to delete not found")
_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not")
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate", "have no rights to send")


def fault_of(error: TelegramError) -> Fault:
    """Read what a failure means. A bad request is a kind of NetworkError to the library, so the kinds come first."""
    told = str(error).casefold()
    match error:
        case RetryAfter():
            fault = Fault(Remedy.WAIT, after=_seconds(error))
        case ChatMigrated():
            fault = Fault(Remedy.MOVED, chat=str(error.new_chat_id))
        case Forbidden():
            fault = Fault(Remedy.UNREACHABLE)
        case BadRequest():
            fault = _refusal(told)
        case InvalidToken():
            fault = Fault(Remedy.GIVE_UP)
        case NotSent():
            fault = Fault(Remedy.RETRY)
        case _ if "too many requests" in told:
            fault = Fault(Remedy.WAIT, after=1.0)
        case _:
            fault = Fault(Remedy.RETRY, uncertain=True)
    return fault


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def _refusal(told: str) -> Fault:
    for remedy, phrases in (
        (Remedy.NOTHING, _SETTLED),
        (Remedy.REPLACE, _LOST),
        (Remedy.UNREACHABLE, _NOBODY),
    ):
        if any(phrase in told for phrase in phrases):
            return Fault(remedy)
    return Fault(Remedy.GIVE_UP)
