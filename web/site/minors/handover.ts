import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Handover } from '../../../shared/minors/consent/guardian.schema.ts';
import { adultPath, MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { choices } from '../kernel/form/choices.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { inLanguage } from '../kernel/links.ts';

/** How a minor leaves, as their guardian's page shows it. */
export interface ShownHandover {
  /** Six digits. */
  readonly code: string;
  /** Too many wrong ones were tried. */
  readonly isLocked: boolean;
  readonly said: Handover | undefined;
}

interface Of {
  readonly event: EventDefinition<string>;
  readonly registration: Pick<Registration, 'fullName'>;
  readonly language: string;
  readonly t: SiteTranslate;
  readonly path: string;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

const PATHS = Array.from({ length: MOST_ADULTS }, (_, index) => adultPath(index));

/** With whom the minor may leave, and the code that whoever fetches them says (CS24). */
export function handoverSection(of: Of, { code, isLocked, said }: ShownHandover): Html {
  const { event, registration, language, t, path, values, problems } = of;
  const { fullName: name } = registration;
  const form: FormState = { t, values: Object.hasOwn(values, 'handover.never') ? values : saidValues(said), problems };
  const desk = event.safeguarding?.name ?? t('handover.desk');
  return html`<h2>${t('handover.title', { name })}</h2>
<p>${t('handover.text', { name, desk })}</p>
<p>${t('handover.code', { name })} <b class="code">${code.slice(0, 3)} ${code.slice(3)}</b></p>
<p>${t(isLocked ? 'handover.code.locked' : 'handover.code.text')}</p>
<form class="screen" method="post" action="${inLanguage(path, language)}">
<button class="second" type="submit" name="action" value="replace-code">${t('handover.code.replace')}</button>
</form>
<form class="screen" method="post" action="${inLanguage(path, language)}" novalidate>
${choices(form, {
  path: 'handover.alone',
  type: 'radio',
  label: t('handover.alone.label', { name }),
  choices: [
    { value: 'no', label: t('handover.alone.no') },
    { value: 'yes', label: t('handover.alone.yes') },
  ],
})}${PATHS.map((each, index) =>
  textInput(form, {
    path: each,
    label: t('handover.adult.label', { number: index + 1 }),
    ...(index === 0 && { hint: t('handover.adult.hint') }),
    optional: true,
  }),
)}${textInput(form, {
  path: 'handover.never',
  label: t('handover.never.label'),
  hint: t('handover.never.hint'),
  optional: true,
})}<button type="submit" name="action" value="say-handover">${t('handover.save')}</button>
</form>
<p>${t(said === undefined ? 'handover.nothing-said' : 'handover.said', { name })}</p>
`;
}

export const handoverLabels = (t: SiteTranslate): [string, string][] => [
  ['handover.alone', t('handover.alone.short')],
  ...PATHS.map((path, index): [string, string] => [path, t('handover.adult.label', { number: index + 1 })]),
  ['handover.never', t('handover.never.label')],
];

function saidValues(said: Handover | undefined): FormValues {
  if (said === undefined) return {};
  const adults = said.adults.map((name, index) => [adultPath(index), [name]] as const);
  return {
    'handover.alone': [said.alone ? 'yes' : 'no'],
    ...Object.fromEntries(adults),
    ...(said.never !== undefined && { 'handover.never': [said.never] }),
  };
}
