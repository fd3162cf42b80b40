/** Whatever is not taken apart here: its values are shown, and that is said. @type {import('./registry.js').Kind<{value: number}>} */
export const unexplained = {
  kind: 'Unexplained',
  trace: () => null,
  formula: () => '',
  sentence: () => '',
  role: ({ note }) => note ?? 'Its values are PyTorch’s; they are not taken apart here.',
};
