/** A code block's first line: its language and attributes such as `title="…"`. */
const fence = /^```(\w+)(.*)$/;

/**
 * The steps of "Add it to your Backstage" in the README, in order: the
 * commands to run, and what to write into which file.
 *
 * @param text - the README
 * @param frontend - `new` or `legacy`; steps for the other one are left out
 */
export function readSteps(text, frontend) {
  const section = text.match(
    /^## Add it to your Backstage$([^]*?)(?=^## )/m,
  )?.[1];
  if (!section) {
    throw new Error('README.md has no section "Add it to your Backstage"');
  }
  const steps = [];
  let block;
  for (const line of section.split('\n')) {
    const [, language, attributes = ''] = line.match(fence) ?? [];
    if (block && line === '```') {
      steps.push({ ...block, text: block.lines.join('\n') });
      block = undefined;
    } else if (block) {
      block.lines.push(line);
    } else if (language) {
      block = { language, ...readAttributes(attributes), lines: [] };
    }
  }
  return steps
    .filter(step => !step.frontend || step.frontend === frontend)
    .map(step =>
      step.language === 'sh'
        ? { command: step.text.trim() }
        : { file: step.title, text: step.text },
    );
}

function readAttributes(text) {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  );
}
