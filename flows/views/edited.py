"""The card that asks what becomes of a text whose message was changed after it was sent."""

from __future__ import annotations

from flows.acts.correcting import held_text
from flows.cards import Answer, Card, Choice, Line, say
from flows.views.common import card, dismiss, question, title
from flows.views.planning import due_words
from flows.world import Dialogue


def edited(dialogue: Dialogue) -> Card:
    """What the message had answered, what stands there now, and what it says since it was changed."""
    held = held_text(dialogue)
    if held is None:
        return card(dialogue, [title(say("edited.gone"))], [dismiss(say("choice.return"))])
    place, text = held
    lines = [title(say("edited.title", what=place.what)), Line(say("text.so-far", text=due_words(place.text)))]
    lines += [Line(say("edited.now", text=due_words(text))), question(say("edited.question"))]
    choices = [
        Choice(say("edited.replace"), "replace", answers=Answer.YES),
        dismiss(say("edited.leave"), Answer.NO),
    ]
    return card(dialogue, lines, choices)
