import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Difference } from '../../../../shared/event/definition/differences.ts';
import { useDesk, useEventRead } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api.ts';
import { Show } from '../../kernel/parts/show.tsx';
import { t } from '../../words.ts';
import { ChangeList } from './changes.tsx';
import {
  type Definition,
  type DefinitionDraft,
  keepDefinition,
  keptDefinition,
  rebased,
  unpublished,
} from './draft.ts';

type Published = AnswerOf<'GET /api/organiser/events/{eventId}/definition'>;

/** What was found wrong with the draft of an event when it was last looked at: fields say it, whichever page they are on. */
let found: { readonly eventId: string; readonly error: unknown } | undefined;

export const foundIn = (eventId: string): unknown => (found?.eventId === eventId ? found.error : undefined);
export const noteFound = (eventId: string, error: unknown): void => {
  found = { eventId, error };
};

export interface Drafting {
  readonly published: Published;
  readonly draft: DefinitionDraft;
  readonly put: (draft: DefinitionDraft | undefined) => void;
  readonly reload: () => Promise<void>;
}

/** What is published, and what is typed of it in this tab. */
export function Drafted({ children }: { readonly children: (drafting: Drafting) => ComponentChildren }) {
  const published = useEventRead('GET /api/organiser/events/{eventId}/definition');
  return (
    <Show of={published}>
      {(read) => <WithDraft key={read.version} {...{ children }} published={read} reload={published.reload} />}
    </Show>
  );
}

interface WithDraftProps extends Pick<Drafting, 'published' | 'reload'> {
  readonly children: (drafting: Drafting) => ComponentChildren;
}

function WithDraft({ published, reload, children }: WithDraftProps) {
  const { event } = useDesk();
  const [begun] = useState(() => beginning(event.id, published));
  const [draft, setDraft] = useState(begun.draft);
  const [isKept, setKept] = useState(true);
  const put = (next: DefinitionDraft = fresh(published)): void => {
    setKept(keepDefinition(event.id, next));
    setDraft(next);
  };
  return (
    <>
      {!isKept && <p class="note warn">{t('definition.notKept')}</p>}
      <Meanwhile {...begun} />
      {children({ published, draft, put, reload })}
    </>
  );
}

const fresh = ({ version, definition }: Published): DefinitionDraft => ({
  version,
  base: definition,
  typed: definition,
});

interface BegunDraft {
  readonly draft: DefinitionDraft;
  /** On which it stood, and what others published since: where that is taken over just now. */
  readonly former: Definition;
  readonly meanwhile: readonly Difference[];
}

function beginning(eventId: string, published: Published): BegunDraft {
  const kept = keptDefinition(eventId) ?? fresh(published);
  const former = kept.base;
  if (kept.version === published.version) return { draft: kept, former, meanwhile: [] };
  const draft = rebased(kept, published.version, published.definition);
  keepDefinition(eventId, draft);
  return { draft, former, meanwhile: unpublished({ ...kept, typed: published.definition }) };
}

function Meanwhile({ draft, former, meanwhile }: BegunDraft) {
  if (meanwhile.length === 0) return null;
  return (
    <div class="note warn">
      <p>{t('definition.meanwhile')}</p>
      <ChangeList changes={meanwhile} definitions={[draft.base, former]} />
    </div>
  );
}
