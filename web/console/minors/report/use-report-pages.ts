import { useState } from 'preact/hooks';
import { useAct, useRead } from '../../desk.ts';
import type { Loading } from '../../kernel/parts/use-loaded.ts';

interface Page<Row> {
  readonly reports: readonly Row[];
  readonly next?: string | undefined;
}

interface Pages<Row> {
  readonly read: Loading<Page<Row>>;
  /** Of the pages after the first, as they were read. */
  readonly more: readonly Row[];
  /** Whether there is another page. */
  readonly hasNext: boolean;
  readonly act: ReturnType<typeof useAct>;
  readonly onNext: () => void;
}

/** A list of which a page is read at a time: whatever floods it, the first is there at once. */
export function useReportPages<Row>(key: string, load: (cursor?: string) => Promise<Page<Row>>): Pages<Row> {
  const read = useRead(key, () => load());
  const [later, setLater] = useState<readonly Page<Row>[]>([]);
  const act = useAct();
  const first = read.loaded.state === 'ready' ? read.loaded.value : undefined;
  const next = later.length > 0 ? later.at(-1)?.next : first?.next;
  return {
    read,
    more: later.flatMap(({ reports }) => reports),
    hasNext: next !== undefined,
    act,
    onNext: () =>
      act.run(async () => {
        const page = await load(next);
        setLater((before) => [...before, page]);
      }),
  };
}
