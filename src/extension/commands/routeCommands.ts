import * as vscode from 'vscode';
import type { RouteState, RouteTargetState } from '../../shared/modelRoute.ts';
import { formatUsd } from '../../shared/money.ts';
import type { Parts } from '../parts.ts';

interface RouteItem extends vscode.QuickPickItem {
  /** What choosing it does; absent where it only tells. */
  readonly act?: () => Promise<unknown>;
}

/** Shows what aliases of models stand for and which targets are left out, to ask those again or empty the cache. */
export async function showRoutes(parts: Parts): Promise<void> {
  const gateway = await parts.gateway.start();
  const [routes, cache] = await Promise.all([gateway.routes(), gateway.cacheStats()]);
  if (routes.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There are no names of your own for models. Add one to "models" in tollgate.jsonc.'),
    );
    return;
  }
  const clear: RouteItem = {
    label: vscode.l10n.t('$(trash) Empty the cache of answers'),
    description: vscode.l10n.t(
      '{0} answers, {1} hits, {2} USD spared',
      cache.entries,
      cache.hits,
      formatUsd(cache.savedUsd),
    ),
    act: () => gateway.clearCache(null),
  };
  const items: RouteItem[] = [
    ...routes.flatMap((route): RouteItem[] => [
      { label: route.name, kind: vscode.QuickPickItemKind.Separator },
      ...route.targets.map((target) => ({
        label: `$(${isOut(target) ? 'circle-slash' : 'check'}) ${target.api}/${target.model}`,
        description: descriptionOf(target),
      })),
      ...(route.targets.some(isOut) ? [resetItem(route, () => gateway.resetRoutes(route.name))] : []),
    ]),
    ...(cache.entries === 0 ? [] : [{ label: '', kind: vscode.QuickPickItemKind.Separator }, clear]),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Names of models, and whom they ask'),
    placeHolder: vscode.l10n.t('In this order'),
  });
  await picked?.act?.();
}

function resetItem({ name }: RouteState, act: () => Promise<unknown>): RouteItem {
  return { label: vscode.l10n.t('$(debug-restart) Ask all of "{0}" again', name), act };
}

function isOut({ coolDown, breaker }: RouteTargetState): boolean {
  return coolDown !== null || breaker !== null;
}

function descriptionOf({ credential, api, coolDown, breaker }: RouteTargetState): string {
  const time = (at: number): string => new Date(at).toLocaleTimeString();
  return [
    ...(credential === null || credential === api ? [] : [vscode.l10n.t('with "{0}"', credential)]),
    ...(coolDown === null
      ? []
      : [vscode.l10n.t('left out until {0}: {1}', time(coolDown.until), coolDown.cause.replaceAll('_', ' '))]),
    ...(breaker === null
      ? []
      : [vscode.l10n.t('left out until {0}: {1} failures in a row', time(breaker.until), breaker.failures)]),
  ].join(' · ');
}
