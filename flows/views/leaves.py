"""The leaves a conversation is written on: one card is edited in place, and what ends stays readable above.

A leaf is named by what it is about. When the conversation leaves one that has something to tell, the card that bore it
becomes its summary, and the next leaf begins on a new card below.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.assessment import Assessment
from flows.cards import Card, Line, Local, Number, Verbatim, say
from flows.dialogue import Phase
from flows.toolkit import Length
from flows.views import verdict
from flows.views.asides import actions_told
from flows.views.common import answer_words, basis_words, entry, headline, quiet, title
from flows.views.opening import consent
from flows.views.planning import DECISIONS
from flows.world import Dialogue

_SETTING_UP = frozenset({Phase.PRACTICE, Phase.OWN, Phase.CITY, Phase.PROFILE, Phase.LENGTH})
_OF_THE_END = frozenset({Phase.VERDICT, Phase.REPORT})


def leaf(dialogue: Dialogue) -> str:
    """Which leaf the present card belongs to."""
    conversation = dialogue.conversation
    if dialogue.state in {Phase.LANGUAGE, Phase.CONSENT}:
        return "notice"
    if conversation.assessment is None:
        return str(Phase.ASKED) if dialogue.state is Phase.ASKED else "desk"
    if dialogue.state in _SETTING_UP:
        return "desk"
    name, about = str(dialogue.state), ""
    if dialogue.state is Phase.ITEMS:
        name, about = (
            ("review", "") if dialogue.editing else ("items", dialogue.toolkit.step_of[conversation.focus].key)
        )
    elif dialogue.state in _OF_THE_END:
        name = str(Phase.VERDICT)
    return " ".join(part for part in (name, conversation.assessment.id, about) if part)


def summary(dialogue: Dialogue, of: str) -> Card | None:
    """What stays to be read of a leaf that ended; None when there is nothing to tell and the card may be reused."""
    name, _, rest = of.partition(" ")
    assessment, _, about = rest.partition(" ")
    if name == "notice":
        return _notice(dialogue)
    if name == "desk":
        return _desk(dialogue)
    tell = _SUMMARIES.get(name)
    left = _assessed(dialogue, assessment)
    if tell is None or left is None:
        return None
    lines = tell(left, about)
    return Card(of, tuple(lines)) if lines else None


def _assessed(dialogue: Dialogue, identifier: str) -> Dialogue | None:
    """The dialogue as far as an assessment is concerned, whether it is still in hand or not."""
    found: Assessment | None = dialogue.conversation.assessment
    if found is None or found.id != identifier:
        found = dialogue.world.shelf.taken(identifier) if dialogue.conversation.person else None
    return None if found is None else dialogue.about(found)


def _notice(dialogue: Dialogue) -> Card | None:
    conversation = dialogue.conversation
    if conversation.consented_at is None:
        return None
    agreed = quiet(say("consent.agreed", day=dialogue.day(conversation.consented_at)))
    return Card("notice", (*(line for line in consent(dialogue).lines[:-1]), agreed))


def _desk(dialogue: Dialogue) -> Card | None:
    current = dialogue.conversation.assessment
    if current is None or current.length is None:
        return None
    asked = Number(len(dialogue.asked))
    length = say("desk.full", items=asked) if current.length is Length.FULL else say("desk.quick", items=asked)
    return Card("desk", (title(headline(dialogue)), Line(length)))


def _step(dialogue: Dialogue, key: str) -> list[Line]:
    toolkit = dialogue.toolkit
    step = next((step for step in toolkit.steps if step.key == key), None)
    items = [item for item in step.items if item in dialogue.asked and dialogue.answered(item.id)] if step else []
    if step is None or not items:
        return []
    lines = [title(Local(step.name))]
    for item in items:
        rating = dialogue.rating(item.id)
        if rating.value is None:
            continue
        given = answer_words(toolkit, rating.value)
        if rating.ask:
            lines.append(
                entry(say("leaf.answer-to-ask", item=Local(item.name), answer=given, ask=Verbatim(rating.ask)))
            )
        elif rating.basis is None:
            lines.append(entry(say("leaf.answer", item=Local(item.name), answer=given)))
        else:
            basis = basis_words(toolkit, rating.basis)
            lines.append(entry(say("leaf.answer-with-basis", item=Local(item.name), answer=given, basis=basis)))
    return lines


def _barriers(dialogue: Dialogue, _about: str) -> list[Line]:
    return actions_told(dialogue) if dialogue.assessment.plans else []


def _parts(dialogue: Dialogue, _about: str) -> list[Line]:
    practice = dialogue.practice
    decided = [(number, choice) for number, choice in sorted(dialogue.assessment.parts.items()) if choice.decision]
    if practice is None or not decided:
        return []
    lines = [title(say("part.title"))]
    for number, choice in decided:
        if number >= len(practice.parts) or choice.decision is None:
            continue
        values = {"part": Local(practice.parts[number]), "decision": DECISIONS[choice.decision]}
        if choice.reason:
            lines.append(entry(say("leaf.part-with-reason", **values, reason=Verbatim(choice.reason))))
        else:
            lines.append(entry(say("leaf.part", **values)))
    return lines


def _verdict(dialogue: Dialogue, _about: str) -> list[Line]:
    return list(verdict.card(dialogue).lines) if dialogue.assessment.verdicts else []


_SUMMARIES: dict[str, Callable[[Dialogue, str], list[Line]]] = {
    "items": _step,
    "barriers": _barriers,
    "parts": _parts,
    "verdict": _verdict,
}
