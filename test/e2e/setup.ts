import { installBoth } from '../support/chromium.ts';

/** Before any test's time is counted: installing a browser takes longer than one may. */
export function setup(): void {
  installBoth();
}
