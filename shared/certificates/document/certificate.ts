import { PDFContext, PDFHexString, PDFString, PDFWriter } from 'pdf-lib';
import { encode } from 'uqr';
import { type FontFile, type OpenFont, openFont, openSubset, type Subset } from './font.ts';
import { PdfPage, type PlacedLine } from './pdf-page.ts';
import { type FittedText, fitText, shownAs, undrawnIn } from './set-text.ts';

interface PdfFacts {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** Left, lower, right and upper edge, in points. */
  readonly box: readonly number[];
}

/** A file of one page: the same bytes for the same page and facts, since nothing in it comes from a clock or by chance. */
function pdfFile(page: PdfPage, { title, language, madeAt, box }: PdfFacts, subset: Subset): Promise<Uint8Array> {
  const context = PDFContext.create();
  const pages = context.nextRef();
  const made = page.finish(context, pages, box, subset);
  context.assign(pages, context.obj({ Type: 'Pages', Kids: [made.page], Count: 1 }));
  context.trailerInfo.Root = context.register(
    context.obj({
      Type: 'Catalog',
      Pages: pages,
      Lang: PDFString.of(language),
      MarkInfo: { Marked: true },
      StructTreeRoot: made.tree,
      ViewerPreferences: { DisplayDocTitle: true },
    }),
  );
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: PDFHexString.fromText(title),
      CreationDate: PDFString.fromDate(new Date(madeAt)),
    }),
  );
  // The writer would otherwise wait for a timer every so many objects.
  return PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

