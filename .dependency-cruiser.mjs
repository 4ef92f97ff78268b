// The arrows of docs/architecture.md: a file may import from its own folder and from those to its right.
// functions → delivery, actions → cards → digests → events → subscriptions → schedules, identity → platform

const layers = [
  ['delivery', 'actions'],
  ['cards'],
  ['digests'],
  ['events'],
  ['subscriptions'],
  ['schedules', 'identity'],
  ['platform'],
];

/** One rule per folder: nothing to its left, and not its neighbour in the same layer. */
const arrows = layers.flatMap((layer, depth) =>
  layer.map((folder) => {
    const right = layers.slice(depth + 1).flat();
    return {
      name: `arrows-of-${folder}`,
      severity: 'error',
      comment: `shared/${folder} may import from itself and: ${right.join(', ') || 'nothing else'}`,
      from: { path: `^shared/${folder}/` },
      to: { path: '^(shared|functions|infra|static|test)/', pathNot: `^shared/(${[folder, ...right].join('|')})/` },
    };
  }),
);

const IO_FILE = '-(table|queue|vault|client|storage)\\.ts$';

export default {
  forbidden: [
    ...arrows,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'functions-only-use-shared',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|static|test)/' },
    },
    {
      name: 'pages-use-pure-files-only',
      severity: 'error',
      comment:
        'What runs in a browser takes rules and types from shared/, and nothing that stores, calls or reads settings.',
      from: { path: '^static/' },
      to: { path: `(^(functions|infra)/|${IO_FILE}|^shared/platform/)` },
    },
    {
      name: 'soak-oracle-stands-alone',
      severity: 'error',
      comment: 'It works out again who gets an event: with nothing of what it judges.',
      from: { path: '^test/soak/oracle\\.ts$' },
      to: { path: '.' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'local-microsoft365-stands-alone',
      severity: 'error',
      comment: 'The stand-in could be published by itself: it knows nothing of the product.',
      from: { path: '^infra/local/microsoft365/' },
      to: { path: '^(shared|functions|static)/' },
    },
    {
      name: 'rules-import-no-io',
      severity: 'error',
      comment: 'Pure files import no I/O file, no clock and no Azure client; their types are fine.',
      from: { path: '^shared/', pathNot: `(${IO_FILE}|^shared/platform/)` },
      to: { path: '^(node_modules/)?@azure/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@azure/functions-core$' },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(functions|shared|static)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
