import { svg } from 'lit-html';

/** An icon of the sprite, by its name; it says nothing to a screen reader, so its button must. @param {string} name */
export function icon(name) {
  const sprite = document.documentElement.dataset.icons ?? '';
  return svg`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`${sprite}#${name}`}></use></svg>`;
}
