"""The table of the conversation's machine: which trigger moves which phase where, under what condition.

States are phases; what is asked within a phase is data (``flows.path``). Rows of one trigger and phase are tried in
order and the first whose condition holds is taken. ``cocok toolkit diagram`` draws this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from transitions import EventData, Machine

from flows import path
from flows.acts import (
    asked,
    asking,
    attaching,
    choosing,
    correcting,
    delegating,
    following,
    opening,
    planning,
    rating,
    replying,
)
from flows.dialogue import Phase
from flows.guards import (
    has_aside,
    has_barriers,
    has_parts,
    is_describing,
    is_editing,
    is_finished,
    is_focused,
    is_own,
    lacks_answers,
    lacks_city,
    lacks_length,
    nothing_taken,
)
from flows.world import Dialogue

Act: TypeAlias = Callable[[Dialogue, str], bool]
Condition: TypeAlias = Callable[[Dialogue], bool]

CONSENTED = tuple(phase for phase in Phase if phase not in {Phase.LANGUAGE, Phase.CONSENT, Phase.LEFT})
WORKING = CONSENTED[CONSENTED.index(Phase.PRACTICE) :]
"""Phases in which an assessment is under way."""


@dataclass(frozen=True)
class Move:
    """One row of the table. ``target`` None stays in the phase and ``when`` must hold.

    ``do`` changes the record; when it says that its question is settled, the trigger ``then`` follows at once.
    """

    trigger: str
    sources: Phase | tuple[Phase, ...]
    target: Phase | None
    do: Act
    when: Condition | None = None
    then: str = "forward"


def _enter_first(dialogue: Dialogue, _value: str) -> bool:
    """Enter a phase forward: at its first stop, or at the first question about the items that waits."""
    dialogue.conversation.aside = ""
    waiting = path.first_open(dialogue) if dialogue.state is Phase.ITEMS else None
    dialogue.goto(*(waiting or path.stops(dialogue)[0]))
    return False


def _enter_with_recap(dialogue: Dialogue, value: str) -> bool:
    """Enter a phase again after a while: where things stand lies on top."""
    _enter_first(dialogue, value)
    dialogue.conversation.aside = "recap"
    return False


def _enter_last(dialogue: Dialogue, _value: str) -> bool:
    """Enter a phase backward: at its last stop."""
    dialogue.goto(*path.stops(dialogue)[-1])
    return False


def _step_on(dialogue: Dialogue, _value: str) -> bool:
    dialogue.goto(*path.stops(dialogue)[path.position(dialogue) + 1])
    return False


def _step_back(dialogue: Dialogue, _value: str) -> bool:
    dialogue.goto(*path.stops(dialogue)[path.position(dialogue) - 1])
    return False


def _close_focus(dialogue: Dialogue, _value: str) -> bool:
    dialogue.goto("")
    return False


def _enter_own(dialogue: Dialogue, value: str) -> bool:
    """Enter the description of one's own practice backward, with all that was typed."""
    choosing.recall(dialogue)
    return _enter_last(dialogue, value)


_P = Phase

