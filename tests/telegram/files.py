"""Files on Telegram's side: what was uploaded, what can be sent again by its id, and what can be fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import count

from PIL import Image, UnidentifiedImageError

from tests.telegram.refusals import WRONG_FILE, Refusal, refuse
from tests.telegram.shapes import Json, Upload

MEGABYTE = 1024 * 1024
UPLOAD = 50 * MEGABYTE
DOWNLOAD = 20 * MEGABYTE
PHOTO = 10 * MEGABYTE
SIDES = 10_000
RATIO = 20
TOO_LARGE = Refusal(413, "Request Entity Too Large")

_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice"}
_CODES = {"photo": "AgACAgQAAx", "document": "BQACAgQAAx", "voice": "AwACAgQAAx"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as Telegram keeps it; ``size`` may be more than the bytes, to stand for a large one."""

    file_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    size: int
    sides: tuple[int, int] = (0, 0)
    seconds: int = 0

    @property
    def path(self) -> str:
        """Where it is fetched from, under ``/file/bot<token>/``."""
        ending = self.name.rpartition(".")[2] if "." in self.name else {"photo": "jpg", "voice": "oga"}.get(self.kind)
        return f"{_FOLDERS[self.kind]}/file_{self.file_id[10:]}" + (f".{ending}" if ending else "")

    @property
    def body(self) -> Json | list[Json]:
        """What stands for it in a message."""
        same = {"file_id": self.file_id, "file_unique_id": f"AQAD{self.file_id[10:]}", "file_size": self.size}
        if self.kind == "photo":
            wide, high = self.sides
            small = max(1, round(wide * 90 / max(wide, high))), max(1, round(high * 90 / max(wide, high)))
            thumbnail = {**same, "file_id": f"{self.file_id}s", "file_unique_id": f"{same['file_unique_id']}s"}
            return [
                thumbnail | {"width": small[0], "height": small[1], "file_size": min(self.size, 1000)},
                same | {"width": wide, "height": high},
            ]
        if self.kind == "voice":
            return same | {"duration": self.seconds, "mime_type": self.mime}
        return same | {"file_name": self.name, "mime_type": self.mime}


@dataclass
class Files:
    """Every file of one bot, by id."""

    kept: dict[str, Stored] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def keep(self, kind: str, upload: Upload, *, size: int = 0, seconds: int = 0) -> Stored:
        """Keep a file and give it an id. Raises :class:`Refusal` when it is no picture or too large."""
        declared = size or len(upload.data)
        sides = (0, 0)
        if kind == "photo":
            sides = _sides(upload.data) if not size else (1280, 960)
            _check_photo(declared, sides)
        file_id = f"{_CODES[kind]}{next(self._numbers)}"
        self.kept[file_id] = Stored(file_id, kind, upload.name, upload.mime, upload.data, declared, sides, seconds)
        self.paths[self.kept[file_id].path] = file_id
        return self.kept[file_id]

    def sent(self, kind: str, what: Upload | str, *, seconds: int = 0) -> Stored:
        """The file a bot sends: a new one, or one known by its id."""
        if isinstance(what, Upload):
            if len(what.data) > UPLOAD:
                raise TOO_LARGE
            if not what.data:
                refuse("file must be non-empty")
            return self.keep(kind, what, seconds=seconds)
        known = self.kept.get(what)
        if known is None:
            refuse(WRONG_FILE)
        if known.kind != kind:
            refuse(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known

    def fetched(self, file_id: str) -> Json:
        """The answer to ``getFile``."""
        known = self.kept.get(file_id.removesuffix("s"))
        if known is None:
            refuse("invalid file_id")
        if known.size > DOWNLOAD:
            refuse("file is too big")
        unique = f"AQAD{known.file_id[10:]}"
        return {
            "file_id": known.file_id, "file_unique_id": unique, "file_size": known.size, "file_path": known.path,
        }  # fmt: skip

    def at(self, path: str) -> Stored | None:
        """The file that is fetched from a path."""
        return self.kept.get(self.paths.get(path, ""))


def _sides(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.size
    except UnidentifiedImageError:
        refuse("IMAGE_PROCESS_FAILED")


def _check_photo(size: int, sides: tuple[int, int]) -> None:
    if size > PHOTO:
        refuse("too big for a photo: 10 MB at most")
    if sum(sides) > SIDES or max(sides) > RATIO * min(sides):
        refuse("PHOTO_INVALID_DIMENSIONS")
