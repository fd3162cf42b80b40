"""What no file of ours may hold, however it came there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import tree
from tests.places import ROOT

TOP_LEVEL = {
    ".ci", ".dockerignore", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md",
    "Dockerfile", "LICENSE", "Makefile", "README.md", "app", "models", "pyproject.toml", "static",
    "templates", "tests",
}  # fmt: skip

PYTHON_LINES = 250
JAVASCRIPT_LINES = 200
STYLE_LINES = 220
FUNCTION_LINES = 60
FILE_BYTES = 4_000_000
PICTURES, PICTURE_BYTES = 6, 700_000

PYTHON = [path for path in tree.ours(".py") if not path.is_relative_to("tests/architecture")]
APP = [path for path in PYTHON if path.parts[0] == "app"]
BROWSER = tree.ours(".js", ".html", below="static/") + tree.ours(".html", below="templates/")
JAVASCRIPT = tree.ours(".js", below="static/js/")
SHEETS = tree.ours(".css", below="static/css/")
STYLES = [path for path in SHEETS if path.name != "tokens.css"]

# Words with an underscore between them; a dot parts off what kind of file it is.
FILE_NAME = re.compile(r"_{0,2}[a-z][a-z0-9]*(_[a-z0-9]+)*_{0,2}(\.[a-z]+)+")

# What was done to a thing says not what it is.
PARTICIPLE = re.compile(r"\w+ed|shown|told|met|lit|kept|known|found|own|now|drawn|taken|see|spot")
NAMED_SO = {"unexplained", "transposed", "not_found", "paste_nested"}

# Pattern → why not.
IN_PYTHON = {
    r"\b(TODO|FIXME|XXX|HACK)\b": "what is left to do is not written into the source",
    r"except\s*(Exception|BaseException)?\s*:": "name the errors that can be answered",
    r"\bNotImplementedError\b": "what is not there is not declared",
    r"pytest\.(skip|mark\.skip|mark\.xfail|importorskip)": "a skipped test proves nothing",
    r"#\s*type:\s*ignore(?!\[[a-z-]+(,\s*[a-z-]+)*\]\s+#\s*\w)": "say which error, and why",
    r"#\s*noqa(?!:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*\s+#?\s*\w)": "say which rule, and why",
}
IN_THE_BROWSER = {
    r"\b(TODO|FIXME|XXX|HACK)\b": "what is left to do is not written into the source",
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b": "text set as HTML can be code",
    r"\bunsafeHTML\b|\bstyleMap\b": "the policy of the page refuses it",
    r"\bsetInterval\b": "motion is a function of time, driven by requestAnimationFrame",
    r"\bconsole\.(log|debug|info)\b": "nobody reads it",
    r"\beval\(|\bnew Function\b": "the policy of the page refuses it",
    r"\sstyle=": "the policy of the page refuses it: use a class or style.setProperty",
    r"\son[a-z]+=[\"']": "the policy of the page refuses it: listen from a module",
    r"(?:src|href)=[\"']?(?:https?:)?//": "no request leaves the server's own origin",
    r"@ts-ignore|@ts-nocheck|eslint-disable(?!.*--)": "mend it, or say why it is right",
}


def found(paths: list[Path], patterns: dict[str, str]) -> list[str]:
    """Every line that holds one of the patterns, with the reason it should not."""
    compiled = [(re.compile(pattern), why) for pattern, why in patterns.items()]
    return [
        f"{path}:{number}: {line.strip()[:80]} ({why})"
        for path in paths
        for number, line in tree.lines(path)
        for pattern, why in compiled
        if pattern.search(line)
    ]


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.parts[0] for path in tree.tracked()} <= TOP_LEVEL


def test_names_of_files_are_written_in_one_style() -> None:
    source = tree.ours(".py", ".js", ".html", ".css")
    code = [path for path in source if path.parts[0] in ("app", "static", "templates", "tests")]
    misspelt = [path for path in code if not FILE_NAME.fullmatch(path.name)]
    assert misspelt == []


def test_modules_are_named_by_nouns() -> None:
    """The last word of a name is no participle, but for what is called so in this field."""
    code = [path for path in tree.ours(".py", ".js") if path.parts[0] in ("app", "static")]
    last = {path: path.stem.rpartition("_")[2] for path in code}
    misnamed = [path for path, word in last.items() if PARTICIPLE.fullmatch(word)]
    assert [path for path in misnamed if path.stem not in NAMED_SO] == []


def test_python_holds_no_forbidden_mark() -> None:
    assert found(PYTHON, IN_PYTHON) == []


def test_the_browser_code_holds_no_forbidden_mark() -> None:
    assert found(BROWSER, IN_THE_BROWSER) == []


def test_colours_are_tokens() -> None:
    in_styles = {r":[^;{}]*#[0-9a-fA-F]{3,8}\b": "name a token of static/css/tokens.css"}
    in_scripts = {r"[\"'`]#(?:[0-9a-fA-F]{3,4}){1,2}[\"'`]": "read it from a token"}
    assert found(STYLES, in_styles) + found(BROWSER, in_scripts) == []


@pytest.mark.parametrize(
    ("paths", "most"),
    [(APP, PYTHON_LINES), (JAVASCRIPT, JAVASCRIPT_LINES), (SHEETS, STYLE_LINES)],
    ids=["python", "js", "css"],
)
def test_a_file_is_short_enough_to_read(paths: list[Path], most: int) -> None:
    lengths = {path.as_posix(): len(tree.text(path).splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_every_rule_of_style_is_in_a_layer() -> None:
    outside = {path.as_posix(): rules for path in SHEETS if (rules := unlayered(tree.text(path)))}
    assert outside == {}


def unlayered(sheet: str) -> list[str]:
    """What of a style sheet stands neither in a layer nor says which layers there are."""
    text, depth, outside = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL), 0, ""
    for character in text:
        depth -= character == "}"
        outside += character if depth == 0 else ""
        depth += character == "{"
    known = re.compile(r"@layer [\w, ]+(;|\s*\{\})|@import url\([^)]*\) layer\(\w+\);")
    return known.sub("", outside).split()


def test_there_is_one_button() -> None:
    others = {
        r"\.[\w-]+-button\b": "set the properties of .button (static/css/components/button.css)"
    }
    assert found(SHEETS, others) == []


def test_every_style_sheet_is_named_where_it_is_used() -> None:
    users = tree.ours(".html", below="templates/") + JAVASCRIPT
    text = "\n".join(tree.text(path) for path in users)
    lists = " ".join(re.findall(r"sheets(?:\(| = )\[([^\]]*)\]", text))
    named = {*re.findall(r"\w+", lists), *re.findall(r"css/(?:components/)?(\w+)\.css", text)}
    assert [path for path in SHEETS if path.stem not in named] == []


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function's statements take, its docstring not counted."""
    has_docstring = ast.get_docstring(function) is not None
    statements = function.body[1:] if has_docstring else function.body
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


