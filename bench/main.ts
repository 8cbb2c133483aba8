import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { checkFigures } from './checks.ts';
import { coreFigures } from './core.ts';
import { pageFigures } from './page.ts';
import { routingFigures } from './routing.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const suites: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  core: coreFigures,
  checks: checkFigures,
  routing: async () => routingFigures(),
  page: pageFigures,
};

for (const [name, figures] of Object.entries(suites)) {
  if (values.only !== undefined && values.only !== name) continue;
  for (const figure of await figures()) {
    if (values.json) console.log(JSON.stringify(figure));
    else
      console.log(
        `${figure.ok ? 'ok  ' : 'MISS'} ${figure.name.padEnd(64)} ${String(figure.value).padStart(10)} ${figure.unit.padEnd(14)} goal ${figure.goal}`,
      );
  }
}
