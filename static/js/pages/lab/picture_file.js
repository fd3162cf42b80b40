import { svgOf } from '../../core/take_away/svg.js';
import { theme } from '../../elements/theme.js';
import { drawingOf } from '../../render/lab_export/drawing.js';
import { Still } from '../../render/lab_export/still.js';

/** How large a picture is, CSS px, and how fine. */
const ROOM = { width: 900, height: 480, scale: 2 };

/**
 * The stage as a picture.
 * @param {'svg' | 'png'} as
 * @param {import('../../core/stage/planes.js').PlanesModel} model
 * @returns {Promise<Blob | null>}
 */
export async function pictureFile(as, model) {
  if (as === 'svg') {
    return new Blob([svgOf(drawingOf(model, ROOM, theme()))], { type: 'image/svg+xml' });
  }
  const still = new Still(model, ROOM, theme());
  still.draw(model);
  return new Promise((resolve) => still.canvas.toBlob(resolve, 'image/png'));
}
