export { LogoIcon } from './LogoIcon';
export { navModule } from './navModule';
