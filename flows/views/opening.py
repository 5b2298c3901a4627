"""Cards before and around the assessments: language, notice, home, the person's list."""

from __future__ import annotations

from flows.acts import asked
from flows.assessment import Status, Summary
from flows.cards import Answer, Card, Choice, Line, Local, Number, Reach, Said, Verbatim, count, say
from flows.links import Goal, read_link
from flows.practice import Practice
from flows.views.common import LANGUAGE_NAMES, back, card, entry, matched, question, quiet, switches, title
from flows.world import Dialogue, practice_of

PAGE = 6
"""Assessments listed on one card."""


def language(dialogue: Dialogue) -> Card:
    """The first card: in every language at once, or in the one the person is likely to read, which then comes first."""
    languages, likely = dialogue.world.languages, dialogue.conversation.language
    ordered = sorted(languages, key=lambda one: one != likely)
    choices = [Choice(Verbatim(LANGUAGE_NAMES[one]), "language", one) for one in ordered]
    if likely in languages:
        return card(dialogue, [title(say("language.welcome")), question(say("language.choose"))], choices)
    return card(dialogue, [title(say("language.title")), question(say("language.question"))], choices)


def consent(dialogue: Dialogue) -> Card:
    """The notice. Nothing but language and chat id is kept before it is accepted."""
    notice = dialogue.world.notice
    lines = [title(say("consent.title")), Line(say("consent.purpose")), Line(say("consent.kept"))]
    if _goal(dialogue) is Goal.INQUIRY:
        lines.insert(1, Line(say("consent.asked")))
    lines.append(Line(say("consent.local") if notice.local else say("consent.abroad")))
    if notice.controller:
        lines.append(Line(say("consent.controller", name=Verbatim(notice.controller))))
    if notice.contact:
        lines.append(Line(say("consent.contact", contact=Verbatim(notice.contact))))
    if notice.retention_days:
        lines.append(Line(count("consent.retention", notice.retention_days)))
    lines += [Line(say("consent.rights")), question(say("consent.question"))]
    choices = [
        Choice(say("consent.agree"), "agree", answers=Answer.YES),
        Choice(say("consent.refuse"), "refuse", answers=Answer.NO),
        *switches(dialogue),
    ]
    return card(dialogue, lines, choices)


def _goal(dialogue: Dialogue) -> Goal | None:
    """Where the link leads by which the person came, if by any."""
    link = read_link(dialogue.conversation.back_to)
    return link.goal if link else None


def left(dialogue: Dialogue) -> Card:
    """The person refused, or had everything deleted."""
    return card(dialogue, [title(say("left.title")), Line(say("left.text"))])


def home(dialogue: Dialogue) -> Card:
    """Where everything starts and ends."""
    listed = dialogue.world.shelf.listed()
    waiting = next((one for one in listed if one.status is Status.OPEN), None)
    choices = [Choice(say("home.answer"), "answer")] if asked.waits(dialogue) else []
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
    labels, states = [_label(dialogue, one) for one in shown], [_state(dialogue, one) for one in shown]
    if any(labels.count(label) > 1 for label in labels):
        labels, states = _numbered(labels), _numbered(states)
    choices = [Choice(label, "open", one.id) for label, one in zip(labels, shown, strict=True)]
    if len(listed) > (page + 1) * PAGE:
        choices.append(Choice(say("mine.older"), "page", str(page + 1), Reach.HALF))
    lines = [title(say("mine.title")), *map(entry, states)]
    lines.append(question(say("mine.text") if listed else say("mine.none")))
    if not listed:
        choices.append(Choice(say("home.assess"), "assess"))
    return card(dialogue, lines, [*choices, back()])


def _numbered(said: list[Said]) -> list[Said]:
    """Number what would read alike: the same practice for the same city on the same day."""
    return [say("mine.numbered", number=Number(number), what=what) for number, what in enumerate(said, 1)]


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
