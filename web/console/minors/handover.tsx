import { useState } from 'preact/hooks';
import { dialled } from '../../../shared/kernel/text/phone.ts';
import { adultPath, MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import type { HandoverView } from '../../../shared/minors/minors.schema.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import { fieldError, LongTextField, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped } from '../kernel/form/typed.tsx';
import { Button, Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { FactList, type LabelledFact } from '../kernel/parts/facts.tsx';
import { OneTimeSecret } from '../kernel/parts/once.tsx';
import { useAction } from '../kernel/parts/request.ts';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { bySomeone, type ChildProps, type Minor, useChildChange } from './minor.tsx';

interface CodeProps {
  readonly child: Minor;
  /** Reads anew what the guardian said: they may have changed it since it was opened. */
  readonly onTried: () => Promise<void>;
}

/** What the adult who fetches a young person says is compared, until too many were wrong: then the desk calls the guardian. */
const HandoverCode = ({ triesLeft, ...props }: CodeProps & { readonly triesLeft: number }) =>
  triesLeft === 0 ? <Locked {...props} /> : <Check {...props} triesLeft={triesLeft} />;

function Check({ child, triesLeft, onTried }: CodeProps & { readonly triesLeft: number }) {
  const { api, event } = useDesk();
  const [code, setCode] = useState('');
  const [isRight, setIsRight] = useState<boolean>();
  const { busy, error, run } = useAction(undefined, () => setIsRight(undefined));
  const check = () =>
    run(async () => {
      requireTyped({ code });
      const answer = await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover', {
        params: { eventId: event.id, reference: child.reference },
        body: { code },
      });
      await onTried();
      setIsRight(answer.isRight);
      setCode('');
    });
  return (
    <>
      <FieldsForm
        send={t('minors.handover.check')}
        busy={busy}
        error={error}
        labels={{ code: t('minors.handover.code') }}
        onSend={check}
      >
        <TextInput
          name="code"
          label={t('minors.handover.code')}
          hint={t('minors.handover.codeHint')}
          value={code}
          error={fieldError(error, 'code')}
          onChange={setCode}
        />
      </FieldsForm>
      {isRight !== undefined && (
        <p class="note" role="status">
          <b>{isRight ? t('minors.handover.right') : t('minors.handover.wrong', { left: triesLeft })}</b>
        </p>
      )}
    </>
  );
}

function Locked({ child, onTried }: CodeProps) {
  const { api, event, tell } = useDesk();
  const [why, setWhy] = useState('');
  const { busy, error, run } = useAct();
  const reopen = () =>
    run(async () => {
      requireTyped({ why });
      await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/opening', {
        params: { eventId: event.id, reference: child.reference },
        body: { why },
      });
      tell(t('minors.handover.reopened'));
      await onTried();
    });
  return (
    <>
      <p class="note" role="status">
        <b>{t('minors.handover.locked')}</b>
      </p>
      <Disclosure label={t('minors.handover.reopen')}>
        {(close) => (
          <FieldsForm
            send={t('minors.handover.reopenNow')}
            busy={busy}
            error={error}
            labels={{ why: t('minors.handover.why') }}
            onSend={reopen}
            onCancel={close}
          >
            <LongTextField
              name="why"
              label={t('minors.handover.why')}
              hint={t('minors.handover.whyHint')}
              rows={2}
              value={why}
              error={fieldError(error, 'why')}
              onChange={setWhy}
            />
          </FieldsForm>
        )}
      </Disclosure>
    </>
  );
}

/** What a guardian said or signed of how a young person leaves. */
export const statementFacts = (said: HandoverView['said'] | HandoverView['waiting']): readonly LabelledFact[] => [
  [t('minors.handover.alone'), said && (said.alone ? t('minors.handover.mayLeave') : t('minors.handover.mayNot'))],
  [t('minors.handover.adults'), said?.adults.join('; ')],
  [t('minors.handover.never'), said?.never && <b>{said.never}</b>],
];

