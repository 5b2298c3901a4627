"""What who asks a colleague sees: the link to pass on, that an answer is awaited, and the answer to decide on."""

from __future__ import annotations

from collections.abc import Iterator

from flows.acts import replying
from flows.acts.asked import item_of, toolkit_of
from flows.acts.delegating import answered, waiting, working
from flows.cards import Answer, Card, Choice, Line, Local, Reach, Said, Verbatim, say
from flows.inquiry import Inquiry
from flows.links import Goal, Link
from flows.ratings import Rating
from flows.toolkit import Item
from flows.views.asked import headline_of, rated_words
from flows.views.common import answer_words, dismiss, headline, question, quiet, title
from flows.views.common import card as _card
from flows.world import Dialogue

SHARING = "https://t.me/share/url"
"""Where Telegram lets a person choose to whom a link goes."""


def lines_about(dialogue: Dialogue, item: Item) -> Iterator[Line]:
    """What an item's card tells of colleagues that were asked about it."""
    given, awaited = answered(dialogue, item.id), waiting(dialogue, item.id)
    if given is not None and given.rating is not None:
        words = rated_words(dialogue.toolkit, given.rating)
        yield Line(say("item.colleague", name=_named(given), answer=words))
    if awaited is not None:
        yield quiet(say("item.awaited", day=dialogue.day(awaited.expires_at)))


def _named(inquiry: Inquiry) -> Said:
    """How a colleague wants to be named; one who had everything deleted since has no name."""
    return Verbatim(inquiry.by) if inquiry.by else say("delegate.somebody")


def look_again(dialogue: Dialogue, item: Item) -> list[Choice]:
    """To look at a colleague's answer that waits for a decision."""
    given = answered(dialogue, item.id)
    return [Choice(say("choice.reply"), "reply", given.token)] if given else []


def delegate(dialogue: Dialogue) -> list[Choice]:
    """To put the item to a colleague, where there are links."""
    return [Choice(say("choice.delegate"), "delegate", reach=Reach.FOLDED)] if dialogue.world.link else []


def link_card(dialogue: Dialogue) -> Card:
    """The link, what it shows, and how long it works."""
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    inquiry = working(dialogue, item.id)
    to_question = dismiss(say("choice.back-to-question"))
    if inquiry is None:
        lines = [title(say("delegate.title")), Line(say("delegate.used"))]
        return _card(dialogue, lines, [to_question, Choice(say("delegate.anew"), "delegate")])
    link = dialogue.world.link + Link(Goal.INQUIRY, inquiry.token).encode()
    lines = [title(say("delegate.title")), question(Local(item.question)), Line(Verbatim(link))]
    lines.append(Line(say("delegate.valid", day=dialogue.day(inquiry.expires_at))))
    lines.append(quiet(say("delegate.shown")))
    return _card(dialogue, lines, [_share(dialogue, link), *_meanwhile(dialogue, item), to_question])


def _share(dialogue: Dialogue, link: str) -> Choice:
    text = say("delegate.message", title=headline(dialogue))
    return Choice(say("delegate.share"), "", url=SHARING, query={"url": Verbatim(link), "text": text})


def _meanwhile(dialogue: Dialogue, item: Item) -> list[Choice]:
    """To go on without the colleague's answer; an answer of one's own stays."""
    if dialogue.editing:
        return []
    value = dialogue.rating(item.id).value
    if value is None:
        return [Choice(say("delegate.meanwhile"), "leave-open")]
    return [Choice(say("choice.keep", answer=answer_words(dialogue.toolkit, value)), "leave-open")]


def reply_card(dialogue: Dialogue) -> Card:
    """A colleague's answer, to be accepted, changed or left for later."""
    inquiry = replying.on_top(dialogue)
    if inquiry is None or inquiry.rating is None:
        return _card(dialogue, [title(say("reply.gone"))], [dismiss(say("choice.return"))])
    toolkit, item = toolkit_of(dialogue, inquiry), item_of(dialogue, inquiry)
    lines = [title(say("reply.title", name=_named(inquiry))), Line(headline_of(dialogue, inquiry))]
    lines.append(quiet(Local(item.question)))
    given = say("item.given", item=Local(item.name), answer=rated_words(toolkit, inquiry.rating))
    lines += [question(given), *_beside(dialogue, inquiry, inquiry.rating.note)]
    choices = [Choice(say("reply.accept"), "accept", answers=Answer.YES)]
    if replying.may_amend(dialogue):
        choices.append(Choice(say("reply.amend"), "amend"))
    return _card(dialogue, lines, [*choices, dismiss(say("reply.later"))])


def _beside(dialogue: Dialogue, inquiry: Inquiry, note: str) -> Iterator[Line]:
    """The colleague's note, and the person's own answer if there is one."""
    if note:
        yield Line(say("reply.note", note=Verbatim(note)))
    current = replying.assessment_of(dialogue, inquiry)
    own = current.ratings.get(inquiry.item, Rating()) if current else Rating()
    if own.value is not None:
        yield Line(so_far(rated_words(toolkit_of(dialogue, inquiry), own), own))


def so_far(words: Said, rating: Rating) -> Said:
    """The answer recorded, with the name of the colleague who gave it."""
    if rating.by:
        return say("item.so-far-by", answer=words, name=Verbatim(rating.by))
    return say("item.so-far", answer=words)
