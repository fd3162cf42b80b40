"""Many JavaScript modules in one file, each still evaluated once and in the order of its imports.

A page of hundreds of modules is slow to load where each of them is a request, even one that the
browser answers by itself. So what a page begins with comes in one file, and what comes later in one
for each module that is asked for, with what only that needs; what several of them need has files of
its own. `static/js/bundle/registry.js` keeps what the files bring.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import basename, dirname, relpath

from app.web.pages import bundled_module, module_imports
from app.web.pages.bundled_module import LATER, CannotBundle, as_function
from app.web.pages.module_imports import imports_of, resolve

REGISTRY = "js/bundle/registry.js"
BUNDLES = "js/bundles/"
"""Where the files of many modules are, below `static/`; none of them lies on the disk."""
SHARED = "shared/"
"""Where those are in it that nobody asks for by name."""
SHARED_CHARACTERS = 6_000
"""What is shorter comes with each module that needs it: another request would cost more."""

NOTHING = "export {};\n"


def form() -> str:
    """Another text whenever this code may put the same modules into other files."""
    files = (__file__, bundled_module.__file__, module_imports.__file__)
    return hashlib.sha256(b"".join(Path(each).read_bytes() for each in files)).hexdigest()


def folder_of(entry: str) -> str:
    """Where the files are of what begins with a module.

    Example:
        >>> folder_of("js/pages/lab/page.js"), folder_of("js/workers/photo_filter.js")
        ('js/bundles/lab/', 'js/bundles/workers/photo_filter/')
    """
    name = entry.removeprefix("js/").removeprefix("pages/").removesuffix(".js")
    return f"{BUNDLES}{name.removesuffix('/page')}/"


def first_file_of(entry: str) -> str:
    """The file to begin with in place of a module."""
    return folder_of(entry) + basename(entry)


@dataclass(frozen=True)
class Bundle:
    """One file: the modules of ours in it, and those of others that it imports by name."""

    path: str
    modules: tuple[str, ...]
    names: tuple[str, ...]


class Bundles:
    """The files of one page or worker.

    Args:
        entry: the module that it begins with.
        read: the text of a file by its path below `static/`. Raises: KeyError where there is none.
        imports: by bare name the path of a module that stays outside.

    Raises: CannotBundle.
    """

    def __init__(self, entry: str, read: Callable[[str], str], imports: Mapping[str, str]) -> None:
        self.entry, self._imports = entry, imports
        self._read = cache(read)
        self._outside = {path: name for name, path in imports.items()}
        self._closures: dict[str, dict[str, None]] = {}
        self._asked: dict[str, list[str]] = {}
        self._first = self._closure(entry, ())
        self.later = [each for each in self._reached() if each not in self._first]
        """The modules that come when they are asked for."""
        self._check_names()
        self._shared: dict[tuple[str, ...], str] = {}
        self.files = {path: self._file(path, found) for path, found in self._parts().items()}
        self._files_of = {target: self._needed(target) for target in self.later}
        self._texts = {path: self._written(file) for path, file in self.files.items()}

    def path_of(self, module: str) -> str:
        """The file that is named after a module which somebody asks for."""
        if module == self.entry:
            return first_file_of(module)
        return folder_of(self.entry) + module.removeprefix("js/")

    def files_of(self, module: str) -> list[str]:
        """The files that bring a module of `later`, where what is first has come; its own last."""
        return self._files_of.get(module, [])

    def _check_names(self) -> None:
        """Raises: CannotBundle where two files would have one name."""
        others = (self.path_of(self.entry), folder_of(self.entry) + SHARED)
        for module in self.later:
            if self.path_of(module).startswith(others):
                raise CannotBundle(f"{module} has the name of another file.")

    def _closure(self, module: str, importers: tuple[str, ...]) -> dict[str, None]:
        """A module of ours and all of ours that it imports, each behind what it imports itself."""
        if module in importers:
            circle = " → ".join([*importers[importers.index(module) :], module])
            raise CannotBundle(f"Modules import each other in a circle: {circle}.")
        if module not in self._closures:
            found: dict[str, None] = {}
            for path in self._imported(module):
                if path not in self._outside:
                    found |= self._closure(path, (*importers, module))
            self._closures[module] = found | {module: None}
        return self._closures[module]

    def _imported(self, module: str) -> list[str]:
        """The modules that one imports, in their order."""
        paths = (resolve(each, module, self._imports) for each in imports_of(self._text(module)))
        return [path for path in paths if path is not None]

    def _text(self, module: str) -> str:
        """What a module of ours says."""
        if not module.endswith(".js") or module in self._outside:
            raise CannotBundle(f"{module} is no module of ours.")
        try:
            return self._read(module)
        except KeyError:
            raise CannotBundle(f"There is no module {module}.") from None

    def _later_ones(self, module: str) -> list[str]:
        """The modules of ours that a module asks for when it needs them."""
        if module not in self._asked:
            asked = LATER.findall(self._text(module))
            found = (resolve(each, module, {}) for each in asked if each not in self._imports)
            self._asked[module] = [path for path in found if path is not None]
        return self._asked[module]

    def _reached(self) -> list[str]:
        """The modules that are asked for by what is there first, or by each other."""
        waiting, found = [*self._first], dict[str, None]()
        while waiting:
            for target in self._later_ones(waiting.pop()):
                if target not in found:
                    found[target] = None
                    waiting += self._closure(target, ())
        return sorted(found)

    def _parts(self) -> dict[str, list[str]]:
        """By its path the modules of each file.

        A module lies with the one that is asked for and needs it. Where several do, of which none
        brings another along, it lies in a file for just these; or in each, where that were short.
        """
        parts = {self.path_of(self.entry): [*self._first]}
        parts |= {self.path_of(target): [] for target in self.later}
        common: dict[tuple[str, ...], list[str]] = {}
        closures = {target: self._closure(target, ()) for target in self.later}
        for module in dict.fromkeys(each for found in closures.values() for each in found):
            if module not in self._first:
                needing = [target for target in self.later if module in closures[target]]
                common.setdefault(tuple(_without_bringers(needing, closures)), []).append(module)
        for homes, modules in common.items():
            is_short = sum(len(self._text(each)) for each in modules) < SHARED_CHARACTERS
            if is_short or len(homes) == 1:
                for home in homes:
                    parts[self.path_of(home)] += modules
            else:
                name = modules[-1].removeprefix("js/")
                self._shared[homes] = f"{folder_of(self.entry)}{SHARED}{name}"
                parts[self._shared[homes]] = modules
        return parts

    def _needed(self, target: str) -> list[str]:
        """The files that bring a module of `later`."""
        closure = self._closure(target, ())
        shared = [path for homes, path in self._shared.items() if any(h in closure for h in homes)]
        return [*shared, *(self.path_of(each) for each in self.later if each in closure)]

    def _file(self, path: str, modules: Iterable[str]) -> Bundle:
        """The file of some modules."""
        paths = (found for each in modules for found in self._imported(each))
        names = dict.fromkeys(self._outside[found] for found in paths if found in self._outside)
        return Bundle(path, tuple(modules), tuple(names))

    def outside(self, path: str) -> list[str]:
        """The modules of others that a file imports, by their paths."""
        return [self._imports[name] for name in self.files[path].names]

    def text(self, path: str) -> str:
        """What a file says. Raises: KeyError where there is none."""
        return self._texts[path]

    def whole(self, path: str) -> str:
        """What a page gets that was opened before these files were: a module and all it needs.

        What the page has already stays as it is; of a module that is gone nothing comes.

        Args:
            path: of a file as it was then.
        """
        module = f"js/{path.removeprefix(folder_of(self.entry))}"
        if path == self.path_of(self.entry):
            return self.text(path)
        try:
            return self._written(self._file(path, self._closure(module, ())), is_whole=True)
        except CannotBundle:
            return NOTHING

    def _written(self, file: Bundle, *, is_whole: bool = False) -> str:
        """The text of a file; of a whole one the modules that come later come whole, too."""
        folder = dirname(file.path)
        outside = [
            f"import * as outside{number} from '{name}';\n"
            f"keep('{self._imports[name]}', outside{number});\n"
            for number, name in enumerate(file.names)
        ]

        def later(module: str) -> str:
            files = [self.path_of(module)] if is_whole else self.files_of(module)
            files = [relpath(each, folder) for each in files]
            files = [each if each.startswith(".") else f"./{each}" for each in files]
            brought = ", ".join(f"import('{each}')" for each in files)
            return f"__load('{module}', () => Promise.all([{brought}]))"

        functions = [
            as_function(self._text(each), each, file.path, self._imports, later, first_file_of)
            for each in file.modules
        ]
        names = "define, get as __get, keep, load as __load"
        head = f"import {{ {names} }} from '{relpath(REGISTRY, folder)}';\n"
        begin = f"__get('{self.entry}');\n" if file.path == self.path_of(self.entry) else ""
        return "".join([head, *outside, *(f"{each}\n" for each in functions), begin])


def _without_bringers(targets: list[str], closures: Mapping[str, Collection[str]]) -> list[str]:
    """Those of some modules that need no other of them."""
    return [
        each
        for each in targets
        if not any(other != each and other in closures[each] for other in targets)
    ]
