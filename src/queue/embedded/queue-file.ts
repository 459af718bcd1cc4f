import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { QueueUnavailableError, type WriteFailure } from '../durable-queue';
import { JournalFlush } from './journal-flush';
import { breaksConnection, storeFailure } from './store-failure';

const FILE_NAME = 'queues.db';
const LOCK_NAME = 'queues.lock';
/** How long a commit waits for somebody who looks into the file; the process stands still meanwhile. */
const BUSY_TIMEOUT_MS = 100;
const SCHEMA_VERSION = 1;
/** Writes a page of the file, also where the version is the same. */
const TOUCH = `PRAGMA user_version=${SCHEMA_VERSION}`;
/** The file that collects the commits is cut back to so many bytes after a burst. */
const JOURNAL_SIZE_LIMIT = 16 * 1024 * 1024;
/** The journal is moved into the file whenever it has grown by so many pages, of 4 KB each. */
const CHECKPOINT_PAGES = 4000;
/** A turn of the event loop that takes longer is committed in parts: what has ended is to be noted soon. */
const LONGEST_BATCH_MS = 2;
/** Free pages that the file keeps for what comes; those beyond are given back to the disk, so many at a time. */
const SPARE_PAGES = 1024;
const PAGES_GIVEN_BACK = 256;

/** What can wait does so no longer than this for something to be committed with. */
const SOON_MS = 1;

/**
 * - `durable`: at the end of this turn of the event loop, and flushed to the disk;
 * - `now`: at the end of this turn;
 * - `soon`: with the next commit, or by itself a moment later.
 */
export type Urgency = 'durable' | 'now' | 'soon';

/** A part of a transaction. */
export interface Change {
  /** Writes to the database, within the transaction. */
  write(): void;
  /** The transaction is committed: takes it over into memory. */
  committed(): void;
  /** The transaction was rolled back. */
  failed?(): void;
}

/** What is called with each connection, the first one and those after a failure: makes tables and statements. */
export type Preparation = (database: DatabaseSyncInstance) => void;