@pytest.mark.parametrize("path", APP, ids=lambda path: path.as_posix())
def test_a_function_is_short_enough_to_read(path: Path) -> None:
    for node in ast.walk(tree.syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert body_lines(node) <= FUNCTION_LINES, f"{node.name}, line {node.lineno}"


def test_files_stay_small() -> None:
    """Weights apart, which are held to a size together."""
    kept = [path for path in tree.tracked() if path.suffix != ".safetensors"]
    sizes = {path.as_posix(): (ROOT / path).stat().st_size for path in kept}
    assert {name: size for name, size in sizes.items() if size > FILE_BYTES} == {}


def test_the_pictures_of_the_readme_stay_small() -> None:
    pictures = [path for path in tree.tracked() if path.is_relative_to("tests/pages/screenshots")]
    assert len(pictures) <= PICTURES
    assert all((ROOT / path).stat().st_size <= PICTURE_BYTES for path in pictures)


def test_packages_come_from_wherever_the_client_is_set_up_for() -> None:
    configured = {
        r"--(extra-)?index-url|^\s*registry\s*=": "leave the source of packages to the client"
    }
    named = [Path(name) for name in ("Makefile", "Dockerfile", "pyproject.toml", "tests/js/.npmrc")]
    assert found([path for path in named if path in tree.tracked()], configured) == []
