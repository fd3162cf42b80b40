import { ApiError, getJson } from '../../api/client.js';

const ASK_AGAIN_MS = 1000;

/** Names the computing device in the header, where the page came before the server knew it. */
export async function showDevice() {
  const pill = document.querySelector('[data-device]');
  while (pill?.textContent === 'AUTO') {
    try {
      pill.textContent = String((await getJson('/device')).type).toUpperCase();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 503) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}
