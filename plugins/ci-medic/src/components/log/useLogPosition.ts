import { LogLine } from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { groupKeys } from './logLayout';
import { LogWindow } from './useLogWindow';

/**
 * Where the reader is in a log, and which groups are folded.
 */
export function useLogPosition(options: {
  log: LogWindow & { showAround(line: number): void };
  /** Line that the address asks for. */
  asked?: number;
}) {
  const { log, asked } = options;
  const { lines, totalLines, showAround } = log;
  const [position, setPosition] = useState<{ line: number }>();
  const [target, setTarget] = useState<number>();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const loaded = useRef(lines);
  loaded.current = lines;

  /** Loads the line if need be, opens the groups around it and moves there. */
  const goTo = useCallback(
    (line: number) => {
      if (!isLoaded(loaded.current, line)) {
        showAround(line);
      }
      setTarget(line);
    },
    [showAround],
  );

  useEffect(() => {
    if (asked === undefined) {
      showAround(1);
    } else {
      goTo(asked);
    }
  }, [asked, goTo, showAround]);

  useEffect(() => {
    const line = lines.find(
      ({ number }) => number === Math.min(target ?? 0, totalLines),
    );
    if (line) {
      const keys = groupKeys(line);
      setTarget(undefined);
      setPosition({ line: line.number });
      setFolded(before => new Set([...before].filter(k => !keys.includes(k))));
    }
  }, [target, lines, totalLines]);

  return {
    /** A new object each time that the screen has to move there. */
    position,
    goTo,
    folded,
    setFolded: useCallback((key: string, isFolded: boolean) => {
      setFolded(before => {
        const after = new Set(before);
        if (isFolded) {
          after.add(key);
        } else {
          after.delete(key);
        }
        return after;
      });
    }, []),
  };
}

function isLoaded(lines: LogLine[], line: number): boolean {
  return (
    lines.length > 0 &&
    line >= lines[0].number &&
    line <= lines[lines.length - 1].number
  );
}
