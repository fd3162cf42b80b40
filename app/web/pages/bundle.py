"""Many JavaScript modules in one file, each still evaluated once and in the order of its imports.

A page of hundreds of modules is slow to load where each of them is a request, even one that the
browser answers by itself. Modules of ours import by name, in statements that begin a line, never
each other in a circle, and export nothing that is assigned to again: so each becomes a function
that gives its exports, which `static/js/bundle/registry.js` keeps under its path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from posixpath import dirname, relpath

from app.web.pages.module_imports import imports_of, resolve

REGISTRY = "js/bundle/registry.js"
BUNDLES = "js/bundles/"
"""Where the files of many modules are, below `static/`; none of them lies on the disk."""
FORM = 1
"""Counts the forms that such a file has had: another form of the same modules is another file."""

IMPORT = re.compile(
    r"^import\s+(?:(\{[^{}'\"`;]*\}|\*\s+as\s+[\w$]+|[\w$]+)\s+from\s+)?'([^']+)';$", re.MULTILINE
)
EXPORT_FROM = re.compile(r"^export\s+\{([^}]*)\}\s+from\s+'([^']+)';$", re.MULTILINE)
EXPORT_NAMES = re.compile(r"^export\s+\{([^}]*)\};$", re.MULTILINE)
EXPORT = re.compile(r"^export\s+((?:async\s+)?function\*?|class|const)\s+([\w$]+)", re.MULTILINE)
LATER = re.compile(r"(?<![\w$.])import\(\s*'([^']+)'\s*\)")
META_URL = re.compile(r"\bimport\.meta\.url\b")
LEFT = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


class CannotBundle(ValueError):
    """A module has a statement that is not understood."""


def as_function(
    source: str,
    path: str,
    bundle: str,
    imports: Mapping[str, str],
    later: Callable[[str], str],
) -> str:
    """A module as what `define` keeps: its path, and a function that gives its exports.

    Args:
        path: its own, below `static/`.
        bundle: of the file that it comes into.
        imports: by bare name the path of a module that stays outside.
        later: what asks for a module by its path when it is needed.

    Raises: CannotBundle.

    Example:
        >>> print(as_function("export const a = 1;", "js/a.js", "js/bundles/a.js", {}, str))
        define('js/a.js', () => {
        const a = 1;
        return { a };
        });
    """
    given: list[str] = []

    def path_of(specifier: str) -> str:
        found = resolve(specifier, path, imports)
        if found is None:
            raise CannotBundle(f"{path} imports {specifier}, which is nowhere.")
        return found

    def imported(match: re.Match[str]) -> str:
        names, found = match[1], path_of(match[2])
        exports = f"get('{found}')"
        if names is None:
            return f"{exports};"
        if names.startswith("* as "):
            return f"const {names.removeprefix('* as ')} = {exports};"
        if names.isidentifier():
            return f"const {names} = {exports}.default;"
        return f"const {names.replace(' as ', ': ')} = {exports};"

    def exported_from(match: re.Match[str]) -> str:
        exports = f"get('{path_of(match[2])}')"
        given.extend(f"{new}: {exports}.{old}" for old, new in _pairs(match[1]))
        return ""

    def exported_names(match: re.Match[str]) -> str:
        given.extend(old if old == new else f"{new}: {old}" for old, new in _pairs(match[1]))
        return ""

    def exported(match: re.Match[str]) -> str:
        given.append(match[2])
        return f"{match[1]} {match[2]}"

    def asked_later(match: re.Match[str]) -> str:
        return match[0] if match[1] in imports else later(path_of(match[1]))

    body = IMPORT.sub(imported, source)
    body = EXPORT_FROM.sub(exported_from, body)
    body = EXPORT_NAMES.sub(exported_names, body)
    body = EXPORT.sub(exported, body)
    body = LATER.sub(asked_later, body)
    if left := LEFT.search(body):
        line = body[left.start() :].splitlines()[0]
        raise CannotBundle(f"{path} has a statement that cannot be bundled: {line}")
    beside = relpath(path, dirname(bundle))
    body = META_URL.sub(f"new URL('{beside}', import.meta.url).href", body)
    return f"define('{path}', () => {{\n{body.strip()}\nreturn {{ {', '.join(given)} }};\n}});"


def _pairs(names: str) -> Iterable[tuple[str, str]]:
    """Each name in braces as it is inside and outside."""
    for name in names.split(","):
        if name := name.strip():
            old, _, new = name.partition(" as ")
            yield old, new or old


@dataclass(frozen=True)
class Bundle:
    """One file: the modules of ours in it, and those of others that it imports by name."""

    path: str
    modules: tuple[str, ...]
    names: tuple[str, ...]


class Bundles:
    """The files of one page: what it begins with, and one for each module that comes later.

    Args:
        entry: the module that the page begins with.
        read: the text of a file by its path below `static/`.
        imports: by bare name the path of a module that stays outside.
    """

    def __init__(self, entry: str, read: Callable[[str], str], imports: Mapping[str, str]) -> None:
        self.entry, self._imports = entry, imports
        self._read = cache(read)
        self._outside = {path: name for name, path in imports.items()}
        self._folder = f"{BUNDLES}{entry.removeprefix('js/pages/').split('/')[0]}/"
        self._closures: dict[str, dict[str, None]] = {}
        self._later_ones: dict[str, list[str]] = {}
        later = self._reached()
        brought = {target: self._closure(target) for target in later}
        self.files = {self.path_of(entry): self._file(entry, ())}
        for target in later:
            self.files[self.path_of(target)] = self._file(target, self._there(target, brought))

    def path_of(self, module: str) -> str:
        """Of the file that brings a module and all that it needs."""
        if module == self.entry:
            return f"{self._folder}page.js"
        return f"{self._folder}{module.removeprefix('js/')}"

    def _closure(self, module: str) -> dict[str, None]:
        """A module of ours and all of ours that it imports, each behind what it imports itself."""
        if module not in self._closures:
            found: dict[str, None] = {}
            for specifier in imports_of(self._read(module)):
                path = resolve(specifier, module, self._imports)
                if path is not None and path not in self._outside:
                    found |= self._closure(path)
            self._closures[module] = found | {module: None}
        return self._closures[module]

    def _later(self, module: str) -> list[str]:
        """The modules of ours that a module asks for when it needs them."""
        if module not in self._later_ones:
            asked = LATER.findall(self._read(module))
            found = (resolve(each, module, {}) for each in asked if each not in self._imports)
            self._later_ones[module] = [path for path in found if path is not None]
        return self._later_ones[module]

    def _reached(self) -> list[str]:
        """The modules that come later, asked for by what is there first or by each other."""
        waiting, found = [*self._closure(self.entry)], dict[str, None]()
        while waiting:
            for target in self._later(waiting.pop()):
                if target not in found:
                    found[target] = None
                    waiting += self._closure(target)
        return list(found)

    def _there(self, target: str, brought: Mapping[str, Collection[str]]) -> set[str]:
        """What has come whenever a module is asked for."""
        first = self._closure(self.entry)
        if any(target in self._later(module) for module in first):
            return {*first}
        askers = [
            set(modules)
            for modules in brought.values()
            if any(target in self._later(module) for module in modules)
        ]
        return {*first, *set.intersection(*askers)}

    def _file(self, module: str, there: Container[str]) -> Bundle:
        """The file of a module, without what is there before it comes."""
        modules = tuple(each for each in self._closure(module) if each not in there)
        paths = (
            resolve(specifier, each, self._imports)
            for each in modules
            for specifier in imports_of(self._read(each))
        )
        names = dict.fromkeys(self._outside[path] for path in paths if path in self._outside)
        return Bundle(self.path_of(module), modules, tuple(names))

    def outside(self, path: str) -> list[str]:
        """The modules of others that a file imports, by their paths."""
        return [self._imports[name] for name in self.files[path].names]

    def text(self, path: str) -> str:
        """What a file says. Raises: KeyError where there is none; CannotBundle."""
        file, folder = self.files[path], dirname(path)
        outside = [
            f"import * as outside{number} from '{name}';\n"
            f"keep('{self._imports[name]}', outside{number});\n"
            for number, name in enumerate(file.names)
        ]

        def later(module: str) -> str:
            target = self.files[self.path_of(module)]
            beside = relpath(target.path, folder)
            beside = beside if beside.startswith(".") else f"./{beside}"
            return f"load('{module}', () => import('{beside}'))"

        functions = [
            as_function(self._read(each), each, path, self._imports, later) for each in file.modules
        ]
        head = f"import {{ define, get, keep, load }} from '{relpath(REGISTRY, folder)}';\n"
        begin = f"get('{self.entry}');\n" if path == self.path_of(self.entry) else ""
        return "".join([head, *outside, *(f"{each}\n" for each in functions), begin])
