"""Cards before and around the assessments: language, notice, home, the person's list."""

from __future__ import annotations

from flows.assessment import Status, Summary
from flows.cards import Card, Choice, Line, Local, Number, Reach, Said, Verbatim, count, say
from flows.practice import Practice
from flows.views.common import LANGUAGE_NAMES, back, card, entry, matched, question, quiet, switches, title
from flows.world import Dialogue, practice_of

PAGE = 6
"""Assessments listed on one card."""


def language(dialogue: Dialogue) -> Card:
    """The first card, in every language at once."""
    choices = [Choice(Verbatim(LANGUAGE_NAMES[one]), "language", one) for one in dialogue.world.languages]
    return card(dialogue, [title(say("language.title")), question(say("language.question"))], choices)


def consent(dialogue: Dialogue) -> Card:
    """The notice. Nothing but language and chat id is kept before it is accepted."""
    notice = dialogue.world.notice
    lines = [title(say("consent.title")), Line(say("consent.purpose")), Line(say("consent.kept"))]
    lines.append(Line(say("consent.local") if notice.local else say("consent.abroad")))
    if notice.controller:
        lines.append(Line(say("consent.controller", name=Verbatim(notice.controller))))
    if notice.contact:
        lines.append(Line(say("consent.contact", contact=Verbatim(notice.contact))))
    if notice.retention_days:
        lines.append(Line(count("consent.retention", notice.retention_days)))
    lines += [Line(say("consent.rights")), question(say("consent.question"))]
    choices = [Choice(say("consent.agree"), "agree"), Choice(say("consent.refuse"), "refuse"), *switches(dialogue)]
    return card(dialogue, lines, choices)


def left(dialogue: Dialogue) -> Card:
    """The person refused, or had everything deleted."""
    return card(dialogue, [title(say("left.title")), Line(say("left.text"))])


def home(dialogue: Dialogue) -> Card:
    """Where everything starts and ends."""
    listed = dialogue.world.shelf.listed()
    waiting = next((one for one in listed if one.status is Status.OPEN), None)
    choices = []
    if waiting:
        label = say("home.continue", title=_title(dialogue, waiting))
        choices.append(Choice(label, "open", waiting.id))
    choices.append(Choice(say("home.assess") if not listed else say("home.another"), "assess"))
    if listed:
        choices.append(Choice(count("home.mine", len(listed)), "mine"))
    choices.append(Choice(say("choice.help"), "aside", "help", Reach.HALF))
    lines = [title(say("home.title")), Line(say("home.text")), quiet(say("home.draft"))]
    return card(dialogue, lines, [*choices, *switches(dialogue)])


def mine(dialogue: Dialogue) -> Card:
    """The person's assessments, the latest first, a page at a time."""
    listed = dialogue.world.shelf.listed()
    page = int(dialogue.conversation.focus or 0)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    choices = [Choice(_label(dialogue, one), "open", one.id) for one in shown]
    if len(listed) > (page + 1) * PAGE:
        choices.append(Choice(say("mine.older"), "page", str(page + 1), Reach.HALF))
    lines = [title(say("mine.title")), *(entry(_state(dialogue, one)) for one in shown)]
    lines.append(question(say("mine.text") if listed else say("mine.none")))
    if not listed:
        choices.append(Choice(say("home.assess"), "assess"))
    return card(dialogue, lines, [*choices, back()])


def _practice(dialogue: Dialogue, one: Summary) -> Practice | None:
    return practice_of(dialogue.world.library, one.practice, one.own_practice)


def _title(dialogue: Dialogue, one: Summary) -> Said:
    return matched(_practice(dialogue, one), one.city)


def _state(dialogue: Dialogue, one: Summary) -> Said:
    """How far one assessment has come."""
    values: dict[str, Said] = {"day": dialogue.day(one.updated_at), "title": _title(dialogue, one)}
    if one.status is Status.FINISHED and one.verdict:
        verdict = dialogue.world.library.toolkit(one.toolkit).verdict_texts[one.verdict].name
        return say("mine.finished", verdict=Local(verdict), **values)
    return say("mine.open", answered=Number(one.answered), **values)


def _label(dialogue: Dialogue, one: Summary) -> Said:
    """One assessment on a button, short enough not to be cut."""
    practice = _practice(dialogue, one)
    name = Local(practice.name) if practice else say("practice.none")
    if one.city is None:
        return say("mine.button-cityless", practice=name, day=dialogue.day(one.updated_at))
    return say("mine.button", practice=name, city=Verbatim(one.city.name), day=dialogue.day(one.updated_at))
