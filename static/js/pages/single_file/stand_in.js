// Stands in for the server in a page that is one file: gives the answers that the file holds, and says of
// all else what it would take. A script and no module, since it has to be there before them.
{
  const held = JSON.parse(document.getElementById('held')?.textContent ?? '{}');
  const sentence =
    'This page is one file without a server, and shows the one input that it was made with: ' +
    'convoscope.show(model, example_input, page=True) opens a page that computes.';

  /** @param {string} text  base64 */
  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /** @param {number} status @param {object} body */
  const problem = (status, body) =>
    new Response(JSON.stringify({ status, ...body }), {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    });

  /** @type {typeof fetch} */
  globalThis.fetch = async (input, init) => {
    const asked = String(input instanceof Request ? input.url : input);
    const path = asked.replace(/^.*?api\/v1/, '');
    const key = `${init?.method ?? 'GET'} ${path}`;
    const bare = key.replace(/\?.*$/, '');
    const found = held[key] ?? held[`${bare}?`] ?? held[bare];
    if (!found) return problem(404, { title: 'Not in this file', detail: sentence });
    const [type, content] = found;
    return new Response(bytesOf(content), { headers: { 'Content-Type': type } });
  };
}
