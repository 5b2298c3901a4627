"""Cards that fix what is assessed: practice, receiving city, profile, length."""

from __future__ import annotations

from math import inf

from flows import cities
from flows.cards import Answer, Card, Choice, Line, Local, Number, Reach, Said, Verbatim, count, say
from flows.path import OWN_FIELDS
from flows.toolkit import Length, Words
from flows.views.common import back, card, headline, question, quiet, skip, title, titled
from flows.world import Dialogue

PROFILE_CHOICES: dict[str, dict[str, Said]] = {
    "class": {
        "small": say("profile.class.small"),
        "medium": say("profile.class.medium"),
        "large": say("profile.class.large"),
        "metropolitan": say("profile.class.metropolitan"),
    },
    "office": {},
    "role": {
        "decision": say("profile.role.decision"),
        "technical": say("profile.role.technical"),
        "planning": say("profile.role.planning"),
        "other": say("profile.role.other"),
    },
    "familiarity": {
        "none": say("profile.familiarity.none"),
        "read": say("profile.familiarity.read"),
        "heard": say("profile.familiarity.heard"),
        "visited": say("profile.familiarity.visited"),
    },
    "dimension": {
        "governance": say("profile.dimension.governance"),
        "branding": say("profile.dimension.branding"),
        "economy": say("profile.dimension.economy"),
        "living": say("profile.dimension.living"),
        "society": say("profile.dimension.society"),
        "environment": say("profile.dimension.environment"),
    },
}
"""The five profile questions with their pressed answers; the office is typed. None of it is scored."""

CITY_CLASSES = {"small": 100_000, "medium": 500_000, "large": 1_000_000, "metropolitan": inf}
"""The largest number of people of each class of cities."""

PROFILE_QUESTIONS: dict[str, Said] = {
    "class": say("profile.class"),
    "office": say("profile.office"),
    "role": say("profile.role"),
    "familiarity": say("profile.familiarity"),
    "dimension": say("profile.dimension"),
}

OWN_QUESTIONS: dict[str, Said] = {
    "name": say("own.name"),
    "city": say("own.city"),
    "what": say("own.what"),
    "link": say("own.link"),
    "parts": say("own.parts"),
}

PAGE = 5
"""Practices on one card."""

_REQUIRED = {"name", "city", "what"}


def practice(dialogue: Dialogue) -> Card:
    """Which practice is to be assessed, a page at a time."""
    listed, page = dialogue.world.library.practices, int(dialogue.conversation.focus or 0)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    choices = [Choice(titled(one), "choose", one.key) for one in shown]
    if len(listed) > (page + 1) * PAGE:
        choices.append(Choice(say("practice.more"), "page", str(page + 1), Reach.HALF))
    choices.append(Choice(say("practice.describe"), "describe"))
    lines = [title(say("practice.card")), *(Line(_gist(one.name, one.what)) for one in shown)]
    return card(dialogue, [*lines, question(say("practice.question"))], [*choices, back()])


def _gist(name: Words, what: Words) -> Said:
    return say("practice.gist", name=Local(name), what=Local(what))


def own(dialogue: Dialogue) -> Card:
    """One field of a practice the person describes."""
    field = dialogue.conversation.focus
    number = OWN_FIELDS.index(field) + 1
    lines = [quiet(say("own.progress", number=Number(number), total=Number(len(OWN_FIELDS))))]
    lines.append(question(OWN_QUESTIONS[field]))
    typed = dialogue.conversation.scratch.get(f"own.{field}")
    if typed:
        lines.append(Line(say("text.so-far", text=Verbatim(typed))))
    choices = [Choice(say("choice.keep-text"), "keep", reach=Reach.HALF)] if typed else []
    if field not in _REQUIRED:
        choices.append(skip())
    return card(dialogue, lines, [*choices, back()], asks=OWN_QUESTIONS[field])


def city(dialogue: Dialogue) -> Card:
    """Which city or regency is to receive the practice."""
    if dialogue.conversation.aspect == "unsure":
        return _unsure(dialogue)
    known = next((one.city for one in dialogue.world.shelf.listed() if one.city), None)
    choices = [Choice(Verbatim(known.name), "last-city")] if known else []
    lines = [title(headline(dialogue)), question(say("city.question")), quiet(say("city.hint"))]
    return card(dialogue, lines, [*choices, back()], asks=say("city.question"))


def _unsure(dialogue: Dialogue) -> Card:
    typed = dialogue.conversation.scratch.get("city", "")
    near = cities.find(typed).suggestions
    choices = [Choice(Verbatim(one.name), "city", one.key, answers=Answer.YES) for one in near]
    as_typed = None if near else Answer.YES
    choices.append(Choice(say("city.as-typed", city=Verbatim(typed)), "city", "typed", answers=as_typed))
    asked = say("city.did-you-mean", city=Verbatim(typed)) if near else say("city.unknown", city=Verbatim(typed))
    return card(dialogue, [question(asked), quiet(say("city.again"))], [*choices, back()], asks=say("city.question"))


def profile(dialogue: Dialogue) -> Card:
    """The unscored questions about the person and the city; all or any may be skipped."""
    field = dialogue.conversation.focus
    if not field:
        lines = [title(headline(dialogue)), question(say("profile.intro")), quiet(say("profile.why"))]
        return card(
            dialogue,
            lines,
            [
                Choice(say("profile.skip-all"), "finish", answers=Answer.NO),
                Choice(say("profile.answer"), "skip", answers=Answer.YES),
                back(),
            ],
        )
    choices = [
        Choice(label, "profile", key, up_to=CITY_CLASSES.get(key) if field == "class" else None)
        for key, label in PROFILE_CHOICES[field].items()
    ]
    lines = [question(PROFILE_QUESTIONS[field])]
    given = dialogue.assessment.profile.get(field)
    if given:
        lines.append(Line(say("text.so-far", text=profile_words(field, given))))
    asks = PROFILE_QUESTIONS[field] if not choices else None
    return card(dialogue, lines, [*choices, skip(), back()], asks)


def profile_words(field: str, value: str) -> Said:
    """An answer of the profile in words."""
    return PROFILE_CHOICES[field].get(value) or Verbatim(value)


def length(dialogue: Dialogue) -> Card:
    """The whole question set, or the quick one."""
    toolkit = dialogue.toolkit
    choices = [
        Choice(count("length.full", toolkit.minutes["full"], items=_number(dialogue, Length.FULL)), "length", "full"),
        Choice(
            count("length.quick", toolkit.minutes["quick"], items=_number(dialogue, Length.QUICK)), "length", "quick"
        ),
    ]
    lines = [title(headline(dialogue)), question(say("length.question")), quiet(say("length.hint"))]
    return card(dialogue, lines, [*choices, back()])


def _number(dialogue: Dialogue, chosen: Length) -> Number:
    return Number(len(dialogue.toolkit.asked(chosen)))
