import { DrawingSurface } from '../../elements/drawing_surface.js';

/**
 * @import {Stroke} from '../../elements/drawing_surface.js'
 * @import {Paper} from '../../state/network/paper.js'
 * @typedef {ReturnType<typeof import('../../state/network/drawing.js').drawingActions>} DrawingActions
 */

/**
 * A paper that shows what is drawn, and on which it is drawn.
 * @param {Pick<Paper, 'drawing' | 'brush'>} paper
 * @param {Pick<DrawingActions, 'beginStroke' | 'extendStroke' | 'endStroke' | 'cancelStroke' | 'setBrush'
 *   | 'clear' | 'undo' | 'redo'>} actions
 * @param {(follow: () => void) => void} effect  does something now, and again whenever a signal of it changes
 */
export function createPaperSurface({ drawing, brush }, actions, effect) {
  const surface = new DrawingSurface();
  /** @type {Record<Stroke['phase'], (stroke: Stroke) => void>} */
  const phases = {
    begin: ({ points = [], at, tool }) => actions.beginStroke(points[0], at, tool),
    extend: ({ points = [], at }) => actions.extendStroke(points, at),
    end: ({ at }) => actions.endStroke([], at),
    cancel: ({ at }) => actions.cancelStroke(at),
  };
  const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
    surface.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
  on('stroke', (/** @type {Stroke} */ stroke) => phases[stroke.phase](stroke));
  on('brush', actions.setBrush);
  on('clear', actions.clear);
  on('undo', actions.undo);
  on('redo', actions.redo);
  effect(() => {
    surface.model = { drawing: drawing.value, brush: brush.value };
  });
  return surface;
}
