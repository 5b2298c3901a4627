"""People who attach evidence, and what they attach, for tests."""

from __future__ import annotations

from flows.acceptance import PER_ITEM
from flows.evidence import Attachment, Evidence, EvidenceKind
from tests.talking import Person

PHOTO = Attachment(kind=EvidenceKind.PHOTO, file="p1", size=180_000, media_type="image/jpeg")
DOCUMENT = Attachment(
    kind=EvidenceKind.DOCUMENT, file="d1", name="RPJMD 2025.pdf", size=2_400_000, media_type="application/pdf"
)
VOICE = Attachment(kind=EvidenceKind.VOICE, file="v1", size=90_000, media_type="audio/ogg")
PLACE = Attachment(kind=EvidenceKind.LOCATION, content="5.548290, 95.323753")
LONGEST = "x" * 200


def asked(language: str = "en") -> Person:
    """Someone at the first item of the quick length."""
    return Person().enter(language).begin()


def pieces(person: Person) -> list[Evidence]:
    return list(person.assessment.evidence.values())


def only(person: Person) -> Evidence:
    (piece,) = pieces(person)
    return piece


def filled(person: Person, items: int) -> Person:
    """The person with as many pieces at each of some items as one takes."""
    with person.house.store.unit() as unit:
        conversation = unit.conversation("console", person.address)
        assert conversation is not None
        assert conversation.assessment is not None
        asked_items = list(person.house.library.toolkit("citynet").items)
        for number in range(PER_ITEM * items):
            piece = Evidence(
                id=f"piece{number:03}", item=asked_items[number // PER_ITEM], kind=EvidenceKind.TEXT, at=person.now,
                language="en", shows=LONGEST, content="y" * 500,
            )  # fmt: skip
            conversation.assessment.attach(piece, person.now)
        unit.save(conversation, person.now)
        unit.commit()
    return person
