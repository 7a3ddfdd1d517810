import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { findPath, inLanguage } from '../kernel/links.ts';

interface Notes {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** What the script may have to say when sending did not go as it should: `data-note` is by what it finds each. */
const WHEN_SENDING = ['keys-differ', 'offline', 'unsure', 'failed'] as const;

/** Beside the questions, from the beginning: why someone cannot answer, or not yet. */
export const notesAtFirst = (of: Notes): Html => html`<div data-notes>
${note(of.t, 'no-link', findLink(of))}${note(of.t, 'answered')}${refused}</div>
`;

/** Beside the button: what became of pressing it. */
export const notesWhenSending = ({ t }: Notes): Html => html`<div data-notes>
${WHEN_SENDING.map((name) => note(t, name))}${refused}</div>
`;

/** For whoever cannot prove anything in this browser. */
export const withoutScript = (of: Notes): Html => html`<div class="note">
<h2>${of.t('feedback.no-script.title')}</h2>
<p>${of.t('feedback.no-script.text')}</p>
${findLink(of)}</div>
`;

type NoteName = 'no-link' | 'answered' | (typeof WHEN_SENDING)[number];

const note = (
  t: SiteTranslate,
  name: NoteName,
  more?: Html,
): Html => html`<div class="note" role="status" tabindex="-1" data-note="${name}" hidden>
<h2>${t(`feedback.note.${name}.title`)}</h2>
<p>${t(`feedback.note.${name}.text`)}</p>
${more}</div>
`;

/** The server says why, in words that the script puts here. */
const refused = html`<div class="note" role="status" tabindex="-1" data-note="refused" hidden></div>
`;

const findLink = ({ event, language, t }: Notes): Html =>
  html`<p><a href="${inLanguage(findPath(event.id), language)}">${t('feedback.no-script.find')}</a></p>
`;
