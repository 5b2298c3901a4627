"""Cards shown over the present one: why, a note, the answers, help, where things stand, what to share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flows import explain
from flows.cards import Answer, Card, Choice, Line, Local, Number, Said, Verbatim, say
from flows.dialogue import Phase
from flows.path import barriers, first_unanswered
from flows.ratings import Changeable, Plan
from flows.solo import judged
from flows.toolkit import Item
from flows.views import asking, delegation, evidence
from flows.views.common import answer_words, dismiss, entry, headline, question, quiet, title, titled
from flows.views.common import card as _card
from flows.views.edited import edited
from flows.views.planning import CHANGEABLE, due_words
from flows.world import Dialogue

ACTIONS, ACTIONS_WITH_OPEN = 7, 5
"""Actions listed in the chat, alone or above the open points, so that the longest texts still fit one message."""

CASE = {"actions": say("case.actions"), "results": say("case.results"), "cost": say("case.cost")}

HELP: dict[Phase, Said] = {
    Phase.HOME: say("help.home"),
    Phase.MINE: say("help.mine"),
    Phase.ASKED: say("help.asked"),
    Phase.PRACTICE: say("help.practice"),
    Phase.OWN: say("help.own"),
    Phase.CITY: say("help.city"),
    Phase.PROFILE: say("help.profile"),
    Phase.LENGTH: say("help.length"),
    Phase.ITEMS: say("help.items"),
    Phase.REVIEW: say("help.review"),
    Phase.BARRIERS: say("help.barriers"),
    Phase.PARTS: say("help.parts"),
    Phase.VERDICT: say("help.verdict"),
    Phase.REPORT: say("help.report"),
}


def _why(dialogue: Dialogue) -> Card:
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    lines = [title(Local(item.name)), Line(Local(item.why))]
    lines.append(Line(say("why.evidence", evidence=Local(item.evidence))))
    lines.append(Line(say("why.example", example=Local(item.example))))
    return _card(dialogue, lines, [dismiss(say("choice.back-to-question"))])


def _note(dialogue: Dialogue) -> Card:
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    note = dialogue.rating(item.id).note
    lines = [title(Local(item.name)), question(say("note.question"))]
    choices = [dismiss(say("choice.back-to-question"))]
    if note:
        lines.append(Line(say("item.note", note=Verbatim(note))))
        choices.append(Choice(say("note.remove"), "drop-note"))
    return _card(dialogue, lines, choices, asks=say("note.question"))


def _answers(dialogue: Dialogue) -> Card:
    given = dialogue.conversation.assessment
    lines: list[Line] = []
    if given is not None:
        for item in dialogue.asked:
            value = dialogue.rating(item.id).value
            if value is not None:
                label = answer_words(dialogue.toolkit, value)
                lines.append(Line(say("answers.line", item=Verbatim(item.id), answer=label)))
    head = title(say("answers.title") if lines else say("answers.none"))
    choices = [dismiss(say("choice.return"))]
    if lines and dialogue.state in {Phase.ITEMS, Phase.BARRIERS, Phase.PARTS}:
        choices.append(Choice(say("answers.change"), "review"))
    return _card(dialogue, [head, *lines], choices)


def _case(dialogue: Dialogue) -> Card:
    """The case sheet in short: what was done, what came of it, at what cost, and what to read with care."""
    practice = dialogue.practice
    if practice is None:
        return _help(dialogue)
    shown = ((practice.actions, CASE["actions"]), (practice.results, CASE["results"]), (practice.cost, CASE["cost"]))
    lines = [title(titled(practice)), Line(Local(practice.what))]
    lines += [Line(replace(said, values={"text": Local(words)})) for words, said in shown if words]
    if practice.cautions:
        lines.append(quiet(say("case.cautions", text=Local(practice.cautions))))
    if practice.link:
        lines.append(quiet(say("case.link", text=Verbatim(practice.link))))
    return _card(dialogue, lines, [dismiss(say("choice.back-to-question"))])


def _recap(dialogue: Dialogue) -> Card:
    answered = sum(dialogue.answered(item.id) for item in dialogue.asked)
    day = dialogue.day(dialogue.assessment.updated_at)
    last = _progress(dialogue, answered, day) if answered else say("recap.begun", day=day)
    lines = [title(say("recap.title")), Line(headline(dialogue)), quiet(last)]
    choices = [dismiss(say("recap.continue"), Answer.YES)]
    if answered:
        choices.append(Choice(say("recap.answers"), "aside", "answers"))
    return _card(dialogue, lines, [*choices, Choice(say("recap.another"), "assess")])


def _progress(dialogue: Dialogue, answered: int, day: date) -> Said:
    """How far it has come; the step is the one that is asked next."""
    numbers = {"answered": Number(answered), "total": Number(len(dialogue.asked))}
    waiting = first_unanswered(dialogue)
    if not waiting:
        return say("recap.answered", day=day, **numbers)
    steps = dialogue.toolkit.steps
    step = steps.index(dialogue.toolkit.step_of[waiting]) + 1
    return say("recap.step", day=day, step=Number(step), steps=Number(len(steps)), **numbers)


def _actions(dialogue: Dialogue) -> Card:
    """What hinders and what is planned about it; below that, what is not known yet."""
    still_open = asking.open_told(dialogue)
    lines = actions_told(dialogue, ACTIONS_WITH_OPEN if still_open else ACTIONS)
    return _card(dialogue, [*lines, *still_open], [dismiss(say("choice.return"))])


def actions_told(dialogue: Dialogue, most: int = ACTIONS) -> list[Line]:
    """What hinders and what is planned about it, as lines; all but the first ``most`` are counted only."""
    plans = dialogue.assessment.plans
    listed = [(item, plans.get(item.id, Plan())) for item in barriers(dialogue)]
    lines = [title(say("actions.title")), *(entry(_action(item, plan)) for item, plan in listed[:most])]
    if len(listed) > most:
        lines.append(quiet(say("why.more", number=Number(len(listed) - most))))
    if not listed:
        lines.append(Line(say("actions.none")))
    return lines


def _action(item: Item, plan: Plan) -> Said:
    name = Local(item.name)
    if plan.action and plan.changeable is not Changeable.NO:
        owner = Verbatim(plan.owner) if plan.owner else say("actions.no-owner")
        due = due_words(plan.due) if plan.due else say("actions.no-date")
        return say("actions.line", item=name, action=Verbatim(plan.action), owner=owner, due=due)
    if plan.changeable:
        return say("actions.only", item=name, changeable=CHANGEABLE[plan.changeable])
    return say("actions.unplanned", item=name)


def _share(dialogue: Dialogue) -> Card:
    """A short text to copy into a message or a letter."""
    toolkit, judgement = dialogue.toolkit, judged(dialogue.toolkit, dialogue.assessment)
    text = toolkit.verdict_texts[judgement.verdict]
    lines = [title(say("share.title")), Line(say("share.headline", title=headline(dialogue)))]
    lines.append(Line(say("share.verdict", verdict=Local(text.name), day=dialogue.day(dialogue.assessment.updated_at))))
    lines.append(Line(say("verdict.why", reason=explain.why(toolkit, judgement))))
    lines += [Line(Local(text.next)), Line(say("share.limits"))]
    return _card(dialogue, lines, [dismiss(say("choice.return"))])


def _forget(dialogue: Dialogue) -> Card:
    lines = [title(say("forget.title")), Line(say("forget.text"))]
    lines += [quiet(say("forget.answers"))] if dialogue.world.link else []
    choices = [
        dismiss(say("forget.no"), Answer.NO),
        Choice(say("forget.yes"), "forget", answers=Answer.YES, final=True),
    ]
    return _card(dialogue, lines, choices)


def _help(dialogue: Dialogue) -> Card:
    lines = [title(say("help.title")), Line(HELP[dialogue.state]), Line(say("help.commands"))]
    return _card(dialogue, lines, [dismiss(say("choice.return"))])


_CARDS: dict[str, Callable[[Dialogue], Card]] = {
    "why": _why,
    "note": _note,
    "evidence": evidence.attached,
    "shows": evidence.shows,
    "remove": evidence.remove,
    "ask": asking.ask,
    "until": asking.until,
    "ask-colleague": delegation.link_card,
    "reply": delegation.reply_card,
    "edited": edited,
    "answers": _answers,
    "case": _case,
    "recap": _recap,
    "actions": _actions,
    "share": _share,
    "forget": _forget,
    "help": _help,
}


def card(dialogue: Dialogue) -> Card:
    """The card that lies over the present one."""
    return _CARDS[dialogue.conversation.aside](dialogue)
