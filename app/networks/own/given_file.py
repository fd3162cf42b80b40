"""The files that are named on the command line: what they hold, or what is wrong with them."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from app.networks.own.error import OwnNetworkError

LIKENESS = 0.75
"""How like a name has to be to be taken for another, 1 being the same."""


def content_of(file: Path) -> bytes:
    """All bytes of a file. Raises: OwnNetworkError for what is no file, or may not be read."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise OwnNetworkError(f"There is no file {file}{or_else(_meant(file))}") from None
    except IsADirectoryError:
        raise OwnNetworkError(f"{file} is a folder, but a file is needed.") from None
    except PermissionError:
        raise OwnNetworkError(f"{file} is there, but may not be read.") from None
    except OSError as error:
        raise OwnNetworkError(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise OwnNetworkError(f"{str(file)!r} is no name of a file.") from None


def or_else(meant: str | None) -> str:
    """The end of a sentence that says that something is not there, with what may be meant."""
    return "." if meant is None else f"; did you mean {meant}?"


def _meant(file: Path) -> str | None:
    """A file that may be meant by one that is not there: a module's, or of a name like it."""
    for other in (f"{file}.py", f"{str(file).replace('.', '/')}.py"):
        if Path(other).is_file():
            return other
    with suppress(OSError):
        names = [each.name for each in file.parent.iterdir() if each.is_file()]
        for name in get_close_matches(file.name, names, 1, LIKENESS):
            return str(file.with_name(name))
    return None
