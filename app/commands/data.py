"""Getting data sets, and making the subsets that ship with the program."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.common import sentences, settings_of

data_cli = typer.Typer(help="Get MNIST or Fashion-MNIST, check it, and say where it came from.")


@data_cli.callback(invoke_without_command=True)
def data(context: typer.Context) -> None:
    """Get MNIST, check it, and say where it came from."""
    if context.invoked_subcommand is None:
        _get("mnist")


@data_cli.command("fashion-mnist")
def fashion_mnist() -> None:
    """Get Fashion-MNIST, check it, and say where it came from."""
    _get("fashion-mnist")


def _get(name: str) -> None:
    """Get a data set."""
    with sentences():
        from app.training.download import get_collection
        from app.training.mnist import COLLECTIONS

        get_collection(COLLECTIONS[name], settings_of().data_dir, typer.echo)


@data_cli.command()
def subset(
    dataset: Annotated[str, typer.Option(help="mnist or fashion-mnist.")] = "mnist",
) -> None:
    """Make the balanced subset that ships with the program, out of a full data set."""
    with sentences():
        from app.training.download import get_collection
        from app.training.subset import make_subset, subset_of

        settings, chosen = settings_of(), subset_of(dataset)
        get_collection(chosen.collection, settings.data_dir, typer.echo)
        card = make_subset(chosen, settings.data_dir, settings.models_dir / chosen.name)
        arrays = ", ".join(f"{name} {shape}" for name, shape in card["arrays"].items())
        typer.echo(f"Written: {arrays}; {card['bytes']:,} bytes, SHA-256 {card['sha256']}")
