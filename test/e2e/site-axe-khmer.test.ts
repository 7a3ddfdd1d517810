import { inspectEveryPage } from './site-axe.ts';

inspectEveryPage('km');
