"""The 1,000 classes of ImageNet's challenge, in the order of the logits."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("imagenet_classes.txt")


@lru_cache(maxsize=1)
def read_classes() -> tuple[str, ...]:
    """Each class by the name that torchvision has for it.

    Source: Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", 2015; the names
    are those of torchvision (BSD 3-Clause).
    """
    return tuple(FILE.read_text("utf-8").splitlines())
