import { ownSecret, sentScan } from '../support/phone.ts';
import type { Site } from './site.ts';

/** A phone that opened the link which an organiser shows, and what it sends. */
export async function phoneAt({ system }: Pick<Site, 'system'>, link: string) {
  const post = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(system.siteUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return response.json();
  };
  const code = new URL(link).hash.replace('#code=', '');
  const { token } = await post('/api/checkin/devices', { code, secret: ownSecret() });
  return {
    /** An attendee who comes in, or to whom something is handed out. @throws Error where the server does not keep it */
    async scan(about: {
      readonly ticket: string;
      readonly reference: string;
      readonly list?: string;
      readonly kind?: 'in' | 'out';
    }) {
      const { answers } = await post('/api/checkin/scans', { scans: [sentScan(about)] }, token);
      if (answers[0]?.result !== 'kept') throw new Error(`the scan was answered with ${JSON.stringify(answers)}`);
    },
  };
}
