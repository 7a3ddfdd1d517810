import { type AddressObject, type EmailAddress, simpleParser } from 'mailparser';

export interface MessageHeaders {
  readonly from: string;
  readonly subject: string;
  /** Bare addresses of To, Cc and Bcc. */
  readonly recipients: readonly string[];
}

/** A message as far as its first empty line: to read bodies with codes and invitations costs milliseconds each. */
export function headersOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 4);
}

export async function readHeaders(raw: Buffer): Promise<MessageHeaders> {
  const message = await simpleParser(headersOf(raw));
  return {
    from: message.from?.text ?? '',
    subject: message.subject ?? '',
    recipients: [message.to, message.cc, message.bcc].flat().flatMap(addressesIn),
  };
}

function addressesIn(header: AddressObject | undefined): string[] {
  const bare = ({ address, group }: EmailAddress): string[] => group?.flatMap(bare) ?? (address ? [address] : []);
  return header?.value.flatMap(bare) ?? [];
}
