"""One input answered: the conversation moves, and the card to show comes back.

Whoever answers a person calls ``respond`` with the conversation as stored. It is changed in place; nothing is sent,
rendered, stored or timed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flows.acts import asked, attaching, correcting, following, replying
from flows.assessment import Status
from flows.cards import Card, Said, Verbatim, say
from flows.cleaning import clean
from flows.dialogue import Conversation, Phase
from flows.echoes import heard, unclear
from flows.inquiry import Inquiry
from flows.links import Goal, Link, read_link
from flows.moves import WORKING, fire
from flows.taps import Command, Edited, News, Press, Sent, Tap, Typed
from flows.views import view
from flows.views.common import answer_words
from flows.world import Dialogue, World

PAUSE = timedelta(hours=12)
"""After so long without an input a person is first told where things stand."""

UNFOLD = "more"
"""What a channel's own button sends that shows the choices folded away; it moves nothing."""

CARDS = frozenset({"answers", "help", "forget"})
"""Commands that lay a card over the present one."""

WRITTEN_ON = frozenset({"note", "evidence", "shows", "ask", "until"})
"""Cards over the present one that take typed text, each named like the trigger that takes it."""


@dataclass(frozen=True)
class Reply:
    """What the person gets: a card, perhaps a short remark beside it.

    ``moved`` says whether anything changed, ``unfolded`` that the card is to be shown with all its choices, ``errand``
    what else was asked for (``mydata``). ``inquiries`` are questions to colleagues to be kept as they stand now, beside
    the one in hand; ``news`` is the token of one that has just been answered, which who asked is to hear of.
    """

    card: Card
    toast: Said | None
    moved: bool
    unfolded: bool = False
    errand: str = ""
    inquiries: tuple[Inquiry, ...] = ()
    news: str = ""


def respond(conversation: Conversation, tap: Tap, world: World) -> Reply:
    """Answer one input. A stale, doubled or strange one changes nothing and is answered with the present card."""
    dialogue = Dialogue(conversation, world)
    paused = _is_paused(dialogue)
    moved = _act(dialogue, tap, paused=paused)
    recap = paused and conversation.phase in WORKING and conversation.assessment is not None
    if recap and not _asks_for_card(tap, moved=moved):
        conversation.aside, moved = "recap", True
    if moved:
        conversation.revision += 1
    if not isinstance(tap, News):
        conversation.seen_at = world.now
    card = view(dialogue)
    if moved and isinstance(tap, Press) and tap.heard and dialogue.toast is None:
        dialogue.toast = heard(tap.heard, card)
    asked_for = dialogue.unfolded, dialogue.errand
    return Reply(card, dialogue.toast, moved, *asked_for, tuple(dialogue.inquiries), dialogue.news)


def _asks_for_card(tap: Tap, *, moved: bool) -> bool:
    """Whether an input calls for a card of its own, which no recap replaces."""
    if isinstance(tap, Command):
        return tap.name in CARDS or (tap.name == "start" and bool(tap.argument) and moved)
    return isinstance(tap, Edited | News) and moved


def show(conversation: Conversation, world: World) -> Card:
    """The present card, as often as wanted."""
    return view(Dialogue(conversation, world))


def _is_paused(dialogue: Dialogue) -> bool:
    seen = dialogue.conversation.seen_at
    busy = _is_under_way(dialogue) or (dialogue.state is Phase.ASKED and asked.waits(dialogue))
    return seen is not None and dialogue.world.now - seen >= PAUSE and busy


def _is_under_way(dialogue: Dialogue) -> bool:
    conversation = dialogue.conversation
    return (
        conversation.phase in WORKING
        and conversation.assessment is not None
        and conversation.assessment.status is Status.OPEN
    )


def _act(dialogue: Dialogue, tap: Tap, *, paused: bool) -> bool:
    asks = dialogue.state is Phase.ASKED
    lapsed = asked.lapse(dialogue) if asks else None
    if lapsed is not None:
        return _leave(dialogue, tap, lapsed)
    if paused and (isinstance(tap, Typed | Sent) or (isinstance(tap, Press) and tap.guessed)):
        # a greeting after months must not become an answer
        dialogue.toast = say("toast.paused-asked") if asks else say("toast.paused")
        return False
    return _apply(dialogue, tap)


def _apply(dialogue: Dialogue, tap: Tap) -> bool:
    match tap:
        case Press():
            return _press(dialogue, tap)
        case Command():
            return _command(dialogue, tap)
        case Typed():
            return _typed(dialogue, tap)
        case Sent():
            return attaching.receive(dialogue, tap.attachment)
        case Edited():
            return _edited(dialogue, tap)
        case News():
            return replying.reply(dialogue, tap.token) is not None and fire(dialogue, "reply", tap.token)


