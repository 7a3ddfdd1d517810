import type { CertificateFonts } from './certificate.ts';
import type { FontFile } from './font.ts';

/** Bytes by the name of their file: `03-NotoSansKhmer-Bold.ttf`, those preferred first. */
export type FontFiles = Readonly<Record<string, Uint8Array>>;

const NAME = /^\d+-(\w+-(Regular|Bold))\.ttf$/;

/** The fonts among some files, in the order of their names. */
export function fontsOf(files: FontFiles): CertificateFonts {
  const of = (weight: string): FontFile[] =>
    Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([file, bytes]) => {
        const [, name = '', found] = NAME.exec(file) ?? [];
        return found === weight ? [{ name, bytes }] : [];
      });
  return { regular: of('Regular'), bold: of('Bold') };
}
