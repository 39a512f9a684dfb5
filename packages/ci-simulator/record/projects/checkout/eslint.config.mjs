import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'reports', 'scripts', '*.cjs'] },
  ...tseslint.configs.recommended,
);
