import { panelAt, panelLayout, panelRects } from '../render/panel_layout.js';
import { drawPanels } from '../render/panels.js';
import { ARROWS, CanvasElement } from './canvas_element.js';

/** @import {PanelsModel} from '../render/panels.js' */

/** What stands above, such as the page's header, CSS px. */
const MARGIN_PX = 64;

/**
 * One panel an input channel: the map with its window, the kernel, the partial map. Events:
 * `point` (detail {input, row, column} or null, the cell of the partial map under the pointer or
 * only its channel) and `choose` (detail the same, without a cell where a key or a kernel chose).
 * @extends {CanvasElement<PanelsModel>}
 */
export class ChannelPanels extends CanvasElement {
  /** @type {ReturnType<typeof panelLayout> | null} */ #layout = null;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.watchSize(signal);
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-roledescription', 'panels');
    this.addEventListener('pointermove', (event) => this.#tell('point', event), { signal });
    this.addEventListener('pointerleave', () => this.tell('point', null), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
    this.addEventListener('click', (event) => this.#tell('choose', event), { signal });
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (!this.model || this.clientWidth === 0) return;
    const layout = panelLayout(this.model, this.clientWidth, devicePixelRatio);
    this.#layout = layout;
    this.fit(layout.width / layout.scale, layout.height / layout.scale);
    this.context.resetTransform();
    drawPanels(this.context, this.model, layout, theme);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const [model, layout] = [this.model, this.#layout];
    if (!model || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = model.channels.length - 1;
    const at = Math.max(0, model.selected);
    const [dx, dy] = ARROWS[event.key] ?? [0, 0];
    const ends = { Home: 0, End: last };
    const next =
      event.key in ends
        ? ends[/** @type {keyof typeof ends} */ (event.key)]
        : at + dx + dy * layout.columns;
    if (next === at && event.key !== 'Enter') return;
    event.preventDefault();
    if (next < 0 || next > last) return;
    this.tell('choose', { input: next, row: null, column: null });
    this.#reveal(next);
  }

  /** Scrolls the page as far as a panel needs. @param {number} channel */
  #reveal(channel) {
    if (!this.#layout) return;
    const { top, height } = panelRects(this.#layout, channel).input;
    const start = this.canvas.getBoundingClientRect().top + top / this.#layout.scale;
    const end = start + height / this.#layout.scale;
    const by = Math.max(0, end + MARGIN_PX - innerHeight) + Math.min(0, start - MARGIN_PX);
    if (by !== 0) scrollBy(0, by);
  }

  /** @param {'point' | 'choose'} type @param {MouseEvent} event */
  #tell(type, event) {
    if (!this.model || !this.#layout) return;
    const box = this.canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    const found = panelAt(this.model, this.#layout, x, y);
    if (type === 'point' || found) this.tell(type, found);
  }
}

customElements.define('channel-panels', ChannelPanels);