/** What a certificate says, each in the words of its language. */
export interface Certificate {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly certifiesThat: string;
  readonly name: string;
  /** The same name in its own script. */
  readonly nativeName?: string | undefined;
  readonly tookPart: string;
  readonly event: string;
  readonly whenAndWhere: string;
  readonly host: string;
  /** What the code is for; or, where there is none, whom to ask. */
  readonly howToVerify: string;
  /** Absent where those who want to know whether it is real have to ask. */
  readonly code?: CertificateCode | undefined;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

export interface CertificateCode {
  /** What the QR code says: an address. */
  readonly url: string;
  /** What to type where nothing scans. */
  readonly typed: string;
}

/** Files of fonts, those preferred first; a text is set in the first that has its letters. */
export interface CertificateFonts {
  readonly regular: readonly FontFile[];
  readonly bold: readonly FontFile[];
}

/**
 * One page of A4 across.
 *
 * @returns the PDF; rejects with `UndrawnLetters` where no font has a letter of some text
 */
export type DrawCertificate = (certificate: Certificate) => Promise<Uint8Array>;

export interface Certificates {
  readonly draw: DrawCertificate;
  /** The first letters of a name that no font has; `undefined` where it can be printed. */
  readonly undrawnIn: (name: string) => string | undefined;
}

/** Opens fonts once for all certificates. @param subsetter the bytes of `harfbuzzjs/dist/harfbuzz-subset.wasm` */
export async function openCertificates(
  { regular, bold }: CertificateFonts,
  subsetter: Uint8Array<ArrayBuffer>,
): Promise<Certificates> {
  const fonts = { regular: regular.map(openFont), bold: bold.map(openFont) };
  const subset = await openSubset(subsetter);
  return {
    draw: async (certificate) => draw(certificate, fonts, subset),
    undrawnIn: (name) => undrawnIn(shownAs(name), fonts.bold),
  };
}

type Fonts = Readonly<Record<'regular' | 'bold', readonly OpenFont[]>>;

const PAGE = { width: 841.89, height: 595.276 };
const EDGE = 28;
const MIDDLE = PAGE.width / 2;
const WIDTH = 660;
/** Khmer and Burmese letters stand on each other: lines need more room between them than Latin ones. */
const LEADING = 1.6;
/** Between what is said in the middle. */
const GAP = 9;
const MAIN = { top: PAGE.height - 48, bottom: 172 };
const QR = { size: 96, right: PAGE.width - 60, bottom: 56 };
const INK = '0.08 0.15 0.3';

async function draw(certificate: Certificate, fonts: Fonts, subset: Subset): Promise<Uint8Array> {
  const page = new PdfPage();
  page.ornament(
    `${INK} RG 1.5 w ${EDGE} ${EDGE} ${PAGE.width - 2 * EDGE} ${PAGE.height - 2 * EDGE} re S\n0.5 w 60 136 m 400 136 l S`,
  );
  drawMain(page, certificate, fonts);
  drawFoot(page, certificate, fonts);
  const { title, name, event, language, madeAt } = certificate;
  const facts = { title: `${title}: ${name}, ${event}`, language, madeAt, box: [0, 0, PAGE.width, PAGE.height] };
  return pdfFile(page, facts, subset);
}

function drawMain(page: PdfPage, certificate: Certificate, fonts: Fonts): void {
  const { language, title, certifiesThat, name, nativeName, tookPart, event, whenAndWhere } = certificate;
  const blocks = [
    { role: 'H1' as const, text: title, weight: 'bold' as const, size: 30 },
    { role: 'P' as const, text: certifiesThat, weight: 'regular' as const, size: 14 },
    { role: 'P' as const, text: name, weight: 'bold' as const, size: 36 },
    ...(nativeName === undefined ? [] : [{ role: 'P' as const, text: nativeName, weight: 'bold' as const, size: 24 }]),
    { role: 'P' as const, text: tookPart, weight: 'regular' as const, size: 14 },
    { role: 'P' as const, text: event, weight: 'bold' as const, size: 22 },
    { role: 'P' as const, text: whenAndWhere, weight: 'regular' as const, size: 14 },
  ].map(({ role, text, weight, size }) => ({
    role,
    fitted: fitText(text, fonts[weight], language, { width: WIDTH, size, lines: 2 }),
  }));
  const height = blocks.reduce((sum, { fitted }) => sum + heightOf(fitted) + GAP, -GAP);
  // Where every text takes two lines, all become smaller together.
  const scale = Math.min(1, (MAIN.top - MAIN.bottom) / height);
  let top = (MAIN.top + MAIN.bottom + height * scale) / 2;
  for (const { role, fitted } of blocks) {
    const smaller = { lines: fitted.lines, size: fitted.size * scale };
    page.text(
      role,
      placed(smaller, top, (width) => MIDDLE - width / 2),
    );
    top -= heightOf(smaller) + GAP * scale;
  }
}

function drawFoot(page: PdfPage, certificate: Certificate, fonts: Fonts): void {
  const { language, host, howToVerify, code } = certificate;
  const left = QR.right - (code === undefined ? 0 : QR.size + 16);
  page.text(
    'P',
    placed(fitText(host, fonts.bold, language, { width: 340, size: 13, lines: 2 }), 128, () => 60),
  );
  const how = fitText(howToVerify, fonts.regular, language, { width: 230, size: 10, lines: 2 });
  const toLeft = (width: number): number => left - width;
  page.text('P', placed(how, 128, toLeft));
  if (code === undefined) return;
  const typed = fitText(code.typed, fonts.bold, language, { width: 230, size: 13, lines: 1 });
  page.text('P', placed(typed, 128 - heightOf(how), toLeft));
  page.figure(qrCode(code.url), code.url);
}

const heightOf = ({ lines, size }: FittedText): number => lines.length * size * LEADING;

function placed({ lines, size }: FittedText, top: number, leftOf: (width: number) => number): readonly PlacedLine[] {
  return lines.map((line, index) => ({
    line,
    size,
    x: leftOf(line.width * size),
    y: top - size * (1.1 + index * LEADING),
  }));
}

/** One rectangle for each run of dark modules in a row; the page around it is as white as its border must be. */
function qrCode(text: string): string {
  const { data } = encode(text, { ecc: 'M', border: 0 });
  const unit = QR.size / data.length;
  const rows = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `${index} ${data.length - 1 - y} ${run.length} 1 re`),
  );
  return `0 g ${unit.toFixed(4)} 0 0 ${unit.toFixed(4)} ${QR.right - QR.size} ${QR.bottom} cm\n${rows.join('\n')}\nf`;
}

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
