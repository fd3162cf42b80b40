/** What is measured: from the pointer event to the painted picture. */
const MEASURE = 'pen-to-picture';

/**
 * Resolves, and marks the moment, once the frame with a new picture has been handed over.
 * @param {number} start  time of the event behind the picture
 * @returns {Promise<void>}
 */
export function painted(start) {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        performance.clearMeasures(MEASURE);
        performance.measure(MEASURE, { start, end: performance.now() });
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}
