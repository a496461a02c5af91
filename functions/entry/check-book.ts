/** Run when a bundle is made, `node check-book.ts <file>`: prints the digest of a rule book that this code can read. */
import { readFileSync } from 'node:fs';
import { readRuleBook } from '../adapters/rule-book/read-rule-book.ts';
import { digestOf } from '../adapters/rule-book/sealed-book.ts';

const [file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
readRuleBook(JSON.parse(bytes.toString('utf8')));
process.stdout.write(digestOf(bytes));
