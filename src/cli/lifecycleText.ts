import type { ApiLifecycle } from '../shared/lifecycle.ts';

/** How an API stands, in lines. */
export function lifecycleText(name: string, lifecycle: ApiLifecycle | undefined): string {
  if (lifecycle === undefined) return `${name}: no description\n`;
  const { current, draftState, routes, versions, trouble } = lifecycle;
  const lines = [
    `${name}: ${current ?? 'nothing published'}, draft ${draftWords[draftState]}, routes ${routes}`,
    ...(trouble === null ? [] : [`  ${trouble}`]),
    ...versions.map(
      ({ version, state, publishedAt, notice }) =>
        `  ${version === current ? '*' : ' '} ${version.padEnd(12)} ${state.padEnd(10)} ${publishedAt.slice(0, 10)}` +
        (notice?.sunset == null ? '' : `  ends ${notice.sunset.slice(0, 10)}`) +
        (notice?.successor == null ? '' : `  then ${notice.successor}`),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const draftWords: Readonly<Record<ApiLifecycle['draftState'], string>> = {
  missing: 'missing',
  unpublished: 'not published yet',
  same: 'unchanged',
  changed: 'changed',
};
