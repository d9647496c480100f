import * as vscode from 'vscode';

/** An item that stands for a value. */
export interface StepItem<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

/** Where in a row of questions one stands; steps count from 1. */
export interface Step {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly steps: number;
}

/** One question of several: the value picked, `back`, or null where the person changed his mind. */
export function pickStep<Value extends string | object>(
  items: readonly StepItem<Value>[],
  { title, placeholder, step, steps }: Step,
): Promise<Value | 'back' | null> {
  const pick = vscode.window.createQuickPick<StepItem<Value>>();
  Object.assign(pick, { title, placeholder, step, totalSteps: steps, items, matchOnDescription: true });
  if (step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (value: Value | 'back' | null): void => {
      resolve(value);
      pick.dispose();
    };
    pick.onDidAccept(() => end(pick.selectedItems[0]?.value ?? null));
    pick.onDidTriggerButton(() => end('back'));
    pick.onDidHide(() => end(null));
    pick.show();
  });
}
