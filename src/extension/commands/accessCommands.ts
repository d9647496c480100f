import * as vscode from 'vscode';
import type { Subscription } from '../../shared/access.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { needHome, readText, saveText } from './catalogueCommands.ts';

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
}

/** Removes what was in the way of a call: requests, approves, renews, raises, issues or rotates. */
export async function mendAccess(parts: Parts, argument: unknown): Promise<void> {
  if (!isWish(argument)) return;
  const { wish, api, application, subscription, key, budget, measure, amount } = argument;
  if (budget !== undefined) {
    const { catalogue } = needHome(parts);
    const { setLimitIn } = await import('../expertise.ts');
    const before = await readText(catalogue);
    const change = wish === 'warn' ? ({ over: 'warn' } as const) : { [measure ?? '']: amount };
    await saveText(catalogue, before, setLimitIn(before ?? '', budget, change));
    tell(vscode.l10n.t('$(check) The budget is changed in {0}', 'tollgate.jsonc'));
    return;
  }
  const gateway = await parts.gateway.start();
  if (wish === 'token') return generateToken(parts, null);
  if (wish === 'issue') return issueAndCopy(gateway, application ?? null, api);
  if (wish === 'rotate' && key !== undefined) {
    const { secret } = await gateway.rotateKey({ id: key });
    return copied(
      secret,
      vscode.l10n.t('The new key is on the clipboard; it is not shown again. The old one still opens for a day.'),
    );
  }
  if (wish === 'request' && application !== undefined) return request(gateway, application, api);
  const decision = (['approve', 'resume', 'renew'] as const).find((one) => one === wish);
  if (decision === undefined || subscription === undefined) return;
  const decided = await gateway.decideSubscription({ id: subscription, decision });
  tell(vscode.l10n.t('$(check) {0} may call {1} again', decided.application, decided.api));
}

/** Issues an access token for an application, and copies it. */
export async function generateToken(parts: Parts, name: string | null): Promise<void> {
  const gateway = await parts.gateway.start();
  const application = name ?? (await pickApplication(gateway, vscode.l10n.t('For which application is the token?')));
  if (application === null) return;
  const { token, expiresAt } = await gateway.issueToken({ application });
  const end = new Date(expiresAt).toLocaleString();
  await copied(token, vscode.l10n.t('A token for {0} is on the clipboard; it ends {1}.', application, end));
}

/** Says what a key or token is good for: one of ours, or what an API's credential tells about itself. */
export async function validateToken(parts: Parts): Promise<void> {
  const gateway = await parts.gateway.start();
  const presented = await vscode.window.showInputBox({
    title: vscode.l10n.t('Validate a token'),
    prompt: vscode.l10n.t('Paste a key or token. Leave it empty to look at the credential of an API.'),
    password: true,
  });
  if (presented === undefined) return;
  if (presented.trim() === '') {
    await vscode.commands.executeCommand('tollgate.verifyAccount');
    return;
  }
  const { valid, message, hint } = await gateway.validateAccess({ presented });
  if (valid) void vscode.window.showInformationMessage(message);
  else void vscode.window.showWarningMessage(hint === null ? message : `${message} ${hint}`);
}

async function request(gateway: GatewayApi, application: string, api: string): Promise<void> {
  const asked = await gateway.requestSubscription({ application, api });
  if (asked.state !== 'requested') {
    tell(vscode.l10n.t('$(check) {0} is subscribed to {1}', application, api));
    return;
  }
  const approve = vscode.l10n.t('Approve');
  const message = vscode.l10n.t('A subscription of {0} to {1} is requested and waits for approval.', application, api);
  void offerApproval(gateway, asked, message, approve);
}

async function offerApproval(
  gateway: GatewayApi,
  { id }: Subscription,
  message: string,
  approve: string,
): Promise<void> {
  if ((await vscode.window.showInformationMessage(message, approve)) !== approve) return;
  const { application, api } = await gateway.decideSubscription({ id, decision: 'approve' });
  tell(vscode.l10n.t('$(check) {0} is subscribed to {1}', application, api));
}

async function issueAndCopy(gateway: GatewayApi, named: string | null, api: string): Promise<void> {
  const application = named ?? (await pickApplication(gateway, vscode.l10n.t('For which application is the key?')));
  if (application === null) return;
  const { secret } = await gateway.issueKey({ application, name: vscode.l10n.t('For {0}', api) });
  await copied(secret, vscode.l10n.t('A key of {0} is on the clipboard; it is not shown again.', application));
}

async function pickApplication(gateway: GatewayApi, placeHolder: string): Promise<string | null> {
  const { applications } = await gateway.access();
  if (applications.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('tollgate.jsonc declares no application. Add one under "applications".'),
    );
    return null;
  }
  const items = applications.map(({ name, title, team }) => ({ label: title, description: team, name }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.name ?? null;
}

async function copied(secret: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(secret);
  void vscode.window.showInformationMessage(message);
}

function isWish(value: unknown): value is Wish {
  return typeof value === 'object' && value !== null && 'wish' in value && 'api' in value;
}

function tell(message: string): void {
  void vscode.window.setStatusBarMessage(message, 6000);
}
