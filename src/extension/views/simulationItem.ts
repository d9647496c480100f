import * as vscode from 'vscode';
import type { ApiStatus } from '../../shared/protocol.ts';
import { planText, type RunningSimulation } from '../../shared/simulation.ts';
import { localise } from '../localise.ts';

/** What an API rehearses, in a few words. */
export function simulationLabel(simulation: RunningSimulation): string {
  return vscode.l10n.t('Simulating {0}', localise(planText(simulation)));
}

/** The row of an API that tells what is rehearsed there; its inline action stops it. */
export function simulationItem({ name }: ApiStatus, simulation: RunningSimulation): vscode.TreeItem {
  const item = new vscode.TreeItem(simulationLabel(simulation));
  item.id = `api/${name}/simulation`;
  item.description =
    simulation.answered === 1
      ? vscode.l10n.t('1 call refused')
      : vscode.l10n.t('{0} calls refused', simulation.answered);
  item.iconPath = new vscode.ThemeIcon('beaker', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'fact.simulation';
  item.tooltip = vscode.l10n.t('The gateway answers in the vendor’s stead. The calls concerned do not reach the API.');
  return item;
}
