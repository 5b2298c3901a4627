"""Files a channel sends: picture, report, everything stored about a person. The same content is rendered once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from bot.exchange import Parcel, Waiting
from bot.handle import House
from bot.i18n import Translator, translator
from bot.languages import LANGUAGES
from bot.report.content import Report
from bot.report.names import Kind, file_name
from bot.report.pdf import pdf
from bot.report.picture import alt_text, png
from bot.takeaway import report_of
from flows.assessment import Assessment
from flows.cards import Verbatim, say


def parcels(house: House, channel: str, message: Waiting, now: datetime) -> list[Parcel]:
    """Make what a message asks for; nothing when it is about something that is gone. Raises StoreError."""
    language = str(message.body.get("language", ""))
    tell = translator(language if language in LANGUAGES else house.default_language)
    if message.kind == "mydata":
        return _my_data(house, channel, message.address, tell, now)
    return _report(house, channel, message, tell, now)


def _report(house: House, channel: str, message: Waiting, tell: Translator, now: datetime) -> list[Parcel]:
    assessment = _assessment(house, channel, message)
    if assessment is None:
        return []
    day = now.astimezone(house.zone).date()
    report = report_of(assessment, house.library, tell, day, house.zone)
    shelf = f"reports/{assessment.id}"
    digest = hashlib.sha256(repr(report).encode()).hexdigest()[:32]

    def named(kind: Kind) -> str:
        return file_name(kind, report.case.practice, assessment.city, day, tell)

    picture = Parcel(
        name=named(Kind.PICTURE), content=_rendered(house, f"{shelf}/{digest}.png", png, report),
        caption=alt_text(report)[:1024], digest=f"{digest}.png", shelf=shelf, picture=True,
    )  # fmt: skip
    if message.kind == "picture":
        return [picture]
    document = Parcel(
        name=named(Kind.PDF), content=_rendered(house, f"{shelf}/{digest}.pdf", pdf, report),
        caption=tell(say("report.caption")), digest=f"{digest}.pdf", shelf=shelf,
    )  # fmt: skip
    return [picture, document]


def _assessment(house: House, channel: str, message: Waiting) -> Assessment | None:
    with house.store.unit(read_only=True) as unit:
        conversation = unit.conversation(channel, message.address)
        if conversation is None or not conversation.person:
            return None
        return unit.assessment(str(message.body["assessment"]), conversation.person)


def _rendered(house: House, place: str, render: Callable[[Report], bytes], report: Report) -> bytes:
    """The file as it was rendered before for the same content, or rendered now."""
    path = house.files.path(place)
    if path.is_file():
        return path.read_bytes()
    content = render(report)
    house.files.write(place, content)
    return content


def _my_data(house: House, channel: str, address: str, tell: Translator, now: datetime) -> list[Parcel]:
    with house.store.unit(read_only=True) as unit:
        conversation = unit.conversation(channel, address)
        if conversation is None or not conversation.person:
            return []
        told = unit.everything(conversation.person)
    day = now.astimezone(house.zone).date()
    content = json.dumps({"cocok": day.isoformat(), **told}, ensure_ascii=False, indent=2).encode()
    name = tell(say("mydata.file-name", day=Verbatim(day.isoformat())))
    caption = tell(say("mydata.caption"))
    return [Parcel(name=name, content=content, caption=caption, digest="", shelf="")]
