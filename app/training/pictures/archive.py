"""A set of pictures as one `.npz`: what is kept, what is taken home, and what is brought along.

It holds `images` (N, 28, 28) uint8, `labels` (N,) and `classes` (K,), the name of each label, and
`title`. NumPy reads and writes it; nothing in it is evaluated here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from app.training.pictures.picture_set import (
    LABEL_CHARACTERS,
    SHAPES,
    TITLE_CHARACTERS,
    Kind,
    PictureSet,
)

MEMBERS = ("images", "labels", "classes", "title")
HEADER_BYTES = 1_000
NOT_READABLE = "This is no .npz file that can be read"
Array = NDArray[Any]


class ArchiveError(ValueError):
    """An archive that is none, or holds something else; the message is a sentence."""


def to_archive(pictures: PictureSet, *, is_compressed: bool = True) -> bytes:
    """The bytes of a `.npz`; the same set gives the same bytes."""
    buffer = io.BytesIO()
    save = np.savez_compressed if is_compressed else np.savez
    save(
        buffer,
        images=pictures.images,
        labels=pictures.labels,
        classes=np.array(pictures.classes, f"<U{LABEL_CHARACTERS}"),
        title=np.array(pictures.title),
        allow_pickle=False,
    )
    return buffer.getvalue()


def from_archive(data: bytes, max_bytes: int) -> PictureSet:
    """The set in the bytes of a `.npz`.

    Args:
        max_bytes: that its arrays may take up; looked at before they are unpacked.

    Raises: ArchiveError, which says what is wrong with it.
    """
    arrays = _arrays(data, max_bytes)
    for name in ("images", "labels"):
        if name not in arrays:
            raise ArchiveError(
                f"The .npz has no array called {name}; it needs images, (N, 28, 28) of uint8, "
                "and labels, (N,)."
            )
    images, labels = arrays["images"], arrays["labels"]
    kind = _kind_of(images)
    if labels.shape != images.shape[:1]:
        raise ArchiveError(
            f"There are {len(images):,} images, but labels is {_by(labels.shape)}: "
            "it needs one for each."
        )
    names, indices = _named(labels, arrays.get("classes"))
    title = str(arrays["title"]).strip()[:TITLE_CHARACTERS] if "title" in arrays else ""
    return PictureSet(title, kind, names, images, indices).tidied()


def _kind_of(images: Array) -> Kind:
    """What the pictures are. Raises: ArchiveError."""
    if images.dtype == np.uint8:
        for kind, shape in SHAPES.items():
            if images.shape[1:] == shape:
                return kind
    raise ArchiveError(
        f"images is {_by(images.shape)} of {images.dtype.name}; it needs N×28×28 of uint8, "
        "or N×3×224×224 of photographs."
    )


def _named(labels: Array, classes: Array | None) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of the labels, and of each picture which. Raises: ArchiveError."""
    if labels.dtype.kind not in "iuU":
        raise ArchiveError("labels are whole numbers from 0 on, or texts.")
    if labels.dtype.kind == "U" or classes is None:
        found, indices = np.unique(labels, return_inverse=True)
        return tuple(_label(each) for each in found), indices.astype(np.int64)
    if classes.ndim != 1 or classes.dtype.kind != "U":
        raise ArchiveError("classes is a list of texts, the name of each label.")
    if labels.size and not 0 <= int(labels.min()) <= int(labels.max()) < len(classes):
        raise ArchiveError(
            f"labels go from {labels.min()} to {labels.max()}, but there are {len(classes)} "
            "classes, counted from 0."
        )
    return tuple(_label(each) for each in classes), labels.astype(np.int64)


def _label(value: object) -> str:
    """A label as it is written. Raises: ArchiveError for one that is none."""
    label = " ".join(str(value).split())
    if not 0 < len(label) <= LABEL_CHARACTERS or not label.isprintable():
        raise ArchiveError(f"A label has 1 to {LABEL_CHARACTERS} characters that can be seen.")
    return label


def _arrays(data: bytes, max_bytes: int) -> Mapping[str, Array]:
    """Those arrays of a `.npz` that are wanted. Raises: ArchiveError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            known = {f"{name}.npy": name for name in MEMBERS}
            entries = [entry for entry in archive.infolist() if entry.filename in known]
            if (size := sum(entry.file_size for entry in entries)) > max_bytes:
                raise ArchiveError(
                    f"The arrays take up {size:,} bytes, and at most {max_bytes:,} are read."
                )
            return {known[entry.filename]: _array(archive, entry) for entry in entries}
    except ArchiveError:
        raise
    except Exception as error:  # bytes of a stranger make zipfile and numpy raise anything
        raise ArchiveError(f"{NOT_READABLE}.") from error


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Array:
    """One array, its size held against what follows before any room is made for it."""
    with archive.open(entry) as file:
        content = io.BytesIO(file.read(entry.file_size))
    version = npy.read_magic(content)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, is_fortran, dtype = read(content, max_header_size=HEADER_BYTES)
    rest = content.read()
    if dtype.hasobject or dtype.kind not in "iufU" or prod(shape) * dtype.itemsize != len(rest):
        raise ArchiveError(f"{NOT_READABLE}: {entry.filename} is not what its header says.")
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if is_fortran else "C")


def _by(shape: tuple[int, ...]) -> str:
    """A shape as one reads it."""
    return "×".join(map(str, shape)) or "a single value"
