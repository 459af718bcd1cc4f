import { type Text } from './text';
import { type World } from './world';

/** One thing that the contract asks of a server. */
export interface Check {
  /** Stable, for scripts: the group, a dot, the thing. */
  id: string;
  title: Text;
  /** Without it nothing else can be checked: where it fails, all the others are skipped. */
  isEssential?: boolean;
  /**
   * Resolves where the contract is kept, with what is worth telling; rejects with Failed, Warned or Skipped.
   */
  run(world: World): Promise<Text | void>;
}
