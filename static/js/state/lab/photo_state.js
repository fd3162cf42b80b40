import { computed, signal } from '@preact/signals-core';

import { outputShapeOf } from '../../core/experiment/experiment.js';
import { photoExperiment, photoTraces, usualShow } from '../../core/input/photo.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { createNewest } from '../retry.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Show} from '../../core/input/photo.js'
 * @import {Answer} from '../../core/input/photo_pixels.js'
 * @import {LabState} from './store.js'
 *
 * `isOwn`: the reader's, which no link has.
 * @typedef {{name: string, isOwn: boolean, values: import('../../core/experiment/experiment.js').Values}} Photo
 * @typedef {{row: number, column: number}} Pixel
 */

/** A Lab's kernel on a whole photograph. */
export class PhotoState {
  /** @param {LabState} lab */
  constructor(lab) {
    this.lab = lab;
  }

  /** @type {Signal<Photo | null>} */
  photo = signal(null);

  /** @type {Signal<Answer | null>} */
  filtered = signal(null);

  /** How the result is shown; null: as is usual for the kernel. @type {Signal<Show | null>} */
  chosenShow = signal(null);

  /** The pixel of the result under the pointer. @type {Signal<Pixel | null>} */
  pointedPixel = signal(null);

  /** @type {Signal<Pixel | null>} */
  pinnedPixel = signal(null);

  /** @type {Signal<string | null>} */
  photoError = signal(null);

  isWorking = signal(false);

  /** A late answer never replaces a newer wish. */
  newest = createNewest();

  show = computed(() => this.chosenShow.value ?? usualShow(this.lab.experiment.value));

  /** The operation on the photograph; null while there is none. */
  onPhoto = computed(() => {
    const [now, experiment] = [this.photo.value, this.lab.experiment.value];
    if (!now || !seeKindsOf(experiment.operation).includes('image')) return null;
    return photoExperiment(experiment, now.values, this.lab.filter.value);
  });

  /** The pixel that is explained; the middle one until another is pointed at. */
  pixel = computed(() => {
    // Of the operation as it is set now: the result that is shown may still be an older one.
    const shape = this.onPhoto.value && outputShapeOf(this.onPhoto.value);
    if (!shape) return null;
    const [, height, width] = shape;
    const isThere = (/** @type {Pixel | null} */ at) => at && at.row < height && at.column < width;
    const at = [this.pointedPixel.value, this.pinnedPixel.value].find(isThere);
    return at ?? { row: height >> 1, column: width >> 1 };
  });

  /** What it is made of, by colour. */
  pixelTraces = computed(() => {
    const [job, at] = [this.onPhoto.value, this.pixel.value];
    return job && at ? photoTraces(job, at) : null;
  });
}
