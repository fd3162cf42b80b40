"""Which networks there are: one file of `architectures/` each."""

from __future__ import annotations

from app.networks.architecture import DIGITS, Architecture
from app.networks.architectures import mycnn

__all__ = ["ARCHITECTURES", "DIGITS", "Architecture"]

ARCHITECTURES: dict[str, Architecture] = {
    architecture.name: architecture for architecture in (mycnn.ARCHITECTURE,)
}
