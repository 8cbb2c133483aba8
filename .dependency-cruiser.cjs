// Every arrow of the house, types included. A folder of the core may import only the folders listed beside it.
const core = {
  base: [],
  text: ['base'],
  yaml: ['base', 'text'],
  istio: ['base', 'text', 'yaml'],
  mesh: ['base', 'text', 'yaml', 'istio'],
  routing: ['base', 'text', 'yaml', 'istio', 'mesh'],
  checks: ['base', 'text', 'yaml', 'istio', 'mesh', 'routing'],
  graph: ['base', 'text', 'yaml', 'istio', 'mesh'],
  simulation: ['base', 'text', 'yaml', 'istio', 'mesh', 'routing'],
  workspace: ['base', 'text', 'yaml', 'istio', 'mesh', 'routing', 'checks', 'graph', 'simulation'],
  commands: ['base', 'text', 'yaml', 'istio', 'mesh', 'graph', 'workspace'],
  fixes: ['base', 'text', 'yaml', 'istio', 'mesh', 'checks', 'graph', 'workspace', 'commands'],
  export: ['base', 'text', 'yaml', 'istio', 'mesh', 'graph', 'workspace'],
};
const app = {
  ui: [],
  platform: [],
  state: ['worker', 'platform'],
  worker: [],
  editor: ['state', 'ui', 'platform'],
  canvas: ['state', 'ui'],
  panels: ['state', 'ui', 'platform'],
};
const notTests = '[.]test[.]tsx?$|/testing/';
const only = (floor, name, allowed) => ({
  name: `${floor}-${name}`,
  severity: 'error',
  comment: `src/${floor}/${name} may import only itself and: ${allowed.join(', ') || 'nothing'}.`,
  from: { path: `^src/${floor}/${name}/`, pathNot: notTests },
  to: { path: `^src/${floor}/[^/]+/`, pathNot: `^src/${floor}/(${[name, ...allowed].join('|')})/` },
});
const library = (name, pattern, home) => ({
  name: `only-${home.replace(/[^a-z]+/g, '-')}-imports-${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^${home}|${notTests}` },
  to: { path: `node_modules/${pattern}` },
});
module.exports = {
  forbidden: [
    ...Object.entries(core).map(([name, allowed]) => only('core', name, allowed)),
    ...Object.entries(app).map(([name, allowed]) => only('app', name, allowed)),
    {
      name: 'core-is-the-ground-floor',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(app|cli)/' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/', pathNot: notTests },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'app-and-cli-are-apart', severity: 'error', from: { path: '^src/app/' }, to: { path: '^src/cli/' } },
    { name: 'cli-and-app-are-apart', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/app/' } },
    {
      name: 'no-react-below',
      severity: 'error',
      from: { path: '^src/(core|cli)/' },
      to: { path: 'node_modules/(react|react-dom|zustand|@xyflow)/' },
    },
    library('yaml', 'yaml/', 'src/core/yaml/'),
    library('monaco', 'monaco-editor/', 'src/app/editor/'),
    library('xyflow', '@xyflow/', 'src/app/canvas/'),
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'no-tests-in-sources',
      severity: 'error',
      from: { path: '^src/', pathNot: notTests },
      to: { path: notTests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
