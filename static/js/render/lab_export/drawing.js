import { linked } from '../../core/stage/highlight.js';
import { KIND } from '../../core/stage/plane.js';
import { pictureOf } from '../../core/stage/picture.js';
import { groundOf, inkOn, numbersOf, pixelOf, textOf } from '../lab/cells.js';
import { lookOf, scalesOf } from '../lab/palette.js';
import { CAPTION_PX, captionsOf, roomyBoard } from './board.js';

/**
 * @import {Board, Box} from '../../core/stage/board.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 * @import {Drawing, Fill, Label} from '../../core/take_away/svg.js'
 * @import {Theme} from '../theme.js'
 * @typedef {{row: number, column: number}} At
 */

/** A packed pixel as CSS writes it. @param {number} pixel */
function colour(pixel) {
  const parts = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Where a cell of a plane lies. @param {Box} box @param {At} at */
function rectOf({ x: left, y: top, cell, first }, { row, column }) {
  const [x, y] = [left + (column - first.column) * cell, top + (row - first.row) * cell];
  return { x, y, width: cell, height: cell };
}

/**
 * The stage as a drawing of squares and texts, for SVG.
 * @param {PlanesModel} model
 * @param {{width: number, height: number}} room
 * @param {Theme} theme
 * @returns {Drawing}
 */
export function drawingOf(model, { width, height }, theme) {
  const board = roomyBoard(model, width, height);
  const { planes, ranges, isMaximum } = pictureOf(model, board);
  const look = lookOf(theme, isMaximum);
  const scales = scalesOf(ranges, theme);
  /** @type {Fill[]} */
  const fills = [];
  /** @type {Label[]} */
  const labels = [];
  for (const { box, plane } of planes) {
    const numbers = numbersOf(plane, box.cell, 1);
    plane.values.forEach((value, index) => {
      const at = {
        row: box.first.row + Math.floor(index / box.columns),
        column: box.first.column + (index % box.columns),
      };
      const rect = rectOf(box, at);
      const kind = plane.kinds[index];
      const isHatched = Boolean(plane.hatched?.[index]) && kind !== KIND.beyond;
      const pixel = groundOf(kind, pixelOf(scales[box.role], value), look, isHatched);
      fills.push({ rect, fill: colour(pixel), line: colour(look.line), isHatched });
      const text = numbers && textOf(kind, value, numbers.decimals, look.isMaximum);
      if (!text) return;
      const [x, y] = [rect.x + box.cell / 2, rect.y + box.cell / 2];
      const opacity = kind !== KIND.value || isHatched ? 0.6 : 1;
      labels.push({ x, y, text, size: numbers.size, fill: colour(inkOn(pixel)), opacity });
    });
  }
  return {
    width: board.width,
    height: board.height,
    title: `Convoscope: ${model.experiment.operation}`,
    background: colour(look.paper),
    hatch: colour(look.hatch),
    fills,
    outlines: [...edges(board, look), ...highlights(model, board, theme.highlight)],
    labels: [...labels, ...texts(model, board, theme)],
  };
}

/** @param {Board} board @param {import('../lab/palette.js').Look} look */
function edges({ boxes }, look) {
  const stroke = colour(look.lineStrong);
  return boxes.map(({ x, y, width, height }) => ({
    rect: { x, y, width, height },
    stroke,
    width: 1,
  }));
}

/**
 * What belongs together: the window, the kernel, the cell.
 * @param {PlanesModel} model
 * @param {Board} board
 * @param {string} stroke
 */
function highlights({ experiment, see, spot }, { boxes }, stroke) {
  if (!spot) return [];
  const links = linked(experiment, see, spot);
  return boxes.flatMap((box) => {
    const own = links[box.side].filter(({ channel }) => channel === box.channel);
    const rects = own.map((at) => rectOf(box, at));
    if (rects.length === 0 || box.role === 'window') return [];
    const [x, y] = [Math.min(...rects.map((one) => one.x)), Math.min(...rects.map((one) => one.y))];
    const right = Math.max(...rects.map((one) => one.x)) + box.cell;
    const bottom = Math.max(...rects.map((one) => one.y)) + box.cell;
    const isWhole = rects.length * box.cell ** 2 >= (right - x) * (bottom - y) - 1;
    if (!isWhole) return rects.map((rect) => ({ rect, stroke, width: 2 }));
    return [{ rect: { x, y, width: right - x, height: bottom - y }, stroke, width: 2 }];
  });
}

/** The lines below the planes. @param {PlanesModel} model @param {Board} board @param {Theme} theme */
function texts(model, board, { ink, ink2 }) {
  return captionsOf(model, board).flatMap(({ x, y, title, note }) => {
    const common = { y, size: CAPTION_PX, isStart: true };
    // Bold letters are about six tenths as wide as they are high.
    const after = x + (title.length + 1) * CAPTION_PX * 0.58;
    return [
      { ...common, x, text: title, fill: ink, isBold: true },
      { ...common, x: after, text: note, fill: ink2 },
    ];
  });
}
