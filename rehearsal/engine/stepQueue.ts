import pLimit, { type LimitFunction } from "p-limit";
import type { Operation } from "./operation";
import { ShuttingDown } from "./shuttingDown";
import type { Step } from "./step";

/** The two queues of a program's requests: decided one after the other, carried out several at once. */
export class StepQueue {
  private readonly deciding = pLimit(1);
  private readonly executing: LimitFunction;

  constructor(private readonly operation: Operation) {
    this.executing = pLimit(operation.parallel);
  }

  decide<T>(act: () => T | Promise<T>): Promise<T> {
    return this.deciding(async () => {
      this.refuseAfterFailure();
      return await act();
    });
  }

  async execute(steps: readonly Step[]): Promise<void> {
    const { executor } = this.operation;
    executor.plan(steps);
    for (const step of steps) {
      await this.executing(() => {
        this.refuseAfterFailure();
        return executor.execute(step);
      });
    }
  }

  /** What a request comes to. A failure is the operation's, whose user is told; see `fail` for the program. */
  attempt<T>(what: string, act: () => Promise<T>): Promise<T> {
    return act().catch((error: unknown) => this.fail(error, what));
  }

  /**
   * The program is not told of a failure, as in Pulumi: its requests stay without an answer, and it is ended once nothing that had
   * begun is under way any more.
   */
  fail(error: unknown, what: string): Promise<never> {
    this.operation.fail(error, what);
    void this.idle().then(() => this.operation.endProgram());
    return new Promise(() => undefined);
  }

  /** Once nothing that had begun is under way: behind all decisions, of which new ones are refused by then. */
  idle(): Promise<void> {
    return this.deciding(() => undefined).then(() => this.operation.executor.idle());
  }

  /** Once anything has failed nothing new begins. */
  private refuseAfterFailure(): void {
    if (this.operation.halted) {
      throw new ShuttingDown();
    }
  }
}
