"""Which JavaScript modules a page needs: static imports, walked through the import map."""

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import dirname, join, normpath

# import x from '…', import '…', export … from '…'; never the dynamic import('…').
STATIC_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?!\s*\()(?:[^'";()]*?\bfrom)?\s*['"]([^'"]+)['"]""",
    re.MULTILINE,
)
# Released bundles are minified onto a few lines, several statements each.
MINIFIED_IMPORT = re.compile(r"""(?:^|;)(?:import|export)[^'";()]*?from\s*["']([^'"]+)["']""")


def imports_of(source: str) -> list[str]:
    """The specifiers that a module imports statically, in order.

    Example:
        >>> imports_of("import {a} from './a.js'; const later = import('./b.js')")
        ['./a.js']
    """
    found = [*STATIC_IMPORT.findall(source), *MINIFIED_IMPORT.findall(source)]
    return list(dict.fromkeys(found))


def resolve(specifier: str, importer: str, import_map: Mapping[str, str]) -> str | None:
    """The path of a specifier, or nothing for a bare name that the import map lacks.

    Example:
        >>> resolve("../../core/tensor.js", "js/pages/network/page.js", {})
        'js/core/tensor.js'
    """
    if specifier.startswith(("./", "../")):
        return normpath(join(dirname(importer), specifier))
    return import_map.get(specifier)


def walk(entry: str, read: Callable[[str], str], import_map: Mapping[str, str]) -> Iterator[str]:
    """Every module that ``entry`` needs before it runs, itself left out, each once.

    Raises: KeyError, from ``read``, when a module imports a file that does not exist.
    """
    seen, waiting = {entry}, [entry]
    while waiting:
        importer = waiting.pop(0)
        for specifier in imports_of(read(importer)):
            path = resolve(specifier, importer, import_map)
            if path is not None and path not in seen:
                seen.add(path)
                waiting.append(path)
                yield path
