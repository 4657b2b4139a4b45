export { chosen as last } from '../first/german';
