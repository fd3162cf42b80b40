"""Errors told as sentences, and the settings of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from app.settings import Settings


@contextmanager
def sentences() -> Iterator[None]:
    """What a person can put right is told in a sentence on stderr, with exit code 1."""
    try:
        yield
    except (ValueError, OSError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from error


def settings_of(**given: Any) -> Settings:
    """The settings of the environment, under those given on the command line (None: not given)."""
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ValueError("A setting is wrong. " + "; ".join(wrong)) from error
