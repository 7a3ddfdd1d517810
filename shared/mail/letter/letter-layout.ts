import { type Html, html } from '../../kernel/html.ts';
import { type Script, scriptOf } from '../../kernel/i18n/languages.ts';
import type { MailKey, MailTranslate } from '../../kernel/i18n/words.ts';
import { type Addressee, KINDS, type MailKind } from '../kinds.ts';
import type { Block, Fact, FooterLine, Layout } from './content.ts';
import type { LetterData } from './letter.ts';
import * as templates from './templates/compiled.ts';

/** How far apart lines are, by the size of their letters: marks that stack above and below the line need more room. */
const LEADING: Readonly<Record<Script, number>> = { Latn: 1.5, Khmr: 1.7, Laoo: 1.7, Mymr: 1.7, Thai: 1.7 };

/** What stands between a name and what it names. */
const COLON: Readonly<Record<Script, string>> = { Latn: ':', Khmr: '៖', Laoo: ':', Mymr: ':', Thai: ':' };

/** A message as HTML for mail programs: tables and inline styles, one column, complete without its pictures. */
export function letterHtml({ blocks, ...letter }: Layout): string {
  const leading = LEADING[scriptOf(letter.language)];
  return templates.letter({
    ...letter,
    leading,
    titleLeading: leading - 0.2,
    blocks: blocks.map((block) => blockHtml(block, leading)),
  }).markup;
}

function blockHtml(block: Block, leading: number): Html {
  const values = { ...block, leading };
  switch (values.kind) {
    case 'heading':
      return templates.heading(values);
    case 'paragraph':
      return templates.paragraph({ ...values, text: unbroken(values.text) });
    case 'facts':
      return templates.facts({ ...values, facts: values.facts.map(factHtml) });
    case 'button':
      return templates.button(values);
    case 'link':
      return templates.link(values);
    case 'mailto':
      return templates.mailto(values);
    case 'code':
      return templates.code(values);
    case 'picture':
      return templates.picture(values);
  }
}

const factHtml = ({ label, lines }: Fact) => ({ label, lines: lines.map((line) => ({ line: unbroken(line) })) });

/** As `displayReference` writes one. */
const REFERENCE = /\b([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4})\b/;

/** References stay on one line. Their hyphens stay hyphens, so that a copied one is found. */
const unbroken = (text: string): Html[] =>
  text
    .split(REFERENCE)
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<span style="white-space:nowrap">${part}</span>`));

/** A message as plain text. Lines are as long as their paragraphs: screens, not we, know where to break them. */
export function letterText({ language, context, title, blocks, footer }: Layout): string {
  const colon = COLON[scriptOf(language)];
  const pieces = [context, title, ...blocks.map((block) => blockText(block, colon)), '--', ...footer.map(footerText)];
  return `${pieces.filter((piece) => piece !== undefined).join('\n\n')}\n`;
}

function blockText(block: Block, colon: string): string | undefined {
  switch (block.kind) {
    case 'heading':
      return `* ${block.text} *`;
    case 'paragraph':
    case 'code':
      return block.text;
    case 'facts':
      return block.facts.map((fact) => factText(fact, colon)).join('\n');
    case 'button':
    case 'link':
      return `${block.label}${colon}\n${block.url}`;
    case 'mailto':
      return block.address;
    case 'picture':
      return undefined;
  }
}

const footerText = ({ text, links }: FooterLine): string => [text, ...links.map(({ label }) => label)].join('\n');

function factText({ label, lines }: Fact, colon: string): string {
  return lines.length === 1
    ? `${label}${colon} ${lines[0]}`
    : [`${label}${colon}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** The words for why it came. */
const REASONS = {
  holder: 'footer',
  young: 'footer',
  'former-holder': 'address-changed.footer',
  'new-address': 'address-confirm.footer',
  'former-address': 'address-changed.footer',
  guardian: 'guardian.footer',
  coordinator: 'delegation.footer',
  applicant: 'confirm-registration.footer',
  invitee: 'role-invitation.footer',
  member: 'role-granted.footer',
  decider: 'digest.footer',
  author: 'footer',
  'report-reader': 'report-reader.footer',
  'focal-point': 'focal-point.footer',
} as const satisfies Record<Addressee, MailKey>;

/**
 * Under every message: why it came, how to stop it where it can be done without, whom to tell about a child in danger (CS17), and what
 * is kept of its reader.
 */
export function footer(kind: MailKind, { event, links }: LetterData, t: MailTranslate): FooterLine[] {
  const { safeguarding } = event;
  return [
    { text: t(REASONS[KINDS[kind].to], { event: event.title }), links: [] },
    ...(links.unsubscribe === undefined
      ? []
      : [{ text: t('footer.unsubscribe'), links: [{ label: links.unsubscribe, url: links.unsubscribe }] }]),
    ...(safeguarding === undefined
      ? []
      : [{ text: t('footer.safeguarding', { name: safeguarding.name }), links: reach(safeguarding) }]),
    { text: t('footer.privacy'), links: [{ label: links.privacy, url: links.privacy }] },
  ];
}

const reach = ({ email, phone }: NonNullable<LetterData['event']['safeguarding']>): FooterLine['links'] => [
  { label: email, url: `mailto:${email}` },
  ...(phone === undefined ? [] : [{ label: phone, url: `tel:${phone.replaceAll(' ', '')}` }]),
];
