import * as grpc from "@grpc/grpc-js";
import pLimit, { type LimitFunction } from "p-limit";
import type { Operation } from "./operation";
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

  /** What a request comes to. A failure is the operation's, whose user is told; the program is told that the engine shuts down. */
  async attempt<T>(what: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ShuttingDown) {
        throw shuttingDown();
      }
      return this.fail(error, what);
    }
  }

  /**
   * The same for what the program needs no answer to: once the engine shuts down it is left undone, and nothing is said. Told so, the
   * SDK would print a stack trace beside the failure that the user is shown.
   */
  async attemptQuietly(what: string, act: () => Promise<void>): Promise<void> {
    await this.attempt(what, async () => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof ShuttingDown)) {
          throw error;
        }
      }
    });
  }

  fail(error: unknown, what: string): never {
    this.operation.fail(error, what);
    throw shuttingDown();
  }

  /** Once anything has failed the program is told that the engine is shutting down: nothing new begins. */
  private refuseAfterFailure(): void {
    if (this.operation.halted) {
      throw new ShuttingDown();
    }
  }
}

class ShuttingDown extends Error {}

function shuttingDown(): Error {
  return Object.assign(new Error("resource monitor shut down"), { code: grpc.status.UNAVAILABLE });
}
