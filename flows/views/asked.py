"""Cards of a colleague's question: the item alone, what the answer rests on, a note, a name, and thanks."""

from __future__ import annotations

from flows.acts.asked import DONE, item_of, toolkit_of
from flows.cards import Answer, Card, Choice, Line, Local, Reach, Said, Verbatim, say
from flows.inquiry import Inquiry
from flows.ratings import Mark, Rating
from flows.toolkit import Toolkit
from flows.views.common import answer_words, back, basis_words, matched, question, quiet, skip, switches, title
from flows.views.common import card as _card
from flows.world import Dialogue, practice_of


def card(dialogue: Dialogue) -> Card:
    """The question of a colleague, in whichever aspect it is asked."""
    inquiry = dialogue.conversation.inquiry
    if inquiry is None:
        return _withdrawn(dialogue)
    match dialogue.conversation.aspect:
        case "basis":
            return _basis(dialogue, inquiry)
        case "note":
            return _note(dialogue, inquiry)
        case "name":
            return _name(dialogue, inquiry)
        case aspect if aspect == DONE:
            return _done(dialogue, inquiry)
        case _:
            return _question(dialogue, inquiry)


def headline_of(dialogue: Dialogue, inquiry: Inquiry) -> Said:
    """What is assessed for whom, as far as an inquiry tells."""
    practice = practice_of(dialogue.world.library, inquiry.practice, inquiry.own_practice)
    return matched(practice, inquiry.city)


def rated_words(toolkit: Toolkit, rating: Rating) -> Said:
    """An answer, with what it rests on: *Hinders (my estimate)*."""
    if rating.value is None:
        return say("item.unanswered")
    answer = answer_words(toolkit, rating.value)
    if rating.basis is None:
        return answer
    return say("item.answer-with-basis", answer=answer, basis=basis_words(toolkit, rating.basis))


def _question(dialogue: Dialogue, inquiry: Inquiry) -> Card:
    toolkit, item = toolkit_of(dialogue, inquiry), item_of(dialogue, inquiry)
    lines = [title(headline_of(dialogue, inquiry)), quiet(say("asked.intro")), question(Local(item.question))]
    if item.critical:
        lines.append(quiet(say("item.critical")))
    choices = [Choice(Local(answer.name), "rate", str(answer.value)) for answer in toolkit.scale]
    rating = inquiry.rating
    if rating is not None and rating.value is not None:
        given = rated_words(toolkit, rating)
        lines.append(Line(say("item.so-far", answer=given)))
        choices.append(Choice(say("choice.keep", answer=given), "keep"))
    choices.append(Choice(Local(toolkit.dont_know), "rate", Mark.DONT_KNOW, Reach.HALF, answers=Answer.UNKNOWN))
    choices.append(Choice(say("choice.why"), "aside", "why", Reach.HALF))
    if not item.critical:
        choices.append(Choice(Local(toolkit.not_applicable), "rate", Mark.NOT_APPLICABLE, Reach.FOLDED))
    choices += [Choice(say("choice.case"), "aside", "case", Reach.FOLDED), back()]
    return _card(dialogue, lines, [*choices, *switches(dialogue)])


def _basis(dialogue: Dialogue, inquiry: Inquiry) -> Card:
    toolkit, rating = toolkit_of(dialogue, inquiry), inquiry.rating or Rating()
    choices = [Choice(Local(option.name), "basis", option.key) for option in toolkit.bases]
    if rating.basis:
        choices.append(Choice(say("choice.keep", answer=basis_words(toolkit, rating.basis)), "keep"))
    given = _given(dialogue, inquiry, Rating(value=rating.value))
    return _card(dialogue, [given, question(say("basis.question"))], [*choices, back()])


def _note(dialogue: Dialogue, inquiry: Inquiry) -> Card:
    note = inquiry.rating.note if inquiry.rating else ""
    lines = [_given(dialogue, inquiry, inquiry.rating), question(say("asked.note"))]
    if note:
        lines.append(Line(say("text.so-far", text=Verbatim(note))))
    choices = [Choice(say("choice.keep-text"), "keep", reach=Reach.HALF)] if note else []
    return _card(dialogue, lines, [*choices, skip(), back()], asks=say("asked.note"))


def _name(dialogue: Dialogue, inquiry: Inquiry) -> Card:
    lines = [_given(dialogue, inquiry, inquiry.rating)]
    if inquiry.rating and inquiry.rating.note:
        lines.append(Line(say("item.note", note=Verbatim(inquiry.rating.note))))
    lines += [question(say("asked.name")), quiet(say("asked.name-why"))]
    return _card(dialogue, lines, [back()], asks=say("asked.name"))


def _given(dialogue: Dialogue, inquiry: Inquiry, rating: Rating | None) -> Line:
    words = rated_words(toolkit_of(dialogue, inquiry), rating or Rating())
    return title(say("item.given", item=Local(item_of(dialogue, inquiry).name), answer=words))


def _done(dialogue: Dialogue, inquiry: Inquiry) -> Card:
    lines = [title(say("asked.done")), Line(_given(dialogue, inquiry, inquiry.rating).said)]
    lines.append(Line(say("asked.sent", name=Verbatim(inquiry.by))))
    return _card(dialogue, lines, [Choice(say("home.assess"), "assess"), Choice(say("choice.home"), "home")])


def _withdrawn(dialogue: Dialogue) -> Card:
    """Who asked had everything deleted meanwhile."""
    return _card(dialogue, [title(say("asked.withdrawn"))], [Choice(say("choice.home"), "home")])
