import type { PublicEvent } from '../desk.ts';
import { when } from '../names.ts';
import { words } from '../words.ts';
import type { Mail, Sort } from './one.ts';

interface Became {
  readonly sort: Sort;
  readonly text: string;
}

/** What became of a mail, in words. */
export function becameOf(event: PublicEvent, { state, until, failure, fate }: Mail): Became {
  if (failure) return { sort: 'not-sent', text: words.mailLog.failure[failure] };
  if (fate) {
    const [sort, text] = words.mailLog.fate[fate.what];
    return {
      sort,
      text: [`${when(event, fate.at)}:`, text, fate.code && words.mailLog.code(fate.code)].filter(Boolean).join(' '),
    };
  }
  const [sort, text] = words.mailLog.state[state];
  return { sort, text: until ? words.mailLog.until(when(event, until)) : text };
}
