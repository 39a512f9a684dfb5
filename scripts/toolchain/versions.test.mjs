import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nodeFits, nodeVersion, yarnVersion } from './versions.mjs';

it('accepts every Node.js 22 from 22.12 on, and no other line', () => {
  const fits = ['22.12.0', 'v22.23.3', nodeVersion];
  const doesNot = ['18.20.8', '20.20.2', '22.11.0', '23.0.0', '24.19.0'];
  assert.deepEqual(fits.filter(nodeFits), fits);
  assert.deepEqual(doesNot.filter(nodeFits), []);
});

it('takes Yarn from package.json', () => {
  assert.match(yarnVersion(), /^4\.\d+\.\d+$/);
});
