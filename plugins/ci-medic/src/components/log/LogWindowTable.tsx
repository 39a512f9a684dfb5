import { KeyboardEvent, MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useHref, useLocation, useNavigate } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { lineHash } from './lineHash';
import { LogGroupRow } from './LogGroupRow';
import { LogLineRow } from './LogLineRow';
import { LogLinesTable } from './LogLinesTable';
import { layOutLog } from './logLayout';
import { LogWindow } from './useLogWindow';

/**
 * The loaded lines of a log. Arrow keys, Home and End move from line to line; Enter puts the line into the address.
 */
export function LogWindowTable(props: {
  log: LogWindow;
  position: { line: number } | undefined;
  folded: ReadonlySet<string>;
  sought: string;
  wrap: boolean;
  onFold(key: string, isFolded: boolean): void;
  onMove(line: number): void;
}) {
  const { log, position, folded, sought, wrap, onFold, onMove } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const root = useRef<HTMLDivElement>(null);
  const takesFocus = useRef(false);
  const { search } = useLocation();
  const navigate = useNavigate();
  const base = useHref({ search });
  const rows = useMemo(() => layOutLog(log.lines, folded), [log.lines, folded]);
  const shown = useMemo(
    () => rows.flatMap(row => (row.kind === 'line' ? [row.line.number] : [])),
    [rows],
  );
  const current = position?.line;
  const tabbable =
    current !== undefined && shown.includes(current) ? current : shown[0];

  useEffect(() => {
    const row = root.current?.querySelector(`[data-line="${position?.line}"]`);
    row?.scrollIntoView?.({ block: takesFocus.current ? 'nearest' : 'center' });
    if (takesFocus.current) {
      takesFocus.current = false;
      row?.querySelector('a')?.focus({ preventScroll: true });
    }
  }, [position]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = shown.indexOf(lineOf(event.target) ?? -1);
    const next = at < 0 ? undefined : nextIndex(event.key, at, shown.length);
    if (next !== undefined) {
      event.preventDefault();
      takesFocus.current = true;
      onMove(shown[next]);
    }
  };
  const onClick = (event: MouseEvent) => {
    const line = lineOf(event.target);
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (line !== undefined && !opensElsewhere) {
      event.preventDefault();
      navigate({ search, hash: lineHash(line) }, { replace: true });
    }
  };

  return (
    // The links inside are what is operated; this only listens once for all of them.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div ref={root} onKeyDown={onKeyDown} onClick={onClick}>
      <LogLinesTable
        label={t('log.lines', {
          start: String(log.lines[0]?.number ?? 0),
          end: String(log.lines.at(-1)?.number ?? 0),
          total: String(log.totalLines),
        })}
        totalLines={log.totalLines}
        wrap={wrap}
      >
        {rows.map(row =>
          row.kind === 'group' ? (
            <LogGroupRow
              key={`${row.key}\u0000${row.start}`}
              group={row}
              onFold={onFold}
            />
          ) : (
            <LogLineRow
              key={row.line.number}
              line={row.line}
              current={row.line.number === current}
              href={`${base}${lineHash(row.line.number)}`}
              tabbable={row.line.number === tabbable}
              sought={sought}
            />
          ),
        )}
      </LogLinesTable>
    </div>
  );
}

/** The line whose link an event came from. */
function lineOf(target: EventTarget): number | undefined {
  const row = (target as Element).closest('a')?.closest('[data-line]');
  return row ? Number(row.getAttribute('data-line')) : undefined;
}

function nextIndex(key: string, at: number, size: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, size - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return size - 1;
    default:
      return undefined;
  }
}
