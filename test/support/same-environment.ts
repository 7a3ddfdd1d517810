/** Lets files that share all modules run one after another in the same process: each has the environment that the first had. */
import { restoreEnvironment } from './environment.ts';

restoreEnvironment();
