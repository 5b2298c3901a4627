"""Cards of the items: the question, what the answer rests on, a change before it is confirmed, and the review."""

from __future__ import annotations

from math import ceil

from flows import path
from flows.acts.attaching import pieces_of
from flows.cards import Answer, Card, Choice, Line, Listing, Local, Number, Reach, Said, Verbatim, count, say
from flows.evidence import Custody
from flows.judgement import Judgement
from flows.ratings import Mark, Rating
from flows.solo import judged
from flows.toolkit import Item, Step
from flows.views import delegation
from flows.views.asking import asked
from flows.views.common import (
    answer_words,
    back,
    basis_words,
    entry,
    headline,
    question,
    quiet,
    switches,
    title,
)
from flows.views.common import (
    card as _card,
)
from flows.world import Dialogue


def card(dialogue: Dialogue) -> Card:
    """One item, in whichever aspect it is asked."""
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    match dialogue.conversation.aspect:
        case "basis":
            return _basis(dialogue, item)
        case "confirm":
            return _confirm(dialogue, item)
        case _:
            return _rate(dialogue, item)


def _rate(dialogue: Dialogue, item: Item) -> Card:
    rating = dialogue.rating(item.id)
    lines = [*_progress(dialogue, item), question(Local(item.question))]
    if item.critical:
        lines.append(quiet(say("item.critical")))
    lines += [*_recorded(dialogue, item, rating), *delegation.lines_about(dialogue, item)]
    choices = [Choice(Local(answer.name), "rate", str(answer.value)) for answer in dialogue.toolkit.scale]
    if _may_keep(dialogue, item):
        choices.append(Choice(say("choice.keep", answer=_words(dialogue, rating)), "keep"))
    elif _is_by_colleague(dialogue):
        held = path.pending_rating(dialogue, item.id)
        choices.append(Choice(say("choice.keep", answer=_words(dialogue, held)), "keep"))
    choices += delegation.look_again(dialogue, item)
    dont_know = Local(dialogue.toolkit.dont_know)
    choices.append(Choice(dont_know, "rate", Mark.DONT_KNOW, Reach.HALF, answers=Answer.UNKNOWN))
    choices.append(Choice(say("choice.why"), "aside", "why", Reach.HALF))
    if not item.critical:
        choices.append(Choice(Local(dialogue.toolkit.not_applicable), "rate", Mark.NOT_APPLICABLE, Reach.FOLDED))
    choices += [_note(rating, Reach.FOLDED), _evidence(Reach.FOLDED)]
    choices += [Choice(say("choice.ask"), "aside", "ask", Reach.FOLDED), *delegation.delegate(dialogue), back()]
    return _card(dialogue, lines, [*choices, *_elsewhere(dialogue)])


def _note(rating: Rating, reach: Reach) -> Choice:
    return Choice(say("choice.change-note") if rating.note else say("choice.note"), "aside", "note", reach)


def _evidence(reach: Reach) -> Choice:
    return Choice(say("choice.evidence"), "aside", "evidence", reach)


def _attached(dialogue: Dialogue, item: Item) -> list[Line]:
    """How much evidence there is, not counting what could not be kept."""
    number = sum(piece.custody is not Custody.REFUSED for piece in pieces_of(dialogue, item.id))
    return [Line(count("item.evidence", number))] if number else []


def _is_by_colleague(dialogue: Dialogue) -> bool:
    """Whether the change held back is a colleague's answer."""
    return {"by", "value"} <= dialogue.conversation.scratch.keys()


def _may_keep(dialogue: Dialogue, item: Item) -> bool:
    return dialogue.answered(item.id) and not dialogue.editing


def _elsewhere(dialogue: Dialogue) -> list[Choice]:
    return [
        Choice(say("choice.case"), "aside", "case", Reach.FOLDED),
        Choice(say("choice.answers"), "aside", "answers", Reach.FOLDED),
        Choice(say("choice.later"), "home", reach=Reach.FOLDED),
        *switches(dialogue),
    ]


def _progress(dialogue: Dialogue, item: Item) -> list[Line]:
    if dialogue.editing:
        return [quiet(say("item.changing", item=Local(item.name)))]
    toolkit, asked, length = dialogue.toolkit, dialogue.asked, dialogue.length
    keys = [step.key for step in toolkit.asked_steps(length)]
    step, number = toolkit.step_of[item.id], toolkit.place(item, length)
    values: dict[str, Said] = {
        "step": Number(keys.index(step.key) + 1),
        "steps": Number(len(keys)),
        "name": Local(step.name),
    }
    where = say("item.progress", number=Number(number), total=Number(len(asked)), **values)
    minutes = ceil((len(asked) - number + 1) * toolkit.minutes[dialogue.length] / len(asked))
    return [quiet(where), quiet(count("item.minutes", minutes))]


def _recorded(dialogue: Dialogue, item: Item, rating: Rating) -> list[Line]:
    lines = []
    if rating.value is not None:
        lines.append(Line(delegation.so_far(_words(dialogue, rating), rating)))
    if rating.ask:
        lines.append(Line(asked(rating)))
    if rating.note:
        lines.append(Line(say("item.note", note=Verbatim(rating.note))))
    return [*lines, *_attached(dialogue, item)]


def _words(dialogue: Dialogue, rating: Rating) -> Said:
    """The answer, with what it rests on: *Hinders (my estimate)*."""
    if rating.value is None:
        return say("item.unanswered")
    answer = answer_words(dialogue.toolkit, rating.value)
    if rating.basis is None:
        return answer
    return say("item.answer-with-basis", answer=answer, basis=basis_words(dialogue.toolkit, rating.basis))


