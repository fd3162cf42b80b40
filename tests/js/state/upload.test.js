import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { prepareImage } from '../../../static/js/state/upload.js';

test('an empty file is told of in the words of who chose it, and not sent', async () => {
  const sent = mock.method(globalThis, 'fetch').mock;
  const empty = new File([], 'digit.png', { type: 'image/png' });
  await assert.rejects(prepareImage(empty, 'as=digit', {}), { detail: 'The file is empty.' });
  assert.equal(sent.callCount(), 0);
});
