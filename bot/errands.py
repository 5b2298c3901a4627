"""What accompanies a card: files to fetch, reports to send. Posted with it, carried out by the channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.exchange import Inbound
from flows.assessment import Attached, VerdictGiven
from flows.conversation import Reply
from flows.dialogue import Conversation, Phase
from flows.evidence import Custody
from storage.store import OutgoingMessage

FILES = "files"
"""The lane of files, which do not hold up the card."""


def errands(
    inbound: Inbound, conversation: Conversation, before: str, reply: Reply, now: datetime
) -> list[OutgoingMessage]:
    """List the messages to post beside the card, before the events of the assessment are written."""
    return [
        OutgoingMessage(
            channel=inbound.channel, address=inbound.address, kind=kind, body=body, created_at=now, lane=FILES
        )
        for kind, body in _called_for(conversation, before, reply)
    ]


def _called_for(conversation: Conversation, before: str, reply: Reply) -> Iterator[tuple[str, dict[str, object]]]:
    assessment = conversation.assessment
    if reply.errand:
        yield reply.errand, {"language": conversation.language}
    if assessment is None:
        return
    for event in assessment.events:
        if isinstance(event, Attached) and event.evidence.custody is Custody.WAITING:
            yield "fetch", {"evidence": event.evidence.id}
    about: dict[str, object] = {"assessment": assessment.id, "language": conversation.language}
    if any(isinstance(event, VerdictGiven) for event in assessment.events):
        yield "picture", about
    if conversation.phase is Phase.REPORT and before != Phase.REPORT:
        yield "report", about
