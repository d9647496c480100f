import type { AccessBoard, Subscription } from '../../shared/access.ts';
import type { AccessApi } from '../../shared/accessApi.ts';
import { teamRoles, type TeamRole, type TeamToken } from '../../shared/accessTeams.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import { parseFilter } from '../../shared/filter.ts';
import { plain, text } from '../../shared/text.ts';
import { isOwnDeclaration, partOf } from './teamPart.ts';

/** What a team's token opens of a gateway: access, the calls of its own applications, and what they came to. */
export type TeamApi = AccessApi &
  Pick<GatewayApi, 'exchanges' | 'groups' | 'exchange' | 'body' | 'exportHar' | 'spending' | 'trends'>;

/**
 * The gateway as one team may see and change it. What is another's is as if it were not there; what only a higher role
 * may do fails with `forbidden`.
 */
export function createTeamApi(whole: TeamApi, { team, role, name }: TeamToken): TeamApi {
  const by = `${name} (${team})`;
  const part = async (): Promise<AccessBoard> => partOf(team, await whole.access());
  const want = (least: TeamRole): void => {
    if (teamRoles.indexOf(role) < teamRoles.indexOf(least))
      throw refused(text('A {0} of "{1}" may not do that; it takes its {2}.', role, team, least));
  };
  const ownApplication = async (wanted: string): Promise<void> => {
    if (!(await part()).applications.some((one) => one.name === wanted))
      throw missing('unknown_application', text('The team "{0}" has no application "{1}".', team, wanted));
  };
  const ownKey = async (id: string): Promise<void> => {
    if (!(await part()).keys.some((one) => one.id === id))
      throw missing('unknown_key', text('The team "{0}" has no key "{1}".', team, id));
  };
  const ownCall = async (id: ExchangeId): Promise<Awaited<ReturnType<TeamApi['exchange']>>> => {
    const [found, { applications }] = await Promise.all([whole.exchange(id), part()]);
    return found !== null && applications.some((one) => one.name === found.application) ? found : null;
  };

  return {
    access: part,
    accessAudit: (query = {}) => whole.accessAudit({ ...query, team }),
    requestSubscription: async (request) => {
      await ownApplication(request.application);
      return whole.requestSubscription({ ...request, by });
    },
    decideSubscription: async (decision) => {
      const { apis, subscriptions } = await part();
      const found: Subscription | undefined = subscriptions.find(({ id }) => id === decision.id);
      if (found === undefined)
        throw missing('unknown_subscription', text('There is no subscription "{0}".', decision.id));
      const offers = apis.some(({ api, owner }) => api === found.api && owner === team);
      if (offers) want(found.team === team && decision.decision === 'cancel' ? 'developer' : 'admin');
      else if (decision.decision !== 'cancel')
        throw refused(text('Whoever offers {0} decides on that; its team may only cancel it.', found.api));
      return whole.decideSubscription({ ...decision, by });
    },
    issueKey: async (request) => {
      await ownApplication(request.application);
      return whole.issueKey({ ...request, by });
    },
    rotateKey: async (rotation) => {
      await ownKey(rotation.id);
      return whole.rotateKey({ ...rotation, by });
    },
    revokeKey: async (revocation) => {
      await ownKey(revocation.id);
      return whole.revokeKey({ ...revocation, by });
    },
    issueToken: async (request) => {
      await ownApplication(request.application);
      return whole.issueToken({ ...request, by });
    },
    validateAccess: async (request) => {
      const verdict = await whole.validateAccess(request);
      if (verdict.team === team || verdict.application === null) return verdict;
      throw refused(text('That belongs to another team.'));
    },
    declare: async (declared) => {
      want(declared.kind === 'team' ? 'owner' : 'admin');
      const board = await whole.access();
      const taken = await namesOther(declared.kind, declared.name, board);
      if (taken || !isOwnDeclaration(team, board, declared))
        throw refused(text('"{0}" is not the team’s own. Whoever has the gateway’s token declares it.', declared.name));
      await whole.declare(declared, by);
    },
    undeclare: async (kind, wanted) => {
      want('admin');
      if (kind === 'team' || kind === 'plan' || !(await namesOwn(kind, wanted)))
        throw refused(text('"{0}" is not the team’s own. Whoever has the gateway’s token declares it.', wanted));
      await whole.undeclare(kind, wanted, by);
    },
    exportAccess: () => Promise.reject(refused(text('The state of all teams opens to the gateway’s token only.'))),
    importAccess: () => Promise.reject(refused(text('The state of all teams opens to the gateway’s token only.'))),
    teamTokens: async () => {
      want('owner');
      return (await whole.teamTokens()).filter((one) => one.team === team);
    },
    issueTeamToken: async (request) => {
      want('owner');
      if (request.team !== team) throw missing('unknown_team', text('There is no team "{0}" here.', request.team));
      return whole.issueTeamToken({ ...request, by });
    },
    revokeTeamToken: async ({ id }) => {
      want('owner');
      if (!(await whole.teamTokens()).some((one) => one.id === id && one.team === team))
        throw missing('unknown_token', text('There is no token "{0}" of a team.', id));
      return whole.revokeTeamToken({ id, by });
    },
    exchanges: async (query) => {
      const filter = await ownFilter(query.filter);
      if (filter === null) return { rows: [], total: 0 };
      return whole.exchanges({ ...query, filter });
    },
    groups: async (query) => {
      const filter = await ownFilter(query.filter);
      return filter === null ? [] : whole.groups({ ...query, filter });
    },
    exportHar: async (filter) => {
      // No call has an application and none, so that what is told is whole but empty.
      const none = 'has:status -has:status';
      return whole.exportHar((await ownFilter(filter)) ?? none);
    },
    spending: async (query) => whole.spending({ ...query, applications: await ownAmong(query.applications) }),
    trends: async (query) => whole.trends({ ...query, applications: await ownAmong(query.applications) }),
    exchange: ownCall,
    body: async (id, side) => ((await ownCall(id)) === null ? null : whole.body(id, side)),
  };

  async function ownAmong(wanted: readonly string[] | undefined): Promise<readonly string[]> {
    const names = (await part()).applications.map(({ name }) => name);
    return wanted === undefined ? names : names.filter((name) => wanted.includes(name));
  }

  /** Finds what a filter does among the calls of the team's own applications; null where there are none. */
  async function ownFilter(filter: string): Promise<string | null> {
    // What is whole by itself stays within its parentheses.
    const read = parseFilter(filter);
    if (!read.ok) throw new ChannelError('invalid_request', plain(read.message));
    const names = (await part()).applications.map((one) => `application:${one.name}`);
    if (names.length === 0) return null;
    return `(${names.join(' or ')})${filter.trim() === '' ? '' : ` (${filter})`}`;
  }

  async function namesOwn(kind: 'application' | 'budget', wanted: string): Promise<boolean> {
    const { applications, limits } = await part();
    return kind === 'application'
      ? applications.some((one) => one.name === wanted)
      : limits.some((one) => one.kind === 'budget' && one.source === wanted);
  }

  /** Calls, keys and charges go by an application's name: whoever takes it over would have those of before as well. */
  async function wasOthers(application: string): Promise<boolean> {
    const trails = [{ application }, { subject: `application ${application}` }];
    const entries = await Promise.all(trails.map((query) => whole.accessAudit({ ...query, limit: 1000 })));
    return entries.flat().some((entry) => entry.team !== null && entry.team !== team);
  }

  /** Whether somebody else has that name, or had it. */
  async function namesOther(kind: string, wanted: string, board: AccessBoard): Promise<boolean> {
    if (kind === 'application') {
      const known = board.applications.find((one) => one.name === wanted);
      return known === undefined ? wasOthers(wanted) : known.team !== team;
    }
    const there = board.limits.some((one) => one.kind === 'budget' && one.source === wanted);
    return kind === 'budget' && there && !(await namesOwn('budget', wanted));
  }
}

function refused(message: Parameters<typeof plain>[0]): ChannelError {
  return new ChannelError('forbidden', plain(message));
}

function missing(code: string, message: Parameters<typeof plain>[0]): ChannelError {
  return new ChannelError(code, plain(message));
}
