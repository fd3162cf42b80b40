// Loads every module of static/js/core, so that one without a test counts as not covered.
import { readdirSync } from 'node:fs';

const core = new URL('../../static/js/core/', import.meta.url);
const modules = readdirSync(core, { recursive: true, encoding: 'utf8' });
await Promise.all(
  modules.filter((name) => name.endsWith('.js')).map((name) => import(new URL(name, core).href)),
);
