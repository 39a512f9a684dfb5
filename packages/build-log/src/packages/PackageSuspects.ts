import { SuspectedPackage } from '../types';
import {
  bumpsIn,
  coordinatesIn,
  jarsIn,
  javaPackagesIn,
  Mention,
  ownPackageIn,
} from './coordinates';

type Suspect = {
  name: string;
  version?: string;
  score: number;
  /** The largest single reason. */
  reason: SuspectedPackage['reason'];
  most: number;
  line: number;
};

const MOST_SUSPECTS = 5_000;
/** Lines without a weight of their own that are looked at. */
const MOST_MENTIONS = 20_000;
const MOST_SHOWN = 10;
/** However often a Java package is named, its artifact was not blamed outright. */
const MOST_OF_PACKAGE = 12;
const MOST_PACKAGES = 1_000;
const LONGEST_LINE = 2_000;
const DOWNLOAD = /\bDownload(?:ing|ed)\b|\bProgress \(/;
/** Says outright that a package is the trouble. */
const BLAMES =
  /convergence error|upper bound dependencies error|bad class file|incompatible version of Kotlin|could not (?:find artifact|resolve dependencies|transfer artifact)|has been relocated|was not found in|Expected .{1,200} but found|requires? .{0,60}version|depends on|[Dd]ependency \S{1,200} (?:has|requires|is|was)|\bconflict(?:s|ing)?\b(?!-)/i;
const OWN_MODULE = /-{2,}< ([\w.-]{1,100}:[\w.-]{1,100}) >-/;
const PLUGIN = /maven-[\w-]{1,60}-?plugin|-maven-plugin/;
/** Second in a tree of dependencies: what the project itself asks for. */
const DIRECT = /^ {1,3}[+\\|`]-\s?[\w.-]{1,100}:[\w.-]{1,100}:/;
const LISTED = /\[new branch\]|^\s{0,8}\* /;
const DEPRECATED =
  /\bhas been deprecated\b|\bmarked for removal\b|\bis deprecated\b/;
const STACK = /^\s{0,12}at /;

/**
 * Gathers which packages a failure may come from: those that errors name, by their coordinates, their files, or the Java
 * packages in them, and those whose change the log announces. Downloads only tell which packages there are.
 */
export class PackageSuspects {
  readonly #suspects = new Map<string, Suspect>();
  readonly #versions = new Map<string, string>();
  readonly #javaPackages = new Map<string, { score: number; line: number }>();
  #mentions = 0;
  readonly #own = new Set<string>();
  readonly #ownPackages = new Set<string>();

  private constructor() {}

  static create(): PackageSuspects {
    return new PackageSuspects();
  }

  /** `weight` as a rule of tools gives it, from 0 to 100. */
  read(options: { text: string; line: number; weight: number }): void {
    const { line, weight } = options;
    const text = options.text.slice(0, LONGEST_LINE);
    if (text.includes('Download') && DOWNLOAD.test(text)) {
      if (text.includes('.jar') && this.#versions.size < MOST_SUSPECTS) {
        coordinatesIn(text).forEach(mention => this.#know(mention));
      }
      return;
    }
    if (weight === 0) {
      this.#mentions += 1;
      if (this.#mentions > MOST_MENTIONS) {
        return;
      }
    }
    const own = OWN_MODULE.exec(text);
    if (own) {
      this.#own.add(own[1]);
    }
    const coordinates = coordinatesIn(text);
    for (const mention of bumpsIn(text)) {
      this.#suspect(mention, {
        line,
        score: LISTED.test(text) ? 2 : 30,
        reason: 'announced',
      });
    }
    const source = ownPackageIn(text);
    if (source !== undefined && this.#ownPackages.size < MOST_PACKAGES) {
      this.#ownPackages.add(source);
    }
    const isError = weight >= 40;
    const blames = isError || BLAMES.test(text);
    const score = scoreOf(text, isError);
    const reason = blames ? 'error' : 'mentioned';
    for (const mention of coordinates) {
      this.#suspect(mention, { line, score, reason });
    }
    for (const mention of jarsIn(text)) {
      this.#suspect(mention, { line, score: score / 2, reason });
    }
    if (isError || STACK.test(text)) {
      this.#readJavaPackages(text, { line, score: isError ? 4 : 0.5 });
    } else if (DEPRECATED.test(text)) {
      // Where warnings are errors, it is what breaks the build.
      this.#readJavaPackages(text, { line, score: 3 });
    } else if (weight > 0) {
      this.#readJavaPackages(text, { line, score: 1 });
    }
  }

  /** The most suspected first. */
  finish(): SuspectedPackage[] {
    this.#attributeJavaPackages();
    return [...this.#suspects.values()]
      .filter(({ name }) => !this.#own.has(name))
      .sort((left, right) => right.score - left.score || left.line - right.line)
      .slice(0, MOST_SHOWN)
      .map(({ name, version, score, reason, line }) => ({
        name,
        ...(version !== undefined && { version }),
        score: Math.round(10 * score) / 10,
        reason,
        line,
      }));
  }

  #know({ name, version }: Mention) {
    if (this.#versions.size < MOST_SUSPECTS) {
      this.#versions.set(name, version ?? '');
    }
  }

  #suspect(
    mention: Mention,
    said: { line: number; score: number; reason: Suspect['reason'] },
  ) {
    const { line, score, reason } = said;
    const factor = PLUGIN.test(mention.name) ? 0.1 : 1;
    const gain = score * factor;
    const suspect = this.#suspects.get(mention.name);
    if (!suspect) {
      if (this.#suspects.size < MOST_SUSPECTS) {
        const { name, version } = mention;
        this.#suspects.set(name, {
          ...{ name, version, score: gain, reason, most: gain, line },
        });
      }
      return;
    }
    // The first mention counts whole; ten more count little.
    suspect.score += Math.min(gain / 4, 60 / (1 + suspect.score));
    suspect.version ??= mention.version;
    if (gain > suspect.most) {
      suspect.score += gain - suspect.most;
      suspect.most = gain;
      suspect.reason = reason;
      suspect.line = line;
    }
  }

  #readJavaPackages(text: string, said: { line: number; score: number }) {
    for (const name of javaPackagesIn(text)) {
      const known = this.#javaPackages.get(name);
      if (known) {
        known.score = Math.min(
          MOST_OF_PACKAGE,
          Math.max(known.score, said.score) + said.score / 4,
        );
      } else if (this.#javaPackages.size < MOST_PACKAGES) {
        this.#javaPackages.set(name, { ...said });
      }
    }
  }

  /** Gives what is said of a Java package to the packages whose group it lies in, or to itself where none is known. */
  #attributeJavaPackages() {
    const names = [
      ...new Set([...this.#versions.keys(), ...this.#suspects.keys()]),
    ];
    for (const [javaPackage, { score, line }] of this.#javaPackages) {
      const parts = javaPackage.split('.');
      if (this.#ownPackages.has(parts.slice(0, 3).join('.'))) {
        continue;
      }
      const fitting = names
        .map(name => ({ name, fit: fitOf(name, parts) }))
        .filter(({ fit }) => fit > 0)
        .sort((left, right) => right.fit - left.fit)
        .slice(0, 3);
      for (const { name, fit } of fitting) {
        const version = this.#versions.get(name) || undefined;
        const share = score * Math.min(1, fit / 4);
        this.#suspect(
          { name, version },
          { line, score: share, reason: 'error' },
        );
      }
      if (fitting.length === 0 && parts.length > 1) {
        // Most artifacts are named as the package that they hold.
        const kept = parts.slice(0, 3);
        const name = `${kept.join('.')}:${kept[kept.length - 1]}`;
        this.#suspect({ name }, { line, score, reason: 'error' });
      }
    }
  }
}

function scoreOf(text: string, isError: boolean): number {
  if (DIRECT.test(text)) {
    return 26;
  }
  if (/convergence error|upper bound/i.test(text)) {
    // What diverges is seldom what was changed: what asks for it is.
    return 10;
  }
  if (BLAMES.test(text)) {
    return 24;
  }
  return isError ? 8 : 0.5;
}

/** How well an artifact fits a Java package: how much of its group and its name is in it. */
function fitOf(name: string, parts: string[]): number {
  const [group, artifact] = name.split(':');
  if (artifact === undefined) {
    return 0;
  }
  const groupParts = group.split('.');
  let shared = 0;
  while (shared < groupParts.length && groupParts[shared] === parts[shared]) {
    shared += 1;
  }
  if (shared < Math.min(2, groupParts.length)) {
    return 0;
  }
  const words = artifact.split(/[-.]/);
  const named = words.filter(word => parts.includes(word)).length;
  const whole = shared === groupParts.length ? 1 : 0;
  return named === 0 && whole === 0
    ? 0
    : shared + whole + named - 0.2 * (words.length - named);
}
