"""Copies released browser libraries from the locked npm packages into static/, byte for byte.

Convoscope runs with no build step and no network, so what the browser needs lives in the
repository as it was released. The versions are pinned in tests/js/package.json; this script copies
the files, writes down what it copied (`vendored.json`, checked by tests/architecture) and names the
licences (`LICENSES.md`). Run it with `make vendor` after a version changes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "tests" / "js" / "node_modules"
VENDOR = ROOT / "static" / "js" / "vendor"
FONTS = ROOT / "static" / "fonts"
LIST = VENDOR / "vendored.json"
LICENCES = ("LICENSE", "LICENSE.md")


@dataclass(frozen=True)
class Package:
    """One npm package and the released files of it that are kept.

    Attributes:
        name: the package's name in tests/js/package.json.
        folder: where its files go.
        files: path inside the package → path inside `folder`.
        why: one line on what it does here.
    """

    name: str
    folder: Path
    files: dict[str, str]
    why: str

    @property
    def source(self) -> Path:
        """Where the locked release is installed."""
        return PACKAGES / self.name

    @property
    def manifest(self) -> dict[str, object]:
        """The package's own package.json."""
        manifest: dict[str, object] = json.loads((self.source / "package.json").read_text("utf-8"))
        return manifest


def _same(*names: str) -> dict[str, str]:
    """Files that keep their place, so that their relative imports work unedited."""
    return {name: name for name in names}


LIT_DIRECTIVES = ("class-map", "guard", "if-defined", "keyed", "live", "ref", "repeat")

VENDORED = (
    Package(
        "lit-html",
        VENDOR / "lit-html",
        _same(
            "lit-html.js",
            "directive.js",
            "directive-helpers.js",
            "async-directive.js",
            *(f"directives/{name}.js" for name in LIT_DIRECTIVES),
            "LICENSE",
        ),
        "the views: HTML templates as plain functions",
    ),
    Package(
        "@preact/signals-core",
        VENDOR / "signals-core",
        {"dist/signals-core.mjs": "signals-core.mjs", "LICENSE": "LICENSE"},
        "the state: signals and what is computed from them",
    ),
    Package(
        "katex",
        VENDOR / "katex",
        {
            "dist/katex.mjs": "katex.mjs",
            "dist/katex.min.css": "katex.min.css",
            "LICENSE": "LICENSE",
        },
        "typeset formulas",
    ),
    Package(
        "gifenc",
        VENDOR / "gifenc",
        {"dist/gifenc.esm.js": "gifenc.esm.js", "LICENSE.md": "LICENSE.md"},
        "the Lab's animation as a GIF",
    ),
    Package(
        "uplot",
        VENDOR / "uplot",
        {
            "dist/uPlot.esm.js": "uPlot.esm.js",
            "dist/uPlot.min.css": "uPlot.min.css",
            "LICENSE": "LICENSE",
        },
        "the curves of a training run",
    ),
    Package(
        "swagger-ui-dist",
        VENDOR / "swagger-ui",
        _same(
            "swagger-ui-bundle.js",
            "swagger-ui-bundle.js.LICENSE.txt",
            "swagger-ui.css",
            "LICENSE",
            "NOTICE",
        ),
        "the API reference page",
    ),
    Package(
        "@fontsource-variable/inter",
        FONTS,
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin-wght-normal.woff2",
            "LICENSE": "LICENSE-inter.txt",
        },
        "the typeface Inter, variable weight, Latin",
    ),
)


def files_of(package: Package) -> dict[Path, Path]:
    """Every file of a package that is kept: where it is installed → where it is vendored."""
    pairs = {package.source / src: package.folder / dst for src, dst in package.files.items()}
    if package.name == "katex":
        # The style sheet names each font in three formats; every browser we serve takes woff2.
        for font in sorted((package.source / "dist" / "fonts").glob("*.woff2")):
            pairs[font] = package.folder / "fonts" / font.name
    return pairs


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _licences() -> str:
    """The text of LICENSES.md."""
    rows = [
        "# Released files of others",
        "",
        "Unedited bytes of the releases named below; `make vendor` copies them and",
        "`vendored.json` holds each file's SHA-256. Each licence's text lies beside its files.",
        "",
        "| package | version | licence | for | files |",
        "| --- | --- | --- | --- | --- |",
    ]
    for package in VENDORED:
        manifest = package.manifest
        where = package.folder.relative_to(ROOT).as_posix()
        licence = next(to for source, to in package.files.items() if source in LICENCES)
        rows.append(
            f"| {package.name} | {manifest['version']} | {manifest['license']} ({licence}) "
            f"| {package.why} | {where}/ |"
        )
    return "\n".join(rows) + "\n"


def copy() -> None:
    """Copies every file and writes `vendored.json` and `LICENSES.md`."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    entries = []
    for package in VENDORED:
        for source, target in sorted(files_of(package).items()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            entries.append(
                {
                    "name": package.name,
                    "version": package.manifest["version"],
                    "source": source.relative_to(package.source).as_posix(),
                    "file": target.relative_to(ROOT).as_posix(),
                    "sha256": sha256(target),
                }
            )
    LIST.write_text(json.dumps(entries, indent=2) + "\n", "utf-8")
    (VENDOR / "LICENSES.md").write_text(_licences(), "utf-8")
    print(f"{len(entries)} files of {len(VENDORED)} packages copied into static/.")


if __name__ == "__main__":
    if not PACKAGES.is_dir():
        sys.exit("The npm packages are not installed yet: run `make vendor`, which does it first.")
    copy()
