// What is used of gifenc 1.0.3, which is published without types.

export type Palette = number[][];

export function quantize(rgba: Uint8Array | Uint8ClampedArray, maxColors: number): Palette;
export function applyPalette(
  rgba: Uint8Array | Uint8ClampedArray,
  palette: Palette,
): Uint8Array<ArrayBuffer>;
export function GIFEncoder(): {
  writeFrame(
    index: Uint8Array,
    width: number,
    height: number,
    options?: { palette?: Palette; delay?: number; repeat?: number },
  ): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
};
