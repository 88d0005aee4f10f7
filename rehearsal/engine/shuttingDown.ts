/** Why something does not happen once an operation has failed or been interrupted; no failure of its own, and not told. */
export class ShuttingDown extends Error {}
