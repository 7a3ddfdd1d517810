import type { Needs } from '../../kernel/parts.store.ts';

/** What entering someone touches, in whichever function it happens. */
export type EntryDeps = Needs<'changes' | 'secrets' | 'submissions' | 'system'> & {
  /** Physical names: what someone needs is kept in `Care`. */
  readonly tables: { readonly care: string };
};
