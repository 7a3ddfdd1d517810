import { Heading } from '../kernel/parts/heading.tsx';
import { words } from '../words.ts';

/** For someone who signed in and whom nobody has invited into this event. */
export const NoRole = ({ title }: { readonly title: string }) => (
  <>
    <Heading>{words.noRole.title}</Heading>
    <p>{words.noRole.explain(title)}</p>
    <p>{words.noRole.todo}</p>
  </>
);

/** For a page that none of someone's roles opens. */
export const NotForYou = () => (
  <>
    <Heading>{words.notForYou.title}</Heading>
    <p>{words.notForYou.explain}</p>
  </>
);

/** For a page that one of someone's roles would open, if they were vetted. */
export const NotVetted = () => (
  <>
    <Heading>{words.notVetted.title}</Heading>
    <p>{words.notVetted.explain}</p>
  </>
);
