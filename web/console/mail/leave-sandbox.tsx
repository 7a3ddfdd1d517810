import { words } from '../words.ts';
import type { Account } from './status.ts';

/** What to do, step by step, until the account may write to anyone. */
export const LeaveSandbox = ({ account: { page, review } }: { readonly account: Account }) => (
  <section class="card" aria-labelledby="leave">
    <h2 id="leave">{words.mail.leave}</h2>
    {review && <p>{words.mail.review[review]}</p>}
    <ol>
      {words.mail.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <p>
      <a class="beside" href={page} rel="noreferrer">
        {words.mail.page}
      </a>
    </p>
  </section>
);
