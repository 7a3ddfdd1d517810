import { App } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { addPlenary, BUILT } from './app.ts';
import { findingsIn, findingsTable } from './findings.ts';

/** `npm run nag`: prints what cdk-nag finds in the system as `cdk.json` configures it. */
const app = new App({ context: cdk.context });
addPlenary(app, BUILT);
console.log(findingsTable(findingsIn(app)));
