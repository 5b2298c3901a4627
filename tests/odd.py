"""Odd things a person may send: texts, buttons that never were, attachments, and changes of earlier messages."""

from __future__ import annotations

from flows.assessment import Assessment
from flows.dialogue import Conversation, Phase, Utterance
from flows.evidence import MEBIBYTE, Attachment, EvidenceKind

PIECES = (
    *("", " ", "\n", "\t \r\n", "\0", "\x1b[31mred\x1b[0m", "\x7f\x80", "\ud83d", "\udc00\ud800", "\ufffe"),
    *("Banda Aceh", "surabya", "Bandung", "Kota Malang", "12345", "2", "99", "-1", "١٢٣", "Ⅷ", "{city}", "%s", "|"),
    *("\u202eabc\u202c", "\u2066x\u2069", "مدينة", "서울특별시", "東京都", "👨\u200d👩\u200d👧", "🚌", "e\u0301"),
    *("\u200b\u200d\ufeff", "\u3164", "Bus malam; halte; data telepon", "a;b;c;d;e;f;g", "Dinas Perhubungan"),
    *("/", "//", "/ back", "/start@cocokbot", "/LANGUAGE\nEN"),
)  # fmt: skip
ARGUMENTS = ("", "en", "id", "EN", "xx", "\ud800", "en id", "x" * 300, "\x1b[2J", "🚌", "\0")
GARBAGE = (
    *("", "|", "||||", "|||||", "a|1|b|c|d", "|-1|||", "|99999999999999999999999999999999999999||home|", "\ud800|0|||"),
    *("|0||agree|", "|1||agree|", "|2||open|test0000", "|3||mine|", "|٣||mine|", "x" * 500, "|0||language|xx"),
)  # fmt: skip
SIZES = (None, 0, 1, 20 * MEBIBYTE, 20 * MEBIBYTE + 1, 10**15)
TYPES = ("", "image/jpeg", "application/pdf", "application/octet-stream", "application/x-msdownload", "\0", "x" * 300)
KINDS = (*EvidenceKind, EvidenceKind.PHOTO, EvidenceKind.PHOTO)
ASIDES = ("", "", "note", "evidence", "shows", "ask", "until", "help", "no such card")
PLACES = (
    *(("N1", ""), ("N1", ""), ("C1", ""), ("P1", "basis"), ("C1", "action"), ("C1", "owner"), ("C1", "due")),
    *(("0", "reason"), ("0", ""), ("-1", "reason"), ("office", ""), ("class", ""), ("name", ""), ("", ""), ("xx", "?")),
)  # fmt: skip
LABELS = ("Helps", "Sangat menghambat", "tdk tau", "Tidak berlaku", "Dokumen atau data", "Neutral")


def odd_text(pick: int) -> str:
    """A text of any kind and length."""
    times = (1, 1, 1, 40, 600, 100_000)[pick % 6]
    return (PIECES[pick % len(PIECES)] * times)[:100_000]


def odd_attachment(pick: int) -> Attachment:
    """Anything but words; every third belongs to one of two albums."""
    text = PIECES[pick % len(PIECES)] * (1, 30)[pick % 2]
    return Attachment(
        kind=KINDS[pick % len(KINDS)],
        file=f"file{pick}",
        name=text,
        size=SIZES[pick % len(SIZES)],
        media_type=TYPES[pick // 2 % len(TYPES)],
        content=text,
        caption=PIECES[pick // 3 % len(PIECES)] if pick % 4 == 0 else "",
        album=f"album {pick % 2}" if pick % 3 == 0 else "",
    )


def odd_utterance(conversation: Conversation | None, pick: int) -> Utterance | None:
    """A place where something stands in the assessment in hand, or any of it, of another, of none."""
    if conversation is None or pick % 7 == 0:
        return None
    answered = _answered(conversation.assessment) if conversation.assessment else []
    if answered and pick % 2:
        phase, place, question, card = answered[pick // 2 % len(answered)]
        return Utterance(subject=conversation.subject, phase=phase, focus=place, aspect=question, aside=card)
    focus, aspect = PLACES[pick // 5 % len(PLACES)]
    likely = Phase.ITEMS if pick % 2 else tuple(Phase)[pick % len(Phase)]
    subject = (conversation.subject, conversation.subject, conversation.id, "another1")[pick // 3 % 4]
    return Utterance(subject=subject, phase=likely, focus=focus, aspect=aspect, aside=ASIDES[pick % len(ASIDES)])


def _answered(assessment: Assessment) -> list[tuple[Phase, str, str, str]]:
    """Where something was typed or chosen, rarer places as often as ratings."""
    ratings = assessment.ratings.items()
    beside = [(Phase.ITEMS, item, "", aside) for item, rating in ratings for aside in ("note", "ask", "until")
              if getattr(rating, aside)]  # fmt: skip
    pieces = [
        (Phase.ITEMS, one.item, "", card) for one in assessment.evidence.values() for card in ("shows", "evidence")
    ]
    plans = [(Phase.BARRIERS, item, field, "") for item in assessment.plans for field in ("action", "owner", "due")]
    parts = [(Phase.PARTS, str(part), "reason", "") for part in assessment.parts]
    rare = [*beside, *pieces, *plans, *parts, (Phase.PROFILE, "office", "", ""), (Phase.OWN, "name", "", "")]
    return [*rare, *((Phase.ITEMS, item, "", "") for item in [*assessment.ratings][: len(rare)])]


def odd_change(pick: int) -> str:
    """What an earlier message may read now."""
    return LABELS[pick % len(LABELS)] if pick % 2 else odd_text(pick)
