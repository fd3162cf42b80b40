"""A JavaScript module as a function of a file of many: it gives what the module exports.

Modules of ours import by name, in statements that begin a line, never each other in a circle, and
export nothing that is assigned to again. What is not so is refused here as far as a line shows it,
and what no line shows by ESLint (tests/js/eslint.config.js), which reads them as a browser does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import dirname, relpath

from app.web.pages.module_imports import resolve

WORKERS = "js/workers/"
"""Where the modules are that run beside the page."""

IMPORT = re.compile(
    r"^import\s+(?:(\{[^{}'\"`;]*\}|\*\s+as\s+[\w$]+|[\w$]+)\s+from\s+)?'([^']+)';\n?",
    re.MULTILINE,
)
EXPORT_FROM = re.compile(r"^export\s+\{([^}]*)\}\s+from\s+'([^']+)';\n?", re.MULTILINE)
EXPORT_NAMES = re.compile(r"^export\s+\{([^}]*)\};\n?", re.MULTILINE)
EXPORT = re.compile(r"^export\s+((?:async\s+)?function\*?|class|const)\s+([\w$]+)", re.MULTILINE)
NAME = re.compile(r"[\w$]+(?: as [\w$]+)?")
LATER = re.compile(r"(?<![\w$.])import\(\s*'([^']+)'\s*\)")
BESIDE = re.compile(r"\bnew URL\('([^']+)', import\.meta\.url\)")
META_URL = re.compile(r"\bimport\.meta\.url\b")
# What no module may say, each as it is told.
REFUSED = {
    "a statement that cannot be bundled": re.compile(
        r"(?:^|;)[ \t]*(?:import|export)\b(?!\s*[(.])", re.MULTILINE
    ),
    "an import() of no fixed module": re.compile(r"\bimport\s*\((?!\s*'[^']+'\s*\))"),
    "an import.meta but its url": re.compile(r"\bimport\.meta\b(?!\.url\b)"),
    "a name that is the file's own": re.compile(r"\b__(?:get|load)\b"),
}


class CannotBundle(ValueError):
    """A module says what is not understood."""


def as_function(
    source: str,
    path: str,
    bundle: str,
    imports: Mapping[str, str],
    later: Callable[[str], str],
    begin: Callable[[str], str] = str,
) -> str:
    """A module as what `define` keeps: its path, and a function that gives its exports.

    What it imports is evaluated before it, in the order in which it stands there.

    Args:
        path: its own, below `static/`.
        bundle: of the file that it comes into.
        imports: by bare name the path of a module that stays outside.
        later: what asks for a module by its path when it is needed.
        begin: the file with which a worker begins, by the path of its module.

    Raises: CannotBundle.

    Example:
        >>> print(as_function("export const a = 1;", "js/a.js", "js/bundles/a.js", {}, str))
        define('js/a.js', (() => {
        const a = 1;
        return { a };
        }));
    """
    given: list[str] = []

    def refuse(what: str, body: str, start: int) -> CannotBundle:
        return CannotBundle(f"{path} has {what}: {body[start:].splitlines()[0]}")

    def path_of(specifier: str) -> str:
        found = resolve(specifier, path, imports)
        if found is None:
            raise CannotBundle(f"{path} imports {specifier}, which is nowhere.")
        return found

    def exported_names(match: re.Match[str]) -> str:
        for old, new in _pairs(match[1]):
            if re.search(rf"^(?:let|var)\b[^;]*(?<![\w$]){re.escape(old)}(?![\w$])", source, re.M):
                raise refuse("an export that is assigned to again", source, match.start())
            given.append(old if old == new else f"{new}: {old}")
        return ""

    def exported(match: re.Match[str]) -> str:
        given.append(match[2])
        return f"{match[1]} {match[2]}"

    def asked_later(match: re.Match[str]) -> str:
        return match[0] if match[1] in imports else later(path_of(match[1]))

    def beside(match: re.Match[str]) -> str:
        target = path_of(match[1])
        target = begin(target) if target.startswith(WORKERS) else target
        return f"new URL('{relpath(target, dirname(bundle))}', import.meta.url)"

    first = list(_imported(source, path_of, given))
    body = EXPORT_FROM.sub("", IMPORT.sub("", source))
    body = EXPORT.sub(exported, EXPORT_NAMES.sub(exported_names, body))
    for what, form in REFUSED.items():
        if found := form.search(body):
            raise refuse(what, body, found.start())
    body = BESIDE.sub(beside, LATER.sub(asked_later, body))
    if found := META_URL.search(BESIDE.sub("", body)):
        raise refuse("an import.meta.url that names nothing beside it", body, found.start())
    # In parentheses: a browser compiles it where it reads it, and does not read it once more.
    lines = [
        f"define('{path}', (() => {{",
        *first,
        body.strip(),
        f"return {{ {', '.join(given)} }};",
    ]
    return "\n".join([*lines, "}));"])


def _imported(source: str, path_of: Callable[[str], str], given: list[str]) -> Iterator[str]:
    """A line for each module that is imported, in their order; what is passed on is `given`."""
    both = [*IMPORT.finditer(source), *EXPORT_FROM.finditer(source)]
    for number, match in enumerate(sorted(both, key=lambda each: each.start())):
        names, exports = match[1], f"__get('{path_of(match[2])}')"
        if match.re is EXPORT_FROM:
            given.extend(f"{new}: __from{number}.{old}" for old, new in _pairs(names))
            yield f"const __from{number} = {exports};"
        elif names is None:
            yield f"{exports};"
        elif names.startswith("{"):
            inside = (old if old == new else f"{old}: {new}" for old, new in _pairs(names[1:-1]))
            yield f"const {{ {', '.join(inside)} }} = {exports};"
        elif names.startswith("*"):
            yield f"const {names.split()[-1]} = {exports};"
        else:
            yield f"const {names} = {exports}.default;"


def _pairs(names: str) -> Iterable[tuple[str, str]]:
    """Each name in braces as it is outside of the statement, and as it says."""
    for name in names.split(","):
        if name := " ".join(name.split()):
            if not NAME.fullmatch(name):
                raise CannotBundle(f"There is more than names in braces: {name}")
            old, _, new = name.partition(" as ")
            yield old, new or old
