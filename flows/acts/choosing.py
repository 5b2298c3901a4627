"""What is assessed: the practice, the receiving city, the profile and the length."""

from __future__ import annotations

from flows import cities
from flows.assessment import Assessment, Begun, City, Status
from flows.cards import Number, say
from flows.cleaning import clean_line
from flows.path import OWN_FIELDS
from flows.practice import MAX_PARTS, Practice
from flows.texts import LIMITS, settle
from flows.toolkit import Length
from flows.world import Dialogue


def choose_practice(dialogue: Dialogue, value: str) -> bool:
    """Begin with a practice of the library."""
    _begin(dialogue, dialogue.world.library.practice(value).reference, None)
    return True


def _begin(dialogue: Dialogue, key: str, own: Practice | None, city: City | None = None) -> None:
    """Put practice (and city) on the assessment in hand, or on a new one once there are answers to keep."""
    current, now = dialogue.conversation.assessment, dialogue.world.now
    if current is not None and current.status is Status.OPEN and not current.ratings:
        current.set_header(now, practice=key, own_practice=own, city=city or current.city)
        return
    if current is not None and (current.practice, current.own_practice, current.city) == (
        key,
        own,
        city or current.city,
    ):
        return
    if current is not None:
        dialogue.toast = say("toast.new-assessment")
    dialogue.conversation.scratch.pop("rest", None)
    toolkit = dialogue.world.library.toolkit(dialogue.world.toolkit)
    dialogue.conversation.assessment = Assessment(
        id=dialogue.world.new_id(), toolkit=toolkit.key, version=toolkit.version, practice=key, own_practice=own,
        city=city, profile=dict(current.profile) if current else {}, created_at=now, updated_at=now, events=[Begun()],
    )  # fmt: skip


def describe(dialogue: Dialogue, value: str) -> bool:
    """Take one field of the person's own practice."""
    field = dialogue.conversation.focus
    text = settle(dialogue, value, LIMITS[field], needs_letter=field in {"name", "city"})
    if text:
        dialogue.conversation.scratch[f"own.{field}"] = text
        return True
    return False


def skip_field(dialogue: Dialogue, _value: str) -> bool:
    """Leave one field of the own practice empty."""
    dialogue.conversation.scratch.pop(f"own.{dialogue.conversation.focus}", None)
    return True


def recall(dialogue: Dialogue) -> None:
    """Take up the description of the own practice again, to be changed field by field."""
    own = dialogue.assessment.own_practice
    if own is not None:
        language = dialogue.world.languages[0]
        parts = "; ".join(part[language] for part in own.parts)
        said = {"name": own.name[language], "city": own.city[language], "what": own.what[language]}
        fields = {**said, "link": own.link, "parts": parts}
        dialogue.conversation.scratch |= {f"own.{field}": text for field, text in fields.items() if text}


def described(dialogue: Dialogue, _value: str) -> bool:
    """Turn the fields into a case sheet and begin with it."""
    scratch = dialogue.conversation.scratch
    typed = {field: scratch[f"own.{field}"] for field in OWN_FIELDS if f"own.{field}" in scratch}

    def words(field: str) -> dict[str, str]:
        return dict.fromkeys(dialogue.world.languages, typed.get(field, ""))

    parts = [named for part in typed.get("parts", "").replace("\n", ";").split(";") if (named := part.strip())]
    if len(parts) > MAX_PARTS:
        dialogue.toast = say("toast.parts-limit", limit=Number(MAX_PARTS))
    own = Practice(
        key="own", name=words("name"), city=words("city"), what=words("what"), link=typed.get("link", ""),
        languages=dialogue.world.languages,
        parts=tuple(dict.fromkeys(dialogue.world.languages, part) for part in parts[:MAX_PARTS]),
    )  # fmt: skip
    _begin(dialogue, "", own)
    dialogue.goto("")
    return False


def look_up_city(dialogue: Dialogue, value: str) -> bool:
    """Read a city's name: settle it when it is clear, else offer what may be meant."""
    fault = cities.fault(value)
    if fault:
        dialogue.toast = say("toast.city-not-a-name")
        return False
    match = cities.find(value)
    if match.city is not None:
        return settle_city(dialogue, match.city)
    dialogue.conversation.scratch["city"] = clean_line(value)
    dialogue.goto("", "unsure")
    return False


def choose_city(dialogue: Dialogue, value: str) -> bool:
    """Take a suggested city by its key, or the name just as it was typed."""
    typed = dialogue.conversation.scratch.get("city", "")
    return settle_city(dialogue, City(name=typed) if value == "typed" else cities.by_key(value))


def last_city(dialogue: Dialogue, _value: str) -> bool:
    """Take the city of the person's latest assessment again."""
    return settle_city(dialogue, next(one.city for one in dialogue.world.shelf.listed() if one.city))


def settle_city(dialogue: Dialogue, city: City) -> bool:
    """Make it the receiving city and go on."""
    dialogue.conversation.scratch.pop("city", None)
    current = dialogue.assessment
    _begin(dialogue, current.practice, current.own_practice, city)
    return True


def profile_choice(dialogue: Dialogue, value: str) -> bool:
    """Take one field of the profile."""
    current = dialogue.assessment
    current.set_header(dialogue.world.now, profile={**current.profile, dialogue.conversation.focus: value})
    return True


def profile_text(dialogue: Dialogue, value: str) -> bool:
    """Take a typed field of the profile."""
    text = settle(dialogue, value, LIMITS["owner"])
    return bool(text) and profile_choice(dialogue, text)


def skip(_dialogue: Dialogue, _value: str) -> bool:
    """Leave what may be left."""
    return True


def choose_length(dialogue: Dialogue, value: str) -> bool:
    """Fix how much is asked."""
    dialogue.assessment.set_header(dialogue.world.now, length=Length(value))
    return True
