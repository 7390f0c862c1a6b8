export { durationText as duration } from '../../planner/index.js';