TRANSITIONS: tuple[Move, ...] = (
    # before anything is kept
    Move("language", _P.LANGUAGE, _P.CONSENT, opening.speak),
    Move("language", (_P.CONSENT, *CONSENTED), None, opening.speak),
    Move("agree", _P.CONSENT, _P.HOME, opening.consent, then="follow"),
    Move("refuse", _P.CONSENT, _P.LEFT, opening.erase),
    # moving about
    Move("home", CONSENTED, _P.HOME, opening.put_away),
    Move("mine", CONSENTED, _P.MINE, opening.put_away),
    Move("page", (_P.MINE, _P.PRACTICE), None, opening.focus_on),
    Move("assess", CONSENTED, _P.PRACTICE, opening.put_away),
    Move("forget", (_P.LANGUAGE, _P.CONSENT), _P.LEFT, opening.erase),
    Move("forget", CONSENTED, _P.LEFT, opening.erase),
    Move("aside", CONSENTED, None, opening.open_aside),
    Move("dismiss", CONSENTED, None, opening.close_aside),
    Move("open", CONSENTED, None, opening.take, then="resume"),
    Move("resume", CONSENTED, _P.MINE, opening.missing, nothing_taken),
    Move("resume", CONSENTED, _P.VERDICT, _close_focus, is_finished),
    Move("resume", CONSENTED, _P.CITY, _enter_with_recap, lacks_city),
    Move("resume", CONSENTED, _P.PROFILE, _enter_with_recap, lacks_length),
    Move("resume", CONSENTED, _P.ITEMS, opening.recap_at, lacks_answers),
    Move("resume", CONSENTED, _P.REVIEW, opening.recap_at),
    # where a link leads
    Move("follow", CONSENTED, _P.PRACTICE, following.begin, following.names_practice),
    Move("follow", CONSENTED, _P.ASKED, following.take_up, following.may_answer),
    Move("follow", CONSENTED, _P.HOME, following.decline, following.names_inquiry),
    Move("follow", CONSENTED, None, following.take, following.names_own, then="resume"),
    Move("follow", CONSENTED, None, following.stay),
    # a colleague's question, and a colleague's answer
    Move("answer", CONSENTED, _P.ASKED, asked.go_on, asked.waits),
    Move("rate", _P.ASKED, None, asked.rate),
    Move("keep", _P.ASKED, None, choosing.skip),
    Move("basis", _P.ASKED, None, asked.found_on),
    Move("text", _P.ASKED, None, asked.write),
    Move("skip", _P.ASKED, None, asked.leave_out),
    Move("delegate", _P.ITEMS, None, delegating.delegate),
    Move("leave-open", _P.ITEMS, None, delegating.leave_open),
    Move("reply", CONSENTED, None, replying.show),
    Move("accept", CONSENTED, None, replying.accept, then="accepted"),
    Move("accepted", (_P.VERDICT, _P.REPORT), _P.REVIEW, _close_focus),
    Move("accepted", _P.BARRIERS, _P.REVIEW, _close_focus, replying.has_lost_its_place),
    Move("accepted", _P.ITEMS, None, replying.pass_on, replying.is_asked_here),
    Move("amend", CONSENTED, _P.ITEMS, replying.amend, replying.may_amend),
    # what is assessed
    Move("choose", _P.PRACTICE, None, choosing.choose_practice),
    Move("describe", _P.PRACTICE, _P.OWN, _enter_first),
    Move("text", _P.OWN, None, choosing.describe),
    Move("skip", _P.OWN, None, choosing.skip_field),
    Move("keep", _P.OWN, None, choosing.skip),
    Move("text", _P.CITY, None, choosing.look_up_city),
    Move("city", _P.CITY, None, choosing.choose_city),
    Move("last-city", _P.CITY, None, choosing.last_city),
    Move("profile", _P.PROFILE, None, choosing.profile_choice),
    Move("text", _P.PROFILE, None, choosing.profile_text),
    Move("skip", _P.PROFILE, None, choosing.skip),
    Move("length", _P.LENGTH, None, choosing.choose_length),
    # the items
    Move("rate", _P.ITEMS, None, rating.rate),
    Move("keep", _P.ITEMS, None, choosing.skip),
    Move("basis", _P.ITEMS, None, rating.found_on),
    Move("note", CONSENTED, None, rating.note),
    Move("drop-note", CONSENTED, None, rating.drop_note),
    Move("change", _P.ITEMS, None, rating.change),
    # evidence for an item, and whom to ask about it
    Move("evidence", _P.ITEMS, None, attaching.write),
    Move("shows", _P.ITEMS, None, attaching.describe),
    Move("piece", _P.ITEMS, None, attaching.take_up),
    Move("pieces", _P.ITEMS, None, attaching.turn_to),
    Move("detach", _P.ITEMS, None, attaching.take_back),
    Move("ask", _P.ITEMS, None, asking.name),
    Move("known", _P.ITEMS, None, asking.choose),
    Move("drop-ask", _P.ITEMS, None, asking.nobody),
    Move("until", _P.ITEMS, None, asking.until),
    Move("within", _P.ITEMS, None, asking.within),
    Move("skip", _P.ITEMS, None, attaching.leave_undescribed, is_describing),
    Move("skip", _P.ITEMS, None, asking.no_date),
    # an earlier message was changed
    Move("correct", correcting.CORRECTABLE, _P.ITEMS, correcting.correct),
    Move("replace", CONSENTED, None, correcting.put_in_place, then="reopen"),
    Move("step", _P.REVIEW, None, opening.focus_on),
    Move("edit", (_P.REVIEW, _P.ITEMS), _P.ITEMS, rating.edit),
    # what is to be done
    Move("plan", _P.BARRIERS, None, planning.plan_choice),
    Move("text", _P.BARRIERS, None, planning.plan_text),
    Move("skip", _P.BARRIERS, None, choosing.skip),
    Move("rest", _P.BARRIERS, None, planning.ask_rest),
    Move("part", _P.PARTS, None, planning.decide_part),
    Move("text", _P.PARTS, None, planning.part_reason),
    Move("skip", _P.PARTS, None, choosing.skip),
    Move("reopen", (_P.VERDICT, _P.REPORT), _P.REVIEW, _close_focus),
    Move("full", _P.VERDICT, None, planning.go_full),
    Move("review", (_P.ITEMS, _P.BARRIERS, _P.PARTS), _P.REVIEW, rating.look_over),
    Move("report", _P.VERDICT, _P.REPORT, _close_focus),
    # forward: along the stops of a phase, then to the next phase that has any
    Move("forward", (_P.OWN, _P.PROFILE, _P.ITEMS, _P.BARRIERS, _P.PARTS, _P.ASKED), None, _step_on, path.has_next),
    Move("forward", _P.OWN, _P.CITY, choosing.described),
    Move("forward", _P.VERDICT, _P.ITEMS, _enter_first),
    Move("forward", _P.PRACTICE, _P.CITY, _enter_first),
    Move("forward", _P.CITY, _P.PROFILE, _enter_first),
    Move("forward", _P.PROFILE, _P.LENGTH, _enter_first),
    Move("forward", _P.LENGTH, _P.ITEMS, _enter_first),
    Move("forward", _P.ITEMS, _P.REVIEW, replying.stop_editing, is_editing),
    Move("forward", _P.ITEMS, _P.REVIEW, _enter_first),
    Move("forward", _P.REVIEW, _P.ITEMS, _enter_first, lacks_answers),
    Move("forward", _P.REVIEW, _P.BARRIERS, _enter_first, has_barriers),
    Move("forward", (_P.REVIEW, _P.BARRIERS), _P.PARTS, _enter_first, has_parts),
    Move("forward", (_P.REVIEW, _P.BARRIERS, _P.PARTS), _P.VERDICT, planning.conclude),
    # past the rest of a phase that may be skipped
    Move("finish", _P.PROFILE, _P.LENGTH, _enter_first),
    Move("finish", _P.BARRIERS, _P.PARTS, _enter_first, has_parts),
    Move("finish", (_P.BARRIERS, _P.PARTS), _P.VERDICT, planning.conclude),
    # back: the same way, without limit
    Move("back", CONSENTED, None, opening.close_aside, has_aside),
    Move("back", _P.ITEMS, None, _step_back, path.has_previous),
    Move("back", _P.ITEMS, _P.REVIEW, rating.stop_editing, is_editing),
    Move("back", (_P.OWN, _P.PROFILE, _P.BARRIERS, _P.PARTS, _P.ASKED), None, _step_back, path.has_previous),
    Move("back", (_P.MINE, _P.PRACTICE), None, opening.previous_page, is_focused),
    Move("back", (_P.CITY, _P.REVIEW), None, _close_focus, is_focused),
    Move("back", (_P.PRACTICE, _P.MINE, _P.ASKED), _P.HOME, opening.put_away),
    Move("back", _P.OWN, _P.PRACTICE, _close_focus),
    Move("back", _P.CITY, _P.OWN, _enter_own, is_own),
    Move("back", _P.CITY, _P.PRACTICE, _close_focus),
    Move("back", _P.PROFILE, _P.CITY, _enter_first),
    Move("back", _P.LENGTH, _P.PROFILE, _enter_first),
    Move("back", _P.ITEMS, _P.LENGTH, _close_focus),
    Move("back", _P.REVIEW, _P.ITEMS, _enter_last),
    Move("back", _P.BARRIERS, _P.REVIEW, _close_focus),
    Move("back", _P.PARTS, _P.BARRIERS, _enter_last, has_barriers),
    Move("back", _P.PARTS, _P.REVIEW, _close_focus),
    Move("back", _P.VERDICT, _P.REVIEW, _close_focus),
    Move("back", _P.REPORT, _P.VERDICT, _close_focus),
)


