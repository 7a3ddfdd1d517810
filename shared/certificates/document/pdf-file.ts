import { PDFContext, PDFHexString, PDFString, PDFWriter } from 'pdf-lib';
import type { PdfPage } from './pdf-page.ts';
import type { Subset } from './subset.ts';

export interface PdfFacts {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** Left, lower, right and upper edge, in points. */
  readonly box: readonly number[];
}

/** A file of one page: the same bytes for the same page and facts, since nothing in it comes from a clock or by chance. */
export function pdfFile(
  page: PdfPage,
  { title, language, madeAt, box }: PdfFacts,
  subset: Subset,
): Promise<Uint8Array> {
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
