"""What a person did and saw, as a readable transcript without ids and times: for golden files.

What they did begins with ``>``. Everything else is what changed on their screen: a new message as it is, an edited one
under a line that says so and how far up it is. Buttons are written in rows, bold as ``*bold*``.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.telegram.people import Person
from tests.telegram.screen import Screen, Shown
from tests.telegram.shapes import Event, Json

_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "voice")


def history(person: Person) -> str:
    """Everything in the private chat, from the beginning."""
    return transcript(event for event in person.feed.events if event.chat == person.id)


def transcript(events: Iterable[Event]) -> str:
    """Events of one chat, written one after the other with an empty line between."""
    happened = list(events)
    # a toast is written with the press it answers, whatever else was drawn before it came
    toasts = {event.body["query"]: event.body for event in happened if event.kind == "answered"}
    screen = Screen()
    blocks = []
    for event in happened:
        before = screen.chats[event.chat].get(event.body.get("message_id", 0))
        screen.take(event)
        if written := _written(event, before, list(screen.chats[event.chat]), toasts):
            blocks.append(written)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _written(event: Event, before: Shown | None, order: list[int], toasts: dict[str, Json]) -> str:
    match event.kind:
        case "posted":
            return _new(Shown(event.body))
        case "edited":
            return _edited(before, Shown(event.body), order)
        case "removed":
            return f"(removed) {_first_line(Shown(event.body))}"
        case "pressed":
            return _pressed(event.body, toasts)
        case "blocked" | "unblocked":
            return f"> ({event.kind} the bot)"
        case _:
            return ""


def _new(shown: Shown) -> str:
    if shown.by_bot:
        return _drawn(shown)
    forwarded = "(forwarded) " if "forward_origin" in shown.body else ""
    return f"> {forwarded}{_attached(shown)}{shown.text}".rstrip()


def _edited(before: Shown | None, after: Shown, order: list[int]) -> str:
    if not after.by_bot:
        return f"> (edited) {after.text}"
    above = len(order) - 1 - order.index(after.id)
    where = f", {above} above" if above else ""
    if before and all(before.body.get(name) == after.body.get(name) for name in _CONTENT):
        rows = _rows(after)
        return f"(buttons changed{where})\n{rows}" if rows else f"(buttons gone{where})"
    return f"(edited{where})\n{_drawn(after)}"


def _pressed(press: Json, toasts: dict[str, Json]) -> str:
    written = f"> [{press['label']}]" if press["label"] else f"> (data {press['data']})"
    toast = toasts.get(press["query"])
    if toast is None or not toast["text"]:
        return written
    return f"{written}\n({'alert' if toast['alert'] else 'toast'}) {toast['text']}"


def _drawn(shown: Shown) -> str:
    head = _attached(shown).rstrip()
    return "\n".join(part for part in (head, shown.marked, _rows(shown)) if part)


def _attached(shown: Shown) -> str:
    if shown.kind == "text":
        return ""
    return f"({shown.kind} {shown.file_name}) " if shown.kind == "document" else f"({shown.kind}) "


def _rows(shown: Shown) -> str:
    return "\n".join(" ".join(f"[ {label} ]" for label in row) for row in shown.rows)


def _first_line(shown: Shown) -> str:
    return (shown.text or shown.kind).splitlines()[0]
