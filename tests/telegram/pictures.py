"""Small pictures to send."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def png(wide: int = 320, high: int = 200) -> bytes:
    """A white picture."""
    picture = BytesIO()
    Image.new("RGB", (wide, high), "white").save(picture, "PNG")
    return picture.getvalue()