def _basis(dialogue: Dialogue, item: Item) -> Card:
    rating = path.pending_rating(dialogue, item.id) if dialogue.editing else dialogue.rating(item.id)
    given = _words(dialogue, Rating(value=rating.value))
    lines = [title(say("item.given", item=Local(item.name), answer=given)), question(say("basis.question"))]
    if rating.note:
        lines.append(Line(say("item.note", note=Verbatim(rating.note))))
    lines += _attached(dialogue, item)
    choices = [Choice(Local(option.name), "basis", option.key) for option in dialogue.toolkit.bases]
    if rating.basis and (not dialogue.editing or _is_by_colleague(dialogue)):
        kept = basis_words(dialogue.toolkit, rating.basis)
        choices.append(Choice(say("choice.keep", answer=kept), "keep"))
    return _card(dialogue, lines, [*choices, _note(rating, Reach.HALF), _evidence(Reach.HALF), back()])


def _confirm(dialogue: Dialogue, item: Item) -> Card:
    """What a change would do, before it is made."""
    old, new = dialogue.rating(item.id), path.pending_rating(dialogue, item.id)
    moved = say("confirm.title", item=Local(item.name), old=_words(dialogue, old), new=_words(dialogue, new))
    before = judged(dialogue.toolkit, dialogue.assessment)
    after = judged(dialogue.toolkit, dialogue.assessment, {item.id: new})
    effects = [*_effects(dialogue, item, before, after), *_plan_effects(dialogue, item, new)]
    lines = [title(moved), *(entry(said) for said in effects or [say("confirm.nothing")])]
    choices = [
        Choice(say("confirm.change"), "change", answers=Answer.YES),
        Choice(say("confirm.leave"), "back", answers=Answer.NO),
    ]
    return _card(dialogue, lines, choices)


def _effects(dialogue: Dialogue, item: Item, before: Judgement, after: Judgement) -> list[Said]:
    texts = dialogue.toolkit.verdict_texts
    effects: list[Said] = []
    if before.verdict != after.verdict and not path.first_unanswered(dialogue):
        old, new = Local(texts[before.verdict].name), Local(texts[after.verdict].name)
        effects.append(say("confirm.verdict", old=old, new=new))
    step = dialogue.toolkit.step_of[item.id]
    scores = before.steps.get(step.key), after.steps.get(step.key)
    if scores[0] != scores[1]:
        effects.append(say("confirm.step", step=Local(step.name), old=_score(scores[0]), new=_score(scores[1])))
    if before.coverage != after.coverage:
        shares = Number(before.coverage, percent=True), Number(after.coverage, percent=True)
        effects.append(say("confirm.coverage", old=shares[0], new=shares[1]))
    return effects


def _score(score: float | None) -> Said:
    return say("score.none") if score is None else Number(score, 1)


def _plan_effects(dialogue: Dialogue, item: Item, new: Rating) -> list[Said]:
    """A plan for an item that no longer hinders is kept but rests; one that now hinders will be asked about."""
    hinders = isinstance(new.value, int) and new.value < 0
    planned = item.id in dialogue.assessment.plans
    hindered = item in path.barriers(dialogue)
    if hindered and not hinders and planned:
        return [say("confirm.plan-rests")]
    if hinders and not hindered:
        return [say("confirm.plan-asked")]
    return []


def review(dialogue: Dialogue) -> Card:
    """All steps, or one step's answers, each to be changed by a tap."""
    focus = dialogue.conversation.focus
    step = next((step for step in dialogue.toolkit.steps if step.key == focus), None)
    return _step_answers(dialogue, step) if step else _overview(dialogue)


def _overview(dialogue: Dialogue) -> Card:
    steps = [(step, [item for item in step.items if item in dialogue.asked]) for step in dialogue.toolkit.steps]
    steps = [(step, items) for step, items in steps if items]
    lines = [title(headline(dialogue)), question(say("review.question"))]
    lines += [entry(_step_line(dialogue, step, items)) for step, items in steps]
    choices = [Choice(say("review.go-on"), "forward", answers=Answer.YES)]
    choices += [Choice(say("review.step", step=Local(step.name)), "step", step.key, Reach.HALF) for step, _ in steps]
    return _card(dialogue, lines, [*choices, back(), *switches(dialogue)])


def _step_line(dialogue: Dialogue, step: Step, items: list[Item]) -> Said:
    answered = sum(dialogue.answered(item.id) for item in items)
    hindering = sum(item in items for item in path.barriers(dialogue))
    unknown = sum(dialogue.rating(item.id).value is Mark.DONT_KNOW for item in items)
    parts: list[Said] = [say("review.answered", answered=Number(answered), total=Number(len(items)))]
    parts += [count("review.hindering", hindering)] if hindering else []
    parts += [count("review.unknown", unknown)] if unknown else []
    return say("review.line", step=Local(step.name), parts=Listing(tuple(parts)))


def _step_answers(dialogue: Dialogue, step: Step) -> Card:
    items = [item for item in step.items if item in dialogue.asked]
    choices = [
        Choice(say("review.item", item=Local(item.name), answer=_plain(dialogue, item)), "edit", item.id)
        for item in items
    ]
    notes = [
        entry(say("review.note", item=Local(item.name), note=Verbatim(dialogue.rating(item.id).note)))
        for item in items
        if dialogue.rating(item.id).note
    ]
    notes += [
        entry(say("review.by", item=Local(item.name), name=Verbatim(dialogue.rating(item.id).by)))
        for item in items
        if dialogue.rating(item.id).by
    ]
    done = Choice(say("review.done"), "back")
    return _card(dialogue, [title(Local(step.name)), question(say("review.which")), *notes], [done, *choices])


def _plain(dialogue: Dialogue, item: Item) -> Said:
    value = dialogue.rating(item.id).value
    return say("item.unanswered") if value is None else answer_words(dialogue.toolkit, value)
