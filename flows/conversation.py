"""One input answered: the conversation moves, and the card to show comes back.

Whoever answers a person calls ``respond`` with the conversation as stored. It is changed in place; nothing is sent,
rendered, stored or timed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flows.assessment import Status
from flows.cards import Card, Said, Verbatim, say
from flows.cleaning import clean
from flows.dialogue import Conversation, Phase
from flows.moves import WORKING, fire
from flows.taps import Command, Press, Tap, Typed
from flows.views import view
from flows.views.common import answer_words
from flows.world import Dialogue, World

PAUSE = timedelta(hours=12)
"""After so long without an input a person is first told where things stand."""

CARDS = frozenset({"answers", "help", "forget"})
"""Commands that lay a card over the present one."""


@dataclass(frozen=True)
class Reply:
    """What the person gets: a card, perhaps a short remark beside it. ``moved`` says whether anything changed."""

    card: Card
    toast: Said | None
    moved: bool


def respond(conversation: Conversation, tap: Tap, world: World) -> Reply:
    """Answer one input. A stale, doubled or strange one changes nothing and is answered with the present card."""
    dialogue = Dialogue(conversation, world)
    paused = _is_paused(dialogue)
    moved = _apply(dialogue, tap, paused=paused)
    if paused and conversation.phase in WORKING and conversation.assessment is not None and not _asks_for_card(tap):
        conversation.aside, moved = "recap", True
    if moved:
        conversation.revision += 1
    conversation.seen_at = world.now
    return Reply(view(dialogue), dialogue.toast, moved)


def _asks_for_card(tap: Tap) -> bool:
    """Whether a command names the card to be shown, which no recap replaces."""
    return isinstance(tap, Command) and tap.name in CARDS


def show(conversation: Conversation, world: World) -> Card:
    """The present card, as often as wanted."""
    return view(Dialogue(conversation, world))


def _is_paused(dialogue: Dialogue) -> bool:
    seen = dialogue.conversation.seen_at
    return seen is not None and dialogue.world.now - seen >= PAUSE and _is_under_way(dialogue)


def _is_under_way(dialogue: Dialogue) -> bool:
    conversation = dialogue.conversation
    return (
        conversation.phase in WORKING
        and conversation.assessment is not None
        and conversation.assessment.status is Status.OPEN
    )


def _apply(dialogue: Dialogue, tap: Tap, *, paused: bool) -> bool:
    match tap:
        case Press():
            return _press(dialogue, tap)
        case Command():
            return _command(dialogue, tap)
        case Typed() if paused:
            # a greeting after months must not become an answer
            dialogue.toast = say("toast.paused")
            return False
        case Typed():
            return _typed(dialogue, tap.text)


def _press(dialogue: Dialogue, press: Press) -> bool:
    """A button counts only on the card it was shown on: same assessment, same screen, same question, still offered."""
    conversation = dialogue.conversation
    fresh = (press.subject, press.revision, press.focus) == (
        conversation.subject,
        conversation.revision,
        conversation.focus,
    )
    offered = {(choice.trigger, choice.value) for choice in view(dialogue).choices} if fresh else set()
    if (press.trigger, press.value) in offered:
        return fire(dialogue, press.trigger, press.value)
    dialogue.toast = _stale(dialogue, press)
    return False


def _stale(dialogue: Dialogue, press: Press) -> Said:
    """What to say of a button from an earlier card."""
    current = dialogue.conversation.assessment
    if current and press.subject == current.id and press.trigger == "rate" and press.focus in dialogue.toolkit.items:
        value = dialogue.rating(press.focus).value
        if value is not None:
            return say("toast.already-answered", answer=answer_words(dialogue.toolkit, value))
    return say("toast.stale")


def _typed(dialogue: Dialogue, text: str) -> bool:
    if dialogue.conversation.aside == "note":
        return fire(dialogue, "note", text) and dialogue.conversation.aside != "note"
    if view(dialogue).asks is None:
        dialogue.toast = say("toast.not-understood")
        return False
    before = _place(dialogue)
    refused = not fire(dialogue, "text", text) or (dialogue.toast is not None and _place(dialogue) == before)
    return not refused


def _place(dialogue: Dialogue) -> tuple[str, ...]:
    conversation = dialogue.conversation
    return conversation.phase, conversation.focus, conversation.aspect


def _command(dialogue: Dialogue, command: Command) -> bool:
    conversation = dialogue.conversation
    match command.name:
        case "language":
            return _language(dialogue, command.argument)
        case "start":
            return _start(dialogue)
        case "resume":
            return _resume(dialogue)
        case name if name in CARDS:
            # before consent there is no card to lie over; forgetting then is refusing
            moved = fire(dialogue, "aside", name) or (name == "forget" and fire(dialogue, "forget"))
        case "back" | "mine" | "assess":
            moved = fire(dialogue, command.name)
        case "cancel":
            moved = fire(dialogue, "home")
        case _:
            dialogue.toast = say("toast.unknown-command", command=_quoted(command.name))
            return False
    if not moved:
        dialogue.toast = say("toast.not-here")
    elif command.name in {"mine", "assess", "cancel"}:
        conversation.aside = ""
    return moved


def _language(dialogue: Dialogue, argument: str) -> bool:
    languages = dialogue.world.languages
    others = [language for language in languages if language != dialogue.conversation.language]
    wanted = argument.lower() or others[0]
    if wanted == dialogue.conversation.language:
        return False
    if wanted not in languages:
        dialogue.toast = say("toast.no-such-language", language=_quoted(argument))
        return False
    return fire(dialogue, "language", wanted)


def _quoted(text: str) -> Verbatim:
    """The beginning of what was written, fit to be shown again."""
    return Verbatim(clean(" ".join(text[:100].split()))[:32])


def _start(dialogue: Dialogue) -> bool:
    """Opening the chat again: where an assessment is under way, say first where things stand."""
    if _is_under_way(dialogue):
        dialogue.conversation.aside = "recap"
        return True
    return False


def _resume(dialogue: Dialogue) -> bool:
    if dialogue.conversation.phase in {Phase.LANGUAGE, Phase.CONSENT}:
        dialogue.toast = say("toast.not-here")
        return False
    if dialogue.conversation.aside == "recap":
        return fire(dialogue, "dismiss")
    if _start(dialogue):
        return True
    waiting = [one for one in dialogue.world.shelf.listed() if one.status is Status.OPEN]
    if not waiting:
        dialogue.toast = say("toast.nothing-open")
        return False
    return fire(dialogue, "open", waiting[0].id)
