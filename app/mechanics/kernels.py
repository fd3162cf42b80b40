"""Kernels with a name: what each is called, what it does, and its weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from app.mechanics.errors import MechanicsError


@dataclass(frozen=True, slots=True)
class Kernel:
    """One kernel: its name, its title, one line on what it does, and its weights as written.

    The weights are `rows` divided by `divisor`, so that a mean stays readable as ninths.
    """

    name: str
    title: str
    line: str
    rows: tuple[tuple[int, ...], ...]
    divisor: int = 1

    @property
    def weight(self) -> Tensor:
        """The weights in float64.

        Shape:
            (K_h, K_w)
        """
        return torch.tensor(self.rows, dtype=torch.float64) / self.divisor

    def as_dict(self) -> dict[str, str | Tensor]:
        """The kernel as the API lists it."""
        return {"name": self.name, "title": self.title, "line": self.line, "weight": self.weight}


KERNELS: tuple[Kernel, ...] = (
    Kernel(
        "identity",
        "Identity",
        "Takes the middle pixel alone: the picture comes out as it went in.",
        ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
    ),
    Kernel(
        "box",
        "Box blur",
        "The plain mean of the nine pixels: everything a little softer, edges included.",
        ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
        9,
    ),
    Kernel(
        "gaussian",
        "Gaussian blur",
        "A mean that trusts near pixels more: softer than a box without its hard corners.",
        ((1, 2, 1), (2, 4, 2), (1, 2, 1)),
        16,
    ),
    Kernel(
        "sharpen",
        "Sharpen",
        "Lifts a pixel away from its four neighbours: every step becomes steeper.",
        ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    ),
    Kernel(
        "sobel_x",
        "Sobel x",
        "Right minus left, the middle row twice: bright where it gets brighter to the right.",
        ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    ),
    Kernel(
        "sobel_y",
        "Sobel y",
        "Below minus above, the middle column twice: bright where it gets brighter downwards.",
        ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    ),
    Kernel(
        "prewitt_x",
        "Prewitt x",
        "Right minus left, all three rows alike: Sobel's older sister.",
        ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    ),
    Kernel(
        "prewitt_y",
        "Prewitt y",
        "Below minus above, all three columns alike.",
        ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
    ),
    Kernel(
        "laplacian",
        "Laplacian",
        "The four neighbours minus four times the pixel: zero on slopes, loud at every bend.",
        ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    ),
    Kernel(
        "emboss",
        "Emboss",
        "Lower right minus upper left, on top of the picture: as if lit from one corner.",
        ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    ),
    Kernel(
        "edge",
        "Edges",
        "Eight times the pixel minus all its neighbours: flat parts vanish, outlines stay.",
        ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    ),
)
"""Every kernel with a name, in the order in which they are offered."""


def find_kernel(name: str, kernels: Sequence[Kernel] = KERNELS) -> Kernel:
    """The kernel of this name.

    Raises:
        MechanicsError: there is none.

    Example:
        >>> find_kernel("sobel_x").weight.tolist()
        [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]
    """
    for kernel in kernels:
        if kernel.name == name:
            return kernel
    names = ", ".join(kernel.name for kernel in kernels)
    raise MechanicsError(f"There is no kernel of that name. There are: {names}.", "kernel")
