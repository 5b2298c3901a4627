"""One input within its transaction: read, responded to, put into words, and posted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from bot.errands import errands
from bot.exchange import Inbound, Outbound
from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.reading import read_data, read_text
from bot.render import Screen, render
from flows.assessment import Assessment, Summary
from flows.cards import Card, Said, say
from flows.conversation import Reply, respond, show
from flows.dialogue import Conversation, Shown, Utterance
from flows.evidence import EvidenceRules
from flows.inquiry import Inquiry
from flows.library import Library
from flows.taps import Command, Edited, News, Press, Sent, Tap, Typed
from flows.views.leaves import leaf, summary
from flows.world import Dialogue, Notice, World
from storage.store import OutgoingMessage, UnitOfWork

COUNTED = timedelta(days=1)
"""How long after a press numbers of inputs are compared with its own."""

OVERTAKEN = 30
"""Seconds by which a message may be older than a press answered before it; with more the two clocks do not agree."""


@dataclass(frozen=True, kw_only=True)
class Answering:
    """What it takes to answer within one unit of work. The fields are those of ``House``."""

    unit: UnitOfWork
    now: datetime
    library: Library
    default_language: str
    zone: tzinfo
    notice: Notice
    new_id: Callable[[], str]
    evidence: EvidenceRules
    link: str
    errands: frozenset[str]
    lease: timedelta

    def handle(self, inbound: Inbound) -> Outbound:
        """Answer an input and keep its effects."""
        found = self.unit.conversation(inbound.channel, inbound.address)
        if found is None and _presupposes(inbound):
            return self._gone(inbound)
        conversation = found or self._newcomer(inbound)
        if not self.unit.first_delivery(inbound.key, inbound.channel, inbound.address, self.now):
            return replace(self.shown(conversation), fresh=False, stamp=inbound.key)
        return self._respond(inbound, conversation)

    def shown(self, conversation: Conversation) -> Outbound:
        """The present screen; changes nothing."""
        dialogue = Dialogue(conversation, self._world(conversation))
        screen = self._render(show(conversation, dialogue.world), conversation)
        return self._outbound(dialogue, screen)

    def _respond(self, inbound: Inbound, conversation: Conversation) -> Outbound:
        dialogue = Dialogue(conversation, self._world(conversation))
        before = _Before.of(dialogue)
        _note_message(inbound, conversation)
        tap = self._read(inbound, dialogue)
        if refused := self._unfit(inbound, tap, dialogue):
            reply = Reply(show(conversation, dialogue.world), refused, moved=False)
        else:
            reply = respond(conversation, tap, dialogue.world)
        if reply.moved and inbound.news:
            conversation.shown = replace(conversation.shown, buried=True)  # so that it comes as a new message
        if reply.moved and inbound.data is not None:
            if inbound.number:
                conversation.scratch["tapped"] = f"{inbound.number} {int(self.now.timestamp())}"
            if not conversation.shown.message:
                conversation.shown = Shown(message=inbound.message, leaf=before.leaf)
        return self._settle(inbound, dialogue, reply, before)

    def _settle(self, inbound: Inbound, dialogue: Dialogue, reply: Reply, before: _Before) -> Outbound:
        conversation = dialogue.conversation
        screen = replace(self._render(reply.card, conversation, reply.toast), unfolded=reply.unfolded)
        posted = errands(inbound, conversation, before.phase, reply, self.now)
        posted = posted if inbound.channel in self.errands else []
        gone = self._erased_files(conversation) if conversation.erased else ()
        drawn = self._outbound(dialogue, screen)
        # before the person may be forgotten, so that a question they leave can be answered by another
        for inquiry in reply.inquiries:
            self.unit.keep_inquiry(inquiry)
        self.unit.save(conversation, self.now)
        posted += self._news(conversation, reply)
        if conversation.person and reply.moved and inbound.message and _is_answer(inbound):
            self.unit.note_utterance(inbound.channel, inbound.address, inbound.message, before.utterance)
        redraw = reply.moved or reply.unfolded or _is_on_card(inbound, before.shown)
        if redraw:
            self.unit.outbox.post(self._card_message(inbound, conversation), self.lease)
        for message in posted:
            self.unit.outbox.post(message)
        return replace(drawn, redraw=redraw, stamp=inbound.key, errands=bool(posted), gone=gone, heard=_heard(inbound))

    def _news(self, conversation: Conversation, reply: Reply) -> list[OutgoingMessage]:
        """What tells who asked a question that it has been answered, in every chat of theirs."""
        inquiry = conversation.inquiry
        chats = self.unit.chats(inquiry.asker) if inquiry and reply.news else []
        return [
            OutgoingMessage(
                channel=channel, address=address, kind="news", body={"token": reply.news}, created_at=self.now,
                lane="news",
            )
            for channel, address in chats
            if channel in self.errands
        ]  # fmt: skip

    def _outbound(self, dialogue: Dialogue, screen: Screen) -> Outbound:
        """The screen with the leaf it lies on, and the summary of the one before if another begins."""
        conversation, present = dialogue.conversation, leaf(dialogue)
        shown, closing = conversation.shown, None
        if shown.message and shown.leaf != present and not conversation.erased:
            told = summary(dialogue, shown.leaf)
            closing = self._render(told, conversation) if told else None
        return Outbound(screen=screen, conversation=conversation, fresh=True, leaf=present, closing=closing)

    def _newcomer(self, inbound: Inbound) -> Conversation:
        return Conversation(
            id=self.new_id(), channel=inbound.channel, address=inbound.address, language=inbound.language
        )

    def _gone(self, inbound: Inbound) -> Outbound:
        """Of who pressed a button here nothing is kept, and nothing will be."""
        conversation = replace(self._newcomer(inbound), language=inbound.language or self.default_language)
        toast = translator(conversation.language)(say("toast.forgotten"))
        screen = Screen("left", conversation.language, (), (), asks=False, toast=toast)
        return Outbound(screen=screen, conversation=conversation, fresh=True, redraw=False)

    def _read(self, inbound: Inbound, dialogue: Dialogue) -> Tap:
        conversation = dialogue.conversation
        if inbound.data is not None:
            return read_data(inbound.data)
        if inbound.attachment is not None:
            return Sent(inbound.attachment)
        if inbound.news:
            return News(inbound.news)
        if inbound.text is None or (conversation.seen_at is None and not inbound.text.startswith("/")):
            return Command("start")  # whatever is written first opens the conversation
        if inbound.edited:
            return Edited(
                self.unit.utterance(inbound.channel, inbound.address, inbound.message), inbound.text
            )  # fmt: skip
        card = show(conversation, dialogue.world)
        others = (render(card, conversation, translator(one)) for one in LANGUAGES if one != conversation.language)
        return read_text(inbound.text, self._render(card, conversation), others, numbered=inbound.numbered)

    def _unfit(self, inbound: Inbound, tap: Tap, dialogue: Dialogue) -> Said | None:
        """Why a message is no answer to the present question, whatever it says."""
        conversation = dialogue.conversation
        if isinstance(tap, Command) and tap.name == "mydata" and inbound.channel not in self.errands:
            return say("toast.not-here")
        answers = isinstance(tap, Typed | Sent) or (isinstance(tap, Press) and inbound.data is None)
        if not answers or not inbound.message or not conversation.person:
            return None
        if inbound.forwarded and isinstance(tap, Typed | Press) and conversation.aside != "evidence":
            return say("toast.forwarded")
        if isinstance(tap, Sent) and tap.attachment.album:
            return None  # pictures sent together arrive one by one
        return say("toast.early") if self._is_early(inbound, conversation) else None

    def _is_early(self, inbound: Inbound, conversation: Conversation) -> bool:
        """Whether a message was written before its writer saw the present question: before the first card with it."""
        if self.unit.outbox.waits(inbound.channel, inbound.address) or self._is_overtaken(inbound, conversation):
            return True
        if not conversation.shown.message:
            return False
        revision, _, card = conversation.scratch.get("early", "").partition(" ")
        first = int(conversation.shown.message)
        if revision == str(conversation.revision):
            # what came between the first card and one drawn anew may well be an answer
            first = min(first, int(card))
        if int(inbound.message) > first:
            return False
        conversation.scratch["early"] = f"{conversation.revision} {first}"
        return True

    def _is_overtaken(self, inbound: Inbound, conversation: Conversation) -> bool:
        """Whether a button pressed later came earlier: platforms bring presses and messages by separate ways."""
        number, _, at = conversation.scratch.get("tapped", "").partition(" ")
        # after a week's silence a platform may begin with any number
        if not at or self.now.timestamp() - int(at) >= COUNTED.total_seconds():
            return False
        # it may have been late before it got its number
        return inbound.number < int(number) or (inbound.at > 0 and 0 < int(at) - inbound.at <= OVERTAKEN)

    def _render(self, card: Card, conversation: Conversation, toast: Said | None = None) -> Screen:
        language = conversation.language if conversation.language in LANGUAGES else self.default_language
        return render(card, conversation, translator(language), toast)

    def _world(self, conversation: Conversation) -> World:
        return World(
            library=self.library,
            shelf=_StoredShelf(self.unit, conversation),
            now=self.now,
            new_id=self.new_id,
            languages=LANGUAGES,
            zone=self.zone,
            notice=self.notice,
            link=self.link,
            evidence=self.evidence,
        )

    def _card_message(self, inbound: Inbound, conversation: Conversation) -> OutgoingMessage:
        """The outbox row behind the answer. It names no content: whoever draws it shows the state as it then is.

        Only the farewell names its language, because nothing else is left to know it by.
        """
        body = {"language": conversation.language} if conversation.erased else {}
        return OutgoingMessage(
            channel=inbound.channel, address=inbound.address, kind="card", body=body, created_at=self.now,
            stamp=inbound.key,
        )  # fmt: skip

    def _erased_files(self, conversation: Conversation) -> tuple[str, ...]:
        """What lies on disk about who is being forgotten."""
        told = self.unit.everything(conversation.person) if conversation.person else {}
        evidence = [str(row["path"]) for row in _rows(told, "evidence") if row["path"]]
        return (*evidence, *(f"reports/{row['id']}" for row in _rows(told, "assessment")))


def _rows(told: dict[str, object], table: str) -> list[dict[str, object]]:
    rows = told.get(table, [])
    return rows if isinstance(rows, list) else []


@dataclass(frozen=True)
class _Before:
    """Where the conversation stood when the input came."""

    phase: str
    leaf: str
    shown: Shown
    utterance: Utterance

    @classmethod
    def of(cls, dialogue: Dialogue) -> _Before:
        here = dialogue.conversation
        place = Utterance(
            subject=here.subject, phase=here.phase, focus=here.focus, aspect=here.aspect, aside=here.aside
        )
        return cls(here.phase, leaf(dialogue), here.shown, place)


def _is_answer(inbound: Inbound) -> bool:
    """Whether a message answers the question it is written at: no command, and no change of an earlier message."""
    return inbound.text is not None and not inbound.edited and not inbound.text.startswith("/")


def _presupposes(inbound: Inbound) -> bool:
    """Whether an input makes sense only in a conversation that there is."""
    return inbound.data is not None or inbound.edited or bool(inbound.news)


def _note_message(inbound: Inbound, conversation: Conversation) -> None:
    """What the person wrote lies below the card they see."""
    conversation.unreachable = False
    if conversation.shown.message and inbound.data is None and not inbound.edited and not inbound.news:
        conversation.shown = replace(conversation.shown, buried=True)


def _heard(inbound: Inbound) -> str:
    return inbound.message if inbound.data is None and not inbound.edited else ""


def _is_on_card(inbound: Inbound, shown: Shown) -> bool:
    """Whether an input calls for the card even if nothing moved: all but old news and buttons of other messages."""
    return not inbound.news and (inbound.data is None or not inbound.message or inbound.message == shown.message)


@dataclass(frozen=True)
class _StoredShelf:
    """The person's assessments and inquiries, read when a card needs them."""

    unit: UnitOfWork
    conversation: Conversation

    def listed(self) -> Sequence[Summary]:
        return self.unit.assessments(self.conversation.person) if self.conversation.person else []

    def taken(self, assessment: str) -> Assessment | None:
        return self.unit.assessment(assessment, self.conversation.person)

    def inquiry(self, token: str) -> Inquiry | None:
        return self.unit.inquiry(token)

    def inquiries(self, assessment: str) -> Sequence[Inquiry]:
        return self.unit.inquiries(assessment)
