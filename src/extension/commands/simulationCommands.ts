import * as vscode from 'vscode';
import { causeTitle } from '../../shared/causePages.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import {
  challengeProtocols,
  planText,
  type ChallengeProtocol,
  type SimulatedCause,
  type SimulationPlan,
} from '../../shared/simulation.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { pickApi } from './pickApi.ts';
import { pickStep, type StepItem } from './pickStep.ts';

/** Lets an API refuse as its vendor would. `plan` is asked for where the command was given none. */
export async function simulateRefusal(parts: Parts, name: string | null, plan: unknown): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose refusal is to be rehearsed?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet. Add one first.'),
  });
  if (api === null) return;
  // The gateway checks what a keybinding or task may have brought.
  const wanted = isObject(plan) ? (plan as SimulationPlan) : await askForPlan(api);
  if (wanted === null) return;
  await (await parts.gateway.start()).simulate(api.name, wanted);
  const message = vscode.l10n.t('$(beaker) {0} simulates {1}', api.title, localise(planText(wanted)));
  void vscode.window.setStatusBarMessage(message, 6000);
}

/** Lets all calls of an API pass again. */
export async function stopSimulation(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Which simulation is to be stopped?'),
    among: ({ simulation }) => simulation !== null,
    none: vscode.l10n.t('Nothing is being simulated.'),
  });
  if (api !== null) await (await parts.gateway.start()).simulate(api.name, null);
}

/** Cause, then when; "back" leads from the second to the first. Null where the person changed his mind. */
async function askForPlan(api: ApiStatus): Promise<SimulationPlan | null> {
  const { canBreakOff, simulations } = await import('../expertise.ts');
  const title = vscode.l10n.t('Simulate a refusal of {0}', api.title);
  for (;;) {
    const cause = await pickStep(simulations(api.provider).map(causeItem), {
      title,
      step: 1,
      steps: 2,
      placeholder: vscode.l10n.t('Why is the call to be refused?'),
    });
    if (cause === null || cause === 'back') return null;
    const plan = await pickStep(planItems(cause, canBreakOff(api.provider, cause)), {
      title,
      step: 2,
      steps: 2,
      placeholder: vscode.l10n.t('Which calls are to be refused?'),
    });
    if (plan !== 'back') return plan;
  }
}

function causeItem(cause: SimulatedCause): StepItem<SimulatedCause> {
  return {
    label: isProtocol(cause) ? protocolTitle(cause) : localise(causeTitle(cause)),
    description: cause,
    value: cause,
  };
}

function protocolTitle(protocol: ChallengeProtocol): string {
  const names: Readonly<Record<ChallengeProtocol, string>> = {
    x402_v1: 'x402 v1',
    l402: 'L402',
    mpp: 'MPP',
    pay_per_crawl: 'Cloudflare Pay Per Crawl',
  };
  return vscode.l10n.t('Price tag, {0}', names[protocol]);
}

function planItems(cause: SimulatedCause, breaksOff: boolean): readonly StepItem<SimulationPlan>[] {
  const item = (label: string, when: SimulationPlan['when']): StepItem<SimulationPlan> => ({
    label,
    description: '',
    value: { cause, when },
  });
  return [
    item(vscode.l10n.t('The next call'), { kind: 'next', count: 1 }),
    item(vscode.l10n.t('The next 5 calls, retries included'), { kind: 'next', count: 5 }),
    item(vscode.l10n.t('Every third call'), { kind: 'every', nth: 3 }),
    item(vscode.l10n.t('One call in five, at random'), { kind: 'random', probability: 0.2 }),
    item(vscode.l10n.t('Every call, until it is stopped'), { kind: 'every', nth: 1 }),
    ...(breaksOff
      ? [
          {
            label: vscode.l10n.t('The next call; a stream breaks off in its middle'),
            description: '',
            value: { cause, when: { kind: 'next', count: 1 }, midStream: true } as const,
          },
        ]
      : []),
  ];
}

function isProtocol(cause: SimulatedCause): cause is ChallengeProtocol {
  return (challengeProtocols as readonly string[]).includes(cause);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'when' in value;
}
