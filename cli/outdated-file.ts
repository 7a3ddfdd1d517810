/** An event was changed, in the console or by publishing, since its file was written. */
export class OutdatedFileError extends Error {
  override name = 'OutdatedFileError';

  /** @param parts which the file would replace: `quotas` */
  constructor(eventId: string, fileVersion: number, storedVersion: number, parts: readonly string[]) {
    super(
      `${eventId}: version ${storedVersion} is published, and this file says version ${fileVersion}. It would replace ` +
        `what is published of: ${parts.join(', ')}.\nNothing is published. Write into the file what is to stay of ` +
        `what was changed in the console, and \`version: ${storedVersion}\`; then publish it again.`,
    );
  }
}
