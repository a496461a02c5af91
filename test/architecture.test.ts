import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';

/** Who may import whom, as a table: the direction of imports is the architecture. */
const rooms = ['time', 'ids', 'bytes', 'appended', 'severity', 'watermark', 'zone-offset'];

/** Rooms of the domain from left to right: each may import itself and what stands to its left. */
const order = ['telemetry', 'quality', 'rules', 'twin', 'alerts', 'notify'];
const beside = ['inventory', 'access', 'audit'];

const pureModules = ['^node_modules/zod/', '^node_modules/fraction.js/', '^(node:)?(crypto|assert)$'];
const shared = `^functions/domain/(${rooms.join('|')})\\.ts$`;
const room = (name: string) => `^functions/domain/${name}/`;

const only = (from: string, ...allowed: readonly string[]): IForbiddenRuleType => ({
  name: `${from} imports only its own and what the table allows`,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed] },
});

/** The same for rooms that do I/O: Node's own modules are free. */
const onlyAndNode = (from: string, ...allowed: readonly string[]): IForbiddenRuleType => ({
  ...only(from, ...allowed),
  to: { pathNot: [from, ...allowed], dependencyTypesNot: ['core'] },
});

const domain = '^functions/domain/';
const usecases = '^functions/usecases/';
const technology: Readonly<Record<string, readonly string[]>> = {
  dynamo: ['^node_modules/@aws-sdk/client-dynamodb/', '^node_modules/zod/'],
  sns: ['^node_modules/@aws-sdk/client-sns/'],
  sqs: ['^node_modules/@aws-sdk/client-sqs/'],
  firehose: ['^node_modules/@aws-sdk/client-firehose/'],
  iot: ['^node_modules/@aws-sdk/client-iot(-data-plane)?/', '^node_modules/zod/'],
  s3: ['^node_modules/@smithy/signature-v4/'],
  http: [],
  powertools: ['^node_modules/@aws-lambda-powertools/'],
  'rule-book': ['^rules/', '^node_modules/zod/'],
  memory: [],
};
/** Types without a module, and subpath exports, which stay as they are written. */
const unresolved = ['^aws-lambda$', '^@aws-lambda-powertools/'];
const adapterFiles = '^functions/adapters/[^/]+\\.ts$';

const forbidden: IForbiddenRuleType[] = [
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
  ...order.map((name, position) =>
    only(room(name), shared, ...order.slice(0, position).map(room), ...pureModules),
  ),
  ...beside.map((name) => only(room(name), shared, ...order.map(room), ...beside.map(room), ...pureModules)),
  only(usecases, domain, ...pureModules),
  ...Object.entries(technology).map(([name, modules]) =>
    onlyAndNode(`^functions/adapters/${name}/`, domain, usecases, adapterFiles, ...modules),
  ),
  onlyAndNode(
    '^functions/handlers/',
    domain,
    usecases,
    '^functions/adapters/adapter-error\\.ts$',
    '^node_modules/(@middy|@aws-lambda-powertools|zod)/',
    ...unresolved,
  ),
  onlyAndNode('^functions/', '^rules/', '^node_modules/', ...unresolved),
  onlyAndNode('^infra/', '^node_modules/(aws-cdk-lib|constructs|cdk-nag|zod|esbuild|@swc/core)/'),
  {
    name: 'only the entries and the wiring read the environment or make a client',
    severity: 'error',
    from: { path: '^functions/', pathNot: '^functions/(entry|adapters)/' },
    to: { path: '^node_modules/@aws-sdk/' },
  },
  {
    name: 'nothing of the product knows its simulator, its tests, its tools or its local platform',
    severity: 'error',
    from: { path: '^(functions|infra)/' },
    to: { path: '^(sensors-sim|test|local|cli|bench)/' },
  },
  {
    name: 'the oracle of the simulation knows nothing of the product but types',
    severity: 'error',
    from: {
      path: '^test/simulation/(history\\.ts|oracle/)',
      pathNot: '^test/simulation/oracle/(support/|[^/]+\\.test\\.ts)',
    },
    to: { path: '^(functions|cli|sensors-sim|infra)/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'what the oracle judges by uses none of its tests',
    severity: 'error',
    from: {
      path: '^test/simulation/oracle/',
      pathNot: '^test/simulation/oracle/(support/|[^/]+\\.test\\.ts)',
    },
    to: {
      path: '^test/',
      pathNot: '^test/simulation/(history\\.ts|oracle/(facts|laws|along)/|oracle/[^/]+\\.ts)',
    },
  },
];

test('every import goes the way the table allows', async () => {
  const result = await cruise(['functions', 'infra', 'sensors-sim', 'local', 'cli', 'test/simulation'], {
    ruleSet: { forbidden },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  });
  if (typeof result.output === 'string') throw new Error(result.output);
  const { summary } = result.output;
  expect(summary.violations.map((v) => `${v.from} → ${v.to} (${v.rule.name})`)).toEqual([]);
  // A checker that reads nothing would agree with everything.
  expect(summary.totalCruised).toBeGreaterThan(150);
  expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(400);
}, 120_000);
