"""The pictures of the examples: a seven of 8×8 pixels in every form that a body may have."""

from typing import Any

SEVEN = (
    "........",
    ".#####..",
    ".....#..",
    "....#...",
    "...##...",
    "...#....",
    "..##....",
    "........",
)


def pixels() -> list[list[float]]:
    """The seven as a matrix, ink is 1."""
    return [[1.0 if cell == "#" else 0.0 for cell in row] for row in SEVEN]


def json_body() -> dict[str, Any]:
    """The seven as a JSON body."""
    return {"pixels": pixels()}


def npy_body() -> bytes:
    """The seven as a ``.npy`` body of bytes, ink is 255."""
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (8, 8), }"
    prefix = b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little")
    values = bytes(255 if cell == "#" else 0 for row in SEVEN for cell in row)
    return prefix + header.ljust(117) + b"\n" + values
