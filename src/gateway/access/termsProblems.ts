import type { Catalogue } from '../../shared/catalogue.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import { nearestName } from '../nearestName.ts';

/** What is wrong with names that one part of the catalogue uses of another. */
export function termsProblems(catalogue: Catalogue): readonly MemberProblem[] {
  const { apis, teams, applications, plans, budgets, tokens } = catalogue;
  const problems: MemberProblem[] = [];
  const check = (
    wanted: string | undefined,
    among: object,
    path: MemberProblem['path'],
    missing: (name: string) => Text,
  ): void => {
    if (wanted === undefined || Object.hasOwn(among, wanted)) return;
    const nearest = nearestName(wanted, Object.keys(among));
    const hint = nearest === null ? '' : ` ${plain(text('Did you mean "{0}"?', nearest))}`;
    problems.push({ severity: 'error', path, at: 'value', message: plain(missing(wanted)) + hint });
  };
  const noTeam = (name: string): Text => text('There is no team "{0}" under "teams".', name);
  const noPlan = (name: string): Text => text('There is no plan "{0}" under "plans".', name);
  const noIssuer = (name: string): Text => text('There is no issuer "{0}" under "tokens".', name);
  const noApplication = (name: string): Text => text('There is no application "{0}" under "applications".', name);
  const noApi = (name: string): Text => text('There is no API "{0}" in tollgate.jsonc.', name);

  for (const [name, { team }] of Object.entries(applications))
    check(team, teams, ['applications', name, 'team'], noTeam);
  for (const [name, { policy }] of Object.entries(teams))
    for (const [index, api] of (policy?.apis ?? []).entries())
      check(api, apis, ['teams', name, 'policy', 'apis', index], noApi);
  for (const [name, { access }] of Object.entries(apis)) {
    if (access === undefined || access === 'open') continue;
    const path = ['apis', name, 'access'];
    for (const [index, plan] of (access.plans ?? []).entries()) check(plan, plans, [...path, 'plans', index], noPlan);
    for (const [index, team] of (access.teams ?? []).entries()) check(team, teams, [...path, 'teams', index], noTeam);
    for (const [index, one] of (access.tokens ?? []).entries())
      check(one, tokens, [...path, 'tokens', index], noIssuer);
    check(access.owner, teams, [...path, 'owner'], noTeam);
  }
  for (const [name, { team, application, api }] of Object.entries(budgets)) {
    check(team, teams, ['budgets', name, 'team'], noTeam);
    check(application, applications, ['budgets', name, 'application'], noApplication);
    check(api, apis, ['budgets', name, 'api'], noApi);
  }
  for (const [name, { application }] of Object.entries(tokens))
    if (typeof application === 'string')
      check(application, applications, ['tokens', name, 'application'], noApplication);
  return problems;
}