interface Pending {
  changes: readonly Change[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The one file of all embedded queues: SQLite in WAL mode. It belongs to this process alone; others may read it.
 *
 * Commits are grouped: everything that is asked for within one turn of the event loop goes into one transaction at its
 * end. What is committed is with the operating system: it survives the death of the process. Where a power failure is to
 * be survived too, the journal is flushed to the disk beside the event loop, again for all who ask meanwhile at once.
 */
export class QueueFile {
  readonly path: string;
  private readonly logger = new Logger(QueueFile.name);
  private database: DatabaseSyncInstance | undefined;
  private lock: DatabaseSyncInstance | undefined;
  private readonly preparations: Preparation[] = [];
  private users = 0;
  private broken = false;
  private journal: JournalFlush | undefined;
  /** A flush failed, after which the system may take for written what is not. */
  private unflushed = false;
  private failure: WriteFailure | undefined;
  private batch: Pending[] = [];
  /** By `performance.now()`. */
  private batchSince = 0;
  private flushSoon: NodeJS.Timeout | undefined;
  private flushNow: NodeJS.Immediate | undefined;

  /** @param folder DATA_DIR; it is made where it is missing */
  constructor(folder: string) {
    this.path = join(resolve(folder), FILE_NAME);
  }

  /** Opens the file for one more queue. @throws QueueUnavailableError with what an operator can do */
  open(prepare: Preparation): void {
    this.guarded(() => {
      if (this.users === 0) this.lock = this.takeLock();
      try {
        if (this.database) prepare(this.database);
        else this.connect([prepare]);
      } catch (error) {
        if (this.users === 0) this.releaseLock();
        throw error;
      }
    });
    this.preparations.push(prepare);
    this.users += 1;
  }

  /** Commits what is pending; the last queue to close closes the file. */
  close(): void {
    if (this.users === 0) return;
    this.flush();
    this.users -= 1;
    if (this.users > 0) return;
    this.disconnect();
    this.releaseLock();
    this.preparations.length = 0;
  }

  /** Why the last commit failed, or its flush; nothing where it did not. */
  get writeFailure(): WriteFailure | undefined {
    return this.failure;
  }

  /**
   * Commits the changes together, all or none, and takes them over into memory. After a failure a commit without changes
   * writes as well, and so tells whether the file can be written to again.
   *
   * @param urgency those that are durable are taken over into memory before they are
   */
  async commit(changes: readonly Change[], urgency: Urgency): Promise<void> {
    if (this.users === 0) throw new QueueUnavailableError(`The queues in ${this.path} are closed`);
    await new Promise<void>((resolve, reject) => {
      this.gather({ changes, resolve, reject }, urgency);
    });
    if (urgency === 'durable') await this.flushed();
  }

  /** Reads, with failures told as `commit` tells them. */
  read<T>(reading: () => T): T {
    return this.guarded(() => {
      this.reconnect();
      return reading();
    });
  }

  /** Gives a little of what the file does not need any more back to the disk. */
  compact(): void {
    this.guarded(() => {
      const database = this.reconnect();
      const { freelist_count: free } = database.prepare('PRAGMA freelist_count').get() as { freelist_count: number };
      if (free > SPARE_PAGES) database.exec(`PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK})`);
    });
  }

  private gather(pending: Pending, urgency: Urgency): void {
    const now = performance.now();
    if (this.batch.push(pending) === 1) this.batchSince = now;
    else if (now - this.batchSince > LONGEST_BATCH_MS) return this.flush();
    if (urgency === 'soon') this.flushSoon ??= setTimeout(() => this.flush(), SOON_MS);
    else this.flushNow ??= setImmediate(() => this.flush());
  }

  private flush(): void {
    const batch = this.batch;
    if (batch.length === 0) return;
    this.batch = [];
    clearTimeout(this.flushSoon);
    clearImmediate(this.flushNow);
    this.flushSoon = this.flushNow = undefined;
    try {
      this.guarded(() => this.transact(batch));
    } catch (error) {
      this.noteFailure(error);
      this.truncateJournal();
      for (const { changes, reject } of batch) {
        changes.forEach((change) => change.failed?.());
        reject(error);
      }
      return;
    }
    if (!this.unflushed) this.noteSuccess();
    for (const { changes, resolve } of batch) {
      changes.forEach((change) => change.committed());
      resolve();
    }
  }

  private async flushed(): Promise<void> {
    try {
      if (this.unflushed) this.checkpoint();
      else await this.journal?.flushed();
    } catch (error) {
      this.unflushed = true;
      const failure = storeFailure(error, this.path);
      this.noteFailure(failure);
      throw failure;
    }
  }

  private noteFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (!this.failure) this.logger.error({ msg: 'the queues cannot be written to', reason });
    this.failure = { reason, since: this.failure?.since ?? Date.now() };
  }

  private noteSuccess(): void {
    if (!this.failure) return;
    this.failure = undefined;
    this.logger.log({ msg: 'the queues can be written to again' });
  }

  /** Writes everything into the file itself, from what the system holds of the journal. */
  private checkpoint(): void {
    const result = this.reconnect().prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (result.busy) throw new QueueUnavailableError(`The file ${this.path} is being read: close what reads it`);
    this.unflushed = false;
    this.noteSuccess();
  }

  private transact(batch: readonly Pending[]): void {
    const database = this.reconnect();
    database.exec('BEGIN');
    try {
      if (this.failure) database.exec(TOUCH);
      for (const { changes } of batch) changes.forEach((change) => change.write());
      database.exec('COMMIT');
    } catch (error) {
      // A full disk has rolled it back already.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  private guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.broken ||= breaksConnection(error);
      throw storeFailure(error, this.path);
    }
  }

  private reconnect(): DatabaseSyncInstance {
    if (this.broken) this.disconnect();
    return this.database ?? this.connect(this.preparations);
  }

  /**
   * The lock is a file of its own: the library finalizes statements only when they are collected as garbage, so that a
   * connection with statements may hold its locks for long after it was closed. The system drops it when the process dies.
   */
  private takeLock(): DatabaseSyncInstance {
    const folder = dirname(this.path);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(join(folder, LOCK_NAME), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    return lock;
  }

  private releaseLock(): void {
    this.lock?.close();
    this.lock = undefined;
  }

  private connect(preparations: readonly Preparation[]): DatabaseSyncInstance {
    const database = new DatabaseSync(this.path, { timeout: BUSY_TIMEOUT_MS });
    try {
      // A new file takes `auto_vacuum` only before anything else is written.
      database.exec('PRAGMA auto_vacuum=INCREMENTAL');
      database.exec('PRAGMA journal_mode=WAL');
      // Commits are flushed by `commit`; SQLite flushes what it moves from the journal into the file.
      database.exec('PRAGMA synchronous=NORMAL');
      database.exec(`PRAGMA wal_autocheckpoint=${CHECKPOINT_PAGES}`);
      database.exec(`PRAGMA journal_size_limit=${JOURNAL_SIZE_LIMIT}`);
      this.checkVersion(database);
      preparations.forEach((prepare) => prepare(database));
    } catch (error) {
      database.close();
      throw error;
    }
    // With the first checkpoint SQLite also sees to it that a power failure leaves the new journal in its folder.
    this.truncateJournal(database);
    this.journal = new JournalFlush(`${this.path}-wal`);
    this.database = database;
    this.broken = false;
    return database;
  }

  private checkVersion(database: DatabaseSyncInstance): void {
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > SCHEMA_VERSION) {
      throw new QueueUnavailableError(
        `The file of the queues ${this.path} was written by a newer version of the bot (schema ${version}, known: ${SCHEMA_VERSION}): start that version, or set DATA_DIR to another folder`,
      );
    }
    // The first write, which tells whether the file can be written to at all.
    database.exec(TOUCH);
  }

  /** Moves what is in the journal into the file: where the disk is full, that may be the room that is missing. */
  private truncateJournal(database = this.database): void {
    try {
      database?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // It stays in the journal, where the next connection finds it too.
    }
  }

  private disconnect(): void {
    const database = this.database;
    this.database = undefined;
    this.broken = false;
    this.journal?.close();
    this.journal = undefined;
    this.truncateJournal(database);
    database?.close();
  }
}
