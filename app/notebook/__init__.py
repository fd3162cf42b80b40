"""Networks shown from a script or a notebook, in one line."""

from app.notebook.show import Shown, show

__all__ = ["Shown", "show"]
