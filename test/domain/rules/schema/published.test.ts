/** What an editor shows and checks while a rule is written: every description, pattern and bound of the shapes. */
import { readFile } from 'node:fs/promises';
import { ruleSchemaText } from '../../../../cli/rules/json-schema.ts';

test('rules/rule.schema.json is what the schema gives (npm run rules:build)', async () => {
  expect(await readFile('rules/rule.schema.json', 'utf8')).toBe(ruleSchemaText());
});
