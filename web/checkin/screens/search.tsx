import { useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { type FoundPerson, SearchError } from '../engine/engine.ts';
import { SubScreen } from '../parts/sub-screen.tsx';
import type { Screens } from '../use-screen.ts';
import type { Desk } from '../verdict/use-desk.ts';
import { Found } from './found.tsx';

const SHORTEST = 2;

interface Result {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

/** People without a ticket in their hand: found by the server, checked in here. */
export function Search({ desk, screens }: { readonly desk: Desk; readonly screens: Screens }) {
  const { engine, words } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const [result, setResult] = useState<Result>();
  const [note, setNote] = useState<string>();
  const find = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    setResult(undefined);
    if ([...text].length < SHORTEST) {
      setNote(words.search.short);
      return;
    }
    setNote(words.search.busy);
    asked.current += 1;
    const mine = asked.current;
    // An answer to what was asked before comes too late.
    const inTime = (tell: () => void): void => {
      if (mine === asked.current) tell();
    };
    engine.search(text).then(
      (found) =>
        inTime(() => {
          setResult(found);
          setNote(found.people.length === 0 ? words.search.none : words.search.found(found.people.length));
        }),
      (error: unknown) => inTime(() => setNote(words.search.why[error instanceof SearchError ? error.why : 'server'])),
    );
  };
  return (
    <SubScreen title={words.search.title} screens={screens}>
      <form onSubmit={find} noValidate>
        <label for="who">{words.search.label}</label>
        <p class="hint" id="who-hint">
          {words.search.hint}
        </p>
        <input ref={field} id="who" type="search" autocomplete="off" spellcheck={false} aria-describedby="who-hint" />
        <button type="submit">{words.search.find}</button>
      </form>
      <p role="status">{desk.note ?? note}</p>
      {result && <Found people={result.people} onCheckIn={desk.checkIn} />}
      {result?.hasMore === true && <p>{words.search.more}</p>}
      <h2>{words.walkIn.question}</h2>
      <button type="button" class="second" onClick={() => screens.open('walk-in')}>
        {words.walkIn.open}
      </button>
    </SubScreen>
  );
}
