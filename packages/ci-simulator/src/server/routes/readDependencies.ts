/** A package in a lockfile or manifest. */
export type Dependency = {
  manifest: string;
  ecosystem: string;
  name: string;
  version: string;
};

const patterns: Record<string, { ecosystem: string; line: RegExp }> = {
  'requirements.txt': {
    ecosystem: 'pip',
    line: /^([\w.-]{1,100})==([\w.]{1,50})/gm,
  },
  'go.mod': { ecosystem: 'golang', line: /^\t(\S{1,200}) v([\w.]{1,50})$/gm },
  'Cargo.lock': {
    ecosystem: 'cargo',
    line: /^name = "([\w-]{1,100})"\nversion = "([\w.]{1,50})"$/gm,
  },
  'pom.xml': {
    ecosystem: 'maven',
    line: /<artifactId>([\w.-]{1,100})<\/artifactId><version>([\w.]{1,50})</g,
  },
};

/** The packages that a file of the organisation names; none of other files. */
export function readDependencies(path: string, text: string): Dependency[] {
  if (path === 'package-lock.json') {
    const { packages = {} } = JSON.parse(text) as {
      packages?: Record<string, { version: string }>;
    };
    return Object.entries(packages).map(([key, { version }]) => ({
      ...{ manifest: path, ecosystem: 'npm', version },
      name: key.replace('node_modules/', ''),
    }));
  }
  const pattern = patterns[path];
  return pattern
    ? [...text.matchAll(pattern.line)].map(([, name, version]) => ({
        ...{ manifest: path, ecosystem: pattern.ecosystem, name, version },
      }))
    : [];
}
