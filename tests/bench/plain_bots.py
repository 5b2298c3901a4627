"""The bots ours is measured against: the same questions, as plainly as the library allows.

``python -m tests.bench.plain_bots KIND API_URL TOKEN`` with KIND one of

* ``bare``: answers in a dict, nothing stored, the library's default HTTP class;
* ``aiohttp``: the same over an HTTP class on aiohttp;
* ``handler``: the library's Application with its ConversationHandler and PicklePersistence.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import uvloop
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from bot.channels.telegram.line import Wire
from flows.library import builtin

TOOLKIT = builtin().toolkit("citynet")
QUESTIONS = [item.question["en"] for item in TOOLKIT.items.values()]
ANSWERS = [(answer.name["en"], str(answer.value)) for answer in TOOLKIT.scale]


def card(number: int) -> dict[str, Any]:
    """One question with its five answers, or the end."""
    if number >= len(QUESTIONS):
        return {"text": "Thank you."}
    rows = [[InlineKeyboardButton(name, callback_data=f"{number}:{value}")] for name, value in ANSWERS]
    return {"text": QUESTIONS[number], "reply_markup": InlineKeyboardMarkup(rows)}


class Plain:
    """A bot that keeps everything in a dict."""

    def __init__(self, bot: Bot) -> None:
        """Know nobody."""
        self.bot = bot
        self.answers: dict[int, list[str]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        await self.bot.initialize()
        offset = 0
        while True:
            updates = await self.bot.get_updates(
                offset=offset, timeout=10, allowed_updates=["message", "callback_query"]
            )
            for update in updates:
                offset = update.update_id + 1
                task = asyncio.create_task(self.handle(update))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def handle(self, update: Update) -> None:
        try:
            if update.callback_query is not None:
                await self.tapped(update.callback_query)
            elif update.message is not None:
                self.answers[update.message.chat.id] = []
                await self.bot.send_message(update.message.chat.id, **card(0))
        except TelegramError as error:
            sys.stderr.write(f"{error}\n")

    async def tapped(self, query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        number, _, value = (query.data or "").partition(":")
        given = self.answers.setdefault(query.from_user.id, [])
        if int(number) == len(given):
            given.append(value)
        place: dict[str, Any] = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
        await asyncio.gather(
            self.bot.answer_callback_query(query.id), self.bot.edit_message_text(**card(len(given)), **place)
        )


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """The first question."""
    assert update.message
    assert context.user_data is not None
    context.user_data["answers"] = []
    await update.message.reply_text(**card(0))
    return 0


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """The next question."""
    query = update.callback_query
    assert query
    assert context.user_data is not None
    number, _, value = (query.data or "").partition(":")
    context.user_data["answers"].append(value)
    following = int(number) + 1
    await asyncio.gather(query.answer(), query.edit_message_text(**card(following)))
    return following if following < len(QUESTIONS) else ConversationHandler.END


def handler(api_url: str, token: str, folder: str) -> None:
    """Run the library's own way."""
    persistence = PicklePersistence(Path(folder) / "conversations.pickle")
    application = Application.builder().token(token).base_url(f"{api_url}/bot").persistence(persistence).build()
    states: dict[object, Any] = {
        number: [CallbackQueryHandler(answered, pattern=f"^{number}:")] for number in range(len(QUESTIONS))
    }
    start: list[Any] = [CommandHandler("start", begin)]
    application.add_handler(ConversationHandler(start, states, start, name="questions", persistent=True))
    application.run_polling(timeout=10, allowed_updates=["message", "callback_query"], stop_signals=None)


def main(kind: str, api_url: str, token: str) -> None:
    """Run one of them until it is killed."""
    uvloop.install()
    if kind == "handler":
        with tempfile.TemporaryDirectory() as folder:
            handler(api_url, token, folder)
        return
    over = {"request": Wire(), "get_updates_request": Wire(30)} if kind == "aiohttp" else {}
    asyncio.run(Plain(Bot(token, base_url=f"{api_url}/bot", **over)).run())  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:4])
