import { sweepEveryPage } from './site-sweep.ts';

sweepEveryPage('km');
