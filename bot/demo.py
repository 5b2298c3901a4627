"""The assessment in the terminal: for a first look, as a test bench, and where no messaging platform is at hand."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TextIO
from zoneinfo import ZoneInfo

from bot.channels.console import ADDRESS, CHANNEL, Keys, Lines, text_of
from bot.handle import House, Inbound, Outbound, random_id
from bot.i18n import translator
from bot.offer import library
from bot.render import Screen
from bot.settings import Settings
from bot.takeaway import write_takeaway
from flows.cards import Verbatim, say
from flows.dialogue import Conversation, Phase
from flows.world import Notice
from storage.store import Store, open_store

UNANSWERED_NOTICE = timedelta(hours=24)
"""How long a chat that never accepted the notice is remembered."""

_LEASE = timedelta(minutes=1)


class Person(Protocol):
    """Where answers come from: arrow keys, a pipe, a script."""

    def show(self, text: str) -> None:
        """Print a block."""

    def ask(self, screen: Screen) -> str | None:
        """Show a screen and read the answer; None at the end."""


def run_demo(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    *,
    language: str | None,
    quick: bool,
    script: str | None,
    out: Path | None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Run the conversation until the verdict (script) or until the person leaves; gives the exit code."""
    folder = out or Path(tempfile.mkdtemp(prefix="cocok-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    own = "database_url" not in settings.model_fields_set
    store = open_store(f"sqlite:///{folder / 'cocok.db'}" if own else settings.database_url)
    try:
        house = furnish(store, settings)
        with _person(script, language or settings.default_language) as person:
            demo = Demo(house=house, person=person, folder=folder, language=language, quick=quick, clock=clock)
            return demo.run(until_verdict=script is not None)
    finally:
        store.close()


def furnish(store: Store, settings: Settings) -> House:
    """Put the house together from the settings."""
    notice = Notice(
        controller=settings.controller, contact=settings.contact, retention_days=settings.retention_days
    )  # fmt: skip
    return House(
        store=store,
        library=library(store),
        default_language=settings.default_language,
        zone=ZoneInfo(settings.time_zone),
        notice=notice,
    )


@contextmanager
def _person(script: str | None, language: str) -> Iterator[Person]:
    """Arrow keys on a terminal, lines otherwise."""
    if script is None and sys.stdin.isatty() and sys.stdout.isatty():
        yield Keys(translator(language)(say("demo.keys")))
    elif script in {None, "-"}:
        yield Lines(sys.stdin, sys.stdout)
    else:
        with _opened(str(script)) as lines:
            yield Lines(lines, sys.stdout)


def _opened(script: str) -> TextIO:
    return Path(script).open(encoding="utf-8", errors="replace")


@dataclass(kw_only=True)
class Demo:
    """One run in the terminal."""

    house: House
    person: Person
    folder: Path
    language: str | None
    quick: bool
    clock: Callable[[], datetime]

    def run(self, *, until_verdict: bool) -> int:
        """Ask and answer. With ``until_verdict`` it is 0 at the verdict and 1 when the answers end before."""
        now = self.clock()
        self.house.store.run(lambda unit: unit.purge_unconsented(now - UNANSWERED_NOTICE))
        answer = self._settle(self._send(text=None))
        written: set[str] = set()
        while True:
            if answer.conversation.phase is Phase.VERDICT and not answer.conversation.aside:
                if until_verdict:
                    return self._finish(answer)
                self._hand_over(answer.conversation, written)
            said = self.person.ask(answer.screen)
            if said is None:
                return self._ended(answer.screen, until_verdict=until_verdict)
            answer = self._settle(self._send(text=said))

    def _send(self, text: str | None = None, data: str | None = None) -> Outbound:
        key = f"{CHANNEL}:{random_id()}{random_id()}"
        inbound = Inbound(channel=CHANNEL, address=ADDRESS, key=key, text=text, data=data)
        answer = self.house.handle(inbound, self.clock())
        self._deliver()
        return answer

    def _deliver(self) -> None:
        """The screen comes with the answer, so what waits in the outbox for the terminal is done."""
        with self.house.store.unit() as unit:
            for message in unit.outbox.claim(self.clock(), 100, _LEASE):
                unit.outbox.sent(message.id)
            unit.commit()

    def _settle(self, answer: Outbound) -> Outbound:
        """Answer the cards that the command line has answered already."""
        screen, spoken = answer.screen, answer.conversation.language
        if self.language and spoken not in {"", self.language}:
            return self._settle(self._send(text=f"/language {self.language}"))
        wanted = {"language": f"|language|{self.language}", "length": "|length|quick"}
        settled = screen.name == "language" or (screen.name == "length" and self.quick)
        ending = wanted[screen.name] if settled else ""
        button = next((button for button in screen.buttons if ending and button.data.endswith(ending)), None)
        return self._settle(self._send(data=button.data)) if button else answer

    def _finish(self, answer: Outbound) -> int:
        self.person.show(text_of(answer.screen))
        self._hand_over(answer.conversation, set())
        return 0

    def _hand_over(self, conversation: Conversation, written: set[str]) -> None:
        """Write picture and PDF once per verdict, and say where they lie."""
        assessment = conversation.assessment
        if assessment is None:
            return
        mark = f"{assessment.id} {assessment.updated_at} {conversation.language}"
        if mark in written:
            return
        written.add(mark)
        translate = translator(conversation.language)
        for path in write_takeaway(self.house, conversation, self.folder, self.clock()):
            self.person.show(translate(say("demo.file", path=Verbatim(str(path)))))

    def _ended(self, screen: Screen, *, until_verdict: bool) -> int:
        translate = translator(screen.language)
        self.person.show(translate(say("demo.kept", folder=Verbatim(str(self.folder)))))
        if until_verdict:
            sys.stderr.write(f"The script ended before the verdict; the open card is: {screen.name}\n")
        return 1 if until_verdict else 0
