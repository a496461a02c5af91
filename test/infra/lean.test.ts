import { refusing, versionOnly, withoutErrorClasses, withPlainKeys } from '../../infra/bundling/lean.ts';

test('a computed key that is a constant becomes that text, and nothing else changes', () => {
  const source =
    'const _h = "header";\nconst n = 1;\nexport var X = [3, _h, [_h], { [_h]: 1, [_other]: 2 }];';
  expect(withPlainKeys(source)).toBe(
    'const _h = "header";\nconst n = 1;\nexport var X = [3, _h, [_h], { "header": 1, [_other]: 2 }];',
  );
});

test('what is left out of a bundle says so when it is called, and what makes a method makes one that says so', async () => {
  const source =
    'export const a = () => 1;\nexport function b() {}\nexport class C {}\nexport const createMethod = () => () => 1;';
  const module: unknown = await import(
    `data:text/javascript,${encodeURIComponent(refusing(source, 'JSON Schema'))}`
  );
  const names = Object.entries(Object(module));
  expect(names.map(([name]) => name)).toEqual(['C', 'a', 'b', 'createMethod']);
  for (const [name, value] of names) {
    if (typeof value !== 'function') throw new TypeError(`${name} is no function`);
    const call: unknown = name === 'createMethod' ? value() : value;
    if (typeof call !== 'function') throw new TypeError(`${name} makes no function`);
    expect(() => call()).toThrow('JSON Schema is not in the bundle');
  }
});

test('of the description of a client its version stays', () => {
  expect(versionOnly('{"name":"@aws-sdk/client-x","version":"3.1.2","scripts":{}}')).toBe(
    '{"version":"3.1.2"}',
  );
});

test('of the errors of a client that of the service itself stays, and what is caught by its class', () => {
  const own = '_s_registry.registerError(SNSServiceException$, SNSServiceException);\n';
  const other = 'n0_registry.registerError(ThrottledException$, ThrottledException);\n';
  const caught = 'n0_registry.registerError(TransactionCanceledException$, TransactionCanceledException);\n';
  expect(withoutErrorClasses(own + other + caught)).toBe(`${own}\n${caught}`);
});
