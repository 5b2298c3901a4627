"""One card put on a person's screen: edited in place, or sent below with the old one closed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

import orjson
from telegram.error import TelegramError

from bot.channels.telegram.drawing import keyboard, text_of
from bot.channels.telegram.faults import Remedy, fault_of
from bot.channels.telegram.line import Line
from bot.exchange import Outbound
from bot.render import Screen
from flows.dialogue import Shown

_NO_PREVIEW = '{"is_disabled":true}'

_log = logging.getLogger(__name__)


class Duplicable(Exception):
    """A new message was sent and nobody knows whether it arrived; the cause says why."""


@dataclass(frozen=True)
class Cards:
    """Draws cards over a line."""

    line: Line

    async def draw(self, outbound: Outbound, shown: Shown, remark: str) -> Shown:
        """Show a screen where ``shown`` says the card is; gives where it is now, which may be another message.

        Raises TelegramError kinds, and Duplicable for a new message of unknown fate.
        """
        address = outbound.conversation.address
        content = _content(outbound.screen, remark)
        if (
            shown.message
            and in_place(outbound, shown)
            and await self._edited(address, shown.message, outbound.screen, remark)
        ):
            return replace(shown, leaf=outbound.leaf)
        # before the old card is closed, so that nobody is ever without buttons, however bad the line
        return await self._sent(address, content, outbound.leaf)

    async def close(self, outbound: Outbound, shown: Shown) -> None:
        """See to the card that is left behind: it becomes the summary of its leaf, or stays without buttons.

        Raises TelegramError kinds.
        """
        address = outbound.conversation.address
        if outbound.closing is None or shown.leaf == outbound.leaf:
            await self._stripped(address, shown.message)
        else:
            await self._edited(address, shown.message, outbound.closing, "")

    async def strip(self, address: str, message: str) -> None:
        """Take the buttons from a message; whether it can is not important."""
        try:
            await self._stripped(address, message)
        except TelegramError as error:
            _log.debug("buttons of an old card stay: %s", error)

    async def _stripped(self, address: str, message: str) -> None:
        await self.line.call("editMessageReplyMarkup", chat_id=int(address), message_id=int(message))

    async def _edited(self, address: str, message: str, screen: Screen, remark: str) -> bool:
        """Edit a message; False when there is none to edit any more."""
        place = {"chat_id": int(address), "message_id": int(message)}
        try:
            await self.line.call("editMessageText", **place, **_content(screen, remark))
        except TelegramError as error:
            fault = fault_of(error)
            if fault.remedy is Remedy.REPLACE:
                return False
            if fault.remedy is not Remedy.NOTHING:
                raise
        return True

    async def _sent(self, address: str, content: dict[str, Any], leaf: str) -> Shown:
        try:
            told = await self.line.call("sendMessage", chat_id=int(address), **content)
        except TelegramError as error:
            if fault_of(error).uncertain:
                raise Duplicable from error
            raise
        return Shown(message=str(told["message_id"]), leaf=leaf)


def in_place(outbound: Outbound, shown: Shown) -> bool:
    """Whether the message that shows the card can go on showing it."""
    return bool(shown.message) and not shown.buried and (shown.leaf == outbound.leaf or outbound.closing is None)


def _content(screen: Screen, remark: str) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": text_of(screen, remark),
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if screen.buttons:
        content["reply_markup"] = orjson.dumps(keyboard(screen)).decode()
    return content
