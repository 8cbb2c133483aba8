import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { examples } from './examples.ts';

it('names the examples that are served with the page, in the same words and order', () => {
  const served: unknown = JSON.parse(readFileSync('public/examples/index.json', 'utf8'));
  expect(examples.map(({ id, title, about }) => ({ file: `${id}.yaml`, title, about }))).toEqual(served);
});
