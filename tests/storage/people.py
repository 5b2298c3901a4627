"""People, chats and assessments for tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from flows.assessment import Assessment, Begun, City, Decision, PartChoice, Status, VerdictRecord
from flows.dialogue import Conversation, Phase, Shown, Utterance
from flows.evidence import Custody, Evidence, EvidenceKind, Refusal
from flows.inquiry import LIFETIME, Inquiry
from flows.practice import Practice, Source
from flows.ratings import Basis, Changeable, Mark, Plan, Rating
from flows.toolkit import Length
from storage.store import Store

NOON = datetime(2026, 8, 17, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def newcomer(address: str = "1001") -> Conversation:
    """Someone who has just written for the first time."""
    return Conversation(id=f"c-{address}", channel="telegram", address=address, seen_at=NOON)


def participant(address: str = "1001", person: str = "p-1") -> Conversation:
    """Someone who consented."""
    conversation = newcomer(address)
    conversation.language, conversation.phase = "id", Phase.HOME
    conversation.person, conversation.consent, conversation.consented_at = person, "1", NOON
    return conversation


def begun(identifier: str = "a-1", at: datetime = NOON) -> Assessment:
    """Begin an assessment nothing was said about yet."""
    assessment = Assessment(id=identifier, toolkit="citynet", version=1, created_at=at, updated_at=at)
    assessment.events.append(Begun())
    return assessment


def assessing(address: str = "1001", person: str = "p-1", assessment: str = "a-1") -> Conversation:
    """Someone with one answer given."""
    conversation = participant(address, person)
    conversation.assessment = begun(assessment)
    conversation.assessment.rate("P1", Rating(value=2, basis=Basis.DOCUMENT, note="RPJMD", language="id"), NOON)
    return conversation


def piece(identifier: str = "e-1", item: str = "P1", **details: Any) -> Evidence:
    """Begin a photo that is still to be fetched."""
    known = {"kind": EvidenceKind.PHOTO, "custody": Custody.WAITING, "file": f"file-{identifier}"} | details
    return Evidence(id=identifier, item=item, at=NOON, language="id", **known)


def inquiry(key: str = "t-1", assessment: str = "a-1", asker: str = "p-1", item: str = "P1") -> Inquiry:
    """Ask a colleague, who has not seen it yet."""
    asked: dict[str, Any] = {"item": item, "asker": asker, "asked_at": NOON, "expires_at": NOON + LIFETIME}
    return Inquiry(token=key, assessment=assessment, toolkit="citynet@1", **asked)


def utterance(focus: str = "P1", phase: Phase = Phase.ITEMS) -> Utterance:
    """What a message answered."""
    return Utterance(subject="a-1", phase=phase, focus=focus, aspect="note", aside="")


def keep(store: Store, *conversations: Conversation, at: datetime = NOON) -> None:
    """Save and commit."""
    with store.unit() as unit:
        for conversation in conversations:
            unit.save(conversation, at)
        unit.commit()


def reopened(store: Store, address: str = "1001") -> Conversation:
    """Load the conversation as a later input finds it."""
    with store.unit(read_only=True) as unit:
        found = unit.conversation("telegram", address)
    assert found is not None
    return found


texts = st.text(max_size=40) | st.sampled_from(
    ["", "Pasar Senen 🚌🌊", "\0", "a\0b", "e\u0301\u202e", "\ud83d", "'; --"]
)
words = st.dictionaries(st.sampled_from(["en", "id"]), texts, max_size=2)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is given beside it
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
practices = st.builds(
    Practice,
    key=texts,
    name=words,
    city=words,
    what=words,
    sdgs=st.lists(st.integers(1, 17), max_size=3).map(tuple),
    parts=st.lists(words, max_size=3).map(tuple),
    sources=st.lists(st.builds(Source, title=words, url=texts), max_size=2).map(tuple),
)
ratings = st.builds(
    Rating,
    value=st.none() | st.integers(-2, 2) | st.sampled_from(Mark),
    basis=st.none() | st.sampled_from(Basis),
    note=texts,
    language=st.sampled_from(["", "id", "en"]),
    ask=texts,
    until=texts,
    by=texts,
)
plans = st.builds(Plan, changeable=st.none() | st.sampled_from(Changeable), action=texts, owner=texts, due=texts)
choices = st.builds(PartChoice, decision=st.none() | st.sampled_from(Decision), reason=texts)
verdicts = st.builds(
    VerdictRecord,
    at=moments,
    key=st.sampled_from(["not-recommended", "ready-to-pilot"]),
    rule=st.integers(0, 7),
    total=st.none() | st.floats(0, 100),
    steps=st.dictionaries(st.sampled_from(["need", "risk"]), st.floats(0, 100)),
)
items = st.sampled_from(["P1", "P2", "K5", "C4"])


pieces = st.builds(
    Evidence,
    id=st.sampled_from(["e-1", "e-2", "e-3"]),
    item=items,
    kind=st.sampled_from(EvidenceKind),
    at=moments,
    language=st.sampled_from(["id", "en"]),
    size=st.none() | st.integers(0, 2**40),
    custody=st.sampled_from(Custody),
    refusal=st.none() | st.sampled_from(Refusal),
    **dict.fromkeys(("shows", "content", "name", "media_type", "sha256", "file", "path", "album"), texts),
)


@st.composite
def headers(draw: st.DrawFn) -> dict[str, object]:
    """Any change of an assessment's header."""
    fields = {
        "practice": texts,
        "own_practice": st.none() | practices,
        "city": st.none() | st.builds(City, name=texts, key=texts),
        "profile": st.dictionaries(texts, texts, max_size=2),
        "length": st.none() | st.sampled_from(Length),
        "status": st.sampled_from(Status),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(fields))))
    return {name: draw(fields[name]) for name in sorted(chosen)}


@st.composite
def happenings(draw: st.DrawFn, assessment: Assessment) -> None:
    """Anything that can be said of an assessment, said."""
    kinds = ["rate", "plan", "decide", "conclude", "header", "attach", "detach"]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=6)):
        at = draw(moments)
        if kind == "rate":
            assessment.rate(draw(items), draw(ratings), at)
        elif kind == "plan":
            assessment.plan(draw(items), draw(plans), at)
        elif kind == "decide":
            assessment.decide(draw(st.integers(0, 4)), draw(choices), at)
        elif kind == "conclude":
            assessment.conclude(draw(verdicts))
        elif kind == "attach":
            assessment.attach(draw(pieces), at)
        elif kind == "detach":
            if assessment.evidence:
                assessment.detach(draw(st.sampled_from(sorted(assessment.evidence))), at)
        else:
            assessment.set_header(at, **draw(headers()))


@st.composite
def dialogues(draw: st.DrawFn) -> Conversation:
    """Any conversation of someone who consented."""
    conversation = participant()
    conversation.phase = draw(st.sampled_from(Phase))
    conversation.language = draw(st.sampled_from(["id", "en"]))
    for name in ("focus", "aspect", "aside", "back_to"):
        setattr(conversation, name, draw(texts))
    conversation.scratch = draw(st.dictionaries(texts, texts, max_size=3))
    conversation.revision = draw(st.integers(0, 2**40))
    conversation.seen_at = draw(st.none() | moments)
    conversation.shown = draw(st.builds(Shown, message=texts, leaf=texts, buried=st.booleans()))
    conversation.unreachable = draw(st.booleans())
    if draw(st.booleans()):
        conversation.assessment = begun()
        draw(happenings(conversation.assessment))
    return conversation
