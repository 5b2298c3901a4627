"""The server and a crowd on it in one process: ``python -m tests.telegram.load --people 200 --taps 20``.

The first line written is JSON with ``url`` and ``token``; the bot is started with them, and the crowd sets out when it
asks for updates or sets a webhook. After each round a line of JSON tells its figures (see ``Crowd.figures``). With
several rounds each has new people, and waits for a line on the standard input first, so that the bot can be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import replace

import uvloop

from tests.telegram.crowd import Crowd, Plan
from tests.telegram.scene import TOKEN
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Json
from tests.telegram.strategies import named


async def drive(server: TelegramServer, plan: Plan) -> Json:
    """Let a crowd walk over a server that runs and has a bot; gives the figures."""
    return await Crowd(server, plan).run()


async def serve(server: TelegramServer, plan: Plan, rounds: int, within: float) -> None:
    """Go up, wait for a bot for so many seconds, and run every round."""
    async with server:
        _tell({"url": server.url, "token": server.token})
        await asyncio.wait_for(server.attended(), within)
        for number in range(rounds):
            if number:
                await asyncio.to_thread(sys.stdin.readline)
            _tell(await drive(server, replace(plan, first_person=plan.first_person + number * plan.people)))


def _tell(what: Json) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run."""
    reader = argparse.ArgumentParser(prog="python -m tests.telegram.load", description=__doc__)
    usual = Plan()
    reader.add_argument("--port", type=int, default=0, help="of the Bot API; 0 takes a free one")
    reader.add_argument("--token", default=TOKEN)
    reader.add_argument("--people", type=int, default=usual.people)
    reader.add_argument("--taps", type=int, default=usual.taps, help="measured taps each")
    reader.add_argument("--warmup", type=int, default=usual.warmup, help="taps each before everyone waits for all")
    reader.add_argument("--rate", type=float, default=0.0, help="taps a second over all people; 0: as fast as it goes")
    reader.add_argument("--strategy", default="first", help="first, varied, or package.module:function")
    reader.add_argument("--opening", default=usual.opening, help="the first thing everyone writes")
    reader.add_argument("--patience", type=float, default=usual.patience, help="seconds without progress until the end")
    reader.add_argument("--rounds", type=int, default=1)
    reader.add_argument("--within", type=float, default=60.0, help="seconds to wait for the bot")
    given = reader.parse_args(arguments)
    plan = Plan(
        people=given.people, taps=given.taps, warmup=given.warmup, rate=given.rate, strategy=named(given.strategy),
        opening=given.opening, patience=given.patience,
    )  # fmt: skip
    server = TelegramServer(given.token, port=given.port, keep_calls=False)
    uvloop.run(serve(server, plan, given.rounds, given.within))


if __name__ == "__main__":
    main()
