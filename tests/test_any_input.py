"""Whatever a person sends leaves a conversation that can be shown, stored, reloaded and finished."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.reading import COMMANDS
from flows.assessment import Assessment
from flows.cards import Message
from flows.dialogue import Conversation, Phase
from flows.ratings import Mark, Rating
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.colleagues import Circle, house_with_links
from tests.drawable import showable
from tests.odd import ARGUMENTS, GARBAGE, PIECES, odd_attachment, odd_change, odd_text, odd_utterance
from tests.talking import Person

INPUTS = 500
UNHEARD = (
    *("paused", "not-understood", "stale", "already-answered", "unknown-command", "not-here", "no-such-language"),
    *("evidence-without-assessment", "evidence-elsewhere", "evidence-below", "edited", "edited-same", "edited-city"),
    *("edited-elsewhere", "edited-city-back", "edited-own", "edited-evidence", "paused-asked", "link-unknown"),
)
"""Remarks beside a card that say: nothing was done."""

Input = tuple[int, int]
"""What kind of input it is (0..99), and which one of its kind."""

inputs = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 2**12)), min_size=INPUTS, max_size=INPUTS)


@dataclass
class Session:
    """One person writing anything; a stranger's buttons lie at hand."""

    person: Person
    foreign: tuple[str, ...]
    circle: Circle
    delivered: list[str] = field(default_factory=list)

    def put(self, kind: int, pick: int) -> None:
        """Send one input: mostly a button shown, sometimes anything else."""
        person = self.person
        buttons = person.screen.buttons
        if kind < 30 and buttons:
            person.tap(buttons[pick % len(buttons)].data)
        elif kind < 65 and person.screen.asks and pick % 2:
            person.say(PIECES[pick // 2 % len(PIECES)])
        elif kind < 65:
            person.lead_on()
        elif kind < 70:
            person.say(odd_text(pick))
        else:
            self._odd(kind, pick)

    def _odd(self, kind: int, pick: int) -> None:
        person = self.person
        tables: Mapping[int, Callable[[], object]] = {
            0: lambda: self._out_of_place(self._earlier(pick)),
            1: lambda: self._out_of_place(GARBAGE[pick % len(GARBAGE)]),
            2: lambda: self._out_of_place(self.foreign[pick % len(self.foreign)]),
            3: lambda: person.say(f"/{sorted(COMMANDS)[pick % len(COMMANDS)]} {ARGUMENTS[pick % len(ARGUMENTS)]}"),
            4: lambda: person.wait(days=pick % 401, minutes=pick % 7),
            5: person.open,
            6: lambda: self._twice(pick),
            7: lambda: person.say(f"/language {LANGUAGES[pick % 2]}"),
            8: lambda: person.send(odd_attachment(pick)),
            9: lambda: self._edited(pick),
            10: lambda: person.say(f"/start {self.circle.payload(pick)}"),
            11: lambda: person.hear(self.circle.news(pick)),
        }
        tables[kind % len(tables)]()

    def _edited(self, pick: int) -> None:
        """An earlier message changed: nothing is written at once."""
        before = deepcopy(self.person.kept)
        self.person.edit(odd_change(pick), odd_utterance(before, pick))
        if before is not None and self.person.kept is not None:
            assert self.person.kept.assessment == before.assessment

    def _earlier(self, pick: int) -> str:
        """A button of any earlier screen, of any age."""
        screen = self.person.seen[pick % len(self.person.seen)]
        return screen.buttons[pick % len(screen.buttons)].data if screen.buttons else ""

    def _out_of_place(self, data: str) -> None:
        """A button that is not on the present card; it may bring the recap after a pause, and nothing else."""
        before = deepcopy(self.person.kept)
        offered = before is None or data in {button.data for button in self.person.looked.screen.buttons}
        self.person.tap(data)
        if before is not None and not offered:
            now = self.person.conversation
            if before.phase is Phase.ASKED and now.phase is Phase.HOME:
                return  # the question could be answered no longer
            assert core(replace(before, aside=now.aside)) == core(now)
            assert now.aside in {before.aside, "recap"}

    def _twice(self, pick: int) -> None:
        """The same delivery again; the second changes nothing."""
        key = f"again {len(self.delivered)}"
        self.delivered.append(key)
        data = self._earlier(pick)
        self.person.tap(data, key)
        before = deepcopy(self.person.kept)
        self.person.tap(data, key)
        assert self.person.kept == before


def head_start(person: Person, number: int) -> None:
    """Begin at the first card, in a review with much that hinders, at a verdict, or with an own practice's parts."""
    match number % 4:
        case 0:
            person.open()
        case 1:
            person.enter("id").begin(length="full").rate_all(-1, N2="na", K5="dk").press_at(1)
        case 2:
            person.enter().begin(length="full").rate_all(1, C1=-2).conclude()
        case _:
            person.enter().begin_own(length="full").rate_all(2)


def strangers_buttons(person: Person) -> tuple[str, ...]:
    """Every button of another person's way to a verdict in the same house."""
    stranger = Person(person.house, address="2002").enter("id").begin(city="Padang").rate_all(-1).conclude()
    return tuple(button.data for screen in stranger.seen for button in screen.buttons)


def converse(store: Store, steps: list[Input], start: int = 0) -> None:
    """Send the inputs and hold the laws after each one; then go on to the verdict."""
    person = Person(house_with_links(store))
    head_start(person, start)
    session = Session(person, strangers_buttons(person), Circle(person))
    for kind, pick in steps:
        before = deepcopy(person.kept)
        session.put(kind, pick)
        hold(person, before)
    assert session.circle.untouched
    finish(person)


def finish(person: Person) -> None:
    """Do the first thing offered until there is a verdict."""
    person.open()
    for _ in range(400):
        if person.kept and person.phase is Phase.VERDICT and not person.conversation.aside:
            return
        person.lead_on()
    raise AssertionError(person.screen.name)


def hold(person: Person, before: Conversation | None) -> None:
    """What is true after every input."""
    now = person.kept
    if now is None:
        assert person.screen.name == Phase.LEFT
        return
    assert person.last is not None
    assert person.last.conversation == now
    showable(person)
    lawful(now)
    if before is not None and before.id == now.id:
        followed(before, now, person.screen.toast)


def lawful(now: Conversation) -> None:
    """What holds of any conversation."""
    assert now.person or not (now.scratch or now.assessment or now.inquiry)
    assert now.phase is not Phase.ASKED or now.assessment is None
    if now.assessment is not None:
        items = dict.fromkeys(("N1", "C1", "C3", "K1", "A1", "R1"))
        given = [now.assessment.ratings.get(item, Rating()).value for item in items]
        assert Mark.NOT_APPLICABLE not in given


def followed(before: Conversation, now: Conversation, toast: str) -> None:
    """What holds between a conversation and what an input made of it."""
    changed = core(now) != core(before)
    assert now.revision == before.revision + 1 or (not changed and now.revision == before.revision)
    if toast in unheard() and before.aside == now.aside:
        assert not changed
    old, new = before.assessment, now.assessment
    if old is not None and new is not None and old.id == new.id:
        answers = differing(old, new)
        edited = before.scratch.get("aside.focus") if before.aside == "edited" else None
        if before.aside == "reply":  # a colleague's answer is taken over, to whatever item it is
            assert len(answers) <= 1
        else:
            assert answers <= {edited or before.focus}
            assert not answers or edited or before.phase is Phase.ITEMS


def core(conversation: Conversation) -> tuple[object, ...]:
    """All of a conversation but when it was seen and how many screens it had."""
    one = conversation
    place = (one.language, one.phase, one.focus, one.aspect, one.aside, one.back_to, one.scratch)
    return (*place, one.assessment, one.inquiry)


def differing(old: Assessment, new: Assessment) -> set[str]:
    """Items that are rated otherwise than before."""
    return {item for item in {*old.ratings, *new.ratings} if old.ratings.get(item) != new.ratings.get(item)}


def unheard() -> set[str]:
    """The remarks that say nothing was done, in every language, as far as they hold no variable part."""
    messages = [Message(f"toast.{key}") for key in UNHEARD]
    return {translator(language)(message) for language in LANGUAGES for message in messages}


FUZZING = "COCOK_FUZZ" in os.environ
"""``make fuzz`` draws new inputs for longer; the whole check draws the same ones every time."""

quickly = settings(
    derandomize=not FUZZING,
    deadline=None,
    database=None,
    phases=[Stage.explicit, Stage.generate],  # to shrink five hundred inputs takes minutes
    suppress_health_check=[*HealthCheck],
)


@settings(quickly, max_examples=200 if FUZZING else 12)
@given(inputs, st.integers(0, 3))
def test_any_five_hundred_inputs_leave_a_conversation_that_can_be_finished(steps: list[Input], start: int) -> None:
    converse(open_store("memory://"), steps, start)


@settings(quickly, max_examples=1)
@given(inputs)
def test_any_five_hundred_inputs_survive_in_a_file(tmp_path: Path, steps: list[Input]) -> None:
    with TemporaryDirectory(dir=tmp_path) as folder:
        store = open_store(f"sqlite:///{folder}/cocok.db")
        converse(store, steps, start=2)
        store.close()


@settings(quickly, max_examples=1)
@given(inputs)
def test_any_five_hundred_inputs_survive_on_a_server(postgres_url: str, steps: list[Input]) -> None:
    upgrade(postgres_url)
    store = open_store(postgres_url)
    converse(store, steps, start=1)
    store.close()
