"""What a person sees: the messages of a chat in their present state, and what flashed up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.shapes import Event, Json

MARKS = {"bold": "*", "italic": "_", "code": "`", "strikethrough": "~"}
"""How a transcript writes what an app shows in another face."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is shown."""

    body: Json

    @property
    def id(self) -> int:
        """The message's id."""
        number: int = self.body["message_id"]
        return number

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.body["from"]["is_bot"])

    @property
    def text(self) -> str:
        """Its text, or its caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption."""
        found: list[Json] = self.body.get("entities") or self.body.get("caption_entities") or []
        return found

    @property
    def marked(self) -> str:
        """The text with ``*bold*``, ``_italic_``, and links with their address."""
        return marked(self.text, self.entities)

    @property
    def kind(self) -> str:
        """One of text, photo, document, voice, location, service."""
        kinds = ("photo", "document", "voice", "location", "text")
        return next((kind for kind in kinds if kind in self.body), "service")

    @property
    def file(self) -> Json:
        """The photo (its largest size), document or voice note, as Telegram describes it."""
        found = self.body[self.kind]
        described: Json = found[-1] if isinstance(found, list) else found
        return described

    @property
    def file_name(self) -> str:
        """The name of the document."""
        return str(self.file.get("file_name", ""))

    @property
    def file_size(self) -> int:
        """The size of the file, in bytes."""
        size: int = self.file["file_size"]
        return size

    @property
    def buttons(self) -> list[list[Json]]:
        """The buttons by row, as Telegram describes them."""
        rows: list[list[Json]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons by row."""
        return [[button["text"] for button in row] for row in self.buttons]

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons."""
        return [label for row in self.rows for label in row]

    @property
    def edited(self) -> bool:
        """Whether it was changed since it was sent."""
        return "edit_date" in self.body

    def button(self, label: str) -> Json:
        """The one button with a label, which must be there."""
        found = [button for row in self.buttons for button in row if button["text"] == label]
        assert len(found) == 1, f"{len(found)} buttons {label!r} among {self.labels}"
        return found[0]


@dataclass(frozen=True, slots=True)
class Toast:
    """What flashed up in answer to a press; an ``alert`` had to be confirmed."""

    text: str
    alert: bool


@dataclass
class Screen:
    """All chats of one person, folded from their feed."""

    chats: dict[int, dict[int, Shown]] = field(default_factory=lambda: defaultdict(dict))
    toasts: list[Toast] = field(default_factory=list)
    unanswered: dict[str, str] = field(default_factory=dict)
    typing: int = 0

    def take(self, event: Event) -> None:
        """Let something happen on the screen."""
        body = event.body
        if event.kind in {"posted", "edited"}:
            self.chats[event.chat][body["message_id"]] = Shown(body)
        elif event.kind == "removed":
            self.chats[event.chat].pop(body["message_id"], None)
        elif event.kind == "pressed":
            self.unanswered[body["query"]] = body["label"] or body["data"]
        elif event.kind == "answered":
            self.unanswered.pop(body["query"], None)
            self.toasts += [Toast(body["text"], body["alert"])] if body["text"] else []
        elif event.kind == "typing":
            self.typing += 1


def marked(text: str, entities: list[Json]) -> str:
    """A text with its entities written out."""
    units = text.encode("utf-16-le")
    openings: dict[int, list[str]] = defaultdict(list)
    closings: dict[int, list[str]] = defaultdict(list)
    # from the inside out: those that start later, and of those that start together the shorter
    for entity in sorted(entities, key=lambda entity: (-entity["offset"], entity["length"])):
        opening, closing = _signs(entity)
        openings[entity["offset"]].insert(0, opening)
        closings[entity["offset"] + entity["length"]].append(closing)
    written, last = [], 0
    for place in sorted({*openings, *closings}):
        written += [units[2 * last : 2 * place].decode("utf-16-le"), *closings[place], *openings[place]]
        last = place
    return "".join([*written, units[2 * last :].decode("utf-16-le")])


def _signs(entity: dict[str, Any]) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return "", f" ({entity['url']})"
    sign = MARKS.get(entity["type"], "")
    return sign, sign
