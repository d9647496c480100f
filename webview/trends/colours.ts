const palette = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'] as const;
/** So that lines are told apart without their colours too. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 4], [12, 4]];

/** The name of VS Code's colour for the series of that index; what is beyond them all is grey. */
export function colourName(index: number): string {
  const name = palette[index];
  return name === undefined ? '--vscode-descriptionForeground' : `--vscode-charts-${name}`;
}

/** How the line of that index is broken, in pixels. */
export function dashOf(index: number): number[] {
  return [...(dashes[index % dashes.length] ?? [])];
}

/** The value that the theme gives to a colour. */
export function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || 'gray';
}
