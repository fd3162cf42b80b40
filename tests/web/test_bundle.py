"""Files of many modules: what a browser finds in one is what it would find in the modules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.web.pages.assets import Assets
from app.web.pages.bundle import REGISTRY, CannotBundle, as_function
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


@pytest.fixture
def small(tmp_path: Path) -> Assets:
    """A page of a few modules with every form of import and export that modules of ours have."""
    modules = MODULES | {
        REGISTRY: (STATIC / REGISTRY).read_text(),
        "js/importmap.json": json.dumps({"imports": {"lib": "./vendor/lib.js"}}),
    }
    for name, text in modules.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Assets(tmp_path / "static")


def printed_by(entry: str, folder: Path) -> list[str]:
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
        f"await import('./{entry}');\n"
        "await new Promise((done) => setTimeout(done, 50));\n"
        "console.log(JSON.stringify(printed));\n"
    )
    done = subprocess.run(
        [node(), str(begin)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def test_a_file_of_many_modules_does_what_they_do(small: Assets, tmp_path: Path) -> None:
    assert printed_by(ENTRY, small.folder) == PRINTS
    bundles = small.bundles(ENTRY)
    for path in bundles.files:
        file = tmp_path / "bundled" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        asset = small.file(path)
        assert asset is not None
        file.write_bytes(asset.content)
    registry = tmp_path / "bundled" / REGISTRY
    registry.parent.mkdir(parents=True, exist_ok=True)
    registry.write_bytes(small.files[REGISTRY].content)
    assert printed_by(bundles.path_of(ENTRY), tmp_path / "bundled") == PRINTS


def test_what_is_there_does_not_come_again(small: Assets) -> None:
    bundles = small.bundles(ENTRY)
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
    assert Assets(small.folder, reload=True).script(ENTRY) == f"{start}pages/small/page.js"


@pytest.mark.parametrize("path", ["js/bundles/small/no.js", "js/bundles/no/page.js", "js/bundles/"])
def test_there_is_no_other_file(small: Assets, path: str) -> None:
    assert small.file(path) is None


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;",
        "export let a = 1;",
        "export * from './b.js';",
        "import a, { b } from './b.js';",
        "import { a } from 'nowhere';",
        "export const { a } = {};",
        "const text = `\nimport nothing`;",
    ],
)
def test_what_is_not_understood_is_refused(source: str) -> None:
    with pytest.raises(CannotBundle):
        as_function(source, "js/a.js", "js/bundles/a.js", {}, str)


@pytest.mark.parametrize("page", ["network", "lab", "train", "docs", "not_found"])
def test_each_page_of_ours_can_be_bundled(page: str, tmp_path: Path) -> None:
    assets = Assets(STATIC)
    bundles = assets.bundles(f"js/pages/{page}/page.js")
    brought: set[str] = set()
    for number, (path, file) in enumerate(bundles.files.items()):
        text = bundles.text(path)
        assert text.count("\ndefine('") + text.startswith("define('") == len(file.modules)
        (tmp_path / f"{number}.mjs").write_text(text)
        brought |= {*file.modules}
    entry = bundles.files[bundles.path_of(bundles.entry)]
    assert bundles.entry in entry.modules
    assert not [module for module in brought if module.startswith("js/vendor/")]
    checks = [
        subprocess.run([node(), "--check", str(file)], capture_output=True, text=True, check=False)
        for file in tmp_path.iterdir()
    ]
    assert [check.stderr for check in checks if check.returncode] == []
