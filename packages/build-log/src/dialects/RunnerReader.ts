import type { LogLevel } from '../types';

/** A line after the runner's own marks were read and taken off. */
export type RunnerLine = {
  /** Only where a marker states it. */
  level?: LogLevel;
  text: string;
  /** The line is the runner's bookkeeping (fold, section, group), not output. */
  marker: boolean;
};

const GITHUB_LEVELS: Record<string, LogLevel> = {
  error: 'error',
  warning: 'warning',
  notice: 'notice',
  debug: 'debug',
  command: 'command',
};
const MAXIMUM_GROUPS = 8;
const MAXIMUM_TITLE = 200;

const HASH_COMMAND = /^##\[([a-z-]{1,20})\](.*)$/s;
const COLON_COMMAND =
  /^::([a-z-]{1,20})(?: [^:]{0,400}(?:::?[^:]{1,200}){0,8})?::(.*)$/s;
const SECTION =
  /^section_(start|end):(\d{1,20}):([\w.-]{1,120})(?:\[[^\]]{0,200}\])?(.*)$/s;
const TRAVIS_FOLD = /^travis_fold:(start|end):([\w.-]{1,120})(.*)$/s;
const JENKINS_STAGE = /^\[Pipeline\] (?:\{ \((.{1,200})\)|(.{1,200}))$/;
const BUILDKITE_GROUP = /^(?:---|\+\+\+|~~~) (\S.{0,200})$/;

/** Whether a line may be a mark, by its first two bytes: spares most lines a string. */
export function mayBeMark(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3) {
    return false;
  }
  const next = bytes[at + 1];
  switch (bytes[at]) {
    case 0x23: // ##[
      return next === 0x23;
    case 0x3a: // ::
      return next === 0x3a;
    case 0x73: // section_
      return next === 0x65 && bytes[at + 2] === 0x63;
    case 0x74: // travis_
      return next === 0x72 && bytes[at + 2] === 0x61;
    case 0x5b: // [Pipeline], [command], [taskcluster
      return next === 0x50 || next === 0x63 || next === 0x74;
    case 0x2d: // ---, +++, ~~~
    case 0x2b:
    case 0x7e:
      return next === bytes[at] && bytes[at + 2] === next;
    default:
      return false;
  }
}

/**
 * Follows the marks that CI systems weave into a log: timestamps, levels, the
 * current step and the open groups. All known dialects are read at once, since
 * their marks do not collide; `dialect` says which one was seen.
 */
export class RunnerReader {
  #dialect: string | undefined;
  readonly #forced: string | undefined;
  #step: string | undefined;
  #echoes = false;
  #groups: string[] = [];
  #groupsSnapshot: string[] | undefined;
  #seen = new Map<string, number>();

  private constructor(forced: string | undefined) {
    this.#forced = forced;
  }

  static create(dialect?: string): RunnerReader {
    return new RunnerReader(dialect);
  }

  get step(): string | undefined {
    return this.#step;
  }

  /** The open groups; the same array until they change. */
  get groups(): string[] | undefined {
    if (this.#groups.length === 0) {
      return undefined;
    }
    this.#groupsSnapshot ??= [...this.#groups];
    return this.#groupsSnapshot;
  }

  get dialect(): string {
    if (this.#forced) {
      return this.#forced;
    }
    if (this.#dialect) {
      return this.#dialect;
    }
    let best = 'plain';
    let count = 0;
    for (const [name, times] of this.#seen) {
      if (times > count) {
        best = name;
        count = times;
      }
    }
    return best;
  }

  /** Whether the runner prints what it is going to run, not what runs. */
  get echoes(): boolean {
    return this.#echoes;
  }

  /** Counts a sign of a dialect. */
  note(dialect: string): void {
    this.#seen.set(dialect, (this.#seen.get(dialect) ?? 0) + 1);
  }

  /** Takes a line without the leading time, which was read before. */
  read(text: string): RunnerLine {
    const line: RunnerLine = { text, marker: false };
    switch (text.charCodeAt(0)) {
      case 0x23: // #
        this.#readHash(line);
        break;
      case 0x3a: // :
        this.#readColon(line);
        break;
      case 0x73: // s
        this.#readSection(line);
        break;
      case 0x74: // t
        this.#readFold(line);
        break;
      case 0x5b: // [
        this.#readBracket(line);
        break;
      case 0x2d: // -
      case 0x2b: // +
      case 0x7e: // ~
        this.#readBuildkite(line);
        break;
      default:
        break;
    }
    return line;
  }

