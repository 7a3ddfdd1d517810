import { type AddressObject, type EmailAddress, simpleParser } from 'mailparser';

export interface MessageHeaders {
  readonly from: string;
  readonly subject: string;
  /** Bare addresses of To, Cc and Bcc. */
  readonly recipients: readonly string[];
}

/** Reads no further than the first empty line: bodies with codes and invitations cost milliseconds each. */
export async function readHeaders(raw: Buffer): Promise<MessageHeaders> {
  const end = raw.indexOf('\r\n\r\n');
  const message = await simpleParser(end < 0 ? raw : raw.subarray(0, end + 4));
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
