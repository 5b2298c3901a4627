"""Cards about what is to be done: what hinders, and the practice's essential parts."""

from __future__ import annotations

from datetime import date

from flows import path
from flows.acts.planning import known_owners
from flows.cards import Answer, Card, Choice, Line, Local, Number, Reach, Said, Verbatim, count, say
from flows.ratings import Changeable, Plan
from flows.toolkit import Item
from flows.views.common import answer_words, back, card, headline, question, quiet, skip, title
from flows.world import Dialogue

CHANGEABLE: dict[Changeable, Said] = {
    Changeable.MONTHS: say("barrier.months"),
    Changeable.YEARS: say("barrier.years"),
    Changeable.NO: say("barrier.no"),
}

QUESTIONS: dict[str, Said] = {
    "changeable": say("barrier.changeable"),
    "action": say("barrier.action"),
    "owner": say("barrier.owner"),
    "due": say("barrier.due"),
}

DECISIONS: dict[str, Said] = {
    "keep": say("part.keep"),
    "adapt": say("part.adapt"),
    "replace": say("part.replace"),
    "drop": say("part.drop"),
}

_MONTHS = {Changeable.MONTHS: (3, 6, 12), Changeable.YEARS: (12, 24, 36)}


def barrier(dialogue: Dialogue) -> Card:
    """One question about one item that hinders."""
    if dialogue.conversation.aspect == "rest":
        return _rest(dialogue)
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    aspect = dialogue.conversation.aspect
    plan = dialogue.assessment.plans.get(item.id, Plan())
    lines = [*_barrier_lines(dialogue, item), question(QUESTIONS[aspect]), *_planned(aspect, plan)]
    choices = [*_barrier_choices(dialogue, aspect, plan), skip(), back()]
    choices.append(Choice(say("barrier.finish"), "finish", reach=Reach.FOLDED))
    return card(dialogue, lines, choices, asks=None if aspect == "changeable" else QUESTIONS[aspect])


def _barrier_lines(dialogue: Dialogue, item: Item) -> list[Line]:
    waiting = path.barriers(dialogue)
    number, total = waiting.index(item) + 1, len(waiting)
    value = dialogue.rating(item.id).value
    lines = [quiet(say("barrier.progress", number=Number(number), total=Number(total)))]
    if value is not None:
        given = answer_words(dialogue.toolkit, value)
        lines.append(title(say("item.given", item=Local(item.name), answer=given)))
    if item.critical:
        lines.append(quiet(say("item.critical")))
    return lines


def _planned(aspect: str, plan: Plan) -> list[Line]:
    """What was said before to the same question."""
    said: Said | None
    if aspect == "changeable":
        said = CHANGEABLE[plan.changeable] if plan.changeable else None
    else:
        text = getattr(plan, aspect)
        said = due_words(text) if text and aspect == "due" else (Verbatim(text) if text else None)
    return [Line(say("text.so-far", text=said))] if said else []


def due_words(due: str) -> Said:
    """A date as the reader writes dates, or the person's own words."""
    try:
        return date.fromisoformat(due)
    except ValueError:
        return Verbatim(due)


def _barrier_choices(dialogue: Dialogue, aspect: str, plan: Plan) -> list[Choice]:
    match aspect:
        case "changeable":
            return [Choice(label, "plan", key, answers=_answers(key)) for key, label in CHANGEABLE.items()]
        case "owner":
            return [Choice(Verbatim(owner), "plan", str(at)) for at, owner in enumerate(known_owners(dialogue))]
        case "due":
            months = _MONTHS.get(plan.changeable or Changeable.MONTHS, (3, 6, 12))
            return [Choice(count("barrier.in-months", number), "plan", str(number)) for number in months]
        case _:
            return []


def _answers(changeable: Changeable) -> Answer:
    return Answer.NO if changeable is Changeable.NO else Answer.YES


def _rest(dialogue: Dialogue) -> Card:
    left = len(path.barriers(dialogue)) - path.FIRST_BARRIERS
    choices = [
        Choice(say("barrier.enough"), "finish", answers=Answer.NO),
        Choice(say("barrier.rest"), "rest", answers=Answer.YES),
        back(),
    ]
    return card(dialogue, [title(headline(dialogue)), question(count("barrier.more", left))], choices)


def part(dialogue: Dialogue) -> Card:
    """What happens to one essential part of the practice."""
    focus, practice = dialogue.conversation.focus, dialogue.practice
    if not focus or practice is None or int(focus) >= path.part_count(dialogue):
        lines = [title(say("part.title")), question(count("part.intro", path.part_count(dialogue)))]
        choices = [
            Choice(say("part.skip"), "finish", answers=Answer.NO),
            Choice(say("part.begin"), "skip", answers=Answer.YES),
            back(),
        ]
        return card(dialogue, lines, choices)
    number, name = int(focus), Local(practice.parts[int(focus)])
    progress = say("part.progress", number=Number(number + 1), total=Number(path.part_count(dialogue)))
    lines = [quiet(progress), title(name)]
    decided = dialogue.assessment.parts.get(number)
    if dialogue.conversation.aspect == "reason":
        lines.append(question(say("part.reason")))
        lines += [Line(say("text.so-far", text=Verbatim(decided.reason)))] if decided and decided.reason else []
        return card(dialogue, lines, [skip(), back()], asks=say("part.reason"))
    lines.append(question(say("part.question")))
    if decided and decided.decision:
        lines.append(Line(say("text.so-far", text=DECISIONS[decided.decision])))
    choices = [Choice(label, "part", key) for key, label in DECISIONS.items()]
    return card(dialogue, lines, [*choices, skip(), back()])
