/** A package that a line names. */
export type Mention = {
  /** `group:artifact` for Java, else the name that its registry gives it. */
  name: string;
  version?: string;
};

const MAVEN =
  /(?<![\w.:/]|\w-)([a-zA-Z][\w-]{0,60}(?:\.[\w-]{1,60}){0,8}):([a-zA-Z][\w.-]{1,100})(?::(?:jar|pom|war|hpi|aar|test-jar|zip|maven-plugin|bundle))?(?::[a-z][\w-]{0,30}(?=:\d))?(?::(\d[\w.+-]{0,60}|[\w.]{1,20}\.RELEASE))?/g;
const REPOSITORY =
  /(?:repository|maven2|repos|repo)\/((?:[\w.-]{1,60}\/){1,10})([\w.-]{1,100})\/([\w.+-]{1,60})\/\2-\3[\w.-]{0,40}\.(?:jar|pom|aar)/g;
const JAR =
  /(?<![\w.-])([a-zA-Z][\w.-]{1,80}?)-(\d[\w.+-]{0,40}?)(?:-[a-z]{3,12})?\.jar\b/g;

/** Packages of the Maven world that a line names by their coordinates. */
export function coordinatesIn(text: string): Mention[] {
  const mentions: Mention[] = [];
  for (const [, group, artifact, version] of text.matchAll(MAVEN)) {
    // A package has dots or a version; `error:symbol` has not.
    if ((group.includes('.') || version) && !/^https?$/.test(group)) {
      mentions.push({
        name: `${group}:${artifact.replace(/[.-]+$/, '')}`,
        version,
      });
    }
  }
  for (const [, path, artifact, version] of text.matchAll(REPOSITORY)) {
    const group = path.slice(0, -1).replaceAll('/', '.');
    mentions.push({
      name: `${group.replace(
        /^(?:maven2|repository|releases|public)\./,
        '',
      )}:${artifact}`,
      version,
    });
  }
  return mentions;
}

/** Names of jar files in a line. */
export function jarsIn(text: string): Mention[] {
  return Array.from(text.matchAll(JAR), ([, name, version]) => ({
    name,
    version,
  }));
}

const BUMP =
  /\b(?:[Bb]ump|[Uu]pdate|[Uu]pgrade)s?(?: dependency| module| package)? [`"']?([@\w./:-]{2,120})[`"']? (?:from [`"']?v?([\w.+-]{1,60})[`"']? )?to [`"']?v?(\d[\w.+-]{0,60})/g;
const BRANCH =
  /\b(?:dependabot|renovate)\/(?:(?:maven|gradle|npm_and_yarn|pip|go_modules|cargo|bundler|composer|nuget|docker|github_actions|main|master|develop)\/)*([@\w./-]{2,160}?)-v?(\d+(?:\.[\w]+)*(?:\.x)?)(?=[-\s"',)/:]|$)/g;

/** Packages whose change a line announces: a bump's title, or the branch that a bot made for it. */
export function bumpsIn(text: string): Mention[] {
  const mentions: Mention[] = [];
  for (const [, name, , version] of text.matchAll(BUMP)) {
    mentions.push({ name, version });
  }
  for (const [, branch, version] of text.matchAll(BRANCH)) {
    mentions.push({ name: nameOfBranch(branch), version });
  }
  return mentions;
}

/** Bots write `group-artifact`: the group has dots, and the artifact follows the first dash after them. */
function nameOfBranch(branch: string): string {
  const last = branch.slice(branch.lastIndexOf('/') + 1);
  const dot = last.indexOf('.');
  const dash = last.indexOf('-', dot);
  return dot > 0 && dash > dot
    ? `${last.slice(0, dash)}:${last.slice(dash + 1)}`
    : branch;
}

const JAVA_PACKAGE =
  /(?<![\w.@/-])((?:org|com|io|net|de|dev|edu|fr|uk|ru|cn|eu|me|app|ch|it|jp|nl|at|tech|info|software|jakarta|javax|kotlin|scala|akka)(?:\.[a-z][a-z0-9_]{1,40}){1,8})(?=\.[A-Z]|[\s;:,)\]'"]|$)/g;

/** Java packages that a line names, without those of Java itself. */
export function javaPackagesIn(text: string): string[] {
  return Array.from(text.matchAll(JAVA_PACKAGE), ([, name]) => name).filter(
    name =>
      !/^(?:javax\.(?:swing|crypto|net|sql)|com\.sun)\b/.test(name) &&
      !/\.(?:com|org|io|net|html?|xml|java|txt|yml|log)$/.test(name),
  );
}

const SOURCE =
  /src\/(?:(?:main|test)\/)?(?:java|kotlin|scala|groovy)\/((?:[a-z][\w]{0,40}\/){2,8})/;

/** The Java package of a source file whose path a line names: it is the project's own. */
export function ownPackageIn(text: string): string | undefined {
  const path = SOURCE.exec(text)?.[1];
  return path?.slice(0, -1).split('/').slice(0, 3).join('.');
}
