import type { Chance } from './chance.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' };
const decoded = (text = ''): string => text.replace(/&(amp|quot|#39|lt|gt);/g, (all, name) => ENTITIES[name] ?? all);

/** Of a tag; empty where it has the name alone. */
function attributeOf(tag: string, name: string): string | undefined {
  const [all, quoted, bare] = new RegExp(` ${name}(?:="([^"]*)"|=([^ >"]+))?(?=[ >/])`).exec(`${tag}>`) ?? [];
  return all === undefined ? undefined : decoded(quoted ?? bare);
}

/** What a control may say, and what it says as it was shown. */
interface Control {
  readonly kind: 'hidden' | 'typed' | 'chosen';
  readonly values: string[];
  readonly shown: string[];
}

/** Every form of a page that is posted. */
export const formsIn = (html: string) =>
  [...html.matchAll(/<form( [^>]*method="?post[^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => ({
    action: attributeOf(head, 'action') ?? '',
    ...controlsIn(inside),
  }));

export type ShownForm = ReturnType<typeof formsIn>[number];

function controlsIn(inside: string) {
  const controls = new Map<string, Control>();
  const buttons: [string, string][] = [];
  const add = (name: string, kind: Control['kind'], value: string, isShown = true): void => {
    const control = controls.get(name) ?? { kind, values: [], shown: [] };
    controls.set(name, control);
    control.values.push(value);
    if (isShown) control.shown.push(value);
  };
  const found = inside.matchAll(/<(input|button|select|textarea)( [^>]*)?>(?:((?:(?!<input)[\s\S])*?)<\/\1>)?/g);
  for (const [, tag, attributes = '', text = ''] of found) {
    const [name, type, value = ''] = ['name', 'type', 'value'].map((each) => attributeOf(attributes, each));
    if (!name || type === 'file') continue;
    if (tag === 'button') buttons.push([name, value]);
    else if (tag === 'textarea') add(name, 'typed', decoded(text));
    else if (tag === 'select')
      for (const [option] of text.matchAll(/<option[^>]*>/g))
        add(name, 'chosen', attributeOf(option, 'value') ?? '', option.includes(' selected'));
    else if (type === 'radio' || type === 'checkbox')
      add(name, 'chosen', value || 'on', attributeOf(attributes, 'checked') !== undefined);
    else add(name, type === 'hidden' ? 'hidden' : 'typed', value);
  }
  return { controls, buttons };
}

/** What is sent of a form: most of it as it was shown, or as its fields are filled in. */
export function filledIn({ controls, buttons }: ShownForm, chance: Chance, number: number): [string, string][] {
  const others = chance.of(0, 0.1, 0.3, 0.6);
  const valuesOf = (name: string, { kind, values, shown }: Control): readonly string[] => {
    if (kind === 'hidden' && chance.is(0.97)) return shown;
    if (kind === 'chosen') {
      if (shown.length > 0 && !chance.is(others)) return shown;
      const some = values.filter(() => chance.is(0.6));
      return some.length > 0 || chance.is(0.3) ? some : values.slice(0, 1);
    }
    if (/email$/i.test(name)) return [chance.address(number)];
    if (chance.is(others))
      return [chance.of(chance.text(), 'x'.repeat(5000), '2027-11-02', '7', '+855 12 000 000', '-1')];
    return shown[0] ? shown : ['Plain name'];
  };
  const fields = [...controls].flatMap(([name, control]) =>
    valuesOf(name, control).map((value): [string, string] => [name, value]),
  );
  return buttons.length > 0 ? [...fields, chance.of(...buttons)] : fields;
}
