import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** A figure of a period with its interval. */
export type IntervalPoint = {
  /** What the period is called. */
  name: string;
  value?: number;
  range?: [number, number];
  n?: number;
};

/**
 * The course of a figure with the band of its interval. Loaded only where it is shown, because of the library.
 */
export default function IntervalChart(props: {
  points: IntervalPoint[];
  label: string;
  title: string;
  band: string;
  format(value: number): string;
  /** For the axis, where there is little room. */
  formatShort(value: number): string;
}) {
  const { points, label, title, band, format, formatShort } = props;
  return (
    <div role="img" aria-label={label} style={{ width: '100%', height: 140 }}>
      <ResponsiveContainer>
        <ComposedChart
          data={points}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
          <XAxis
            dataKey="name"
            stroke="var(--bui-fg-secondary)"
            fontSize={11}
            tickLine={false}
            minTickGap={24}
          />
          <YAxis
            width={64}
            stroke="var(--bui-fg-secondary)"
            fontSize={11}
            tickLine={false}
            axisLine={false}
            tickFormatter={formatShort}
          />
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--bui-bg-popover, var(--bui-bg-app))',
              border: '1px solid var(--bui-border-1)',
              color: 'var(--bui-fg-primary)',
            }}
            labelFormatter={(name, [first]) =>
              first?.payload.n ? `${name}, n = ${first.payload.n}` : name
            }
            formatter={value =>
              Array.isArray(value)
                ? value.map(one => format(Number(one))).join(' – ')
                : format(Number(value))
            }
          />
          <Area
            dataKey="range"
            name={band}
            stroke="none"
            fill="var(--bui-accent-bg)"
            fillOpacity={0.2}
            isAnimationActive={false}
            connectNulls={false}
          />
          <Line
            dataKey="value"
            name={title}
            stroke="var(--bui-accent-bg)"
            strokeWidth={2}
            dot={{ r: 2 }}
            isAnimationActive={false}
            connectNulls={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
