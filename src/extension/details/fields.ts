import * as vscode from 'vscode';
import type { Field, Option } from './detail.ts';

type NumberField = Extract<Field, { kind: 'number' }>;
type Path = readonly string[];

/** What people call it, where that is not its name. */
export function titleField(title: string, name: string): Field {
  return {
    ...{ kind: 'text', path: ['title'], label: vscode.l10n.t('Title'), longest: 120 },
    value: title === name ? '' : title,
    wrong: vscode.l10n.t('At most {0} characters.', 120),
  };
}

/** A few sentences about it. */
export function descriptionField(description: string | null): Field {
  return {
    ...{ kind: 'area', path: ['description'], label: vscode.l10n.t('Description'), longest: 2000 },
    value: description ?? '',
    wrong: vscode.l10n.t('At most {0} characters.', 2000),
  };
}

/** Calls or tokens. */
export function countField(path: Path, label: string, value: number | null | undefined): NumberField {
  return {
    ...{ kind: 'number', path, label, step: '1' },
    value: value == null ? '' : String(value),
    wrong: vscode.l10n.t('A whole number of at least 1.'),
  };
}

/** US dollars that may be spent. */
export function moneyField(path: Path, label: string, value: number | null | undefined): NumberField {
  return {
    ...{ kind: 'number', path, label, step: 'any', least: 0, above: 0 },
    value: value == null ? '' : String(value),
    wrong: vscode.l10n.t('A number above 0, as in 2.50.'),
  };
}

/** A span of time. */
export function durationField(path: Path, label: string, milliseconds: number | null): Field {
  return {
    ...{ kind: 'text', path, label, value: durationText(milliseconds), pattern: '[1-9]\\d{0,5}[smhdw]' },
    wrong: vscode.l10n.t('A number and s, m, h, d or w, as in 15m or 30d.'),
  };
}

/** One of several. */
export function choiceField(path: Path, label: string, value: string, options: readonly Option[]): Field {
  return { kind: 'choice', path, label, value, options };
}

/** The largest unit that says it in whole numbers. */
function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  for (const [unit, length] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const)
    if (milliseconds % length === 0) return `${String(milliseconds / length)}${unit}`;
  return '';
}
