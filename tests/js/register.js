// Lets Node find what the browser finds through static/js/importmap.json: bare names come from the
// locked packages beside this file (tests/architecture proves that the vendored bytes are the same).
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const importMap = JSON.parse(
  readFileSync(new URL('../../static/js/importmap.json', import.meta.url), 'utf8'),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!(specifier in importMap.imports)) return nextResolve(specifier, context);
    return nextResolve(specifier, { ...context, parentURL: import.meta.url });
  },
});
