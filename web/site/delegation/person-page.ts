import { asHeld } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { expectedDays } from '../../../shared/registration/decide/approval.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import type { PersonPage } from './person.ts';
import { personPresses } from './person-presses.ts';

/** One person of a delegation: where they stand, and what the coordinator may do about them. */
export function personPage(of: PersonPage): string {
  const { event, language, t, path, member, registration, state } = of;
  const delegation = path.replace(/\/people\/[^/]*$/, '');
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('person.title'),
    event,
    body: html`${told(of)}<h1>${registration?.fullName ?? member.name ?? t('delegation.state.given-up')}</h1>
<p class="lead">${t(`delegation.state.${state}`)}</p>
${next(of)}${facts(of)}${personPresses(of)}<p><a href="${inLanguage(delegation, language)}">${t('delegation.back')}</a></p>`,
  });
}

const TOLD = ['send-again', 'cancel', 'undo-cancel', 'substitute'] as const;

function told({ t, done, isOvertaken, registration }: PersonPage): Html | undefined {
  if (isOvertaken)
    return html`<p class="note" role="status"><b>${t('person.overtaken')}</b></p>
`;
  const pressed = TOLD.find((each) => each === done);
  const said = pressed === 'send-again' && registration === undefined ? 'send-again.unseen' : pressed;
  return (
    said &&
    html`<p role="status"><b>${t(`person.done.${said}`)}</b></p>
`
  );
}

/** What comes next, where it depends on someone else. */
function next({ event, t, state }: PersonPage): Html | undefined {
  if (state !== 'pending-approval' && state !== 'waitlisted') return undefined;
  return html`<p>${t(`person.next.${state}`, { days: expectedDays(event) })}</p>
`;
}

function facts({ event, t, member, registration }: PersonPage): Html {
  const mode = event.modes.find(({ id }) => id === (registration && asHeld(event, registration).mode));
  const rows: [string, string | Html | undefined][] = [
    [t('register.email.label'), member.email ?? (registration && t('delegation.preview.through'))],
    [
      t('manage.reference'),
      registration && html`<span class="code">${displayReference(registration.reference)}</span>`,
    ],
    [t('register.position.label'), registration?.position],
    [t('register.organisation.label'), registration?.organisation],
    [t('register.mode.label'), registration && mode?.title],
  ];
  return html`<dl class="facts">${rows.map(
    ([label, value]) =>
      value &&
      html`<dt>${label}</dt><dd>${value}</dd>
`,
  )}</dl>
`;
}
