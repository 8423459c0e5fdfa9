import { createRecipe, nodeReceiver, type Recipe } from '../node-receiver.js';
import type { CorrectReceiver } from '../receiver.js';
import { healEvery } from '../shop/heal.js';

export default {
  kind: 'correct',
  stack: 'Node, self-healing',
  traits: 'asks the API of Inqud for what is not final yet',
  asksApi: true,
  start: nodeReceiver(healing),
} satisfies CorrectReceiver;

function healing(): Recipe {
  return { ...createRecipe(), onStart: healEvery(200) };
}
