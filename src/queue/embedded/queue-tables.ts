import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type DeadItem, type Priority } from '../durable-queue';
import { type LiveItem } from './lane-schedule';

const PRIORITIES: readonly Priority[] = ['answer', 'broadcast'];

interface ItemRow {
  seq: number;
  id: string;
  lane: string;
  priority: number;
  addedAt: number;
  tries: number;
  crashes: number;
  notBefore: number;
  length: number;
}

/**
 * The tables of one queue: what is still to be done, the ids of what was done lately, and what was set aside. Three
 * tables, so that the first one stays as small as the backlog and the others grow at their end only.
 */
export class QueueTables {
  private readonly insertItem: StatementSyncInstance;
  private readonly deleteItem: StatementSyncInstance;
  private readonly updateItem: StatementSyncInstance;
  private readonly selectBody: StatementSyncInstance;
  private readonly insertKnown: StatementSyncInstance;
  private readonly deleteKnown: StatementSyncInstance;
  private readonly insertDead: StatementSyncInstance;
  private readonly selectDead: StatementSyncInstance;
  private readonly deleteDead: StatementSyncInstance;

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly name: string,
  ) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS ${name}_item (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL, lane TEXT NOT NULL, priority INTEGER NOT NULL, added_at INTEGER NOT NULL,
        tries INTEGER NOT NULL, crashes INTEGER NOT NULL, not_before INTEGER NOT NULL, body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS ${name}_known (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS ${name}_dead (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, lane TEXT NOT NULL, tries INTEGER NOT NULL, reason TEXT NOT NULL,
        at INTEGER NOT NULL, added_at INTEGER NOT NULL, body TEXT NOT NULL
      ) STRICT;
    `);
    this.insertItem = database.prepare(
      `INSERT INTO ${name}_item (seq, id, lane, priority, added_at, tries, crashes, not_before, body)
       VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?)`,
    );
    this.deleteItem = database.prepare(`DELETE FROM ${name}_item WHERE seq = ?`);
    this.updateItem = database.prepare(`UPDATE ${name}_item SET tries = ?, crashes = ?, not_before = ? WHERE seq = ?`);
    this.selectBody = database.prepare(`SELECT body FROM ${name}_item WHERE seq = ?`);
    this.insertKnown = database.prepare(`INSERT INTO ${name}_known (id, at) VALUES (?, ?)`);
    this.deleteKnown = database.prepare(
      `DELETE FROM ${name}_known WHERE number IN (SELECT number FROM ${name}_known ORDER BY number LIMIT ?)`,
    );
    this.insertDead = database.prepare(
      `INSERT INTO ${name}_dead (id, lane, tries, reason, at, added_at, body)
       SELECT id, lane, ?, ?, ?, added_at, body FROM ${name}_item WHERE seq = ?`,
    );
    this.selectDead = database.prepare(
      `SELECT id, lane, tries, reason, at FROM ${name}_dead ORDER BY number DESC LIMIT ?`,
    );
    this.deleteDead = database.prepare(
      `DELETE FROM ${name}_dead
       WHERE at < ? OR number NOT IN (SELECT number FROM ${name}_dead ORDER BY number DESC LIMIT ?)`,
    );
  }

  insert({ seq, id, lane, priority, addedAt, noted }: LiveItem, body: string): void {
    this.insertItem.run(seq, id, lane, PRIORITIES.indexOf(priority), addedAt, noted ? 1 : 0, body);
  }

  update(seq: number, { tries, crashes, notBefore }: Pick<LiveItem, 'tries' | 'crashes' | 'notBefore'>): void {
    this.updateItem.run(tries, crashes, notBefore, seq);
  }

  finish({ seq, id }: LiveItem, at: number): void {
    if (this.deleteItem.run(seq).changes > 0) this.insertKnown.run(id, at);
  }

  setAside(item: LiveItem, tries: number, reason: string, at: number): void {
    this.insertDead.run(tries, reason, at, item.seq);
    this.finish(item, at);
  }

  body(seq: number): string | undefined {
    return (this.selectBody.get(seq) as { body: string } | undefined)?.body;
  }

  /** Removes what a commit that seemed to fail may have left. */
  removeFrom(seq: number): void {
    this.database.prepare(`DELETE FROM ${this.name}_item WHERE seq >= ?`).run(seq);
  }

  /** In the order in which they were added. */
  *items(): Generator<LiveItem & { length: number }> {
    const rows = this.database
      .prepare(
        `SELECT seq, id, lane, priority, added_at AS addedAt, tries, crashes, not_before AS notBefore, length(body) AS length
         FROM ${this.name}_item ORDER BY seq`,
      )
      .iterate() as IterableIterator<ItemRow>;
    for (const { priority, ...row } of rows) yield { ...row, priority: PRIORITIES[priority] ?? 'answer' };
  }

  /** The oldest first. */
  known(): { id: string; at: number }[] {
    return this.database.prepare(`SELECT id, at FROM ${this.name}_known ORDER BY number`).all() as {
      id: string;
      at: number;
    }[];
  }

  /** Forgets so many of the ids that have been known longest. */
  forget(count: number): void {
    this.deleteKnown.run(count);
  }

  countDead(): number {
    const row = this.database.prepare(`SELECT count(*) AS count FROM ${this.name}_dead`).get() as { count: number };
    return row.count;
  }

  listDead(limit: number): DeadItem[] {
    const rows = this.selectDead.all(limit) as DeadItem[];
    return rows.map((row) => ({ ...row }));
  }

  /** @returns how many of the dead were removed */
  buryDead(before: number, most: number): number {
    return this.deleteDead.run(before, most).changes;
  }
}
