/** What of a saved file is of one phone. */
export interface SavedScans {
  readonly device: string;
  /** Of these scans: the same file is the same hand-over. */
  readonly id: string;
  /** As many as go into one request each. */
  readonly parts: readonly (readonly object[])[];
  readonly entries: number;
}

interface SavedFile {
  readonly phones: readonly SavedScans[];
  /** Scans of another event. */
  readonly elsewhere: number;
}

/** It is no file that the check-in app saved. */
export class NotSavedFileError extends Error {}

interface Saved {
  readonly scan: object;
  readonly device: string;
  readonly eventId: string;
}

/** Scans and bytes of one request: the contract's, with room around them. */
const MOST_SCANS = 200;
const MOST_BYTES = 200_000;
/** 128 bits, as 22 characters of base64url. */
const ID_BYTES = 16;

/**
 * Reads the file that the check-in app saves (`exportScans` of `web/checkin/engine/upload.ts`): what waited on the phone, and what the
 * server had refused. The server reads each scan for itself.
 *
 * @throws NotSavedFileError
 */
export async function readSavedFile(text: string, eventId: string): Promise<SavedFile> {
  const all = entriesOf(text);
  const here = all.filter((each) => each.eventId === eventId);
  const devices = [...new Set(here.map(({ device }) => device))];
  const phones = devices.map(async (device): Promise<SavedScans> => {
    const scans = here.filter((each) => each.device === device).map(({ scan }) => scan);
    return { device, id: await idOf(device, scans), parts: partsOf(scans), entries: scans.length };
  });
  return { phones: await Promise.all(phones), elsewhere: all.length - here.length };
}

function entriesOf(text: string): readonly Saved[] {
  const file = parsed(text);
  if (!isRecord(file)) throw new NotSavedFileError();
  const { exportedAt, waiting, refused, ...others } = file;
  const isWhole = typeof exportedAt === 'string' && Array.isArray(waiting) && Array.isArray(refused);
  if (!isWhole || Object.keys(others).length > 0) throw new NotSavedFileError();
  const all: readonly unknown[] = [...waiting, ...refused];
  if (all.length === 0 || !all.every(isSaved)) throw new NotSavedFileError();
  return all as readonly Saved[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotSavedFileError();
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSaved = (value: unknown): boolean =>
  isRecord(value) &&
  isRecord(value['scan']) &&
  typeof value['device'] === 'string' &&
  typeof value['eventId'] === 'string';

async function idOf(device: string, scans: readonly object[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([device, scans]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, ID_BYTES);
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function partsOf(scans: readonly object[]): readonly (readonly object[])[] {
  const parts: object[][] = [];
  let bytes = MOST_BYTES;
  for (const scan of scans) {
    const length = new TextEncoder().encode(JSON.stringify(scan)).length + 1;
    if (bytes + length > MOST_BYTES || parts.at(-1)?.length === MOST_SCANS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(scan);
    bytes += length;
  }
  return parts;
}
