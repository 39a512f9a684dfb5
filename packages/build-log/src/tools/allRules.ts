import { aftermath } from './aftermath';
import { containers } from './containers';
import { eslint } from './eslint';
import { genericErrors } from './genericErrors';
import { git } from './git';
import { go } from './go';
import { infrastructure } from './infrastructure';
import { javascriptTests } from './javascriptTests';
import { jvm } from './jvm';
import { mozilla } from './mozilla';
import { native } from './native';
import { nodePackages } from './nodePackages';
import { otherLanguages } from './otherLanguages';
import { progress } from './progress';
import { python } from './python';
import { runners } from './runners';
import { shell } from './shell';
import type { ToolRule } from './ToolRule';
import { typescript } from './typescript';

/** In order of precedence: what is printed by one tool only stands before what many print. */
export const ALL_RULES: readonly ToolRule[] = [
  ...runners,
  ...aftermath,
  ...mozilla,
  ...typescript,
  ...eslint,
  ...javascriptTests,
  ...nodePackages,
  ...go,
  ...native,
  ...jvm,
  ...python,
  ...otherLanguages,
  ...containers,
  ...git,
  ...infrastructure,
  ...shell,
  ...progress,
  ...genericErrors,
];
