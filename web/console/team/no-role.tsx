import { Heading } from '../kernel/parts/heading.tsx';
import { t } from '../words.ts';

/** For someone who signed in and whom nobody has invited into this event. */
export const NoRole = ({ title }: { readonly title: string }) => (
  <>
    <Heading>{t('noRole.title')}</Heading>
    <p>{t('noRole.explain', { event: title })}</p>
    <p>{t('noRole.todo')}</p>
  </>
);

/** For a page that none of someone's roles opens. */
export const NotForYou = () => (
  <>
    <Heading>{t('notForYou.title')}</Heading>
    <p>{t('notForYou.explain')}</p>
  </>
);

/** For a page that one of someone's roles would open, if they were vetted. */
export const NotVetted = () => (
  <>
    <Heading>{t('notVetted.title')}</Heading>
    <p>{t('notVetted.explain')}</p>
  </>
);
