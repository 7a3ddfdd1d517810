import { type Addition, after, openapi, row, whole } from './addition.ts';

const ROUTES = 'shared/registration/list/registrations.routes.ts';
const USE_CASE = 'shared/registration/list/take-note.case.ts';
const ENTRY = 'functions/organiser/index.ts';
const ACTION = 'web/console/registration/person/take-note.tsx';
const SCREEN = 'web/console/registration/person/actions.tsx';

const action = `import { useDesk } from '../../desk.ts';
import { type OneProps, useRegistrationChange } from './one.ts';

export function TakeNote({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, change } = useRegistrationChange(rest);
  const { reference, revision } = one;
  const params = { eventId: event.id, reference };
  const take = () =>
    change(
      () =>
        api('POST /api/organiser/events/{eventId}/registrations/{reference}/note', { params, body: { revision } }),
      () => reference,
    );
  return (
    <button type="button" disabled={busy} onClick={take}>
      {reference}
    </button>
  );
}
`;

const contractRow = (columns: string): string => `
  takeNote: {
    ...teamApi('organiser', ['change-people']),
    method: 'POST',
    path: \`\${REGISTRATIONS}/{reference}/note\`,
    params: registrationParams,
    headers: whyHeaders,
    ...jsonBody(ticketReplacement),
    ${columns}
  },`;

const useCase = (needs: string): string => `import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration } from '../../team/role/within-reach.case.ts';
import { organiserView } from './registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from './registrations.routes.ts';

type Deps = Needs<${needs}>;

export const takeNote =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.takeNote> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    return json(200, organiserView(event, registration, request.language, caller));
  };
`;

const NEEDS = "'auditTable' | 'events' | 'registrations' | 'system' | 'write'";
const TABLE = 'export const ORGANISER_REGISTRATION_ROUTES = defineRoutes({';

export const jsonRoute: Addition = {
  what: 'a JSON route with a console action',
  stages: [
    {
      adds: [
        whole(ACTION, action),
        row(
          SCREEN,
          '<ReplaceTicket {...all} />}',
          '      <TakeNote {...all} />',
          "import { TakeNote } from './take-note.tsx';",
        ),
      ],
      lacks: [{ what: 'the route in the contract', file: ACTION, says: /reference}\/note"' is not assignable/ }],
    },
    {
      adds: [after(ROUTES, TABLE, contractRow(''))],
      lacks: [{ what: 'columns of its row', file: ROUTES, says: /summary|errors|output/ }],
    },
    {
      adds: [
        {
          file: ROUTES,
          to: (text) =>
            text.replace(
              contractRow(''),
              contractRow(`summary: 'A note of someone',
    output: { 200: organiserRegistration },
    errors: ['not-permitted', 'why-needed', 'not-found', ...UNREADABLE],`),
            ),
        },
      ],
      lacks: [{ what: 'the use case in the entry', file: ENTRY, says: /'takeNote' is missing/ }],
    },
    {
      adds: [
        whole(USE_CASE, useCase(`${NEEDS} | 'notebook'`)),
        row(
          ENTRY,
          'replaceTicket: replaceTicket(deps),',
          '    takeNote: takeNote(deps),',
          "import { takeNote } from '../../shared/registration/list/take-note.case.ts';",
        ),
      ],
      lacks: [{ what: 'a part that is none', file: USE_CASE, says: /notebook/ }],
    },
    {
      adds: [whole(USE_CASE, useCase(`${NEEDS} | 'waitlistMemory'`))],
      lacks: [{ what: 'a part that this function is not made of', file: ENTRY, says: /waitlistMemory/ }],
    },
    { adds: [whole(USE_CASE, useCase(NEEDS))], lacks: [] },
  ],
  makes: openapi(/takeNote/),
};
