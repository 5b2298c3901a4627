"""What is to be done: about hindrances and essential parts, and the verdict at the end."""

from __future__ import annotations

from dataclasses import replace

from flows.assessment import Decision, PartChoice, Status, VerdictRecord
from flows.dates import months_later
from flows.ratings import Changeable, Plan
from flows.solo import judged
from flows.texts import LIMITS, settle, settle_day
from flows.toolkit import Length
from flows.world import Dialogue


def plan_choice(dialogue: Dialogue, value: str) -> bool:
    """Take a pressed answer about what hinders: whether it can change, a known owner, or a date from now."""
    match dialogue.conversation.aspect:
        case "changeable":
            _plan(dialogue, changeable=Changeable(value))
        case "owner":
            _plan(dialogue, owner=known_owners(dialogue)[int(value)])
        case _:
            _plan(dialogue, due=months_later(dialogue.day(dialogue.world.now), int(value)).isoformat())
    return True


def plan_text(dialogue: Dialogue, value: str) -> bool:
    """Take a typed answer about what hinders: what to do, who, by when."""
    aspect = dialogue.conversation.aspect
    text = settle(dialogue, value, LIMITS[aspect])
    if text and aspect == "due":
        text = settle_day(dialogue, text)
    if text:
        _plan(dialogue, **{aspect: text})
        return True
    return False


def _plan(dialogue: Dialogue, **fields: object) -> None:
    item = dialogue.conversation.focus
    old = dialogue.assessment.plans.get(item, Plan())
    dialogue.assessment.plan(item, replace(old, **fields), dialogue.world.now)  # type: ignore[arg-type]


def known_owners(dialogue: Dialogue) -> tuple[str, ...]:
    """Up to three owners already named in this assessment, offered again."""
    named = [plan.owner for plan in dialogue.assessment.plans.values() if plan.owner]
    return tuple(dict.fromkeys(named))[:3]


def ask_rest(dialogue: Dialogue, _value: str) -> bool:
    """Plan for the remaining hindrances too."""
    dialogue.conversation.scratch["rest"] = "yes"
    return True


def decide_part(dialogue: Dialogue, value: str) -> bool:
    """Decide what happens to an essential part."""
    part = int(dialogue.conversation.focus)
    decision = Decision(value)
    old = dialogue.assessment.parts.get(part, PartChoice())
    reason = "" if decision is Decision.KEEP else old.reason
    dialogue.assessment.decide(part, PartChoice(decision=decision, reason=reason), dialogue.world.now)
    return True


def part_reason(dialogue: Dialogue, value: str) -> bool:
    """Say why a part is not kept as it is."""
    text = settle(dialogue, value, LIMITS["reason"])
    if text:
        part = int(dialogue.conversation.focus)
        old = dialogue.assessment.parts.get(part, PartChoice())
        dialogue.assessment.decide(part, replace(old, reason=text), dialogue.world.now)
        return True
    return False


def conclude(dialogue: Dialogue, _value: str) -> bool:
    """Judge the answers; a verdict that says something new joins the history."""
    current = dialogue.assessment
    found = judged(dialogue.toolkit, current)
    last = current.verdicts[-1] if current.verdicts else None
    record = VerdictRecord(
        at=dialogue.world.now, key=found.verdict, rule=found.rule, total=found.total, steps=dict(found.steps)
    )
    if last is None or replace(record, at=last.at) != last:
        current.conclude(record)
    elif current.status is Status.OPEN:
        current.set_header(dialogue.world.now, status=Status.FINISHED)
    dialogue.goto("")
    return False


def go_full(dialogue: Dialogue, _value: str) -> bool:
    """Go on from the quick questions to all of them; the answers given count."""
    dialogue.assessment.set_header(dialogue.world.now, length=Length.FULL, status=Status.OPEN)
    return True