def _row(move: Move) -> dict[str, Any]:
    """One row as the machine wants it: callbacks take its event, ours take the dialogue and the value."""

    def after(event: EventData) -> None:
        dialogue = cast("Dialogue", event.model)
        if move.do(dialogue, event.kwargs.get("value", "")):
            fire(dialogue, move.then)

    def condition(event: EventData) -> bool:
        return move.when is None or move.when(cast("Dialogue", event.model))

    condition.__name__ = getattr(move.when, "__name__", "always")
    sources = list(move.sources) if isinstance(move.sources, tuple) else [move.sources]
    conditions = [condition] if move.when else []
    return {
        "trigger": move.trigger, "source": sources, "dest": move.target, "conditions": conditions, "after": [after]
    }  # fmt: skip


def _machine() -> Machine:
    return Machine(
        model=None,
        states=Phase,
        initial=Phase.LANGUAGE,
        transitions=[_row(move) for move in TRANSITIONS],
        auto_transitions=False,
        send_event=True,
        ignore_invalid_triggers=True,
    )


MACHINE = _machine()
"""Holds no model and keeps nothing between calls, so all conversations share it."""


def fire(dialogue: Dialogue, trigger: str, value: str = "") -> bool:
    """Pull a trigger; False when the present phase does not know it."""
    event = MACHINE.events.get(trigger)
    return event is not None and bool(event.trigger(dialogue, value=value))
