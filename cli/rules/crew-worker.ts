/** One of the crew: reads its share of files and sends back what they hold. */
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { type GivenProof, readGivenProof } from '../proofs/read-proof.ts';
import { readBookFile } from './book-file.ts';

interface GivenFile {
  readonly shown: string;
  readonly text: string;
}

type Share =
  | { readonly job: 'rule'; readonly items: readonly GivenFile[] }
  | { readonly job: 'proof'; readonly items: readonly GivenProof[] };

/** A correlation rule keeps the functions that locate its findings: these do not travel. */
function ruleFile({ shown, text }: GivenFile) {
  const read = readBookFile(shown, text);
  return read.kind === 'correlation' ? undefined : read;
}

const port = parentPort;
assert(port, 'runs as a worker');
port.on('message', (share: Share) => {
  port.postMessage(share.job === 'rule' ? share.items.map(ruleFile) : share.items.map(readGivenProof));
});
