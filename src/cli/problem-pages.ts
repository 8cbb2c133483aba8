import { HELP_CODES, helpFor } from '../core/checks/help/index.ts';
import { helpMarkdown } from './help-text.ts';

const FAMILIES: readonly (readonly [file: string, title: string, codes: RegExp, about: string])[] = [
  ['virtual-service', 'VirtualService', /^V-VS/, 'Rules of istiod’s webhook.'],
  ['destination-rule', 'DestinationRule', /^V-DR/, 'Rules of istiod’s webhook.'],
  ['gateway', 'Gateway', /^V-GW/, 'Rules of istiod’s webhook.'],
  ['service-entry', 'ServiceEntry', /^V-SE/, 'Rules of istiod’s webhook.'],
  ['workloads', 'WorkloadEntry and WorkloadGroup', /^V-W/, 'Rules of istiod’s webhook.'],
  ['sidecar', 'Sidecar', /^V-SC/, 'Rules of istiod’s webhook.'],
  ['every-kind', 'Policies, EnvoyFilters and every kind', /^V-(?:POL|EF|META|DEC)/, 'Rules of istiod’s webhook.'],
  ['api-server', 'What the API server refuses', /^SCHEMA/, 'By the CRDs: structure and rules in CEL.'],
  ['istioctl', 'What istioctl analyze says', /^IST/, 'By Istio’s own codes.'],
  ['kiali', 'What Kiali says', /^KIA/, 'Checks that istioctl lacks.'],
  [
    'meshwright',
    'What only Meshwright says',
    /^(?!V-|SCHEMA|IST|KIA)/,
    'Each MW code comes with a request that proves it.',
  ],
];

const MADE = '<!-- Made by scripts/problem-pages.mjs from src/core/checks/help: change it there. -->';
const linkOf = (code: string): string => code.toLowerCase();

function pageOf(title: string, about: string, codes: readonly string[]): string {
  const sections = codes.flatMap((code) => {
    const help = helpFor(code);
    if (help === undefined) return [];
    return [`<a id="${linkOf(code)}"></a>\n\n## ${code}: ${help.title}\n\n${helpMarkdown(help)}\n`];
  });
  return `${MADE}\n\n# ${title}\n\n${about}\n\n${sections.join('\n')}`;
}

function indexPage(): string {
  const families = FAMILIES.map(([file, title, codes]) => {
    const rows = HELP_CODES.filter((code) => codes.test(code)).map(
      (code) => `- [${code}](${file}.md#${linkOf(code)}): ${helpFor(code)?.title ?? ''}`,
    );
    return `## [${title}](${file}.md)\n\n${rows.join('\n')}\n`;
  });
  const head = [
    MADE,
    '# Problems',
    'What `meshwright check` and the Problems panel say, code by code: why it matters, what to do, and an example with its cure. `meshwright explain CODE` prints the same.',
    'To mute one problem, write on its line or above it `# meshwright-ignore CODE because …`; in a whole file, `# meshwright-ignore-file CODE`. The annotations `galley.istio.io/analyze-suppress` (codes of istioctl) and `kiali.io/ignore-validations` (codes of Kiali) count too.',
  ];
  return `${head.join('\n\n')}\n\n${families.join('\n')}`;
}

/** The pages under docs/problems, by the names of their files. */
export function problemPages(): ReadonlyMap<string, string> {
  const pages = FAMILIES.map(
    ([file, title, codes, about]) =>
      [
        `${file}.md`,
        pageOf(
          title,
          about,
          HELP_CODES.filter((code) => codes.test(code)),
        ),
      ] as const,
  );
  return new Map([['README.md', indexPage()], ...pages]);
}
