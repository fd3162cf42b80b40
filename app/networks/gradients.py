"""Where gradients are kept, among forward passes that keep none."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def gradients_kept() -> Iterator[None]:
    """Within it gradients are kept, whatever holds outside."""
    with torch.inference_mode(False), torch.enable_grad():
        yield
