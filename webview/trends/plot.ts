import uPlot from 'uplot';
import type { Chart } from './plan.ts';
import { colour, colourName, dashOf } from './colours.ts';

/** What a chart is drawn from, and whom it tells. */
export interface PlotOptions {
  readonly chart: Chart;
  /** Milliseconds since 1970, and of a step. */
  readonly since: number;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  /** The step under the pointer; null for none. */
  readonly onPoint: (index: number | null) => void;
  readonly onChoose: (index: number) => void;
  /** Steps that were swept over, the first and the last. */
  readonly onSweep: (first: number, last: number) => void;
}

/** Draws a chart into an element, in the colours that its theme has now. */
export function drawPlot(target: HTMLElement, options: PlotOptions): uPlot {
  const { chart, since, step, width, height } = options;
  const steps = chart.series[0]?.values.length ?? chart.before?.length ?? 0;
  const at = Array.from({ length: steps }, (_, index) => (since + (index + 0.5) * step) / 1000);
  const faint = colour(target, '--vscode-descriptionForeground');
  const grid = { stroke: colour(target, '--vscode-panel-border'), width: 1 };
  const style = getComputedStyle(target);
  const axis = { stroke: faint, grid, ticks: grid, font: `11px ${style.fontFamily}` };
  const drawn = chart.kind === 'bars' ? stacked(chart) : chart.series.map(({ values }) => values);
  let sweeping = false;

  const series = drawn.map((_, index): uPlot.Series => {
    const stroke = colour(target, colourName(chart.kind === 'bars' ? drawn.length - 1 - index : index));
    return chart.kind === 'bars'
      ? { stroke, fill: stroke, width: 0, paths: bars, points: { show: false } }
      : { stroke, width: 1.5, dash: dashOf(index), spanGaps: true, points: { show: true, size: 4, fill: stroke } };
  });
  const before: uPlot.Series = { stroke: faint, width: 1, dash: [4, 4], points: { show: false }, paths: stepped };
  const plot = new uPlot(
    {
      ...{ width, height, legend: { show: false } },
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: true, range: [since / 1000, (since + steps * step) / 1000] },
        y: { range: (_self, _least, most) => [0, most > 0 ? most * 1.05 : 1] },
      },
      axes: [
        { ...axis, size: 28, grid: { show: false } },
        {
          ...axis,
          size: 74,
          ...(chart.whole ? { incrs: wholeSteps } : {}),
          values: (_self, splits) => splits.map((value) => chart.format(value)),
        },
      ],
      series: [{}, ...series, ...(chart.before === null ? [] : [before])],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        setCursor: [({ cursor }) => options.onPoint(cursor.idx ?? null)],
        setSelect: [
          (self) => {
            const { left, width: swept } = self.select;
            if (swept < 4) return;
            sweeping = true;
            options.onSweep(self.posToIdx(left), self.posToIdx(left + swept));
          },
        ],
      },
    },
    [at, ...drawn.map((values) => [...values]), ...(chart.before === null ? [] : [[...chart.before]])],
    target,
  );
  plot.over.addEventListener('click', () => {
    if (!sweeping && plot.cursor.idx != null) options.onChoose(plot.cursor.idx);
    sweeping = false;
  });
  return plot;
}

/** Half a call is none. */
const wholeSteps = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat();
const bars = uPlot.paths.bars?.({ size: [0.86, 60, 1], align: 0 }) ?? (() => null);
const stepped = uPlot.paths.stepped?.({ align: 1 }) ?? (() => null);

/** Layers upon layers: the highest is drawn first, so that the lower ones stand before it. */
function stacked({ series }: Chart): readonly (readonly number[])[] {
  const sums: number[] = [];
  return series
    .map(({ values }) => values.map((value, index) => (sums[index] = (sums[index] ?? 0) + (value ?? 0))))
    .reverse();
}
