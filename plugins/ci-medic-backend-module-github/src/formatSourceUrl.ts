const UNSAFE_PART = /^\.{0,2}$/;

/**
 * Link to a line of a file at a commit. Files in a runner's work folder, as stack traces have them, are found in the
 * repository; for those outside of it the link leads to the repository.
 */
export function formatSourceUrl(options: {
  /** Web address of the repository. */
  repositoryUrl: string;
  sha: string;
  file: string;
  line?: number;
}): string {
  const { repositoryUrl, sha, file, line } = options;
  const name = repositoryUrl.slice(repositoryUrl.lastIndexOf('/') + 1);
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  // Runners check out owner/name into …/name/name.
  const folder = `/${name}/${name}/`;
  const start = path.indexOf(folder);
  const isAbsolute = /^(\/|[A-Za-z]:)/.test(path);
  const relative =
    isAbsolute && start >= 0 ? path.slice(start + folder.length) : path;
  const parts = relative.split('/');
  if (/^(\/|[A-Za-z]:)/.test(relative) || parts.some(isUnsafe)) {
    return repositoryUrl;
  }
  const place = parts.map(encodeURIComponent).join('/');
  const anchor = line ? `#L${line}` : '';
  return `${repositoryUrl}/blob/${encodeURIComponent(sha)}/${place}${anchor}`;
}

function isUnsafe(part: string): boolean {
  return UNSAFE_PART.test(part) || Buffer.from(part).toString() !== part;
}