/** The code for a guardian without a page, shown this once: to be printed or read out. Printed, it names nobody. */
function NewHandoverCode({ child, reload }: Pick<ChildProps, 'child' | 'reload'>) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [code, setCode] = useState<string>();
  const { isConfirmed = false, codeMadeAt, codeMadeBy } = child.guardian.handover ?? {};
  const make = async (): Promise<void> => {
    const params = { eventId: event.id, reference: child.reference };
    setCode((await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/code', { params })).code);
    tell(t('minors.handover.made'));
    await reload();
  };
  return (
    <div class="action">
      <h3>{t('minors.handover.newCode')}</h3>
      <p class="screen">{t('minors.handover.newCodeExplain')}</p>
      {codeMadeAt && (
        <p class="screen">{t('minors.handover.lastMade', { made: bySomeone(when(event, codeMadeAt), codeMadeBy) })}</p>
      )}
      {!isConfirmed && <p class="note screen">{t('minors.handover.codeLater')}</p>}
      {code === undefined ? (
        isConfirmed && (
          <Confirmation
            label={t('minors.handover.make')}
            follows={t('minors.handover.makeSure')}
            now={t('minors.handover.makeNow')}
            kind="danger"
            busy={busy}
            error={error}
            onPress={() => run(make)}
          />
        )
      ) : (
        <div class="handout">
          <p class="paper">
            <b>{event.title}</b>
          </p>
          <OneTimeSecret
            label={t('minors.handover.codeOnce')}
            value={`${code.slice(0, 3)} ${code.slice(3)}`}
            copied={t('minors.handover.copied')}
          />
          <p class="paper">{t('minors.handover.keep')}</p>
          <p class="screen buttons">
            <Button kind="second" onPress={() => print()}>
              {t('minors.handover.print')}
            </Button>
            <Button kind="second" onPress={() => setCode(undefined)}>
              {t('minors.handover.handedOver')}
            </Button>
          </p>
        </div>
      )}
    </div>
  );
}

/** With whom a young person may leave, read when an adult comes to fetch them and not before: each look is noted (CS24). */
export const HandoverSection = (props: ChildProps) => (
  <section class="actions">
    <h2>{t('minors.handover.title')}</h2>
    <p class="screen">{t('minors.handover.explain')}</p>
    <Disclosure label={t('minors.handover.open')}>{() => <HandoverStatement {...props} />}</Disclosure>
    {isOnPaper(props.child) && <NewHandoverCode {...props} />}
  </section>
);

const isOnPaper = ({ guardian }: Minor): boolean => guardian.email === undefined;

function HandoverStatement(props: ChildProps) {
  const { api, event } = useDesk();
  const { child } = props;
  const params = { eventId: event.id, reference: child.reference };
  const read = useRead(`handover ${child.reference} ${child.revision}`, () =>
    api('GET /api/organiser/events/{eventId}/minors/{reference}/handover', { params }),
  );
  return (
    <Show of={read}>
      {(view) => {
        const { said, waiting, guardian, hasCode } = view;
        const facts: readonly LabelledFact[] = [
          ...statementFacts(said),
          [t('minors.handover.saidAt'), said && !said.noted && when(event, said.saidAt)],
          [t('minors.handover.notedAt'), said?.noted && bySomeone(when(event, said.saidAt), said.noted.by)],
          [
            t('minors.child.confirmed'),
            said?.noted?.confirmedAt && bySomeone(when(event, said.noted.confirmedAt), said.noted.confirmedBy),
          ],
          [t('minors.child.guardian'), guardian.name],
          [t('minors.child.phone'), guardian.phone && <a href={`tel:${dialled(guardian.phone)}`}>{guardian.phone}</a>],
        ];
        return (
          <>
            {waiting && (
              <p class="note warn">
                {t('minors.handover.waiting', {
                  noted: bySomeone(when(event, waiting.notedAt), waiting.notedBy),
                })}
              </p>
            )}
            {!said && <p class="note">{t('minors.handover.nothing')}</p>}
            <FactList facts={facts} />
            {hasCode ? (
              <HandoverCode child={child} triesLeft={view.triesLeft} onTried={read.reload} />
            ) : (
              <p class="note">{t('minors.handover.noCode')}</p>
            )}
            {view.isOnPaper && <NoteHandover {...props} said={waiting ?? said} />}
          </>
        );
      }}
    </Show>
  );
}

interface NoteProps extends ChildProps {
  /** What was noted or said last. */
  readonly said: HandoverView['said'] | HandoverView['waiting'];
}

/** What a guardian without a page has signed on paper of how the young person leaves (CS3, CS24). */
const NoteHandover = (props: NoteProps) => (
  <Disclosure label={t('minors.handover.note')}>{(close) => <Paper {...props} onClose={close} />}</Disclosure>
);

const ADULTS = Array.from({ length: MOST_ADULTS }, (_, index) => index);
const LABELS = {
  'handover.alone': t('minors.handover.alone'),
  ...Object.fromEntries(ADULTS.map((index) => [adultPath(index), t('minors.handover.adult', { number: index + 1 })])),
  'handover.never': t('minors.handover.never'),
};

function Paper({ child, said, onClose, ...rest }: NoteProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const [alone, setAlone] = useState(said ? (said.alone ? 'yes' : 'no') : '');
  const [adults, setAdults] = useState<readonly string[]>(ADULTS.map((index) => said?.adults[index] ?? ''));
  const [never, setNever] = useState(said?.never ?? '');
  const note = () =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/statement', {
      params: { eventId: event.id, reference: child.reference },
      body: {
        handover: { adults: [...adults], never, ...(alone !== '' && { alone: alone === 'yes' }) },
        revision: child.revision,
      },
    });
  return (
    <FieldsForm
      send={t('minors.handover.noteNow')}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => change(note, () => t('minors.handover.noted'))}
      onCancel={onClose}
    >
      <SelectField
        name="handover.alone"
        label={t('minors.handover.alone')}
        hint={t('minors.handover.aloneHint')}
        choices={[
          ['', t('minors.handover.choose')],
          ['no', t('minors.handover.mayNot')],
          ['yes', t('minors.handover.mayLeave')],
        ]}
        value={alone}
        error={fieldError(error, 'handover.alone')}
        onChange={setAlone}
      />
      {ADULTS.map((index) => (
        <TextInput
          key={index}
          name={adultPath(index)}
          label={t('minors.handover.adult', { number: index + 1 })}
          value={adults[index] ?? ''}
          error={fieldError(error, adultPath(index))}
          onChange={(name) => setAdults(adults.map((each, at) => (at === index ? name : each)))}
        />
      ))}
      <TextInput
        name="handover.never"
        label={t('minors.handover.never')}
        value={never}
        error={fieldError(error, 'handover.never')}
        onChange={setNever}
      />
    </FieldsForm>
  );
}
