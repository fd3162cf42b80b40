// What core/ may use beyond the language itself: it is in every browser, in every worker and in
// Node. Written out here because TypeScript keeps it in the DOM library, which core/ does without.

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(input?: ArrayBuffer | ArrayBufferView): string;
}
declare var TextDecoder: { new (label?: string, options?: { fatal?: boolean }): TextDecoder };

declare function atob(encoded: string): string;
declare function btoa(binary: string): string;
declare function structuredClone<T>(value: T): T;
