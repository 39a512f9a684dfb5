import { Signature } from './Signature';

/** What says little by itself, and counts only where nothing else on the line does. */
export const summaries: readonly Signature[] = [
  {
    id: 'file-missing',
    subCategory: 'configuration.missing_file',
    pattern:
      "(?i)no such file or directory|\\benoent\\b|file not found|filenotfounderror|filenotfoundexception|cannot stat '|does not exist|could not find (?:file|a part of the path)|couldn't find (?:file|the)|did not match any files|the filename, directory name, or volume label syntax is incorrect|no files were found|cannot find path",
    weight: 1,
    also: { 'code.test_exception': 0.4, 'infrastructure.artifact': 0.5 },
    provenance: 'errno ENOENT, POSIX tools, .NET, Windows',
    matches: ["cp: cannot stat 'dist/app.js': No such file or directory"],
    rejects: ['2 files changed'],
  },
  {
    id: 'file-permission',
    subCategory: 'configuration.permission',
    pattern:
      '(?i)permission denied|\\beacces\\b|\\beperm\\b|operation not permitted|read-only file system',
    weight: 1.4,
    also: { 'infrastructure.runner_image': 1 },
    provenance: 'errno EACCES, EPERM, EROFS',
    matches: ['./gradlew: Permission denied'],
    rejects: ['permissions are written to disk'],
  },
  {
    id: 'dependencies-not-resolved',
    subCategory: 'dependency.not_found',
    pattern:
      '(?i)could not resolve all (?:files|dependencies|artifacts)|could not resolve dependencies for project|could not collect dependencies|failed to collect dependencies|failed to get `.{1,80}` as a dependency',
    weight: 0.9,
    also: {
      'infrastructure.connection': 0.7,
      'infrastructure.service_unavailable': 0.6,
      'configuration.credential': 0.3,
    },
    provenance: 'Maven, Gradle, Cargo; the reason stands after it',
    matches: [
      '> Could not resolve all files for configuration ":compileClasspath".',
    ],
    rejects: ['Resolved 12 dependencies'],
  },
];
