"""Telegram's HTML: text and entities out of it, offsets in UTF-16 units, and everything wrong with it refused.

Stricter than Telegram in one thing: a bare ``&`` is refused, because it betrays a text that was not escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NoReturn

from tests.telegram.refusals import refuse
from tests.telegram.shapes import Json

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
"""The tags Telegram knows, and the entities they make."""

_PIECE = re.compile(
    r"""(?P<text>[^<&]+)
      | (?P<char>&(?:lt|gt|amp|quot|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});)
      | <(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>
      | (?P<stray>[<&])""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_COMMAND = re.compile(r"(?<![\w/@.<>])/[a-zA-Z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def broken(description: str) -> NoReturn:
    """Refuse a text whose markup cannot be read."""
    refuse(f"can't parse entities: {description}")


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    source: str
    written: list[str] = field(default_factory=list)
    at: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.written.append(text)
        self.at += units(text)

    def stray(self, sign: str, position: int) -> NoReturn:
        offset = len(self.source[:position].encode())
        if sign == "&":
            broken(f'Unescaped "&" at byte offset {offset}')
        name = re.match(r"<(/?)([^\s>]*)", self.source[position:])
        assert name
        if name[1]:
            broken(f"Unclosed end tag at byte offset {offset}")
        if name[2].lower() in KINDS:
            broken(f"Unclosed start tag at byte offset {offset}")
        broken(f'Unsupported start tag "{name[2].lower()}" at byte offset {offset}')

    def begin(self, tag: str, attributes: str, position: int) -> None:
        offset = len(self.source[:position].encode())
        if tag not in KINDS:
            broken(f'Unsupported start tag "{tag}" at byte offset {offset}')
        read = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(attributes)}
        if tag == "span" and read.get("class") != "tg-spoiler":
            broken(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self.open.append(_Open(tag, self.at, read))

    def end(self, tag: str, position: int) -> None:
        offset = len(self.source[:position].encode())
        if not self.open:
            broken(f"Unexpected end tag at byte offset {offset}")
        opened = self.open.pop()
        if opened.tag != tag:
            broken(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"'
            )  # fmt: skip
        if self.at > opened.start and (entity := self._entity(opened)):
            self.entities.append(entity)

    def _entity(self, opened: _Open) -> Json | None:
        entity: Json = {"offset": opened.start, "length": self.at - opened.start, "type": KINDS[opened.tag]}
        given = opened.attributes
        if opened.tag == "a":
            return entity | {"url": given["href"]} if given.get("href") else None
        if opened.tag == "tg-emoji":
            return entity | {"custom_emoji_id": given.get("emoji-id", "")}
        if opened.tag == "blockquote" and "expandable" in given:
            return entity | {"type": "expandable_blockquote"}
        if opened.tag == "code" and self.open and self.open[-1].tag == "pre" and "class" in given:
            self.open[-1].attributes["language"] = given["class"].removeprefix("language-")
            return None
        return entity | {"language": given["language"]} if given.get("language") else entity


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text and its entities. Raises :class:`Refusal` for a tag unknown, unclosed or crossed, and a bare < or &."""
    if "<" not in source and "&" not in source:
        return source, []
    reading = _Reading(source)
    for piece in _PIECE.finditer(source):
        if piece["text"]:
            reading.write(piece["text"])
        elif piece["char"]:
            reading.write(unescape(piece["char"]))
        elif piece["stray"]:
            reading.stray(piece["stray"], piece.start())
        elif piece["end"]:
            reading.end(piece["tag"].lower(), piece.start())
        else:
            reading.begin(piece["tag"].lower(), piece["attributes"], piece.start())
    if reading.open:
        broken(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].tag}"')
    return "".join(reading.written), sorted(reading.entities, key=_order)


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities, with the commands and links that Telegram finds in a text by itself."""
    if "/" not in text:
        return entities
    found = [
        {"offset": units(text[: match.start()]), "length": units(match[0]), "type": kind}
        for kind, pattern in (("url", _URL), ("bot_command", _COMMAND))
        for match in pattern.finditer(text)
    ]
    free = [new for new in found if not any(_overlap(new, old) for old in entities if old["type"] in _EXCLUSIVE)]
    return sorted([*entities, *free], key=_order)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without white space around it, as Telegram stores it, with the entities moved along."""
    bare = text.strip()
    if len(bare) == len(text):
        return text, entities
    cut, length = units(text[: len(text) - len(text.lstrip())]), units(bare)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return bare, moved


_EXCLUSIVE = {"code", "pre", "text_link", "url"}


def _overlap(one: Json, other: Json) -> bool:
    apart = one["offset"] + one["length"] <= other["offset"] or other["offset"] + other["length"] <= one["offset"]
    return not apart


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]
