import { readFile } from 'node:fs/promises';
import decompress from 'wawoff2/decompress.js';
import type { Certificate, CertificateFonts } from '../../shared/documents/certificate.ts';
import type { FontFile } from '../../shared/documents/font.ts';

/** Fonts of the system's five languages, those of Latin letters first. */
const FILES = [
  ['', 'latin', 'NotoSans'],
  ['', 'vietnamese', 'NotoSansVietnamese'],
  ['', 'latin-ext', 'NotoSansExtended'],
  ['-khmer', 'khmer', 'NotoSansKhmer'],
  ['-lao', 'lao', 'NotoSansLao'],
  ['-myanmar', 'myanmar', 'NotoSansMyanmar'],
  ['-thai', 'thai', 'NotoSansThai'],
] as const;

/** As TrueType: WOFF2 is unpacked beforehand. */
export async function certificateFonts(): Promise<CertificateFonts> {
  return { regular: await filesOf(400, 'Regular'), bold: await filesOf(700, 'Bold') };
}

async function filesOf(weight: number, style: string): Promise<FontFile[]> {
  const files: FontFile[] = [];
  for (const [family, subset, name] of FILES) {
    const folder = `node_modules/@fontsource/noto-sans${family}/files`;
    const file = await readFile(`${folder}/noto-sans${family}-${subset}-${weight}-normal.woff2`);
    // What is unpacked lies in memory that the next file is unpacked into.
    files.push({ name: `${name}-${style}`, bytes: Uint8Array.from(await decompress(file)) });
  }
  return files;
}

/** HarfBuzz's subsetter. */
export const subsetter = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile('node_modules/harfbuzzjs/dist/harfbuzz-subset.wasm');

/** Made-up names, with what each script does to its letters: signs on, under and before others, ligatures, tones. */
export const NAMES = {
  km: 'ក្រុង ស្ត្រីខ្មែរ សំណព្វ',
  lo: 'ທ້າວ ຕົວຢ່າງ ນໍ້າໃຈ',
  my: 'မောင် ဥပမာ ကြွေးကျော်သူ',
  th: 'นาย ตัวอย่าง น้ำใจกู้ศักดิ์ปิ่น',
  vi: 'Nguyễn Văn Mẫu Dụng',
  en: 'Zoë Example-Specimen',
} as const;

/** A certificate of a made-up event, with words as they are in its language where they are given. */
export const sample = (language: keyof typeof NAMES, others: Partial<Certificate> = {}): Certificate => ({
  language,
  name: NAMES[language],
  title: 'Certificate of attendance',
  certifiesThat: 'This is to certify that',
  tookPart: 'took part in person in',
  event: 'Forum of Examples 2027',
  dates: '12–14 May 2027',
  place: 'Phnom Penh, Cambodia',
  host: 'Ministry of Examples',
  howToVerify: 'Scan the code, or type this at example.org/verify',
  verifyUrl: 'https://example.org/v/7K3M-9QXT-2B4D?s=Zm9yIGV4YW1wbGUgb25seQ',
  reference: '7K3M-9QXT-2B4D',
  madeAt: Date.UTC(2027, 4, 20, 2),
  ...others,
});
