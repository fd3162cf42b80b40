// Where the line below a plane goes: it begins below its plane, yet is never cut for want of room on the
// right where there is some on the left.

/** @import {Box} from './board.js' */

/** From one line to the next plane or line, CSS px. */
const GAP = 8;
/** How high a line is, with the room above it, CSS px. */
const HEIGHT = 20;
/** A letter of the name and one of the note, and what stands between them, CSS px. */
const LETTER = { title: 6.2, note: 5.8, between: 8 };

/**
 * About how wide a line is: to measure it would cost a layout each time.
 * @param {{title: string, note: string}} caption
 */
export function captionWidth({ title, note }) {
  return Math.ceil(LETTER.title * title.length + LETTER.note * note.length + LETTER.between);
}

/**
 * Where the lines below the planes begin, and how wide each may be: up to the next plane beside it, or
 * the end of the board. One that is wider begins further left, where it has the room there.
 * @param {readonly Box[]} boxes
 * @param {number} end  of the board, CSS px
 * @param {readonly number[]} widths  of the lines, CSS px
 * @returns {{x: number, room: number}[]}
 */
export function captionPlaces(boxes, end, widths) {
  return boxes.map((box, index) => {
    const low = box.y + box.height;
    const isBeside = (/** @type {Box} */ { y, height }) =>
      y < low + HEIGHT && y + height + HEIGHT > low;
    const starts = boxes.filter((one) => one.x > box.x && isBeside(one)).map(({ x }) => x - GAP);
    const right = Math.min(end, ...starts);
    const ends = boxes.map((one, other) => {
      if (one.x >= box.x || !isBeside(one)) return 0;
      const isAlongside = Math.abs(one.y + one.height - low) < HEIGHT;
      const width = Math.max(one.width, isAlongside ? widths[other] : 0);
      return one.x + width + GAP;
    });
    const wanted = right - widths[index];
    const x = wanted < Math.max(0, ...ends) ? box.x : Math.min(box.x, wanted);
    return { x, room: Math.max(box.width, right - x) };
  });
}
