import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { SelectField, TextField } from '../../kernel/form/field.tsx';
import { Form } from '../../kernel/form/form.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { words } from '../../words.ts';
import { PAPERS, paperNamed, type Wanted } from './wanted.ts';

interface ChooseBadgesProps {
  readonly wanted: Wanted;
  readonly onChosen: (wanted: Wanted) => void;
}

/** Whose badges, and on which paper. */
export function ChooseBadges({ wanted, onChosen }: ChooseBadgesProps) {
  const { event } = useDesk();
  const [typed, setTyped] = useState({ category: '', reference: '', ...wanted });
  const field = (name: 'category' | 'reference' | 'paper') => ({
    name,
    value: typed[name] ?? '',
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const choose = (): void =>
    onChosen({ paper: paperNamed(typed.paper), category: typed.category, reference: typed.reference?.trim() });
  return (
    <Form class="filters" onSend={choose}>
      <SelectField
        {...field('category')}
        label={words.badges.category}
        choices={[['', words.badges.everyone], ...event.categories.map(({ id, title }) => [id, title] as const)]}
      />
      <TextField
        {...field('reference')}
        label={words.badges.reference}
        hint={words.badges.referenceHint}
        maxLength={20}
      />
      <SelectField
        {...field('paper')}
        label={words.badges.paper}
        choices={PAPERS.map((each) => [each, words.badges.papers[each]] as const)}
      />
      <Button type="submit">{words.badges.show}</Button>
    </Form>
  );
}
