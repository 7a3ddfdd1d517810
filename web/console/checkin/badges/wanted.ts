/** Papers that badges are printed on; a list of the same people for a power cut, and badges with numbers on them in place of names. */
export const PAPERS = ['a6', 'a4', 'label', 'list', 'temporary'] as const;
export type Paper = (typeof PAPERS)[number];

/** Which badges, and on what. */
export interface Wanted {
  readonly paper: Paper;
  readonly category?: string | undefined;
  readonly reference?: string | undefined;
  readonly after?: string | undefined;
}

export function wantedIn(query: URLSearchParams): Wanted {
  const given = (name: string): string | undefined => query.get(name) || undefined;
  return {
    paper: paperNamed(query.get('paper')),
    category: given('category'),
    reference: given('reference'),
    after: given('after'),
  };
}

/** The first of them where there is none of that name. */
export const paperNamed = (name: string | null): Paper => PAPERS.find((paper) => paper === name) ?? 'a6';

/** What the server is asked: on what they are printed is nothing to it. */
export const queryOf = ({ category, reference, after }: Wanted) => ({
  ...(category !== undefined && { category }),
  ...(reference !== undefined && { reference }),
  ...(after !== undefined && { after }),
});