  #open(title: string): void {
    if (this.#groups.length < MAXIMUM_GROUPS) {
      this.#groups.push(title.slice(0, MAXIMUM_TITLE));
      this.#groupsSnapshot = undefined;
    }
  }

  #close(): void {
    this.#groups.pop();
    this.#groupsSnapshot = undefined;
  }

  #readHash(line: RunnerLine): void {
    const match = HASH_COMMAND.exec(line.text);
    if (!match) {
      return;
    }
    const [, name, rest] = match;
    this.note('github-actions');
    if (name === 'group') {
      this.#echoes = rest.startsWith('Run ');
      if (this.#echoes) {
        this.#step = rest.slice(0, MAXIMUM_TITLE);
      }
      // GitHub does not nest groups: a new one closes the last.
      this.#groups = [];
      this.#open(rest);
      line.text = rest;
      line.marker = true;
    } else if (name === 'endgroup') {
      this.#echoes = false;
      this.#close();
      line.text = '';
      line.marker = true;
    } else if (name === 'section') {
      this.#step = rest.slice(0, MAXIMUM_TITLE);
      line.text = rest;
      line.marker = true;
    } else if (GITHUB_LEVELS[name]) {
      line.level = GITHUB_LEVELS[name];
      line.text = rest;
    }
  }

  #readColon(line: RunnerLine): void {
    const match = COLON_COMMAND.exec(line.text);
    if (!match) {
      return;
    }
    const [, name, rest] = match;
    if (name === 'group') {
      this.#groups = [];
      this.#open(rest);
      line.text = rest;
      line.marker = true;
    } else if (name === 'endgroup') {
      this.#echoes = false;
      this.#close();
      line.text = '';
      line.marker = true;
    } else if (GITHUB_LEVELS[name]) {
      this.note('github-actions');
      line.level = GITHUB_LEVELS[name];
      line.text = rest;
    }
  }

  #readSection(line: RunnerLine): void {
    const match = SECTION.exec(line.text);
    if (!match) {
      return;
    }
    this.#dialect = 'gitlab';
    const [, edge, , name, rest] = match;
    if (edge === 'start') {
      this.#step = name;
      this.#open(name);
    } else {
      this.#close();
      this.#step = this.#groups[this.#groups.length - 1];
    }
    line.text = rest;
    line.marker = rest === '';
  }

  #readFold(line: RunnerLine): void {
    const match = TRAVIS_FOLD.exec(line.text);
    if (match) {
      this.#dialect = 'travis';
      const [, edge, name, rest] = match;
      if (edge === 'start') {
        this.#step = name;
        this.#open(name);
      } else {
        this.#close();
      }
      line.text = rest;
      line.marker = rest === '';
    } else if (/^travis_time:(?:start|end):/.test(line.text)) {
      this.#dialect = 'travis';
      line.marker = true;
    }
  }

  #readBracket(line: RunnerLine): void {
    if (line.text.startsWith('[command]')) {
      line.level = 'command';
      line.text = line.text.slice('[command]'.length);
      return;
    }
    const stage = JENKINS_STAGE.exec(line.text);
    if (stage) {
      this.#dialect = 'jenkins';
      line.marker = true;
      if (stage[1]) {
        this.#step = stage[1];
        this.#open(stage[1]);
      } else if (stage[2] === '}') {
        this.#close();
        this.#step = this.#groups[this.#groups.length - 1];
      } else if (stage[2] === '{') {
        this.#open('block');
      }
    } else if (line.text.startsWith('[taskcluster')) {
      this.note('taskcluster');
    }
  }

  #readBuildkite(line: RunnerLine): void {
    const match = BUILDKITE_GROUP.exec(line.text);
    if (!match) {
      return;
    }
    if (this.#dialect === undefined && this.#seen.has('buildkite')) {
      this.#dialect = 'buildkite';
    }
    if (this.dialect === 'buildkite') {
      this.#step = match[1];
      this.#groups = [];
      this.#open(match[1]);
    } else if (/^~~~ (?:Preparing|Running|:)/.test(line.text)) {
      this.note('buildkite');
      this.#step = match[1];
    }
  }
}
