import type { AccessBoard, LimitState } from '../../shared/access.ts';
import type { Declared } from '../../shared/accessApi.ts';

/** What of the board is a team's: its own, what it may subscribe to, and who asks for what it offers. */
export function partOf(team: string, board: AccessBoard): AccessBoard {
  const isOwn = (one: { readonly team: string }): boolean => one.team === team;
  const applications = board.applications.filter(isOwn);
  const apis = board.apis.filter(({ teams, owner }) => owner === team || teams === null || teams.includes(team));
  const offered = new Set(apis.flatMap(({ plans }) => plans));
  const owned = new Set(apis.filter(({ owner }) => owner === team).map(({ api }) => api));
  const keys = board.keys.filter(isOwn);
  const subscriptions = board.subscriptions.filter((one) => isOwn(one) || owned.has(one.api));
  const names = new Set(applications.map(({ name }) => name));
  const own = {
    keys: new Set(keys.map(({ id }) => id)),
    subscriptions: new Set(subscriptions.filter(isOwn).map(({ id }) => id)),
  };
  const counts = ({ kind, source, scope }: LimitState): boolean =>
    kind === 'quota'
      ? own.subscriptions.has(source)
      : scope.team === team ||
        (scope.application !== undefined && names.has(scope.application)) ||
        (scope.key !== undefined && own.keys.has(scope.key));
  return {
    teams: board.teams.filter(({ name }) => name === team),
    applications,
    plans: board.plans.filter(({ name }) => offered.has(name)),
    apis,
    subscriptions,
    keys,
    limits: board.limits.filter(counts),
    problem: board.problem,
  };
}

/** Whether a declaration is about nothing but this team's own. */
export function isOwnDeclaration(team: string, { applications }: AccessBoard, declared: Declared): boolean {
  const isMine = (name: string): boolean => applications.some((one) => one.name === name && one.team === team);
  switch (declared.kind) {
    case 'team':
      return declared.name === team;
    case 'application':
      return declared.declaration.team === team;
    case 'budget': {
      const { team: of, application } = declared.declaration;
      return of === team || (of === undefined && application !== undefined && isMine(application));
    }
    case 'plan':
      return false;
  }
}
