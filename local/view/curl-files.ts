/** Ready-made sign-ins: one curl configuration a person, kept fresh while the city runs. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Person } from '../seed/seed-city.ts';

/** Writes `folder/<name>` with the person's token; readable by its owner only. */
export async function writeCurlFile(folder: string, person: Person, ca: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lines = [
    `# curl -K ${path.basename(folder)}/${person.name} "$API/v1/me"   (${person.role})`,
    `# signs in as ${person.name} with ${person.password}`,
    ...(ca ? [`cacert = "${ca}"`] : []),
    `header = "Authorization: Bearer ${person.tokens.access}"`,
    'header = "Content-Type: application/json"',
  ];
  await writeFile(path.join(folder, person.name), `${lines.join('\n')}\n`, { mode: 0o600 });
}
