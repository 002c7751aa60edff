/** The SQLite store fulfils the contract of every store port. */
import { describe } from 'vitest';
import { makeSqliteStore } from '#tests/sqlite-test-store.ts';
import { describeDeliveryLedger } from './delivery-ledger.ts';
import { describeFetchState } from './fetch-state.ts';
import { describeLease } from './lease.ts';
import { describePaperReader } from './paper-reader.ts';
import { describeRecordWriter } from './record-writer.ts';
import { describeRunLog } from './run-log.ts';
import { describeSubscriptionBook } from './subscription-book.ts';

describe('DeliveryQueue over SQLite', () => describeDeliveryLedger(makeSqliteStore));
describe('FetchState over SQLite', () => describeFetchState(makeSqliteStore));
describe('Lease over SQLite', () => describeLease(makeSqliteStore));
describe('PaperReader over SQLite', () => describePaperReader(makeSqliteStore));
describe('RecordWriter over SQLite', () => describeRecordWriter(makeSqliteStore));
describe('RunLog over SQLite', () => describeRunLog(makeSqliteStore));
describe('SubscriptionStore over SQLite', () => describeSubscriptionBook(makeSqliteStore));
