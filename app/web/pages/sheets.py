"""Many style sheets of ours in one file, one behind the other, in the order they are asked for.

The file's address has the names of its sheets, so that nothing need be kept of what a page was
given: `css/many/tokens,base,layout.css`. A sheet is named by its file's name alone, wherever it
lies below `css/`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath, relpath

FOLDER = "css/"
SUFFIX = ".css"
SHEETS = "css/many/"
"""Where the files of many sheets are, below `static/`; none of them lies on the disk."""
LONGEST = 2_000
"""Characters of such a file's path: no browser or proxy refuses as many."""

NAME = re.compile(r"\w+", re.ASCII)
# What a browser reads at the beginning of a sheet alone, and addresses without `url()`.
ALONE = re.compile(r"@(?:import|charset|namespace)\b|\bimage-set\(", re.IGNORECASE)
# An address, or a comment or a text in which one may seem to stand.
COMMENT = r"/\*.*?\*/"
QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
URL = re.compile(
    rf"{COMMENT}|(?<![\w-])(url\(\s*)({QUOTED}|(?:[^\s\"'()\\]|\\.)*)(\s*\))|{QUOTED}",
    re.DOTALL | re.IGNORECASE,
)
# The root, a part of the sheet itself, or with a scheme: the same from wherever it is asked.
FIXED = re.compile(r"/|#|[a-z][a-z0-9+.-]*:|$", re.IGNORECASE)


def form() -> str:
    """Another text whenever this code may write the same sheets in another way."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


class Sheets:
    """The files of many sheets, by paths below `static/`.

    Args:
        read: the text of a file by its path.
        paths: of all files.
        is_raw: whether each sheet is sent as it stands.
    """

    def __init__(self, read: Callable[[str], str], paths: Iterable[str], *, is_raw: bool) -> None:
        self._read, self._is_raw = read, is_raw
        self._paths: dict[str, str] = {}
        self._linked = set[str]()  # each page asks anew
        twice = set()
        for path in filter(_is_ours, paths):
            name = PurePosixPath(path).stem
            twice |= {name} & self._paths.keys()
            self._paths[name] = path
        for name in twice:  # which of the two were meant cannot be told
            del self._paths[name]

    def linked(self, names: Sequence[str]) -> list[str]:
        """What a page links for some sheets: one file of them all, or each as it stands.

        Raises:
            KeyError: there is no such sheet.
            ValueError: they cannot be one file.
        """
        paths = [self._path(name) for name in names]
        if len(paths) < 2:
            return paths
        file = f"{SHEETS}{','.join(names)}{SUFFIX}"
        if file not in self._linked and self.text(file, is_current=True) is None:
            raise ValueError(
                f"These sheets cannot be one file: {', '.join(names)}. Name each once, fewer, and "
                "none that imports another."
            )
        self._linked.add(file)
        return paths if self._is_raw else [file]

    def text(self, path: str, *, is_current: bool) -> str | None:
        """What a file of many sheets says; None where there is none.

        Args:
            is_current: whether it is asked for by a page of now, or by one that was opened before
                the program was replaced: that gets what there still is.
        """
        names = path.removeprefix(SHEETS).removesuffix(SUFFIX).split(",")
        is_one = path == f"{SHEETS}{','.join(names)}{SUFFIX}" and len(path) <= LONGEST
        if not is_one or len({*names}) < len(names) or not all(map(NAME.fullmatch, names)):
            return None
        found = [self._paths[name] for name in names if name in self._paths]
        texts = {each: self._read(each) for each in found}
        fit = {each: text for each, text in texts.items() if not ALONE.search(text)}
        if not fit or (is_current and len(fit) < len(names)):
            return None
        return "".join(map(_in_line, fit.values(), map(dirname, fit)))

    def _path(self, name: str) -> str:
        """Where a sheet is. Raises: KeyError when there is none of this name, or more."""
        if name not in self._paths:
            raise KeyError(f"There is no style sheet {name}, or more than one.")
        return self._paths[name]


def _is_ours(path: str) -> bool:
    """Whether a file is a style sheet of ours."""
    return path.startswith(FOLDER) and path.endswith(SUFFIX) and "/vendor/" not in path


def _in_line(text: str, folder: str) -> str:
    """A sheet as a part of a file of many, whose addresses lead from there to where they led.

    Args:
        folder: where the sheet itself lies.
    """

    def moved(match: re.Match[str]) -> str:
        before, address, after = match.groups()
        if before is None:  # a comment or a text
            return match[0]
        quote = address[:1] if address[:1] in ("'", '"') else ""
        address = address.strip(quote) if quote else address
        if FIXED.match(address):
            return match[0]
        rest = address[len(re.split(r"[?#]", address)[0]) :]
        file = normpath(join(folder, address.removesuffix(rest)))
        return f"{before}{quote}{relpath(file, dirname(SHEETS))}{rest}{quote}{after}"

    return URL.sub(moved, text.rstrip("\n")) + "\n"
