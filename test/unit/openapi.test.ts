import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../shared/contract/openapi.ts';
import { ROUTES } from '../../shared/contract/routes.ts';

const document = JSON.parse(JSON.stringify(openApiDocument()));

it('docs/openapi.json is what the contract says: `npm run openapi` writes it anew', () => {
  expect(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))).toEqual(document);
});

it('describes every route of the contract and nothing else, in OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const described = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(
    Object.values(ROUTES)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
});

it('bodies and answers of JSON routes allow no undeclared field', () => {
  const schemas = Object.values<{ type?: string; properties?: object; additionalProperties?: unknown }>(
    document.components.schemas,
  );
  const open = schemas.filter((schema) => schema.properties && schema.additionalProperties !== false);
  expect(open).toEqual([]);
});
