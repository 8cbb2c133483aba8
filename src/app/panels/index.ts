export { Shell } from './shell/Shell.tsx';
