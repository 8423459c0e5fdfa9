import type { ProjectFolder } from '../ports.js';
import { nodeStack } from './stacks/node.js';
import { goStack, javaStack, phpStack, pythonStack, rubyStack } from './stacks/others.js';
import type { Stack } from './stacks/shape.js';

const DETECTORS = [nodeStack, phpStack, pythonStack, goStack, rubyStack, javaStack];

/** The first manifest tells: a project of two languages mostly has the assets of one in the other. */
export async function stackOf(folder: ProjectFolder): Promise<Stack | undefined> {
  const found: Stack[] = [];
  for (const detect of DETECTORS) {
    const stack = await detect(folder);
    if (stack !== undefined) found.push(stack);
  }
  return found.find(({ name }) => name !== 'Node.js') ?? found[0];
}
