import { errorTerm } from '../../src/shared/trends.ts';
import type { Trends, TrendSeries, TrendSum } from '../../src/shared/trends.ts';
import { formatUsd } from '../../src/shared/money.ts';
import { formatCount, formatDuration } from '../format.ts';
import { causeName, t } from '../strings.ts';
import type { PanelString } from '../../src/shared/panelStrings.ts';

/** One line or one layer of bars. */
export interface ChartSeries {
  readonly label: string;
  /** A value for each step; null where there is none. */
  readonly values: readonly (number | null)[];
  /** The filter term for the calls behind a point; null where they cannot be told by one. */
  readonly term: string | null;
}

/** What one chart shows. */
export interface Chart {
  readonly name: 'calls' | 'errors' | 'latency' | 'tokens' | 'cost';
  readonly title: string;
  /** Layers of bars add up; lines do not. */
  readonly kind: 'bars' | 'lines';
  readonly series: readonly ChartSeries[];
  /** The whole as long before, step by step; null where that says nothing. */
  readonly before: readonly (number | null)[] | null;
  /** The whole and what it was before; null for none. */
  readonly sum: number | null;
  readonly sumBefore: number | null;
  readonly format: (value: number) => string;
  /** True for counts, of which there are no halves. */
  readonly whole: boolean;
}

type Measure = (sum: TrendSum) => number | null;

const usd = (value: number): string => `$${formatUsd(value)}`;
const tokens: Measure = ({ inputTokens, outputTokens }) => inputTokens + outputTokens;

/** The charts of what calls came to. Told apart, each key is a layer or a line; else what is worth telling apart is. */
export function chartsOf(trends: Trends): readonly Chart[] {
  const { total, series, causes } = trends;
  const apart = series.length > 0;
  const layers = (measure: Measure, also = ''): readonly ChartSeries[] =>
    series.map((one) => ({ label: labelOf(one), values: one.points.map(measure), term: both(one.term, also) }));
  const whole = (key: PanelString, measure: Measure, term = ''): ChartSeries => ({
    label: t(key),
    values: total.points.map(measure),
    term,
  });
  const bars = (
    name: Exclude<Chart['name'], 'latency'>,
    measure: Measure,
    layersOf: readonly ChartSeries[],
    format: (value: number) => string,
  ): Chart => ({
    ...{ name, title: t(`trend.${name}`), kind: 'bars', series: layersOf, format, whole: name !== 'cost' },
    before: total.pointsBefore.map(measure),
    sum: measure(total.sum),
    sumBefore: measure(total.before),
  });
  return [
    bars(
      'calls',
      ({ calls }) => calls,
      apart ? layers(({ calls }) => calls) : [whole('trend.calls', ({ calls }) => calls)],
      formatCount,
    ),
    bars(
      'errors',
      ({ errors }) => errors,
      apart
        ? layers(({ errors }) => errors, errorTerm)
        : causes.map(({ cause, points, term }) => ({
            label: cause === null ? t('trend.noCause') : causeName(cause),
            values: points,
            term,
          })),
      formatCount,
    ),
    {
      ...{ name: 'latency', title: t(apart ? 'trend.latencyOf' : 'trend.latency'), kind: 'lines' },
      series: apart
        ? layers(({ p90 }) => p90)
        : [
            whole('trend.p50', ({ p50 }) => p50),
            whole('trend.p90', ({ p90 }) => p90),
            whole('trend.p99', ({ p99 }) => p99),
          ],
      before: null,
      sum: apart ? total.sum.p90 : total.sum.p50,
      sumBefore: apart ? total.before.p90 : total.before.p50,
      format: formatDuration,
      whole: false,
    },
    bars(
      'tokens',
      tokens,
      apart
        ? layers(tokens)
        : [
            whole('trend.input', ({ inputTokens }) => inputTokens, 'tokens>0'),
            whole('trend.output', ({ outputTokens }) => outputTokens, 'tokens>0'),
          ],
      formatCount,
    ),
    bars(
      'cost',
      ({ costUsd }) => costUsd,
      apart
        ? layers(({ costUsd }) => costUsd, 'has:cost')
        : [whole('trend.cost', ({ costUsd }) => costUsd, 'has:cost')],
      usd,
    ),
  ];
}

function labelOf({ key, term }: TrendSeries): string {
  return term === null ? t('trend.others') : (key ?? t('groupRest'));
}

function both(term: string | null, also: string): string | null {
  return term === null ? null : [term, also].filter((part) => part !== '').join(' ');
}

/** How the whole changed, as in `+12 %`; null where there was nothing before. */
export function changeOf(sum: number | null, before: number | null): string | null {
  if (sum === null || before === null || before === 0) return null;
  const percent = Math.round((sum / before - 1) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${formatCount(Math.abs(percent))} %`;
}

/** When a step began and ended, as short as it can be told. Milliseconds since 1970, and of a step. */
export function stepLabel(from: number, step: number): string {
  const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
  if (step >= 86_400_000) return new Date(from).toLocaleDateString([], { ...day, year: 'numeric' });
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return `${new Date(from).toLocaleDateString([], day)}, ${new Date(from).toLocaleTimeString([], clock)}–${new Date(from + step).toLocaleTimeString([], clock)}`;
}
