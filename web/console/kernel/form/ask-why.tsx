import { useDesk } from '../../desk.ts';
import { Failure } from '../parts/failure.tsx';
import { useLoaded } from '../parts/use-loaded.ts';

const fetchForm = () => import('./why-form.tsx').then(({ WhyForm }) => WhyForm);

/** Asked once per sitting, when the first record of someone under 18 is opened (CS14). Few see its form, which is fetched then. */
export function AskWhy({ onSaid }: { readonly onSaid: () => Promise<void> }) {
  const { onSignedOut } = useDesk();
  const { loaded } = useLoaded('', fetchForm, onSignedOut);
  if (loaded.state === 'failed') return <Failure error={loaded.error} />;
  if (loaded.state !== 'ready') return null;
  const Form = loaded.value;
  return <Form onSaid={onSaid} />;
}
