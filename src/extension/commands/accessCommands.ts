import * as vscode from 'vscode';
import type { Subscription } from '../../shared/access.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { pickApplication, tell } from './accessArguments.ts';
import { editCatalogue } from './editCatalogue.ts';
import { changePlan } from './planCommands.ts';
import { switchApplication } from './removeCommands.ts';
import { generateToken } from './tokenCommands.ts';

/** What a quick fix wants done about a refusal of our own. */
interface Wish {
  readonly wish: string;
  readonly api: string;
  readonly application?: string;
  readonly subscription?: string;
  readonly key?: string;
  readonly budget?: string;
  readonly measure?: string;
  readonly amount?: number;
  readonly team?: string;
  readonly method?: string;
}

/** Adds what was called to what a team's applications may do. */
async function allowInPolicy(parts: Parts, team: string, { api, method }: Wish): Promise<void> {
  const { apis, methods } = parts.traffic.access.teams.find(({ name }) => name === team)?.policy ?? {};
  const wider = {
    ...(apis === undefined || apis.includes(api) ? {} : { apis: [...apis, api] }),
    ...(methods === undefined || method === undefined || methods.includes(method)
      ? {}
      : { methods: [...methods, method] }),
  };
  await editCatalogue(parts, ['teams', team], (text, how) => how.setMembersIn(text, ['teams', team, 'policy'], wider));
  tell(vscode.l10n.t('$(check) The policy of the team {0} allows it', team));
}

/** Removes what was in the way of a call: requests, approves, renews, raises, issues or rotates. */
export async function mendAccess(parts: Parts, argument: unknown): Promise<void> {
  if (!isWish(argument)) return;
  const { wish, api, application, subscription, key, budget, measure, amount } = argument;
  if (wish === 'openRoutes') {
    await editCatalogue(parts, ['apis', api], (text, how) => how.setMembersIn(text, ['apis', api], { routes: 'open' }));
    tell(vscode.l10n.t('$(check) Calls to {0} that are not described pass', api));
    return;
  }
  if (wish === 'switchOn') return switchApplication(parts, { application }, true);
  if (wish === 'allow' && argument.team !== undefined) return allowInPolicy(parts, argument.team, argument);
  if (wish === 'plan') return changePlan(parts, { id: subscription });
  if (budget !== undefined) {
    const change = wish === 'warn' ? ({ over: 'warn' } as const) : { [measure ?? '']: amount };
    await editCatalogue(parts, ['budgets', budget], (text, how) => how.setLimitIn(text, budget, change));
    tell(vscode.l10n.t('$(check) The budget is changed in {0}', 'tollgate.jsonc'));
    return;
  }
  const gateway = await parts.gateway.start();
  if (wish === 'token') return generateToken(parts, null);
  if (wish === 'issue') return issueAndCopy(parts, application ?? null, api);
  if (wish === 'rotate' && key !== undefined) {
    const { secret } = await gateway.rotateKey({ id: key });
    return copied(
      secret,
      vscode.l10n.t('The new key is on the clipboard; it is not shown again. The old one still opens for a day.'),
    );
  }
  if (wish === 'request' && application !== undefined) return request(parts, gateway, application, api);
  const decision = (['approve', 'resume', 'renew'] as const).find((one) => one === wish);
  if (decision === undefined || subscription === undefined) return;
  parts.ownDecisions.add(subscription);
  const decided = await gateway.decideSubscription({ id: subscription, decision });
  tell(vscode.l10n.t('$(check) {0} may call {1} again', decided.application, decided.api));
}

async function request({ ownDecisions }: Parts, gateway: GatewayApi, application: string, api: string): Promise<void> {
  const asked = await gateway.requestSubscription({ application, api });
  if (asked.state !== 'requested') {
    tell(vscode.l10n.t('$(check) {0} is subscribed to {1}', application, api));
    return;
  }
  const approve = vscode.l10n.t('Approve');
  const message = vscode.l10n.t('A subscription of {0} to {1} is requested and waits for approval.', application, api);
  void offerApproval(gateway, asked, message, approve, ownDecisions);
}

async function offerApproval(
  gateway: GatewayApi,
  { id }: Subscription,
  message: string,
  approve: string,
  ownDecisions: Set<string>,
): Promise<void> {
  if ((await vscode.window.showInformationMessage(message, approve)) !== approve) return;
  ownDecisions.add(id);
  const { application, api } = await gateway.decideSubscription({ id, decision: 'approve' });
  tell(vscode.l10n.t('$(check) {0} is subscribed to {1}', application, api));
}

async function issueAndCopy(parts: Parts, name: string | null, api: string): Promise<void> {
  const application = await pickApplication(parts, name, vscode.l10n.t('For which application is the key?'));
  if (application === null) return;
  const gateway = await parts.gateway.start();
  const { secret } = await gateway.issueKey({ application: application.name, name: vscode.l10n.t('For {0}', api) });
  await copied(secret, vscode.l10n.t('A key of {0} is on the clipboard; it is not shown again.', application.title));
}

async function copied(secret: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(secret);
  void vscode.window.showInformationMessage(message);
}

function isWish(value: unknown): value is Wish {
  return typeof value === 'object' && value !== null && 'wish' in value && 'api' in value;
}
