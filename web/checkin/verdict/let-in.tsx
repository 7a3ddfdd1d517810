import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { mayLetIn } from '../engine/outcome.ts';
import type { Desk, Shown } from './use-desk.ts';

/** Letters of a reason that are kept. */
const LONGEST = 200;

/** A person's decision against what the phone says; without a ticket it is a desk's, and says why (CI14). */
export function LetIn({ desk, shown: { outcome } }: { readonly desk: Desk; readonly shown: Shown }) {
  const { words, snapshot } = useApp();
  const [isAsked, setAsked] = useState(false);
  const may = mayLetIn(outcome, snapshot.door, snapshot.device?.maySearch === true);
  if (may === 'no' || snapshot.direction === 'out') return null;
  if (!isAsked) {
    const press = may === 'yes' ? () => desk.letInAnyway() : () => setAsked(true);
    return (
      <button type="button" class="second" onClick={press}>
        {may === 'yes' ? words.verdict.anyway : words.verdict.withReason}
      </button>
    );
  }
  const decide = (event: SubmitEvent): void => {
    event.preventDefault();
    desk.letInAnyway(`${new FormData(event.currentTarget as HTMLFormElement).get('reason') ?? ''}`);
  };
  return (
    <form onSubmit={decide}>
      <label for="reason">{words.verdict.reason}</label>
      <input
        id="reason"
        name="reason"
        required
        maxLength={LONGEST}
        autocomplete="off"
        ref={(field) => field?.focus()}
      />
      <button type="submit" class="second">
        {words.verdict.withReason}
      </button>
    </form>
  );
}
