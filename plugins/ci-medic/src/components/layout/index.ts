export * from './Facts';
export * from './NameSelect';
export * from './OptionSelect';
export * from './PageButtons';
export * from './Section';
