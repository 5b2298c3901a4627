"""The assessment in the terminal: for a first look, as a test bench, and where no messaging platform is at hand."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.bootstrap import furnish, open_embedded
from bot.channels.console import CHANNEL, WIDTH, Keys, Lines, card_of, parse
from bot.exchange import Outbound
from bot.handle import House, random_id
from bot.i18n import translator
from bot.render import Button, Screen
from bot.settings import Settings
from bot.takeaway import write_takeaway
from flows.cards import Verbatim, say
from flows.dialogue import Conversation, Phase
from storage.store import open_store

_LEASE = timedelta(minutes=1)


class Person(Protocol):
    """Where answers come from: arrow keys, a pipe, a script."""

    def show(self, text: str) -> None:
        """Print a block."""

    def draw(self, screen: Screen) -> None:
        """Show a screen."""

    def ask(self, screen: Screen) -> str | Button | None:
        """Read the answer to it; None at the end."""


def run_demo(
    settings: Settings, *, language: str | None, quick: bool, script: str | None, out: Path | None
) -> int:  # fmt: skip
    """Run the conversation until the verdict (script) or until the person leaves; gives the exit code.

    Raises StoreError kinds, and OSError for a folder or a script that cannot be used.
    """
    folder = out or Path(tempfile.mkdtemp(prefix="cocok-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    if "database_url" in settings.model_fields_set:
        store, local, files = open_store(settings.database_url), settings.sqlite_file is not None, None
    else:
        store, local, files = open_embedded(f"sqlite:///{folder / 'cocok.db'}")[0], True, folder / "files"
    try:
        house = furnish(store, settings, local=local, files=files)
        with _person(script) as person:
            demo = Demo(house=house, person=person, folder=folder, language=language, quick=quick)
            return demo.run(until_verdict=script is not None)
    finally:
        store.close()


@contextmanager
def _person(script: str | None) -> Iterator[Person]:
    """Arrow keys on a terminal, lines otherwise."""
    if script is None and sys.stdin.isatty() and sys.stdout.isatty():
        yield Keys()
    elif script is None or script == "-":
        yield Lines(sys.stdin, sys.stdout)
    else:
        with Path(script).open(encoding="utf-8", errors="replace") as lines:
            yield Lines(lines, sys.stdout)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Demo:
    """One run in the terminal. ``language`` and ``quick`` answer those two cards when they come up first."""

    house: House
    person: Person
    folder: Path
    language: str | None
    quick: bool
    clock: Callable[[], datetime] = _now
    written: set[str] = field(default_factory=set)

    def run(self, *, until_verdict: bool) -> int:
        """Ask and answer. With ``until_verdict`` it is 0 at the verdict and 1 when the answers end before."""
        self.house.tidy(self.clock())
        answer = self._in_language(self._send(None))
        if until_verdict and answer.conversation.phase in {Phase.VERDICT, Phase.REPORT}:
            answer = self._begin_anew(answer)
        while True:
            self.person.draw(answer.screen)
            if answer.conversation.phase is Phase.VERDICT and not answer.conversation.aside:
                saved = self._hand_over(answer.conversation)
                if until_verdict:
                    return 0 if saved else 1
            said = self.person.ask(answer.screen)
            if said is None:
                return self._ended(answer.screen, until_verdict=until_verdict)
            before = answer.screen.name
            answer = self._send(said)
            # only on the way forward, or when a run was cut off just there: going back must show the card
            onward = before.startswith(Phase.PROFILE) or before == f"{Phase.LENGTH} recap"
            if self.quick and onward and answer.screen.name == Phase.LENGTH:
                answer = self._press(answer, "length", "quick")

    def _begin_anew(self, answer: Outbound) -> Outbound:
        """A script is about an assessment of its own; without a line left it is content with the verdict there is."""
        said = self.person.ask(answer.screen)
        if said is None:
            return answer
        self.person.draw(self._send("/cancel").screen)
        return self._send(said)

    def _send(self, said: str | Button | None) -> Outbound:
        answer = self.house.handle(parse(said, f"{CHANNEL}:{random_id()}{random_id()}"), self.clock())
        self._deliver()
        return answer

    def _deliver(self) -> None:
        """The screen comes with the answer, so what waits in the outbox for the terminal is done."""
        with self.house.store.unit() as unit:
            for message in unit.outbox.claim(CHANNEL, self.clock(), 100, _LEASE):
                unit.outbox.sent(message.id)
            unit.commit()

    def _in_language(self, answer: Outbound) -> Outbound:
        """The first card in the language asked for, past the question for it."""
        spoken = answer.conversation.language
        if self.language is None or spoken == self.language:
            return answer
        if not spoken:
            return self._press(answer, "language", self.language)
        return self._send(f"/language {self.language}")

    def _press(self, answer: Outbound, trigger: str, value: str) -> Outbound:
        ending = f"|{trigger}|{value}"
        return self._send(next(button for button in answer.screen.buttons if button.data.endswith(ending)))

    def _hand_over(self, conversation: Conversation) -> bool:
        """Once per verdict: what is planned, then picture and PDF and where they lie, or why they are not saved."""
        assessment = conversation.assessment
        mark = f"{assessment.id} {assessment.updated_at} {conversation.language}" if assessment else ""
        if not mark or mark in self.written:
            return True
        now, translate = self.clock(), translator(conversation.language)
        self.person.show(card_of(self.house.aside(conversation, "actions", now), WIDTH))
        try:
            paths = write_takeaway(self.house, conversation, self.folder, now)
        except OSError as error:
            reason = Verbatim(error.strerror or str(error))
            self.person.show(translate(say("demo.file-failed", reason=reason)))
            return False
        self.written.add(mark)
        for path in paths:
            self.person.show(translate(say("demo.file", path=Verbatim(str(path)))))
        return True

    def _ended(self, screen: Screen, *, until_verdict: bool) -> int:
        translate = translator(screen.language)
        if screen.name != Phase.LEFT:
            self.person.show(translate(say("demo.kept", folder=Verbatim(str(self.folder)))))
        if until_verdict:
            sys.stderr.write(f"The script ended before the verdict; the open card is: {screen.name}\n")
        return 1 if until_verdict else 0
