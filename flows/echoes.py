"""What is said of a typed answer: how it was understood, or what it may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from flows.cards import Card, Listing, Said, Verbatim, say

LONGEST_ECHO, LONGEST_GUESS = 80, 34
"""Characters of a label shown in a remark, so that remarks fit a platform's limit of 180."""


def heard(answer: Said, card: Card) -> Said:
    """What a typed answer was taken for, and how to correct it from the card that follows."""
    if any(choice.trigger == "back" for choice in card.choices):
        return say("toast.heard-back", answer=answer)
    return say("toast.heard", answer=answer)


def unclear(near: Sequence[str]) -> Said:
    """That a text was not understood, with what it may have meant."""
    if not near:
        return say("toast.not-understood")
    return say("toast.which", answers=Listing(tuple(quoted(label, LONGEST_GUESS) for label in near), either=True))


def quoted(label: str, longest: int = LONGEST_ECHO) -> Verbatim:
    """A label within a sentence."""
    return Verbatim(f"“{label if len(label) <= longest else label[: longest - 1].rstrip() + '…'}”")
