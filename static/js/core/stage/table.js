// A flow as boxes: how large its table is for a size of cell, and where each plane stands in it.

import { cellOf, roomFor } from './cell_size.js';

/**
 * @import {Box, Station} from './board.js'
 * @import {Flow, Slot} from './flows.js'
 *
 * One station's planes: in rows and columns of slots of a size in CSS px, each of cells of a size.
 * @typedef {{slot: Slot, planeRows: number, slotHeight: number, slotWidth: number, cell: number, caption: number}} Block
 */

/** Room between planes, and for the line below each, or two of them, CSS px. */
const ROOM = { plane: 14, caption: 22, captions: 40 };

/** How large a flow is for a size of cell. @param {Flow} flow @param {number} cell  CSS px */
export function tableSize(flow, cell) {
  const { widths, heights } = lines(flow, blocksOf(flow, cell));
  return { width: total(widths, flow.gap), height: total(heights, rowGap(flow)) };
}

/** Where every plane stands. @param {Flow} flow @param {number} cell  CSS px @returns {Box[]} */
export function tableBoxes(flow, cell) {
  const blocks = blocksOf(flow, cell);
  const { widths, heights } = lines(flow, blocks);
  return blocks.flatMap((block) => {
    const { slot } = block;
    const left = start(widths, slot.column, flow.gap);
    const top = start(heights, slot.row, rowGap(flow));
    const width = total(widths.slice(slot.column, slot.column + slot.columnSpan), flow.gap);
    const height = total(heights.slice(slot.row, slot.row + slot.rowSpan), rowGap(flow));
    const own = blockSize(block);
    const x = left + (flow.name === 'from left' ? 0 : Math.floor((width - own.width) / 2));
    const y = top + (flow.name === 'from left' ? Math.floor((height - own.height) / 2) : 0);
    return planeBoxes(block, flow, x, y);
  });
}

/**
 * The boxes of one station's planes.
 * @param {Block} block
 * @param {Flow} flow
 * @param {number} left
 * @param {number} top
 * @returns {Box[]}
 */
function planeBoxes({ slot, slotHeight, slotWidth, cell, caption }, flow, left, top) {
  const { station, planeColumns } = slot;
  const { role, side, rows, columns, first } = station;
  const isFromLeft = flow.name === 'from left';
  return Array.from({ length: station.channels }, (_, channel) => {
    const across = channel % planeColumns;
    const down = Math.floor(channel / planeColumns);
    const [width, height] = [columns * cell, rows * cell];
    return {
      role,
      side,
      channel,
      rows,
      columns,
      first,
      cell,
      x:
        left +
        across * (slotWidth + ROOM.plane) +
        (isFromLeft ? 0 : Math.floor((slotWidth - width) / 2)),
      y:
        top +
        down * (slotHeight + caption + ROOM.plane) +
        (isFromLeft ? Math.floor((slotHeight - height) / 2) : 0),
      width,
      height,
    };
  });
}

/** Whether what stands below its planes takes two lines on a narrow page. @param {Station} station */
const isLong = ({ role, channels }) =>
  role.includes('gradient') || (role === 'input' && channels === 1);

/**
 * The stations as blocks. Where a flow aligns planes, those of the same channels share a size.
 * @param {Flow} flow
 * @param {number} cell  of the maps, CSS px
 * @returns {Block[]}
 */
function blocksOf({ slots, aligned, legible, isNarrow }, cell) {
  const isBackward = slots.some(({ station }) => station.role.includes('gradient'));
  return slots.map((slot) => {
    const { channels } = slot.station;
    const alike = slots.filter(
      (other) =>
        other.station.channels === channels &&
        other.planeColumns === slot.planeColumns &&
        (aligned === 'rows' ? other.row === slot.row : other.column === slot.column),
    );
    const largest = (/** @type {'rows' | 'columns'} */ which) =>
      Math.max(...alike.map((other) => roomFor(other.station, which, cell, legible)));
    const { station } = slot;
    return {
      slot,
      caption: isNarrow && isBackward && isLong(station) ? ROOM.captions : ROOM.caption,
      planeRows: Math.ceil(station.channels / slot.planeColumns),
      slotHeight: aligned === 'rows' ? largest('rows') : roomFor(station, 'rows', cell, legible),
      slotWidth:
        aligned === 'columns' ? largest('columns') : roomFor(station, 'columns', cell, legible),
      cell: cellOf(station, cell, legible),
    };
  });
}

/** @param {Block} block */
function blockSize({ slot, planeRows, slotHeight, slotWidth, caption }) {
  const { planeColumns } = slot;
  return {
    width: planeColumns * slotWidth + (planeColumns - 1) * ROOM.plane,
    height: planeRows * (slotHeight + caption) + (planeRows - 1) * ROOM.plane,
  };
}

/**
 * The widths of the table's columns and the heights of its rows. What spans several widens the last.
 * @param {Flow} flow
 * @param {readonly Block[]} blocks
 */
function lines(flow, blocks) {
  /** @type {number[]} */
  const widths = [];
  /** @type {number[]} */
  const heights = [];
  const bySpan = [...blocks].sort(
    (one, other) =>
      one.slot.rowSpan + one.slot.columnSpan - other.slot.rowSpan - other.slot.columnSpan,
  );
  for (const block of bySpan) {
    const { row, column, rowSpan, columnSpan } = block.slot;
    const { width, height } = blockSize(block);
    widen(widths, column, columnSpan, width, flow.gap);
    widen(heights, row, rowSpan, height, rowGap(flow));
  }
  return { widths, heights };
}

/**
 * Makes lines wide enough for what lies on some of them.
 * @param {number[]} sizes  written
 * @param {number} first
 * @param {number} span
 * @param {number} needed
 * @param {number} gap
 */
function widen(sizes, first, span, needed, gap) {
  while (sizes.length < first + span) sizes.push(0);
  const there = total(sizes.slice(first, first + span), gap);
  sizes[first + span - 1] += Math.max(0, needed - there);
}

/** Captions already stand between rows. @param {Flow} flow */
function rowGap({ gap }) {
  return Math.round(gap / 3);
}

/** @param {readonly number[]} sizes @param {number} gap */
function total(sizes, gap) {
  return sizes.reduce((sum, size) => sum + size, 0) + gap * (sizes.length - 1);
}

/** @param {readonly number[]} sizes @param {number} index @param {number} gap */
function start(sizes, index, gap) {
  return sizes.slice(0, index).reduce((sum, size) => sum + size + gap, 0);
}
