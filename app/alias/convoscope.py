"""The name under which scripts and notebooks import: `import convoscope; convoscope.show(…)`."""

from app import __version__
from app.notebook import Shown, show

__all__ = ["Shown", "__version__", "show"]
