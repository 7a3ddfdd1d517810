import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS, type ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { MAIL_KINDS, type MailKind } from '../../shared/mail/kinds.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { everyPage } from '../support/page-states.ts';
import { renderMail } from '../support/render-mail.ts';
import { hashOf, keepChanged, type Rendered } from '../support/rendered.ts';
import { readersOf } from './mail-readers.ts';

/**
 * Every page and every mail, to the letter, as hashes: after a change that is meant, run vitest with `-u`, and read in `.cache/rendered`
 * what changed. Nothing of a build is in them: pages name their scripts and styles without a hash where they are not bundled, and the
 * picture of a ticket, which zlib compresses otherwise from version to version, is not among the parts of a mail.
 */
const GOLDEN = 'test/golden/pages-and-mail.txt';

const pagesIn = (language: ProductLanguage): Rendered[] =>
  Object.entries(everyPage(language)).map(([name, page]) => ({
    line: `page ${name} ${language} ${hashOf(page)}`,
    files: { [`page/${language}/${name}.html`]: page },
  }));

/** Of readers whose mail is the same, the first. */
function mailIn(language: ProductLanguage, kind: MailKind): Rendered[] {
  const seen = new Set<string>();
  return [...readersOf(kind, language)].flatMap(([reader, data]) => {
    const { subject, text, html, calendars = [] } = renderMail(kind, data as never);
    const parts = {
      html,
      text: `${subject}\n\n${text}`,
      ...(calendars.length > 0 && { ics: calendars.map(({ method, content }) => `${method}\n${content}`).join('\n') }),
    };
    const hashes = Object.entries(parts).map(([part, content]) => `${part} ${hashOf(content)}`);
    const what = hashes.join(' ');
    if (seen.has(what)) return [];
    seen.add(what);
    return [
      {
        line: `mail ${kind} ${language} ${reader} ${what}`,
        files: Object.fromEntries(
          Object.entries(parts).map(([part, content]) => [`mail/${language}/${kind}/${reader}.${part}`, content]),
        ),
      },
    ];
  });
}

const all = LANGUAGE_TAGS.flatMap((language) => [
  ...pagesIn(language),
  ...MAIL_KINDS.flatMap((kind) => mailIn(language, kind)),
]);
const lines = all.map(({ line }) => `${line}\n`).sort();

it('pages and mail are as before', async () => {
  await expect(lines.join(''), keepChanged(GOLDEN, all)).toMatchFileSnapshot(resolve(GOLDEN));
});

type PageRoute = {
  [Id in RouteId]: (typeof ROUTES)[Id]['kind'] extends 'page' | 'pdf' | 'calendar' ? Id : never;
}[RouteId];

