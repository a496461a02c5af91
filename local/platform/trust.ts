/** Trust in the local CA, within this process only. */
import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** NODE_EXTRA_CA_CERTS is read at a process's start; our CA is made later. */
export async function trustCa(file: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(file, 'utf8')]);
}
