import type { Condition } from '../../../../shared/event/condition.ts';
import type { Question } from '../../../../shared/event/event.ts';
import { ChecksField, SelectField } from '../../kernel/form/field.tsx';
import { Button } from '../../kernel/parts/buttons.tsx';
import { t } from '../../words.ts';
import { answerName, choicesIn, type DefinitionPlace, entryName, useEditing, useField } from './editing.ts';
import { Lines, PlacesOfWorld } from './lists.tsx';
import { answersOf } from './parts.ts';

const KINDS = ['category', 'mode', 'country', 'session', 'question', 'all', 'any', 'not'] as const;
type Kind = (typeof KINDS)[number];

const kindOf = (condition: Condition): Kind => KINDS.find((kind) => kind in condition) ?? 'all';

/** What a condition of a kind begins with; of several, what was there before is the first. */
const BEGUN: Readonly<Record<Kind, (before: Condition | undefined) => Condition>> = {
  category: () => ({ category: [] }),
  mode: () => ({ mode: [] }),
  country: () => ({ country: [] }),
  session: () => ({ session: [] }),
  question: () => ({ question: '', in: [] }),
  all: (before) => ({ all: before ? [before] : [] }),
  any: (before) => ({ any: before ? [before] : [] }),
  not: (before) => ({ not: before ?? { category: [] } }),
};

/** Whom a question or a quota concerns. */
export function ConditionField(place: DefinitionPlace) {
  const { value, field, change } = useField({ ...place, isRequired: true });
  return (
    <div id={field.name} tabIndex={-1} class={field.error ? 'field bad' : 'field'}>
      {field.error && (
        <p class="error">
          {t('common.error')}: {field.error}
        </p>
      )}
      <One
        name={`${field.name}.`}
        label={field.label}
        none={t('definition.when.none')}
        condition={value as Condition | undefined}
        before={place.path}
        onChange={change}
      />
    </div>
  );
}

interface OneProps {
  readonly name: string;
  readonly label: string;
  /** What stands for no condition, where there may be none. */
  readonly none?: string;
  readonly condition: Condition | undefined;
  /** Of the condition as a whole: questions that come after are answered too late. */
  readonly before: DefinitionPlace['path'];
  readonly onChange: (condition: Condition | undefined) => void;
}

function One({ none, label, condition, onChange, ...rest }: OneProps) {
  const kind = condition && kindOf(condition);
  const choose = (chosen: string): void => {
    const wanted = KINDS.find((each) => each === chosen);
    if (wanted !== kind) onChange(wanted && BEGUN[wanted](condition));
  };
  return (
    <div class="condition">
      <SelectField
        name={`${rest.name}kind`}
        label={label}
        value={kind ?? ''}
        choices={[
          ...(none === undefined ? [] : [['', none] as const]),
          ...KINDS.map((each) => [each, t(`definition.when.${each}`)] as const),
        ]}
        onChange={choose}
      />
      {condition && <Of {...rest} condition={condition} onChange={onChange} />}
    </div>
  );
}

type OfProps = Omit<OneProps, 'none' | 'label' | 'condition'> & { readonly condition: Condition };

function Of({ name, condition, before, onChange }: OfProps) {
  const { definition } = useEditing();
  const checks = (kind: 'category' | 'mode' | 'session', list: string, chosen: readonly string[]) => (
    <ChecksField
      name={name + kind}
      label={t(`definition.when.${kind}`)}
      choices={choicesIn(definition, list)}
      chosen={chosen}
      onChange={(ids) => onChange({ [kind]: ids } as Condition)}
    />
  );
  if ('category' in condition) return checks('category', 'categories', condition.category);
  if ('mode' in condition) return checks('mode', 'modes', condition.mode);
  if ('session' in condition) return checks('session', 'signUps', condition.session);
  if ('country' in condition)
    return (
      <PlacesOfWorld
        name={`${name}country`}
        label={t('definition.when.country')}
        add={t('definition.when.addCountry')}
        codes={condition.country}
        onChange={(country) => onChange({ country })}
      />
    );
  if ('question' in condition) return <Answered {...{ name, condition, before, onChange }} />;
  if ('not' in condition)
    return (
      <One
        {...{ name: `${name}not.`, label: t('definition.when.kind'), before }}
        condition={condition.not}
        onChange={(not) => not && onChange({ not })}
      />
    );
  const [kind, all] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  const put = (conditions: readonly Condition[]): void => onChange({ [kind]: conditions } as unknown as Condition);
  return (
    <>
      {all.map((each, at) => (
        <div key={at} class="card">
          <One
            {...{ label: t('definition.when.kind'), before }}
            name={`${name}${kind}.${at}.`}
            condition={each}
            onChange={(changed) => changed && put(all.with(at, changed))}
          />
          <Button kind="quiet" onPress={() => put(all.toSpliced(at, 1))}>
            {t('definition.when.remove')}
          </Button>
        </div>
      ))}
      <p class="buttons">
        <Button kind="second" onPress={() => put([...all, { category: [] }])}>
          {t('definition.when.add')}
        </Button>
      </p>
    </>
  );
}

interface AnsweredProps extends Omit<OfProps, 'condition'> {
  readonly condition: Extract<Condition, { readonly question: string }>;
}

/** What was answered to a question before. */
function Answered({ name, condition, before, onChange }: AnsweredProps) {
  const { definition } = useEditing();
  const all = (definition['questions'] ?? []) as readonly Question[];
  const [part, position] = before;
  const earlier = part === 'questions' ? all.slice(0, Number(position)) : all;
  const question = earlier.find(({ id }) => id === condition.question);
  const possible = question && (answersOf(question.type)?.answers ?? question.options?.map(({ id }) => id));
  const answers = { name: `${name}in`, label: t('definition.when.answers') };
  const put = (chosen: readonly string[]): void => onChange({ ...condition, in: chosen });
  return (
    <>
      <SelectField
        name={`${name}question`}
        label={t('definition.when.which')}
        value={condition.question}
        choices={[
          ['', t('definition.choose')],
          ...earlier.map((each) => [each.id, entryName(definition, each)] as const),
        ]}
        onChange={(chosen) => onChange({ question: chosen, in: [] })}
      />
      {possible ? (
        <ChecksField
          {...answers}
          choices={possible.map((id) => [id, answerName(definition, question, id)])}
          chosen={condition.in}
          onChange={put}
        />
      ) : (
        question && <Lines key={question.id} {...answers} lines={condition.in} onChange={put} />
      )}
    </>
  );
}
