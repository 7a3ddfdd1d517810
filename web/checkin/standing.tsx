import { useApp } from './app-context.ts';
import { Door } from './door.tsx';
import { Enrol } from './screens/enrol.tsx';
import { NoStorage } from './screens/no-storage.tsx';
import { Over } from './screens/over.tsx';
import { ReplaceDevice } from './screens/replace-device.tsx';
import { Revoked } from './screens/revoked.tsx';
import { SearchCode } from './screens/search-code.tsx';
import { useEnrolment } from './use-enrolment.ts';

/** What the phone is at the moment decides what it shows. @param code of the link that was opened */
export function Standing({ code }: { readonly code: string | undefined }) {
  const { snapshot } = useApp();
  const enrolment = useEnrolment(code);
  const replacing = enrolment.code !== undefined && <ReplaceDevice enrolment={enrolment} />;
  switch (snapshot.standing) {
    case 'starting':
      return null;
    case 'no-storage':
      return <NoStorage />;
    case 'not-enrolled':
      return <Enrol enrolment={enrolment} />;
    case 'revoked':
      return replacing || <Revoked />;
    case 'over':
      return replacing || <Over />;
    case 'active':
      return replacing || (snapshot.searchCode === undefined ? <Door /> : <SearchCode digits={snapshot.searchCode} />);
  }
}
