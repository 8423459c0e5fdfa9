import { createRecipe, nodeReceiver } from '../node-receiver.js';
import type { CorrectReceiver } from '../receiver.js';

export default {
  kind: 'correct',
  stack: 'Node',
  traits: '401 for a forged web hook, 404 for an unknown order, the first final status stays',
  start: nodeReceiver(createRecipe),
} satisfies CorrectReceiver;
