declare module 'wawoff2/decompress.js' {
  /** @returns the file as TrueType @throws Error where it is none of WOFF2 */
  export default function decompress(woff2: Uint8Array): Promise<Uint8Array>;
}
