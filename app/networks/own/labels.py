"""Labels of a file of the user's: one a line."""

from __future__ import annotations

import codecs
from pathlib import Path

from app.networks.own.error import OwnNetworkError
from app.networks.own.given_file import content_of

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""What a text may begin with, and how it is written then; editors of Windows write all of these."""


def read_labels(file: Path, count: int | None) -> tuple[str, ...]:
    """A label for each logit; empty lines are left out, and two classes may have one name.

    Args:
        count: of the logits; None where a network gives none.

    Raises: OwnNetworkError for what is no file, no text, or has not as many lines.
    """
    lines = _text(file).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    labels = tuple(line.strip() for line in lines if line.strip())
    if not labels:
        raise OwnNetworkError(f"{file} is empty; it has to hold one label a line.")
    if len(labels) != count:
        held = f"{len(labels)} label{'s' if len(labels) > 1 else ''}"
        given = "no" if count is None else count
        raise OwnNetworkError(f"{file} holds {held}, but the network gives {given} logits.")
    return labels


def _text(file: Path) -> str:
    """A file's text. Raises: OwnNetworkError, with the line that is none."""
    content = content_of(file)
    encoding = next((MARKS[mark] for mark in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise OwnNetworkError(
            f"{file} cannot be read as text: line {line} is not in UTF-8; save it as UTF-8."
        ) from None
    if "\0" in text:
        raise OwnNetworkError(f"{file} cannot be read as text: it holds bytes of 0.")
    return text
