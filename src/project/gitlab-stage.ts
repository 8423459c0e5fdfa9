const INLINE = /^stages:[ \t]*\[([^\]]*)\]/m;
const LISTED = /^stages:[ \t]*\n((?:[ \t]*-[ \t]+.*\n?)+)/m;
/** Where a job goes that names no stage. */
const USUAL_STAGE = 'test';

/** The stage that a job has to name, since the pipeline has no usual one; undefined where it need not. */
export function stageToName(pipeline: string): string | undefined {
  const inline = INLINE.exec(pipeline)?.[1]?.split(',');
  const listed = LISTED.exec(pipeline)?.[1]?.split('\n');
  const stages = (inline ?? listed ?? [])
    .map((line) =>
      line
        .replace(/^[ \t]*-/, '')
        .replace(/#.*$/, '')
        .trim()
        .replace(/^["']|["']$/g, ''),
    )
    .filter((stage) => /^[\w.-]+$/.test(stage));
  return stages.includes(USUAL_STAGE) ? undefined : stages[0];
}
