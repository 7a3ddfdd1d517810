import { useDesk } from '../../desk.ts';
import { languageName } from '../../names.ts';

/** The page that guardians without e-mail sign, in each language of the event; it opens beside the console, to be printed. */
export function BlankForm({ label }: { readonly label: string }) {
  const { event } = useDesk();
  return (
    <p class="screen">
      {label}{' '}
      {event.languages.map((tag) => (
        <a key={tag} class="beside" href={`/e/${event.id}/consent-form?lang=${tag}`} target="_blank" rel="noopener">
          {languageName(tag)}
        </a>
      ))}
    </p>
  );
}
