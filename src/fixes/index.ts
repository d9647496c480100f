import type { Fix, FixContext, Remedy } from '../shared/remedy.ts';
import { changeAddress } from './changeAddress.ts';
import { checkBalance } from './checkBalance.ts';
import { fallBack } from './fallback.ts';
import { copyReport, openCatalogue, replay, showInLog } from './inLog.ts';
import { mendHeader } from './mendHeader.ts';
import {
  openBilling,
  openErrors,
  openKeys,
  openLimits,
  openLink,
  openSite,
  openStatus,
  openSupport,
} from './openPages.ts';
import { isOwnAccess, mendAccess } from './mendAccess.ts';
import { isOwnRoute, mendRoute } from './mendRoute.ts';
import { openProtocol } from './openProtocol.ts';
import { inOrder } from './order.ts';
import { isOwnBudget, raiseBudget, warnOnly } from './raiseBudget.ts';
import { refreshToken, setCredential } from './renewCredential.ts';
import { replaceModel } from './replaceModel.ts';
import { setMaxTokens } from './setMaxTokens.ts';
import { troubleshoot } from './troubleshoot.ts';
import { useGateway } from './useGateway.ts';
import { waitAndReplay } from './waitAndReplay.ts';
import { waitInGateway } from './waitInGateway.ts';

/** What mends at once before what leads elsewhere, what only informs last. */
const fixes: readonly Fix[] = [
  setMaxTokens,
  mendHeader,
  refreshToken,
  setCredential,
  replaceModel,
  changeAddress,
  waitInGateway,
  waitAndReplay,
  checkBalance,
  openLink,
  openBilling,
  fallBack,
  openKeys,
  openLimits,
  openStatus,
  openErrors,
  openProtocol,
  openSupport,
  openSite,
  useGateway,
  openCatalogue,
  replay,
  troubleshoot,
  showInLog,
  copyReport,
];

/** What helps where Tollgate itself refused: nothing that asks the vendor. */
const ownFixes: readonly Fix[] = [raiseBudget, warnOnly, replay, showInLog, copyReport];

/** What helps where Tollgate's own door was shut. */
const accessFixes: readonly Fix[] = [mendAccess, waitAndReplay, openCatalogue, replay, showInLog, copyReport];

/** What helps where the API's own description has no such call. */
const routeFixes: readonly Fix[] = [mendRoute, replay, showInLog, copyReport];

/** All that helps against a finding, best first. */
export function remedies(context: FixContext): readonly Remedy[] {
  if (isOwnAccess(context)) return accessFixes.flatMap((fix) => fix(context));
  if (isOwnRoute(context)) return routeFixes.flatMap((fix) => fix(context));
  if (isOwnBudget(context)) return ownFixes.flatMap((fix) => fix(context));
  return inOrder(
    context.finding.diagnosis,
    fixes.flatMap((fix) => fix(context)),
  );
}
