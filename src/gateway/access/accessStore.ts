import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../../shared/access.ts';
import type { AuditQuery } from '../../shared/accessApi.ts';
import { openTable } from './rowSql.ts';
import type { AccessChange, AccessState, KeyRow, SubscriptionRow, TeamTokenRow, UsageRow, WholeState } from './rows.ts';

const subscriptionMembers = [
  'id',
  'application',
  'api',
  'plan',
  'state',
  'reason',
  'opinion',
  'requestedAt',
  'requestedBy',
  'decidedAt',
  'decidedBy',
  'startsAt',
  'expiresAt',
  'quotaSince',
  'changedAt',
] as const;
const keyMembers = [
  'id',
  'application',
  'name',
  'hint',
  'hash',
  'apis',
  'methods',
  'createdAt',
  'createdBy',
  'expiresAt',
  'revokedAt',
  'lastUsedAt',
  'replacedBy',
] as const;
const teamTokenMembers = [
  'id',
  'team',
  'role',
  'name',
  'hint',
  'hash',
  'createdAt',
  'createdBy',
  'expiresAt',
  'revokedAt',
] as const;
const usageMembers = ['minute', 'application', 'key', 'api', 'model', 'term', 'calls', 'tokens', 'usd'] as const;
const auditMembers = ['number', 'at', 'by', 'action', 'subject', 'team', 'application', 'api', 'detail'] as const;

/** Usage older than this is kept by the quarter of an hour, in minutes; older than `longest`, without its time. */
const exact = 180;
const longest = 62 * 24 * 60;

/** What is kept about access, each call a transaction of its own. */
export interface AccessStore {
  state(): AccessState;
  usage(): readonly UsageRow[];
  /** False where the state has changed since `revision`: read it again and decide anew. */
  commit(change: AccessChange, revision: number): boolean;
  /** Adds what calls have used, and when keys were used last. */
  settle(usage: readonly UsageRow[], keysUsed: Readonly<Record<string, number>>): void;
  audit(query: AuditQuery): readonly AuditEntry[];
  whole(): WholeState;
  replace(whole: WholeState, audit: Omit<AuditEntry, 'number'>): void;
  /** Makes old usage coarser. `minute` is that of now, since 1970. */
  compact(minute: number): void;
}

export function createAccessStore(database: DatabaseSync): AccessStore {
  const subscriptions = openTable<SubscriptionRow>(database, 'subscriptions', subscriptionMembers);
  const keys = openTable<KeyRow>(database, 'keys', keyMembers, ['apis', 'methods']);
  const teamTokens = openTable<TeamTokenRow>(database, 'team_tokens', teamTokenMembers);
  const usage = openTable<UsageRow>(database, 'usage', usageMembers);
  const audit = openTable<AuditEntry>(database, 'audit', auditMembers);
  const revision = database.prepare("SELECT value FROM meta WHERE name = 'revision'");
  const count = database.prepare("UPDATE meta SET value = value + 1 WHERE name = 'revision'");
  const note = database.prepare(
    'INSERT INTO audit (at, by, action, subject, team, application, api, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const add = database.prepare(`
    INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, tokens = tokens + excluded.tokens, usd = usd + excluded.usd`);
  const used = database.prepare('UPDATE keys SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?');
  const auditOf = database.prepare(`
    SELECT ${auditMembers.join(', ')} FROM audit
    WHERE number < ? AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR application = ?3) AND (?4 IS NULL OR api = ?4)
      AND (?5 IS NULL OR team = ?5)
    ORDER BY number DESC LIMIT ?6`);

  const together = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have ended it already, as where the disk is full.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  const revisionNow = (): number => Number(revision.get()?.value ?? 0);
  const noteAll = (entries: AccessChange['audit']): void => {
    for (const { at, by, action, subject, team, application, api, detail } of entries)
      note.run(at, by, action, subject, team, application, api, detail);
  };
  const addUsage = (row: UsageRow): void => void add.run(...usageMembers.map((member) => row[member]));

  return {
    state: () => ({
      revision: revisionNow(),
      subscriptions: subscriptions.all(),
      keys: keys.all(),
      teamTokens: teamTokens.all(),
    }),
    usage: () => usage.all(),
    commit: (change, expected) =>
      together(() => {
        if (revisionNow() !== expected) return false;
        for (const row of change.subscriptions ?? []) subscriptions.put(row);
        for (const row of change.keys ?? []) keys.put(row);
        for (const row of change.teamTokens ?? []) teamTokens.put(row);
        noteAll(change.audit);
        count.run();
        return true;
      }),
    settle: (rows, keysUsed) =>
      together(() => {
        for (const row of rows) addUsage(row);
        for (const [id, at] of Object.entries(keysUsed)) used.run(at, id);
      }),
    audit: ({ limit = 100, before = Number.MAX_SAFE_INTEGER, ...of }) => {
      const { subject = null, application = null, api = null, team = null } = of;
      return auditOf.all(before, subject, application, api, team, limit) as unknown as readonly AuditEntry[];
    },
    whole: () =>
      together(() => ({
        subscriptions: subscriptions.all(),
        keys: keys.all(),
        teamTokens: teamTokens.all(),
        usage: usage.all(),
        audit: audit.all(),
      })),
    replace: (whole, entry) =>
      together(() => {
        for (const table of [subscriptions, keys, teamTokens, usage, audit]) table.clear();
        for (const row of whole.subscriptions) subscriptions.put(row);
        for (const row of whole.keys) keys.put(row);
        for (const row of whole.teamTokens) teamTokens.put(row);
        for (const row of whole.usage) addUsage(row);
        for (const row of whole.audit) audit.put(row);
        noteAll([entry]);
        count.run();
      }),
    compact: (minute) =>
      together(() => {
        const coarser = (before: number, to: (row: UsageRow) => number): void => {
          const rows = usage.all().filter((row) => row.minute < before && row.minute !== to(row));
          const remove = database.prepare(
            'DELETE FROM usage WHERE minute = ? AND application = ? AND key = ? AND api = ? AND model = ? AND term = ?',
          );
          for (const row of rows) {
            remove.run(row.minute, row.application, row.key, row.api, row.model, row.term);
            addUsage({ ...row, minute: to(row) });
          }
        };
        coarser(minute - exact, (row) => row.minute - (row.minute % 15));
        coarser(minute - longest, () => 0);
      }),
  };
}