/** With which sample pages a route answers, each with others whose names begin so; without any, it leads elsewhere or to a problem. */
const PAGES_OF = {
  showHome: [],
  showReportHome: [],
  showEvent: ['event'],
  showForm: ['form'],
  postForm: ['form-refused', 'form-guarded'],
  showYoungForm: ['young-form'],
  postYoungForm: ['young-form-refused', 'young-form-guarded'],
  showThanks: ['thanks', 'thanks-confirm', 'thanks-young', 'thanks-paper', 'thanks-later'],
  showFind: ['find', 'find-sent'],
  postFind: ['find-refused'],
  showPrivacy: ['privacy'],
  showYoungPeople: ['young-people'],
  showConsentForm: ['consent-form'],
  showAccessibility: ['accessibility'],
  showConfirm: ['confirm', 'confirmed'],
  postConfirm: ['confirm-changed', 'form-refused'],
  showRegistration: ['manage', 'farewell-stopped', 'link-replaced'],
  postRegistration: ['manage-refused-not-cancellable', 'erased', 'farewell-stopped'],
  showAmend: ['amend'],
  postAmend: ['amend-refused'],
  showAddress: ['change-address'],
  postAddress: ['change-address-refused', 'change-address-in-doubt'],
  showAddressLink: ['address-confirm', 'address-confirmed', 'address-undo', 'address-undone'],
  postAddressLink: ['address-confirm-taken', 'address-undo-taken'],
  showLetter: ['letter'],
  getCalendar: [],
  showJoin: ['join-early', 'join-open', 'join-over'],
  postJoin: ['join-pressed'],
  showCancel: ['cancel'],
  showOnline: ['online-instead'],
  postOnline: ['manage-refused-no-online-seat'],
  showUnsubscribe: ['unsubscribe'],
  postUnsubscribe: ['unsubscribe-stopped'],
  showGuardian: ['change-guardian'],
  postGuardian: ['change-guardian-refused'],
  showComplete: ['complete'],
  postComplete: ['complete-refused'],
  showNeeds: ['care'],
  postNeeds: ['care-refused'],
  showCertificate: ['certificate-earned', 'certificate-not-yet', 'certificate-not-earned', 'certificate-none'],
  getCertificate: [],
  showVerify: ['verify'],
  postVerify: ['verify-valid', 'verify-not-valid', 'verify-revoked'],
  showDelegationStart: ['delegation-start', 'delegation-sent'],
  postDelegationStart: ['delegation-start-refused'],
  showDelegation: ['delegation', 'delegation-link-replaced'],
  showTickets: ['delegation-tickets', 'delegation-no-tickets'],
  postDelegation: ['delegation-erased'],
  showPeople: ['delegation-people'],
  postPeople: ['delegation-mend', 'delegation-people-refused', 'delegation-people-table-refused'],
  showPerson: ['person-confirmed', 'person-mailed'],
  postPerson: ['person-waitlisted'],
  showSubstitute: ['substitute'],
  postSubstitute: ['substitute-refused'],
  postAskGuardian: [],
  showConsent: ['consent', 'farewell-withdrawn'],
  postConsent: ['consent-refused', 'farewell-refused', 'farewell-withdrawn'],
  showReport: ['report', 'report-sent'],
  postReport: ['report-refused'],
  showMyFeedback: ['feedback-mine'],
  postMyFeedback: ['feedback-young'],
  showFeedbackForm: ['feedback'],
  postFeedbackForm: ['feedback-refused'],
  showFeedbackThanks: ['feedback-thanks'],
} as const satisfies Record<PageRoute, readonly string[]>;

const beginnings = Object.values<readonly string[]>(PAGES_OF).flat();

describe('the lines', () => {
  it.each(LANGUAGE_TAGS)('in %s have what every kind of mail says, with its text and its HTML', (language) => {
    const withBoth = (kind: MailKind): boolean =>
      lines.some((line) => line.startsWith(`mail ${kind} ${language} usual html `) && line.includes(' text '));
    expect(MAIL_KINDS.filter((kind) => !withBoth(kind))).toEqual([]);
  });

  it.each(LANGUAGE_TAGS)('in %s have what every route answers people with', (language) => {
    const has = (page: string): boolean => lines.some((line) => line.startsWith(`page ${page} ${language} `));
    const problems = Object.keys(PAGES_OF).flatMap((id) => ROUTES[id as PageRoute].errors);
    const wanted = [...beginnings, ...problems.map((type) => `problem-${type}`)];
    expect(wanted.filter((name) => !has(name))).toEqual([]);
    const unanswered = Object.entries<readonly string[]>(PAGES_OF).filter(([, names]) => names.length === 0);
    expect(unanswered.map(([id]) => id)).toEqual([
      'showHome',
      'showReportHome',
      'getCalendar',
      'getCertificate',
      'postAskGuardian',
    ]);
  });

  it('are of no page that no route answers with', () => {
    const names = lines.flatMap((line) => /^page (\S+) /.exec(line)?.[1] ?? []);
    const isOf = (name: string) => (beginning: string) => name === beginning || name.startsWith(`${beginning}-`);
    expect(names.length).toBeGreaterThan(700);
    expect(names.filter((name) => ![...beginnings, 'certificate', 'person', 'problem'].some(isOf(name)))).toEqual([]);
  });

  it('are of every page that there is a template for', () => {
    const templates = namesIn('web/site', /export (?:function|const) (\w+(?:Page|Answer))\b/g);
    const rendered = namesIn('test/support', /\b(\w+(?:Page|Answer))\(\{?/g);
    const others = templates.filter((name) => !rendered.includes(name));
    // What all forms stand in.
    expect(others).toEqual(['formPage']);
    expect(templates.length).toBeGreaterThan(40);
  });
});

const namesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(pattern)].map(([, name = '']) => name));
