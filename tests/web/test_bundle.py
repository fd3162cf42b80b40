"""Files of many modules: what a browser finds in them is what it would find in the modules."""

from __future__ import annotations

import itertools
import json
import logging
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.web.pages import bundle
from app.web.pages.assets import MOST_OF_MANY, Assets
from app.web.pages.bundle import (
    BUNDLES,
    REGISTRY,
    SHARED_CHARACTERS,
    Bundles,
    first_file_of,
    folder_of,
)
from app.web.pages.bundled_module import CannotBundle, as_function
from tests.places import STATIC
from tests.tools.node import node

ENTRY = "js/pages/small/page.js"
MODULES = {
    ENTRY: """import '../../first.js';
import * as all from '../../shared.js';
import whole from 'lib';
import * as lib from 'lib';

import {
  double,
  renamed as other,
} from '../../values.js';

export const page = 'page';
log(all.name, double(other), whole, lib.two);
import('../../late.js').then(({ late, shared }) => log('late', late(), shared === all.Shared));
const again = () => import('../../late.js');
again()
  .then(() => import('lib'))
  .then(({ two }) => log(two, new URL('./a.css', import.meta.url).pathname));
""",
    "js/first.js": "log('first');\nexport {};\n",
    "js/shared.js": """export const name = 'shared';
export class Shared {}
log('shared is made');
""",
    "js/values.js": """import { name } from './shared.js';
const own = 4;
export function double(value) {
  return `${name} ${2 * value}`;
}
export async function* endless() {}
export { own as renamed };
export { Shared } from './shared.js';
""",
    "js/late.js": """import { Shared } from './values.js';
import { own } from './late_too.js';
export const late = () => own;
export { Shared as shared };
""",
    "js/late_too.js": "import { name } from './shared.js';\nexport const own = `own ${name}`;\n",
    "js/vendor/lib.js": "export default 'default of lib';\nexport const two = 2;\n",
}
PRINTS = [
    "first",
    "shared is made",
    "shared shared 8 default of lib 2",
    "late own shared true",
    "2 /js/pages/small/a.css",
]


# Modules that come later, of which each needs another part of what several need; `parts` says in
# which order they are asked for.
LONG = "long " * SHARED_CHARACTERS
PARTS = {
    ENTRY: """import { here } from '../../here.js';
const parts = {
  left: () => import('../../left.js'),
  right: () => import('../../right.js'),
  whole: () => import('../../whole.js'),
};
const get = (name) => parts[name]();
const told = async ([name, value]) => `${name}=${value.call ? await value() : value}`;
async function show(name) {
  const entries = Object.entries(await get(name)).sort();
  log(name, ...(await Promise.all(entries.map(told))));
}
log('page', here);
const after = (before, name) => before.then(() => show(name));
globalThis.done = globalThis.parts.reduce(after, Promise.resolve());
""",
    "js/here.js": "export const here = 'here';\n",
    "js/left.js": """log('left is made');
export { shared } from './shared.js';
export { small } from './small.js';
import { here } from './here.js';
export const load = () => import('./deep.js').then(({ deep }) => `${here} ${deep}`);
""",
    "js/right.js": """import { shared } from './shared.js';
import { small } from './small.js';
export const both = [shared, small].join();
log('right is made');
""",
    "js/whole.js": """import * as left from './left.js';
import { own } from './own.js';
export const keys = Object.keys(left).sort().join();
export const deep = left.load;
log('whole is made', own, await0);
import { await0 } from './await0.js';
""",
    "js/await0.js": "log('await0 is made');\nexport const await0 = 0;\n",
    "js/own.js": "import { small } from './small.js';\nexport const own = `own ${small}`;\n",
    "js/deep.js": "import { shared } from './shared.js';\nexport const deep = `deep ${shared}`;\n",
    "js/shared.js": f"log('shared is made', '{LONG}'.length);\nexport const shared = 'shared';\n",
    "js/small.js": "log('small is made');\nexport const small = 'small';\n",
}


def assets_of(modules: Mapping[str, str], folder: Path) -> Assets:
    """The static files of a page of these modules."""
    more = {
        REGISTRY: (STATIC / REGISTRY).read_text(),
        "js/importmap.json": json.dumps({"imports": {"lib": "./vendor/lib.js"}}),
        "js/vendor/lib.js": MODULES["js/vendor/lib.js"],
    }
    for name, text in {**modules, **more}.items():
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Assets(folder / "static")


