"""What Telegram says when it does not do as it is asked."""

from __future__ import annotations

from typing import NoReturn

from tests.telegram.shapes import Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file identifier/HTTP URL specified"


class Refusal(Exception):
    """A call that is answered with an error; ``parameters`` go with it (``retry_after``, ``migrate_to_chat_id``)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        """Refuse with a code and the description as Telegram words it."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> Json:
        """The answer's body."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def refuse(description: str, **parameters: int) -> NoReturn:
    """Refuse a request that makes no sense: 400."""
    worded = f"Bad Request: {description}"
    raise Refusal(400, worded, **parameters)


def forbid(description: str) -> NoReturn:
    """Refuse something the bot may not do: 403."""
    worded = f"Forbidden: {description}"
    raise Refusal(403, worded)


def conflict(description: str) -> Refusal:
    """Two ways of getting updates at once: 409."""
    return Refusal(409, f"Conflict: {description}")


def flood(seconds: int) -> Refusal:
    """Too many calls: 429, with the seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
