import '../../elements/moment_slider.js';
import { timeline } from '../../views/train/timeline.js';
import { Instance } from '../common/instance.js';
import { PANELS } from './panels.js';
import { digitFirstWhereNarrow } from './reading_order.js';
import { mountRows } from './rows.js';
import { timelineModel } from './timeline.js';

/**
 * A run as it is seen: the moments of it along a line, and below what is shown of the one that is chosen.
 * @param {HTMLElement} host
 * @param {import('../../state/train/training.js').Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'run-view');
  const [line, panels] = [document.createElement('div'), document.createElement('div')];
  line.className = 'train-timeline';
  panels.className = 'train-panels';
  host.append(line, panels);
  instance.render(() => timelineModel(training), timeline, line);
  for (const panel of PANELS.filter(({ side }) => !side)) {
    mountRows([panel], panels, training, instance, `train-panel ${panel.isWide ? 'is-wide' : ''}`);
  }
  instance.atEnd(digitFirstWhereNarrow(panels));
  return () => instance.end();
}
