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
from bot.render import Screen
from flows.assessment import Assessment
from flows.cards import Choice, Listing, Local, Message, Said, Verbatim
from flows.conversation import show
from flows.dialogue import Conversation, Phase
from flows.practice import Practice
from flows.ratings import Mark, Rating
from flows.taps import MAX_BYTES, Press
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.talking import Person, house_on

INPUTS = 500
LONGEST_SCREEN, LONGEST_LABEL = 4096, 75
UNHEARD = ("paused", "not-understood", "stale", "already-answered", "unknown-command", "not-here", "no-such-language")
"""Remarks beside a card that say: nothing was done."""

PIECES = (
    *("", " ", "\n", "\t \r\n", "\0", "\x1b[31mred\x1b[0m", "\x7f\x80", "\ud83d", "\udc00\ud800", "\ufffe"),
    *("Banda Aceh", "surabya", "Bandung", "Kota Malang", "12345", "2", "99", "-1", "١٢٣", "Ⅷ", "{city}", "%s", "|"),
    *("\u202eabc\u202c", "\u2066x\u2069", "مدينة", "서울특별시", "東京都", "👨\u200d👩\u200d👧", "🚌", "e\u0301"),
    *("\u200b\u200d\ufeff", "\u3164", "Bus malam; halte; data telepon", "a;b;c;d;e;f;g", "Dinas Perhubungan"),
    *("/", "//", "/ back", "/start@cocokbot", "/LANGUAGE\nEN"),
)  # fmt: skip
ARGUMENTS = ("", "en", "id", "EN", "xx", "\ud800", "en id", "x" * 300, "\x1b[2J", "🚌", "\0")
GARBAGE = (
    *("", "|", "||||", "|||||", "a|1|b|c|d", "|-1|||", "|99999999999999999999999999999999999999||home|", "\ud800|0|||"),
    *("|0||agree|", "|1||agree|", "|2||open|test0000", "|3||mine|", "|٣||mine|", "x" * 500, "|0||language|xx"),
)  # fmt: skip

Input = tuple[int, int]
"""What kind of input it is (0..99), and which one of its kind."""

inputs = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 2**12)), min_size=INPUTS, max_size=INPUTS)


@dataclass
class Session:
    """One person writing anything; a stranger's buttons lie at hand."""

    person: Person
    foreign: tuple[str, ...]
    delivered: list[str] = field(default_factory=list)

    def put(self, kind: int, pick: int) -> None:
        """Send one input: mostly a button shown, sometimes anything else."""
        person = self.person
        buttons = person.screen.buttons
        if kind < 30 and buttons:
            person.tap(buttons[pick % len(buttons)].data)
        elif kind < 65:
            person.lead_on()
        elif kind < 70:
            self._text(pick)
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
        }
        tables[kind % len(tables)]()

    def _text(self, pick: int) -> None:
        times = (1, 1, 1, 40, 600, 100_000)[pick % 6]
        self.person.say((PIECES[pick % len(PIECES)] * times)[:100_000])

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
    person = Person(house_on(store))
    head_start(person, start)
    session = Session(person, strangers_buttons(person))
    for kind, pick in steps:
        before = deepcopy(person.kept)
        session.put(kind, pick)
        hold(person, before)
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
    assert now.person or not (now.scratch or now.assessment)
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
        assert answers <= {before.focus}
        assert not answers or before.phase is Phase.ITEMS


def core(conversation: Conversation) -> tuple[object, ...]:
    """All of a conversation but when it was seen and how many screens it had."""
    one = conversation
    return (one.language, one.phase, one.focus, one.aspect, one.aside, one.back_to, one.scratch, one.assessment)


def differing(old: Assessment, new: Assessment) -> set[str]:
    """Items that are rated otherwise than before."""
    return {item for item in {*old.ratings, *new.ratings} if old.ratings.get(item) != new.ratings.get(item)}


def unheard() -> set[str]:
    """The remarks that say nothing was done, in every language, as far as they hold no variable part."""
    messages = [Message(f"toast.{key}") for key in UNHEARD]
    return {translator(language)(message) for language in LANGUAGES for message in messages}


def showable(person: Person) -> None:
    """Every channel can draw the card, in each language."""
    for language in LANGUAGES:
        screen = person.shown_in(language)
        fits(screen)
    fits(person.screen)
    look = person.looked
    for choice in show(look.conversation, person.world()).choices:
        ours(choice, look.conversation)


def fits(screen: Screen) -> None:
    """Nothing is empty, too long or not encodable."""
    text = "\n".join(line for _, line in screen.lines)
    text.encode()
    screen.toast.encode()
    assert 0 < len(text) <= LONGEST_SCREEN
    assert all(line.strip() for _, line in screen.lines)
    assert not any(mark in screen.toast for mark in "\0\x1b\u202e")
    for button in screen.buttons:
        assert button.label.strip()
        assert len(button.data.encode()) <= MAX_BYTES
        assert Press.decode(button.data).encode() == button.data


def ours(choice: Choice, conversation: Conversation) -> None:
    """A label of our own words fits on a button; one that quotes the person is as long as they made it."""
    own = conversation.assessment.own_practice if conversation.assessment else None
    if not quotes(choice.label, own):
        assert all(len(translator(language)(choice.label)) <= LONGEST_LABEL for language in LANGUAGES), choice


def quotes(said: Said, own: Practice | None) -> bool:
    """Whether something a person wrote is in it."""
    match said:
        case Verbatim():
            return True
        case Local(words):
            return own is not None and words in (own.name, own.city)
        case Message():
            return any(quotes(value, own) for value in said.values.values())
        case Listing(parts):
            return any(quotes(part, own) for part in parts)
        case _:
            return False


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