def _leave(dialogue: Dialogue, tap: Tap, reason: Said) -> bool:
    """Go home from a colleague's question that can no longer be answered; answers to it are lost, commands are not."""
    fire(dialogue, "home")
    if isinstance(tap, Command | News):
        _apply(dialogue, tap)
    dialogue.toast = reason
    return True


def _press(dialogue: Dialogue, press: Press) -> bool:
    """A button counts only on the card it was shown on: same assessment, same screen, same question, still offered."""
    conversation = dialogue.conversation
    fresh = (press.subject, press.revision, press.focus) == (
        conversation.subject,
        conversation.revision,
        conversation.focus,
    )
    if fresh and press.trigger == UNFOLD:
        dialogue.unfolded = True
        return False
    shown = view(dialogue).choices if fresh else ()
    offered = {(choice.trigger, choice.value) for choice in shown if not choice.url}
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


def _typed(dialogue: Dialogue, typed: Typed) -> bool:
    aside, text = dialogue.conversation.aside, typed.text
    if aside in WRITTEN_ON:
        return fire(dialogue, aside, text) and dialogue.conversation.aside != aside
    if view(dialogue).asks is None:
        dialogue.toast = unclear(typed.near)
        return False
    before = _place(dialogue)
    refused = not fire(dialogue, "text", text) or (dialogue.toast is not None and _place(dialogue) == before)
    return not refused


def _edited(dialogue: Dialogue, edited: Edited) -> bool:
    """A changed message changes nothing by itself: what it had answered is asked about again."""
    if correcting.is_rating(dialogue, edited.utterance):
        held = correcting.reread(dialogue, edited)
        return bool(held) and fire(dialogue, "correct", held)
    return correcting.offer(dialogue, edited)


def _place(dialogue: Dialogue) -> tuple[str, ...]:
    conversation = dialogue.conversation
    return conversation.phase, conversation.focus, conversation.aspect


def _command(dialogue: Dialogue, command: Command) -> bool:
    conversation = dialogue.conversation
    match command.name:
        case "language":
            return _language(dialogue, command.argument)
        case "start":
            return _follow(dialogue, command.argument) if command.argument else _start(dialogue)
        case "resume":
            return _resume(dialogue)
        case "mydata" if conversation.person:
            dialogue.toast, dialogue.errand = say("toast.mydata"), "mydata"
            return False
        case name if name in CARDS:
            # before consent there is no card to lie over; forgetting then is refusing
            moved = fire(dialogue, "aside", name) or (name == "forget" and fire(dialogue, "forget"))
        case "back" | "mine" | "assess" | "mydata":
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
    # before it is chosen, the language is a guess
    spoken = "" if dialogue.state is Phase.LANGUAGE else dialogue.conversation.language
    others = [language for language in languages if language != spoken]
    wanted = argument.lower() or others[0]
    if wanted == spoken:
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
    if dialogue.state is Phase.ASKED:
        return False
    dialogue.toast = asked.lapse(dialogue)
    return dialogue.toast is not None or (asked.waits(dialogue) and fire(dialogue, "answer"))


def _follow(dialogue: Dialogue, payload: str) -> bool:
    """Follow a deep link; before the notice is accepted it is kept in mind. One that leads nowhere changes nothing."""
    conversation, link = dialogue.conversation, read_link(payload)
    if link is None:
        dialogue.toast = say("toast.link-unknown")
        return False
    dialogue.payload = payload
    if following.remember(dialogue):
        return True
    if link == Link(Goal.RESUME):
        return _resume(dialogue)
    if link == Link(Goal.RESUME, conversation.subject) and _is_under_way(dialogue):
        return _start(dialogue)
    before = (*_place(dialogue), conversation.aside, conversation.subject, conversation.inquiry)
    fire(dialogue, "follow")
    return before != (*_place(dialogue), conversation.aside, conversation.subject, conversation.inquiry)


def _resume(dialogue: Dialogue) -> bool:
    if dialogue.conversation.phase in {Phase.LANGUAGE, Phase.CONSENT}:
        dialogue.toast = say("toast.not-here")
        return False
    waits_here = dialogue.state is Phase.ASKED and asked.waits(dialogue)
    if dialogue.conversation.aside == "recap" or waits_here:
        return bool(dialogue.conversation.aside) and fire(dialogue, "dismiss")
    if _start(dialogue):
        return True
    waiting = [one for one in dialogue.world.shelf.listed() if one.status is Status.OPEN]
    if not waiting:
        dialogue.toast = say("toast.nothing-open")
        return False
    return fire(dialogue, "open", waiting[0].id)
