/**
 * The import rules of docs/architecture.md: imports run downwards in the way of one question, the pure folders
 * import nothing of the others but types, and the product never imports its stand.
 */
const folder = (name) => `^src/${name}/`;

/** From the top of the way to its bottom; a folder may import only from folders to its right. */
const order = ['bot', 'understanding', 'suppliers', 'cache', 'onec'];

const downwards = order.flatMap((from, index) =>
  order.slice(0, index).map((to) => ({
    name: `${from}-not-up-to-${to}`,
    severity: 'error',
    comment: 'Imports run downwards in the way of one question.',
    from: { path: folder(from) },
    to: { path: folder(to) },
  })),
);

const pure = ['classifier', 'replies'].map((name) => ({
  name: `${name}-is-pure`,
  severity: 'error',
  comment: `src/${name} is pure: of the other folders it imports types only.`,
  from: { path: folder(name), pathNot: '\\.(module|spec)\\.ts$' },
  to: { path: '^src/', pathNot: folder(name), dependencyTypesNot: ['type-only'] },
}));

module.exports = {
  forbidden: [
    ...downwards,
    ...pure,
    {
      name: 'metrics-knows-nobody',
      severity: 'error',
      comment: 'Everybody may feed src/metrics; it imports nothing of the others.',
      from: { path: folder('metrics') },
      to: { path: '^src/', pathNot: folder('metrics') },
    },
    {
      name: 'src-not-to-stand-or-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(stand|test|scripts)/' },
    },
    {
      name: 'vendors-stay-home-telegram',
      severity: 'error',
      comment: 'Telegraf is known to the bot alone.',
      from: { path: '^src/', pathNot: folder('bot') },
      to: { path: 'node_modules/(nestjs-)?telegraf' },
    },
    {
      name: 'vendors-stay-home-axios',
      severity: 'error',
      comment: 'HTTP to the accounting system is known to onec alone.',
      from: { path: '^src/', pathNot: folder('onec') },
      to: { path: 'node_modules/(axios|axios-retry|@nestjs/axios)/' },
    },
    {
      name: 'vendors-stay-home-prometheus',
      severity: 'error',
      comment: 'The client of Prometheus is known to metrics alone.',
      from: { path: '^src/', pathNot: [folder('metrics'), '\\.spec\\.ts$'] },
      to: { path: 'node_modules/prom-client' },
    },
    { name: 'no-circular', severity: 'error', from: { path: '^(src|stand)/' }, to: { circular: true } },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      // Types are gone when the product runs.
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
