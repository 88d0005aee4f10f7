/** How long things take, in milliseconds: calls until they are answered, and what is asynchronous until it is done. */
export interface Latency {
  call?: readonly [from: number, to: number];
  asynchronous?: readonly [from: number, to: number];
  /** The same seed gives the same times; 1 when left out. */
  seed?: number;
}

/** Times between two, one after the other always the same for a seed (the generator is mulberry32). */
export class Durations {
  private state: number;

  constructor(private readonly latency: Latency) {
    this.state = latency.seed ?? 1;
  }

  /** In milliseconds; undefined where no times were asked for. */
  next(kind: "call" | "asynchronous"): number | undefined {
    const { [kind]: range } = this.latency;
    if (range === undefined) return undefined;
    const [from, to] = range;
    return from + this.random() * (to - from);
  }

  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