def bundles_of(assets: Assets, entry: str = ENTRY) -> Bundles:
    """The files of what begins with a module, which can be made."""
    bundles = assets.scripts.bundles(entry)
    assert bundles is not None
    return bundles


@pytest.fixture
def small(tmp_path: Path) -> Assets:
    """A page of a few modules with every form of import and export that modules of ours have."""
    return assets_of(MODULES, tmp_path)


def printed_by(entry: str, folder: Path, parts: tuple[str, ...] = ()) -> list[str]:
    """What a module prints that Node runs, with `lib` where the import map has it."""
    (folder / "package.json").write_text('{"type": "module"}')
    lib = folder / "node_modules" / "lib"
    lib.mkdir(parents=True, exist_ok=True)
    (lib / "package.json").write_text('{"type": "module", "exports": "./lib.js"}')
    (lib / "lib.js").write_text(MODULES["js/vendor/lib.js"])
    begin = folder / "begin.js"
    begin.write_text(
        "const printed = [];\n"
        f"const folder = {json.dumps(folder.as_posix())};\n"
        "const told = (one) => String(one).replace(folder, '');\n"
        "globalThis.log = (...all) => printed.push(all.map(told).join(' '));\n"
        f"globalThis.parts = {json.dumps(parts)};\n"
        f"await import('./{entry}');\n"
        "await (globalThis.done ?? new Promise((done) => setTimeout(done, 50)));\n"
        "console.log(JSON.stringify(printed));\n"
    )
    done = subprocess.run(
        [node(), str(begin)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def written(assets: Assets, folder: Path) -> Path:
    """A folder with the files of many modules in place of the modules."""
    bundles = bundles_of(assets)
    paths = [*bundles.files, REGISTRY]
    for path in paths:
        file = folder / "bundled" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        asset = assets.file(path)
        assert asset is not None
        file.write_bytes(asset.content)
    return folder / "bundled"


def test_a_file_of_many_modules_does_what_they_do(small: Assets, tmp_path: Path) -> None:
    assert printed_by(ENTRY, small.folder) == PRINTS
    first = bundles_of(small).path_of(ENTRY)
    assert printed_by(first, written(small, tmp_path)) == PRINTS


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assets, Path]:
    """A page of parts that come later, and the folder of its files of many modules."""
    folder = tmp_path_factory.mktemp("parts")
    assets = assets_of(PARTS, folder)
    return assets, written(assets, folder)


@pytest.mark.parametrize("parts", [*itertools.permutations(("left", "right", "whole"))])
def test_parts_may_come_in_any_order(in_parts: tuple[Assets, Path], parts: tuple[str, ...]) -> None:
    assets, folder = in_parts
    prints = printed_by(ENTRY, assets.folder, parts)
    assert len(prints) > len(parts) + 5
    assert printed_by(bundles_of(assets).path_of(ENTRY), folder, parts) == prints


def test_what_several_need_comes_once(in_parts: tuple[Assets, Path]) -> None:
    bundles = bundles_of(in_parts[0])
    start = "js/bundles/small/"
    modules = {path.removeprefix(start): file.modules for path, file in bundles.files.items()}
    assert modules == {
        "page.js": ("js/here.js", ENTRY),
        "deep.js": ("js/deep.js",),
        "left.js": ("js/small.js", "js/left.js"),
        "right.js": ("js/small.js", "js/right.js"),
        "whole.js": ("js/own.js", "js/await0.js", "js/whole.js"),
        "shared/shared.js": ("js/shared.js",),
    }
    files = {target: bundles.files_of(f"js/{target}.js") for target in ("left", "whole", "deep")}
    shared = f"{start}shared/shared.js"
    assert files == {
        "left": [shared, f"{start}left.js"],
        "whole": [shared, f"{start}left.js", f"{start}whole.js"],
        "deep": [shared, f"{start}deep.js"],
    }


def test_what_is_there_does_not_come_again(small: Assets) -> None:
    bundles = bundles_of(small)
    first, late = (bundles.files[bundles.path_of(each)] for each in (ENTRY, "js/late.js"))
    assert first.modules == ("js/first.js", "js/shared.js", "js/values.js", ENTRY)
    assert late.modules == ("js/late_too.js", "js/late.js")
    assert (first.names, late.names) == (("lib",), ())
    assert first.path == "js/bundles/small/page.js"


def test_a_page_asks_for_the_file_and_what_stays_outside(small: Assets) -> None:
    start = f"/static/{small.hash}/js/"
    assert small.script(ENTRY) == f"{start}bundles/small/page.js"
    assert small.module_preloads(ENTRY, ["js/late.js"]) == [
        f"/static/{small.hash}/{REGISTRY}",
        f"{start}bundles/small/late.js",
        f"{start}vendor/lib.js",
    ]


def test_with_reload_the_modules_are_sent(small: Assets) -> None:
    raw = Assets(small.folder, reload=True)
    assert raw.script(ENTRY) == f"/static/{raw.hash}/{ENTRY}"
    assert raw.file("js/bundles/small/late.js") is None


@pytest.mark.parametrize(
    "path", ["js/bundles/small/no.js", "js/bundles/small/here.js", "js/bundles/no/page.js"]
)
def test_there_is_no_other_file(in_parts: tuple[Assets, Path], path: str) -> None:
    assert in_parts[0].file(path) is None


def old_page(before: Path, now: Assets, folder: Path) -> Path:
    """A folder in which a page that was opened before finds what comes later as it is now."""
    old = folder / "old"
    names = {path.relative_to(before).as_posix() for path in before.rglob("*.js")}
    names |= {bundles_of(now).path_of(each) for each in now.files if each.startswith("js/")}
    for name in names:
        is_later = name.startswith(folder_of(ENTRY)) and not name.endswith("/page.js")
        asset = now.file(name, is_current=False) if is_later else None
        if asset is None and not (before / name).exists():
            continue
        content = asset.content if asset else (before / name).read_bytes()
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_bytes(content)
    return old


def test_a_page_from_before_gets_all_that_it_may_need(
    in_parts: tuple[Assets, Path], tmp_path: Path
) -> None:
    """It was opened before a module came that the first and the later ones import now."""
    _, folder = in_parts
    new = "import { newer } from './newer.js';\n"
    changed = {
        name: new + text for name, text in PARTS.items() if name in ("js/here.js", "js/left.js")
    }
    newer = {"js/newer.js": "export const newer = 'newer';\nlog('newer is made');\n"}
    replaced = assets_of({**PARTS, **changed, **newer}, tmp_path)
    old = old_page(folder, replaced, tmp_path)
    prints = printed_by(first_file_of(ENTRY), old, ("whole", "right"))
    assert "newer is made" in prints
    assert prints[-1].startswith("right")


def test_a_page_from_before_finds_what_has_moved(
    in_parts: tuple[Assets, Path], tmp_path: Path
) -> None:
    """What came later is there first now, and a module that brought along another is gone."""
    _, folder = in_parts
    whole = PARTS["js/whole.js"].replace(
        "import * as left from './left.js'", "const left = { load: 1 }"
    )
    right = PARTS["js/right.js"].replace(
        "log(", "import('./deep.js').then((d) => log(d.deep));\nlog("
    )
    here = f"import './deep.js';\n{PARTS['js/here.js']}"
    changed = {"js/whole.js": whole, "js/right.js": right, "js/here.js": here}
    entry = PARTS[ENTRY].replace("  left: () => import('../../left.js'),\n", "")
    kept = {name: text for name, text in PARTS.items() if name != "js/left.js"}
    replaced = assets_of({**kept, **changed, ENTRY: entry}, tmp_path)
    prints = printed_by(
        first_file_of(ENTRY), old_page(folder, replaced, tmp_path), ("right", "whole")
    )
    assert "deep shared" in prints
    assert prints[-1].startswith("whole")


def test_what_a_page_from_before_may_ask_for_is_bounded(in_parts: tuple[Assets, Path]) -> None:
    assets, _ = in_parts
    start = "js/bundles/small/"
    for number in range(400):
        nothing = assets.file(f"{start}gone{number}.js", is_current=False)
        assert nothing is not None
        assert nothing.content == b"export {};\n"
    assert 0 < len(assets._of_many[BUNDLES]) <= MOST_OF_MANY
    for name in ("vendor/lib.js", "shared/shared.js"):
        assert assets.file(f"{start}{name}", is_current=False) == nothing
    for name in ("importmap.json", "vendor/katex/font.woff2"):
        assert assets.file(f"{start}{name}", is_current=False) is None


def test_a_worker_begins_with_a_file_too(tmp_path: Path) -> None:
    modules = {
        ENTRY: "export const begin = () =>\n"
        "  new Worker(new URL('../../workers/job.js', import.meta.url), { type: 'module' });\n",
        "js/workers/job.js": "import { one } from '../one.js';\nlog(one);\n",
        "js/one.js": "export const one = 'one';\n",
    }
    assets = assets_of(modules, tmp_path)
    page = bundles_of(assets).text("js/bundles/small/page.js")
    assert "new URL('../workers/job/job.js', import.meta.url)" in page
    worker = assets.file("js/bundles/workers/job/job.js")
    assert worker is not None
    assert b"define('js/one.js'" in worker.content


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("export default 1;", "statement"),
        ("export let a = 1;", "statement"),
        ("let a = 1;\nexport { a };", "assigned to again"),
        ("let b,\n  a;\nexport { a as c };", "assigned to again"),
        ("let b = 1,\n  a = 2;\nexport { a };", "assigned to again"),
        ("const a = 1; export { a };", "statement"),
        ("import { a } from './a.js'; import { b } from './b.js';", "statement"),
        ("  import './a.js';", "statement"),
        ("export * from './b.js';", "statement"),
        ("import a, { b } from './b.js';", "statement"),
        ("import { a } from 'nowhere';", "nowhere"),
        ("export const { a } = {};", "statement"),
        ("const text = `\nimport nothing`;", "statement"),
        ("export {\n  a, // first\n};", "more than names"),
        ("const b = import(a);", "no fixed module"),
        ('const b = import("./b.js");', "no fixed module"),
        ("const b = import.meta.resolve('./b.js');", "but its url"),
        ("const b = import.meta.url;", "nothing beside it"),
        ("const __get = 1;", "the file's own"),
    ],
)
def test_what_is_not_understood_is_refused(source: str, why: str) -> None:
    with pytest.raises(CannotBundle, match=why):
        as_function(source, "js/a.js", "js/bundles/a.js", {}, str)


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("export default 1;", "js/here.js has a statement"),
        ("import './no.js';", "There is no module js/no.js"),
        ("import { own } from './own.js';", "js/here.js → js/own.js → js/small.js → js/here.js"),
    ],
)
def test_what_cannot_be_bundled_is_told_and_sent_as_it_stands(
    module: str, why: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    circle = {"js/small.js": "import './here.js';\nexport const small = 1;\n"}
    assets = assets_of({**PARTS, **circle, "js/here.js": module}, tmp_path)
    with caplog.at_level(logging.ERROR):
        assert assets.script(ENTRY) == f"/static/{assets.hash}/{ENTRY}"
        assert assets.module_preloads(ENTRY)
    first = assets.file(first_file_of(ENTRY))
    assert first is not None
    assert first.content == b"import '../../pages/small/page.js';\n"
    assert len(caplog.messages) == 1
    assert why in caplog.messages[0]


def test_other_code_gives_other_addresses(
    small: Assets, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed = tmp_path / "bundle.py"
    changed.write_text(Path(bundle.__file__).read_text() + "# changed\n")
    monkeypatch.setattr(bundle, "__file__", str(changed))
    assert Assets(small.folder).hash != small.hash


ENTRIES = [f"js/pages/{page}/page.js" for page in ("network", "lab", "train", "docs")]


@pytest.mark.parametrize("entry", [*ENTRIES, "js/workers/photo_filter.js"])
def test_each_page_of_ours_can_be_bundled(entry: str, tmp_path: Path) -> None:
    walked = Assets(STATIC, reload=True).scripts
    bundles = bundles_of(Assets(STATIC), entry)
    first = {*bundles.files[bundles.path_of(entry)].modules}
    brought: set[str] = set()
    for number, (path, file) in enumerate(bundles.files.items()):
        text = bundles.text(path)
        assert text.count("\ndefine('") + text.startswith("define('") == len(file.modules)
        (tmp_path / f"{number}.mjs").write_text(text)
        brought |= {*file.modules}
    assert entry in first
    assert not [module for module in brought if module.startswith("js/vendor/")]
    for module in bundles.later:
        there = {each for path in bundles.files_of(module) for each in bundles.files[path].modules}
        needed = {module, *walked.preloads(module)}
        assert {each for each in needed if "/vendor/" not in each} <= first | there
    checks = [
        subprocess.run([node(), "--check", str(file)], capture_output=True, text=True, check=False)
        for file in tmp_path.iterdir()
    ]
    assert [check.stderr for check in checks if check.returncode] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_little_comes_twice(entry: str) -> None:
    bundles = bundles_of(Assets(STATIC), entry)
    modules = [each for file in bundles.files.values() for each in file.modules]
    lengths = {each: len((STATIC / each).read_bytes()) for each in modules}
    assert sum(lengths[each] for each in modules) < 1.2 * sum(lengths.values())
