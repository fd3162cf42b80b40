"""How fast the program is, in ratios of one run: ours against a yardstick, in turn."""

from app.bench.command import main

__all__ = ["main"]
