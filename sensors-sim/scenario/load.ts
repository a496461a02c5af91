import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type * as z from 'zod';
import { Scenario } from './schema.ts';
import { strangersIn } from './strangers.ts';

/** The scenarios that come with the product. */
export const scenarioFolder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Largest scenario file in bytes. */
export const scenarioFileBytesMax = 65_536;

export type LoadedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problem: 'invalid-scenario'; readonly errors: readonly string[] };

/** Names of the scenarios that come with the product, sorted. */
export const scenarioNames = (): string[] =>
  readdirSync(scenarioFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();

/** A scenario by its name, or by the path of a file of the user's. */
export function loadScenario(nameOrPath: string): LoadedScenario {
  const isPath = isAbsolute(nameOrPath) || /\.ya?ml$/.test(nameOrPath);
  const path = isPath ? resolve(nameOrPath) : resolve(scenarioFolder, `${nameOrPath}.yaml`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return invalid([
      isPath
        ? `${nameOrPath}: cannot be read`
        : `no scenario "${nameOrPath}"; there are ${scenarioNames().join(', ')}`,
    ]);
  }
  return parseScenario(text, nameOrPath);
}

/** A scenario from its text; every error with file, line and column. */
export function parseScenario(text: string, file: string): LoadedScenario {
  if (Buffer.byteLength(text) > scenarioFileBytesMax) {
    return invalid([`${file}: must be at most ${scenarioFileBytesMax} bytes`]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true });
  if (document.errors.length > 0) {
    return invalid(
      document.errors.map(
        (error) => `${located(file, lines, error.pos[0])}: ${error.message.split('\n')[0]}`,
      ),
    );
  }
  const where = (path: readonly PropertyKey[]): string => located(file, lines, offsetOf(document, path));
  const alias = aliasIn(document);
  if (alias !== undefined)
    return invalid([`${located(file, lines, alias)}: aliases are not taken: write it out`]);
  const parsed = Scenario.safeParse(document.toJS());
  if (!parsed.success) return invalid(parsed.error.issues.flatMap((issue) => described(issue, where)));
  const strangers = strangersIn(parsed.data);
  if (strangers.length > 0)
    return invalid(strangers.map(({ path, detail }) => `${where(path)}: ${path.join('.')} ${detail}`));
  return { ok: true, scenario: parsed.data };
}

const invalid = (errors: readonly string[]): LoadedScenario => ({
  ok: false,
  problem: 'invalid-scenario',
  errors,
});

/** Where the first alias stands: with aliases a small file can unfold into a huge one. */
function aliasIn(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    found = node.range?.[0] ?? 0;
    return visit.BREAK;
  });
  return found;
}

function described(issue: z.core.$ZodIssue, where: (path: readonly PropertyKey[]) => string): string[] {
  const name = issue.path.map(String).join('.') || 'the file';
  return [`${where(issue.path)}: ${name}: ${issue.message}`];
}

function located(file: string, lines: LineCounter, offset: number | undefined): string {
  if (offset === undefined) return file;
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

/** Where the node of a path begins, or the nearest one above it that is there. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [start]: unknown[] = node.range;
      if (typeof start === 'number') return start;
    }
  }
  return undefined;
}
