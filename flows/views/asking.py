"""Cards about what is not known yet: who is to be asked, by when, and all that is still open."""

from __future__ import annotations

from flows.acts.asking import MONTH, WEEKS, known_people
from flows.cards import Card, Choice, Line, Local, Number, Reach, Said, Verbatim, count, say
from flows.ratings import Mark, Rating
from flows.toolkit import Item
from flows.views.common import back, card, dismiss, entry, question, quiet, skip, title
from flows.views.planning import due_words
from flows.world import Dialogue

OPEN = 5
"""Open points listed in the chat, so that the longest texts still fit one message; the report lists all."""


def ask(dialogue: Dialogue) -> Card:
    """Who is to be asked about the item."""
    item, rating = _in_hand(dialogue)
    lines = [title(Local(item.name)), question(say("ask.question"))]
    lines.append(quiet(say("ask.hint", answer=Local(dialogue.toolkit.dont_know))))
    choices = [Choice(Verbatim(name), "known", str(at)) for at, name in enumerate(known_people(dialogue))]
    choices.append(dismiss(say("choice.back-to-question")))
    if rating.ask:
        lines.append(Line(asked(rating)))
        choices.append(Choice(say("ask.nobody"), "drop-ask"))
    return card(dialogue, lines, choices, asks=say("ask.question"))


def until(dialogue: Dialogue) -> Card:
    """By when an answer is expected; that somebody is to be asked is recorded already."""
    item, rating = _in_hand(dialogue)
    lines = [title(Local(item.name)), Line(asked(rating)), question(say("until.question"))]
    choices = [Choice(count("until.in-weeks", weeks), "within", str(weeks), Reach.HALF) for weeks in WEEKS]
    choices.append(Choice(count("barrier.in-months", 1), "within", MONTH, Reach.HALF))
    return card(dialogue, lines, [*choices, skip(), back()], asks=say("until.question"))


def asked(rating: Rating) -> Said:
    """Who is to be asked, and by when if that is said."""
    name = Verbatim(rating.ask)
    return (
        say("item.ask", ask=name, until=due_words(rating.until)) if rating.until else say("item.ask-undated", ask=name)
    )


def open_points(dialogue: Dialogue) -> list[tuple[Item, Rating]]:
    """Items answered with *don't know*: first those somebody is to be asked about, each kind in the order asked."""
    unknown = [(item, dialogue.rating(item.id)) for item in dialogue.asked]
    unknown = [(item, rating) for item, rating in unknown if rating.value is Mark.DONT_KNOW]
    return sorted(unknown, key=lambda point: not point[1].ask)


def open_told(dialogue: Dialogue) -> list[Line]:
    """The open points as lines, none if there are none."""
    points = open_points(dialogue)
    if not points:
        return []
    lines = [title(say("open.title")), *(entry(_point(item, rating)) for item, rating in points[:OPEN])]
    more = len(points) - OPEN
    return [*lines, quiet(say("why.more", number=Number(more)))] if more > 0 else lines


def _point(item: Item, rating: Rating) -> Said:
    name = Local(item.name)
    if not rating.ask:
        return say("open.nobody", item=name)
    if not rating.until:
        return say("open.undated", item=name, ask=Verbatim(rating.ask))
    return say("open.line", item=name, ask=Verbatim(rating.ask), until=due_words(rating.until))


def _in_hand(dialogue: Dialogue) -> tuple[Item, Rating]:
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    return item, dialogue.rating(item.id)
