import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Series } from '@ci-medic/plugin-ci-medic-common';
import {
  Brush,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ciMedicTranslationRef } from '../../translation';
import { useLanguage } from '../time';
import { chartPoints } from './chartPoints';
import { formatSeriesValue } from './formatSeriesValue';

const HEIGHT = 320;
/** More dots than this only hide the line. */
const MOST_DOTS = 400;

/**
 * A series over time with its usual range, the changes and the unusual runs. Loaded only where it is shown, because of
 * the library.
 */
export default function SeriesChart(props: { series: Series; label: string }) {
  const { series, label } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const points = chartPoints(series);
  const format = (value: number) => formatSeriesValue(value, series, language);
  const day = (time: number) =>
    new Date(time).toLocaleDateString(language, {
      month: 'short',
      day: 'numeric',
    });
  const changes = series.anomalies.filter(
    ({ kind, stage }) =>
      kind !== 'spike' && kind !== 'novel' && stage !== 'note',
  );
  return (
    <div
      role="img"
      aria-label={label}
      style={{ width: '100%', height: HEIGHT }}
    >
      <ResponsiveContainer initialDimension={{ width: 800, height: HEIGHT }}>
        <ComposedChart
          data={points}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
          <XAxis
            dataKey="time"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            stroke="var(--bui-fg-secondary)"
            fontSize={11}
            tickLine={false}
            minTickGap={32}
            tickFormatter={day}
          />
          <YAxis
            width={96}
            domain={[0, 'auto']}
            stroke="var(--bui-fg-secondary)"
            fontSize={11}
            tickLine={false}
            axisLine={false}
            tickFormatter={format}
          />
          {series.usual.map(({ from, to, low, high }) => (
            <ReferenceArea
              key={from}
              x1={Date.parse(from)}
              x2={Date.parse(to)}
              y1={low}
              y2={high}
              ifOverflow="hidden"
              fill="var(--bui-accent-bg)"
              fillOpacity={0.18}
            />
          ))}
          {series.usual.map(({ from, to, middle }) => (
            <ReferenceLine
              key={from}
              segment={[
                { x: Date.parse(from), y: middle },
                { x: Date.parse(to), y: middle },
              ]}
              ifOverflow="hidden"
              stroke="var(--bui-accent-bg)"
              strokeDasharray="4 3"
            />
          ))}
          {changes.map(({ id, began, direction }) => (
            <ReferenceLine
              key={id}
              x={Date.parse(began.at)}
              ifOverflow="hidden"
              stroke={
                direction === 'up'
                  ? 'var(--bui-negative-fg-subdued)'
                  : 'var(--bui-positive-fg-subdued)'
              }
              strokeWidth={2}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--bui-bg-popover, var(--bui-bg-app))',
              border: '1px solid var(--bui-border-1)',
              color: 'var(--bui-fg-primary)',
            }}
            labelFormatter={(time, [first]) =>
              [
                first?.payload.runNumber !== undefined &&
                  t('series.chart.run', {
                    number: String(first.payload.runNumber),
                  }),
                new Date(Number(time)).toLocaleString(language),
              ]
                .filter(Boolean)
                .join(', ')
            }
            formatter={value => format(Number(value))}
          />
          <Line
            dataKey="value"
            name={t('series.chart.point')}
            type="linear"
            stroke="var(--bui-fg-secondary)"
            strokeWidth={1}
            dot={
              points.length <= MOST_DOTS
                ? { r: 2, fill: 'var(--bui-fg-secondary)', strokeWidth: 0 }
                : false
            }
            isAnimationActive={false}
          />
          {points
            .filter(({ isUnusual }) => isUnusual)
            .map(({ time, value }) => (
              <ReferenceDot
                key={time}
                x={time}
                y={value}
                r={5}
                ifOverflow="hidden"
                fill="none"
                stroke="var(--bui-warning-fg-subdued)"
                strokeWidth={2}
              />
            ))}
          <Brush
            dataKey="time"
            height={24}
            travellerWidth={10}
            ariaLabel={t('series.chart.zoom')}
            stroke="var(--bui-fg-secondary)"
            fill="var(--bui-bg-neutral-1)"
            tickFormatter={day}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
