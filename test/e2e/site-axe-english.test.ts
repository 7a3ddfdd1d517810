import { inspectEveryPage } from './site-axe.ts';

inspectEveryPage('en');
