import type { Proposal, ProposedFile } from '../../project/proposal.js';
import type { Survey } from '../../project/survey.js';

/** What was found out, and what follows from it. */
export interface InitStory {
  readonly survey: Survey;
  readonly proposal: Proposal;
}

/** A proposed file, and what became of it. One that is present was there before, and stays. */
export interface InitRecord extends ProposedFile {
  readonly fate: 'written' | 'present' | 'shown';
}

/** How many files met each fate; those that go in by hand are not counted. */
export interface InitEnd {
  readonly written: number;
  readonly present: number;
  /** They could have been written, and were only shown. */
  readonly unwritten: number;
}
