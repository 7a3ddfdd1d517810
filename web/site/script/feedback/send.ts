import { ANONYMOUSLY, answerTo } from './ask.ts';
import { Stopped } from './stopped.ts';

/** The page that answered a form. */
export interface Answer {
  /** `refused`: something in it has to change. `not-taken`: a problem, which its page tells. */
  readonly kind: 'counted' | 'refused' | 'not-taken';
  readonly page: Document;
  /** Where the page is. */
  readonly url: string;
}

/** As a browser would send the form, but from nobody. @throws Stopped */
export async function sendAnswers(address: string, fields: URLSearchParams): Promise<Answer> {
  const { response, text } = await answerTo(
    address,
    { ...ANONYMOUSLY, method: 'POST', redirect: 'follow', body: fields },
    'unsure',
  );
  const page = new DOMParser().parseFromString(text, 'text/html');
  // Of what stands between, such as a firewall, nobody can say what became of the answers; what failed may have been counted.
  if (page.querySelector('main') === null || response.status >= 500) throw new Stopped('failed');
  const kind = response.redirected ? 'counted' : response.status === 422 ? 'refused' : 'not-taken';
  return { kind: kind === 'not-taken' && isSpent(page) ? 'counted' : kind, page, url: response.url };
}

/**
 * Only this browser knew what was spent. So it was sent from here, the answer was lost on its way back, and the page says that it was
 * counted.
 */
const isSpent = (page: Document): boolean => page.querySelector('[data-problem="token-spent"]') !== null;
