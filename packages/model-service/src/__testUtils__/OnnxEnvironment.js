const { TestEnvironment } = require('jest-environment-node');

/**
 * Node.js with its own Float32Array. The native runtime makes its results with
 * it and then compares them with that of the tests, which Jest makes anew.
 */
module.exports = class OnnxEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Float32Array = Float32Array;
  }
};
