// `yarn --silent <script>` as other package managers know it: prints nothing but what the script prints. Yarn 4 adds
// nothing to a script's output, so that the flag needs no more than to be understood.
module.exports = {
  name: 'silent',
  factory: require => {
    const { BaseCommand } = require('@yarnpkg/cli');
    const { Option } = require('clipanion');
    class SilentCommand extends BaseCommand {
      static paths = [['--silent']];

      script = Option.String();

      args = Option.Proxy();

      async execute() {
        return this.cli.run(['run', this.script, ...this.args]);
      }
    }
    return { commands: [SilentCommand] };
  },
};
