import { App } from 'aws-cdk-lib';
import { addPlenary } from '../../infra/app.ts';

/** The app of `cdk.json` over a folder of built files that the test made. */
addPlenary(new App(), process.env['PLENARY_BUILT'] ?? '');
