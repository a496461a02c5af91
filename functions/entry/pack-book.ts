/**
 * Run when a bundle is made, `node pack-book.ts <book> <packed>`: packs a rule book that this code can read, and prints
 * the digest with which a function opens it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { packBook } from '../adapters/rule-book/packed-book.ts';
import { readRuleBook } from '../adapters/rule-book/read-rule-book.ts';

const [bookFile = '', packedFile = ''] = process.argv.slice(2);
const { bytes, digest } = packBook(readRuleBook(JSON.parse(readFileSync(bookFile, 'utf8'))));
writeFileSync(packedFile, bytes);
process.stdout.write(digest);
