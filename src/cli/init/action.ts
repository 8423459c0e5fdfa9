import type { ProjectFolder } from '../../ports.js';
import { LIKELY_PORTS } from '../../project/choose-port.js';
import { type ProposedFile, proposalFor } from '../../project/proposal.js';
import { surveyOf } from '../../project/survey.js';
import { EXIT } from '../../report/exit-code.js';
import { prettyInit } from '../../report/init/pretty.js';
import { initStatement } from '../../report/init/statement.js';
import type { InitEnd, InitRecord } from '../../report/init/story.js';
import type { Renderer } from '../../report/renderer.js';
import type { CommandContext } from '../context.js';
import { rendererFor } from '../renderer.js';
import type { World } from '../world.js';
import type { InitFlags } from './flags.js';

/** Finds out about the project, and writes what it lacks. Returns the exit code. */
export async function init(flags: InitFlags, context: CommandContext): Promise<number> {
  const { world } = context;
  const folder = await world.openProject();
  const survey = await surveyOf(folder, await world.listeningPorts(LIKELY_PORTS));
  const proposal = proposalFor(survey, (name) => (world.env[name] ?? '') !== '');
  const renderer = await rendererFor(
    {
      machine: initStatement({ survey, proposal }),
      pretty: (palette) => prettyInit({ survey, proposal }, palette),
      isVerbatim: true,
    },
    flags,
    context,
  );
  await world.stdout.write(renderer.begin());
  const end = await writeLacking(proposal.files, { flags, folder, renderer, world });
  await world.stdout.write(renderer.end(end));
  return end.written + end.unwritten === 0 ? EXIT.askedWrongly : EXIT.satisfied;
}

interface Writing {
  readonly flags: InitFlags;
  readonly folder: ProjectFolder;
  readonly renderer: Renderer<InitRecord, InitEnd>;
  readonly world: World;
}

async function writeLacking(files: readonly ProposedFile[], writing: Writing): Promise<InitEnd> {
  const { flags, folder, renderer, world } = writing;
  const tell = async (record: InitRecord) => world.stdout.write(renderer.record(record));
  const lacking: ProposedFile[] = [];
  let present = 0;
  for (const file of files) {
    if (file.byHand) await tell({ ...file, fate: 'shown' });
    else if (!(await folder.has(file.path))) lacking.push(file);
    else {
      present += 1;
      await tell({ ...file, fate: 'present' });
    }
  }
  if (flags.yes !== true) {
    for (const file of lacking) await tell({ ...file, fate: 'shown' });
    if (!(await isConfirmed(lacking, flags, world))) {
      return { written: 0, present, unwritten: lacking.length };
    }
  }
  let written = 0;
  for (const file of lacking) {
    const isNew = await folder.create(file.path, file.text);
    if (isNew) written += 1;
    await tell({ ...file, fate: isNew ? 'written' : 'present' });
  }
  return { written, present: present + lacking.length - written, unwritten: 0 };
}

/** Asks a person who sees all of it; nobody else is asked. */
async function isConfirmed(
  files: readonly ProposedFile[],
  { format }: InitFlags,
  { stdin, stdout, stderr }: World,
): Promise<boolean> {
  if (files.length === 0 || format !== 'pretty') return false;
  if (!stdin.isTerminal || !stdout.isTerminal || !stderr.isTerminal) return false;
  await stderr.write(`Write ${files.map(({ path }) => path).join(' and ')}? [y/N] `);
  return /^\s*y(es)?\s*$/i.test(await stdin.line());
}
