import { ROOT } from '../../api/root.js';

/** The pages with a paper. */
const PAPERS = ['', 'train'];

/**
 * Lets the drawing go along from one page with a paper to another: its address has it, and the header's way
 * to the other takes it over.
 */
export function carryDrawing() {
  const root = new URL(ROOT, location.href);
  const paths = PAPERS.map((page) => new URL(page, root).pathname);
  for (const link of document.querySelectorAll('.nav-link')) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const take = () => {
      const ink = new URLSearchParams(location.hash.slice(1)).get('ink');
      link.hash = ink && paths.includes(link.pathname) ? `${new URLSearchParams({ ink })}` : '';
    };
    for (const type of ['pointerdown', 'focus', 'click']) link.addEventListener(type, take);
  }
}
