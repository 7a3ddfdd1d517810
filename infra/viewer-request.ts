import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';
import { REQUEST_LIMITS } from '../shared/request-limits.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * What CloudFront's JavaScript 2.0 knows: ECMAScript 5.1, and of the later ones this. Anything else is written otherwise, or fails the
 * build where it cannot be.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const EDGE = {
  target: 'es5',
  supported: { arrow: true, 'const-and-let': true, 'rest-argument': true, 'template-literal': true },
} satisfies BuildOptions;

let code: string | undefined;

/** The function that CloudFront runs on each request for a page or the API: the code that the local gateway runs, too. */
export function viewerRequestCode(): string {
  code ??= build();
  return code;
}

function build(): string {
  const { outputFiles } = buildSync({
    ...EDGE,
    stdin: {
      contents: `
        import { normaliseRequest } from './shared/kernel/http/viewer-request.ts';
        export function handler(event) { return normaliseRequest(event.request, ${JSON.stringify(REQUEST_LIMITS)}); }
      `,
      resolveDir: ROOT,
    },
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    format: 'esm',
    legalComments: 'none',
  });
  // CloudFront calls what is named `handler` and knows no exports.
  return (outputFiles[0]?.text ?? '').replace(/export \{\s*handler\s*\};\s*$/, '');
}
